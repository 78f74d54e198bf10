// The project's central config module, if it has one that db.ts can import. Reads text; parsing is left to the dialects.
import type { Detection, Warning } from '../../model/found.ts';
import type { ConfigModule } from '../../model/secrets.ts';
import type { ImportPlace } from '../code/imports.ts';
import type { Sources } from '../code/source-files.ts';
import { type Candidate, readCandidates } from './config-candidates.ts';

export interface ConfigModuleSearch extends ImportPlace {
	sources: Sources;
	/** The dialect of a module, or null when no dialect knows its style. */
	recognise: (path: string, text: string) => string | null;
}

interface Recognised extends Candidate {
	dialect: string;
}

const ENVIRONMENT = /\bprocess\??\.env\b|from\s*['"](node:)?process['"]/;
/** These read process.env themselves, so that the words need not stand in the module. */
const READING_LIBRARY =
	/from\s*['"](env-var|convict|znv|effect(\/\w+)?|@nestjs\/config|@adonisjs\/(core\/)?env)['"]|require\(\s*['"](env-var|convict)['"]/;
const PUBLIC = /^(NEXT_PUBLIC_|NUXT_PUBLIC_|PUBLIC_|VITE_|EXPO_PUBLIC_|REACT_APP_|GATSBY_)/;

const OBSTACLES: [pattern: RegExp, reason: string][] = [
	[
		/(^|\n)\s*import\s*['"]server-only['"]/,
		"it imports 'server-only', which throws outside a React server",
	],
	[/\bimport\.meta\.env\b/, 'it reads import.meta.env, which Node does not have'],
	[/^\s*['"]use client['"]/, "it is marked 'use client'"],
	[
		/from\s*['"](\$env|\$app|astro:|virtual:|cloudflare:)/,
		'it imports a module that only a bundler provides',
	],
];

function readsEnvironment({ code }: Candidate): boolean {
	const reads =
		ENVIRONMENT.test(code) || READING_LIBRARY.test(code) || /\bimport\.meta\.env\b/.test(code);
	return reads && /\bexport\b|\bmodule\.exports\b/.test(code);
}

/** True when every variable that the module reads is one that is meant for the browser. */
function isPublicOnly(code: string): boolean {
	const names = [...code.matchAll(/\bprocess\.env\.(\w+)/g)].map((match) => match[1] ?? '');
	const others = names.filter((name) => !PUBLIC.test(name) && name !== 'NODE_ENV');
	const readsWhole = /\bprocess\.env\b(?!\.\w)/.test(code);
	return names.some((name) => PUBLIC.test(name)) && others.length === 0 && !readsWhole;
}

/** Why db.ts cannot use the module; null when nothing stands against it. */
function obstacle({ code }: Candidate): string | null {
	const found = OBSTACLES.find(([pattern]) => pattern.test(code));
	if (found) return found[1];
	return isPublicOnly(code) ? 'it holds only values that are public' : null;
}

/** False for loaders that fill process.env and for builders of a child's environment: they hold no values. */
function holdsValues({ code }: Candidate): boolean {
	const reads = code
		.replace(/\.\.\.\s*process\.env\b(?!\.)/g, '')
		.replace(/\bprocess\.env(\.\w+|\[[^\]\n]*\])\s*(\?\?|\|\|)?=(?!=)/g, '');
	return ENVIRONMENT.test(reads) || READING_LIBRARY.test(reads);
}

function recogniseAll(
	candidates: Candidate[],
	recognise: ConfigModuleSearch['recognise'],
): Recognised[] {
	const found: Recognised[] = [];
	for (const candidate of candidates) {
		// Parsing costs time: after the first module only a rival that Flue code imports too is of interest.
		if (found.length > 0 && candidate.importedBy.length === 0) continue;
		const dialect = recognise(candidate.path, candidate.text);
		if (dialect !== null) found.push({ ...candidate, dialect });
	}
	return found;
}

function evidence({ path, importedBy }: Candidate): string {
	const [first, ...others] = importedBy;
	if (first === undefined) return path;
	return `${path}, imported by ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

function ambiguous([chosen, ...others]: Recognised[]): Warning[] {
	const rivals = others.filter(({ importedBy }) => importedBy.length > 0);
	if (!chosen || chosen.importedBy.length === 0 || rivals.length === 0) return [];
	const names = rivals.map(({ path }) => path).join(', ');
	return [
		{
			code: 'CONFIG_MODULE_AMBIGUOUS',
			message: `${chosen.path} is used as the config module; the Flue code also imports ${names}.`,
		},
	];
}

/** What to say when a module looks right and cannot be imported by db.ts. */
function unusable(candidates: Candidate[]): Warning[] {
	const blocked = candidates.find((candidate) => obstacle(candidate) !== null);
	if (!blocked) return [];
	const message = `${blocked.path} is not used because ${obstacle(blocked)}: db.ts reads process.env instead.`;
	return [{ code: 'CONFIG_MODULE_UNUSABLE', message }];
}

export interface ConfigModules {
	/** The one to use. */
	known: ConfigModule | null;
	/** Where there is none: the path of one that reads process.env in a style that no dialect knows. */
	unknown: string | null;
}

/** Finds the module that most Flue files import, else the one with the most usual name, among those a dialect knows. */
export function findConfigModule(project: ConfigModuleSearch): Detection<ConfigModules> {
	const candidates = readCandidates(project, project.sources).filter(readsEnvironment);
	const usable = candidates.filter((candidate) => obstacle(candidate) === null);
	const recognised = recogniseAll(usable, project.recognise);
	const [chosen] = recognised;
	if (!chosen) {
		const unknown = usable.find(holdsValues)?.path ?? null;
		return { fact: { known: null, unknown }, warnings: unusable(candidates) };
	}
	const { path, text, dialect } = chosen;
	const known = { path, text, dialect, from: evidence(chosen) };
	return { fact: { known, unknown: null }, warnings: ambiguous(recognised) };
}
