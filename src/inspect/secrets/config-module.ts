// The project's central config module, if it has one that db.ts can import. Reads text; parsing is left to the dialects.
import type { Detection, Warning } from '../../model/found.ts';
import type { Neighbours } from '../../model/key-plan.ts';
import type { ConfigModule } from '../../model/secrets.ts';
import { TOO_DEEP, unlessTooDeep } from '../../text/nesting.ts';
import type { Sources } from '../code/source-files.ts';
import type { WorkspacePlace } from '../code/workspace-import.ts';
import { type Candidate, isConfigByName, readCandidates } from './config-candidates.ts';
import { readNeighbours } from './neighbours.ts';

export interface ConfigModuleSearch extends WorkspacePlace {
	sources: Sources;
	/** The dialect of a module, or null when no dialect knows its style. */
	recognise: (path: string, text: string, beside: Neighbours) => string | null;
	/** Why a module that no dialect claims is no place for an address; null when nothing says so. */
	reasonAgainst: (path: string, text: string, beside: Neighbours) => string | null;
}

interface Recognised extends Candidate {
	dialect: string;
	beside: Neighbours;
}

const ENVIRONMENT =
	/\bprocess\??\.env\b|\benv\b[^;'"]*from\s*['"]((node:)?process|std-env)['"]|\}\s*=\s*(globalThis\.)?process\b/;
