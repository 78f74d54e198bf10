// Where a project's config module may be: by the usual names in the source root, and by what Flue code imports.
import { join, posix } from 'node:path';
import type { TextFile } from '../../model/found.ts';
import { type ImportPlace, makeImportResolver } from '../code/imports.ts';
import { importsOf, readSource, type Sources, withoutComments } from '../code/source-files.ts';
import { listNames } from '../files.ts';

export interface Candidate extends TextFile {
	/** The text without comments, for searches. */
	code: string;
	/** The Flue files that import it. */
	importedBy: string[];
}

/** Most usual first, as counted in public back ends; relative to the source root, without ending. */
const USUAL =
	'config/env env config config/index lib/env lib/config utils/env server/env shared/env core/config core/env settings environment env.server server/config shared/config utils/config config/config config/environment env/index lib/env/index lib/config/index env/server'.split(
		' ',
	);
const FOLDERS =
	'config env lib utils server core shared settings environment lib/env lib/config server/config'.split(
		' ',
	);
const MODULE = /^(.+)\.(ts|mts|js|mjs)$/;
const NAME =
	/(^|[-._])(envs?|configs?|configuration|settings|environments?|vars|secrets|constants|globals)([-._]|$)/i;
const NAME_INSIDE_WORD =
	/^(env|config|app|load|get|server)?(Envs?|Config|Configuration|Settings|Environment|Vars|Secrets)$/;
const TEST =
	/(^|\/)(tests?|__tests__|__mocks__|mocks?|fixtures?|evals?|examples?)\/|\.(d|test|spec|stories)$/;
const TOOL =
	/^(vite|vitest|next|nuxt|astro|svelte|flue|drizzle|jest|playwright|tailwind|postcss|eslint|prettier|webpack|rollup|rolldown|tsup|tsdown|esbuild|babel|knex|prisma|typeorm|mikro-orm|wrangler|sentry|commitlint|cypress|uno|unbuild|build)(\..+)?\.config$/i;

/** `config/index` -> `config`: the part of the name that tells what a module is. */
function tellingName(stem: string): string {
	return posix.basename(stem) === 'index'
		? posix.basename(posix.dirname(stem))
		: posix.basename(stem);
}

/** Whether a module path, relative to the source root and without ending, may be a config module. */
function hasConfigName(stem: string): boolean {
	const name = tellingName(stem);
	if (TEST.test(stem) || TOOL.test(name)) return false;
	return NAME.test(name) || NAME_INSIDE_WORD.test(name) || /(^|\/)env\/server$/.test(stem);
}

function stemOf(path: string): string {
	return MODULE.exec(path)?.[1] ?? path;
}

function rank(stem: string): number {
	const at = USUAL.indexOf(stem);
	return at === -1 ? USUAL.length : at;
}

/** Modules with a telling name, the most usual names first. */
function namedModules({ root, sourceRoot }: ImportPlace, sources: Sources): string[] {
	// A file such as vite.config.ts or app.config.ts at the project root configures a tool.
	const isTool = (name: string): boolean => sourceRoot === '' && /\.config\.[cm]?[jt]s$/.test(name);
	const below = FOLDERS.flatMap((folder) =>
		listNames(join(root, sourceRoot, folder)).map((name) => posix.join(folder, name)),
	);
	return [...sources.names.filter((name) => !isTool(name)), ...below]
		.filter((path) => MODULE.test(path) && hasConfigName(stemOf(path)))
		.sort((left, right) => rank(stemOf(left)) - rank(stemOf(right)))
		.map((path) => posix.join(sourceRoot, path));
}

/** Module -> the Flue files that import it, for modules with a telling name. */
function importedModules(place: ImportPlace, { files }: Sources): Map<string, string[]> {
	const resolve = makeImportResolver(place);
	const found = new Map<string, string[]>();
	for (const { path, text } of files) {
		for (const specifier of new Set(importsOf(text))) {
			const name = specifier.replace(/^[#~@$]/, '').replace(/\.[cm]?[jt]s$/, '');
			const module = hasConfigName(name) ? resolve(path, specifier) : null;
			if (module) found.set(module, [...(found.get(module) ?? []), path]);
		}
	}
	return found;
}

/** Every candidate: those that most Flue files import first, then the usual names in their order. */
export function readCandidates(place: ImportPlace, sources: Sources): Candidate[] {
	const imported = importedModules(place, sources);
	const count = (path: string): number => imported.get(path)?.length ?? 0;
	const read = (path: string): string | null =>
		sources.files.find((file) => file.path === path)?.text ?? readSource(join(place.root, path));
	return [...new Set([...namedModules(place, sources), ...imported.keys()])]
		.sort((left, right) => count(right) - count(left))
		.flatMap((path) => {
			const text = read(path);
			if (text === null) return [];
			return [{ path, text, code: withoutComments(text), importedBy: imported.get(path) ?? [] }];
		});
}