/** These read process.env themselves, so that the words need not stand in the module. */
const READING_LIBRARY =
	/from\s*['"](env-var|env-schema|convict|znv|envsafe|arkenv|envin|require-env-variable|zennv|@t3-oss\/env-\w+|effect(\/\w+)?|@nestjs\/config|@adonisjs\/(core\/)?env)['"]|require\(\s*['"](env-var|convict)['"]/;
/** `function loadConfig(env: NodeJS.ProcessEnv)`, which is given process.env elsewhere. */
const IS_GIVEN =
	/\bNodeJS\.ProcessEnv\b|\benv\w*: (?:Readonly<)?Record<string, string \| undefined>/;
/** `getEnv('DATABASE_URL')`, asked of a helper in another file. */
const ASKS_HELPER = /\b\w*env\w*\(\s*['"][A-Z][A-Z0-9]*_[A-Z0-9_]+['"]/i;
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

/** A module whose name says nothing is a configuration where it reads variables of several things. */
function isForSeveral(code: string): boolean {
	const named = code.matchAll(
		/(?:\benv\??\.|['"`])([A-Z][A-Z0-9]*)_[A-Z0-9_]+\b|^\s*([A-Z][A-Z0-9]*)_[A-Z0-9_]+:/gm,
	);
	const first = [...named].map(([, read, key]) => read ?? key).filter((word) => word !== 'NODE');
	return new Set(first).size > 1;
}

function readsEnvironment({ code, isNamed }: Candidate): boolean {
	if (!isNamed && !isForSeveral(code)) return false;
	const reads =
		ENVIRONMENT.test(code) ||
		IS_GIVEN.test(code) ||
		READING_LIBRARY.test(code) ||
		ASKS_HELPER.test(code) ||
		/\bimport\.meta\.env\b/.test(code);
	return reads && /\bexport\b|\bmodule\.exports\b|\binterface\s+ProcessEnv\b/.test(code);
}

/** A schema of variables that others validate by, such as the `validationSchema` of Nest: process.env is read there. */
const SCHEMA =
	/\b(?:object|Object|shape|keys)\(\s*\{[^{}]*?\n\s*[A-Z][A-Z0-9_]+:\s*\w+\s*[.(]|\bproperties:\s*\{\s*['"]?[A-Z][A-Z0-9_]+['"]?:\s*\{|@Is\w+\(\)\s+[A-Z][A-Z0-9_]+[!?]?:/;

function holdsSchema({ code, isNamed }: Candidate): boolean {
	return (
		isNamed &&
		/\bexport\b/.test(code) &&
		SCHEMA.test(code) &&
		!/\bprocess\b(?!\.env\.NODE_ENV\b)/.test(code)
	);
}

/** Why db.ts cannot use the module; null when nothing stands against it. */
function obstacle({ code }: Candidate): string | null {
	return OBSTACLES.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}

/** Loaders that fill process.env, builders of a child's environment and what is given one to read hold no values. */
function holdsValues({ code }: Candidate): boolean {
	const isChecked = /\b(?:safe)?[pP]arse\w*\(|\bvalidate\w*\(/.test(code);
	const listed = /\bObject\.(?:entries|keys)\(\s*process\.env\s*\)/g;
	const reads = (isChecked ? code : code.replace(listed, ''))
		.replace(/\bprocess\.env\.NODE_ENV\b/g, '')
		.replace(/([(,]\s*[\w\s]+(:[^=,()]+)?=\s*)process\.env\b(?=\s*[,)}])/g, '')
		.replace(/\.\.\.\s*process\.env\b(?!\.)/g, '')
		.replace(/\bprocess\.env(\.\w+|\[[^\]\n]*\])\s*(\?\?|\|\|)?=(?!=)/g, '');
	return ENVIRONMENT.test(reads) || READING_LIBRARY.test(reads) || isGivenSeveral(code);
}

/** `load(env)`, which reads several variables of what it is given. */
function isGivenSeveral(code: string): boolean {
	const isParameter =
		IS_GIVEN.test(code) || /[(,]\s*\w*[eE]nv\b[^()]*=\s*process\.env\b/.test(code);
	const reads = new Set(code.match(/\b\w*[eE]nv\??\.[A-Z][A-Z0-9_]{2,}\b/g));
	return isParameter && reads.size > 1;
}

interface Search extends ConfigModuleSearch {
	/** The paths of those that could not be asked about. */
	tooDeep: Set<string>;
	/** What is known around those that were asked about. */
	asked: Map<string, Neighbours>;
}

function recogniseAll(candidates: Candidate[], project: Search): Recognised[] {
	const found: Recognised[] = [];
	for (const candidate of candidates) {
		// Parsing costs time: after the first module only a rival that Flue code imports too is of interest.
		if (found.length > 0 && candidate.importedBy.length === 0) continue;
		const users = project.sources.files.filter(({ path }) => candidate.importedBy.includes(path));
		const beside = readNeighbours(project, candidate, users);
		project.asked.set(candidate.path, beside);
		const { path, text } = candidate;
		const dialect = unlessTooDeep(() => project.recognise(path, text, beside), undefined);
		if (dialect === undefined) project.tooDeep.add(path);
		else if (dialect !== null) found.push({ ...candidate, dialect, beside });
	}
	return found;
}

function evidence({ path, importedBy, through }: Candidate): string {
	const [first, ...others] = importedBy;
	if (first === undefined) return path;
	const way = through ? ` through ${through.specifier ?? through.path}` : '';
	return `${path}, imported by ${first}${others.length > 0 ? ` and ${others.length} more` : ''}${way}`;
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

/** What to say when a module looks right and cannot be used by db.ts. */
function unusable(path: string, reason: string): Warning {
	const message = `${path} is not used because ${reason}: db.ts reads process.env instead.`;
	return { code: 'CONFIG_MODULE_UNUSABLE', message };
}

/** One that a person would call the config module: by its name alone, or by several values that it exports. */
function isEvident({ path, code, isNamed }: Candidate): boolean {
	const values = code.match(/^export (?:const|let) [^=\n]+=[^\n]*\bprocess\.env\b/gm) ?? [];
	return isNamed && (isConfigByName(path) || values.length > 1);
}

/** Where no module is known: the first that stands out, as one that must not be used or as one in no style that we know. */
function withoutModule(
	candidates: Candidate[],
	{ reasonAgainst, tooDeep, asked }: Search,
	unread: Candidate | undefined,
): Detection<ConfigModules> {
	for (const candidate of candidates.filter((one) => holdsValues(one) && isEvident(one))) {
		const { path, text } = candidate;
		const beside = asked.get(path);
		const against = () =>
			beside ? unlessTooDeep(() => reasonAgainst(path, text, beside), TOO_DEEP) : null;
		const reason = obstacle(candidate) ?? (tooDeep.has(path) ? TOO_DEEP : against());
		const fact = { known: null, unknown: reason === null ? path : null };
		return { fact, warnings: reason === null ? [] : [unusable(path, reason)] };
	}
	const warnings = unread?.unread ? [unusable(unread.path, unread.unread)] : [];
	return { fact: { known: null, unknown: null }, warnings };
}

export interface ConfigModules {
	/** The one to use. */
	known: ConfigModule | null;
	/** Where there is none: the path of one that reads process.env in a style that no dialect knows. */
	unknown: string | null;
}

/** Finds the module that most Flue files import, else the one with the most usual name, among those a dialect knows. */
export function findConfigModule(given: ConfigModuleSearch): Detection<ConfigModules> {
	const project = { ...given, tooDeep: new Set<string>(), asked: new Map<string, Neighbours>() };
	const all = readCandidates(project, project.sources);
	const candidates = all.filter(readsEnvironment);
	const usable = candidates.filter((candidate) => obstacle(candidate) === null);
	const reading = recogniseAll(usable, project);
	const isOpen = reading.length === 0 && !candidates.some(holdsValues);
	const recognised = isOpen ? recogniseAll(all.filter(holdsSchema), project) : reading;
	const [chosen] = recognised;
	const closed = all.find(({ unread }) => unread !== null);
	if (!chosen) return withoutModule(candidates, project, closed);
	const { path, text, dialect, beside, through } = chosen;
	const known = { path, text, dialect, beside, through, from: evidence(chosen) };
	return { fact: { known, unknown: null }, warnings: ambiguous(recognised) };
}
