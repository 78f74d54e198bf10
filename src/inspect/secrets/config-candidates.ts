// Where a project's config module may be: by the usual names in the source root, and by what Flue code imports.
import { join, posix } from 'node:path';
import type { TextFile } from '../../model/found.ts';
import type { Through } from '../../model/secrets.ts';
import type { ImportPlace } from '../code/imports.ts';
import { readSource, type Sources, withoutComments } from '../code/source-files.ts';
import type { WorkspacePlace } from '../code/workspace-import.ts';
import { ifReadable, isDirectory, listNames, realPath, whyUnreadable } from '../files.ts';
import { readImported } from './imported-modules.ts';

export interface Candidate extends TextFile {
	/** The text without comments, for searches. */
	code: string;
	/** The Flue files that import it. */
	importedBy: string[];
	through: Through | null;
	/** Of a configuration by its name that is not looked through: why not, as the end of a sentence. */
	unread: string | null;
	/** Its name, or that by which it is imported, says that it may be a configuration. */
	isNamed: boolean;
}

/** Most usual first, as counted in public back ends; relative to the source root, without ending. */
const USUAL =
	'config/env env config config/index lib/env lib/config utils/env server/env shared/env core/config core/env settings environment env.server server/config shared/config utils/config config/config config/environment env/index lib/env/index lib/config/index env/server start/env'.split(
		' ',
	);
const FOLDERS =
	'config env lib utils server core shared settings environment start lib/env lib/config server/config'.split(
		' ',
	);
const MODULE = /^(.+)\.(ts|mts|js|mjs)$/;
const NAME =
	/(^|[-._])(envs?|configs?|configuration|settings|environments?|vars|secrets|constants|globals)([-._]|$)/i;
const NAME_INSIDE_WORD =
	/^(env|config|app|load|get|server|validate)?(Envs?|Config|Configuration|Settings|Environment|Vars|Secrets)$/;
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

/** Words of a name that say that a module is a configuration, and of nothing in particular. */
const GENERAL =
	/^(?:app|application|api|server|base|main|core|shared|common|project|node|runtime|load|get|public|client|envs?|environments?|configs?|configuration|settings|vars|variables|secrets|constants|globals|process)$/;

/** `src/env.ts`, `lib/app-config.ts`: true for a name that says no more than that; `local-env-smoke` says more. */
export function isConfigByName(path: string): boolean {
	const words = tellingName(stemOf(path))
		.replace(/([a-z])([A-Z])/g, '$1-$2')
		.toLowerCase();
	return words.split(/[-._]+/).every((word) => GENERAL.test(word));
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

/** Every candidate: those that most Flue files import first, then the usual names in their order; others at last. */
export function readCandidates(place: WorkspacePlace, sources: Sources): Candidate[] {
	const imported = readImported(place, sources);
	const named = namedModules(place, sources);
	const isNamed = (path: string): boolean =>
		named.includes(path) ||
		hasConfigName(imported.get(path)?.name ?? '') ||
		(imported.has(path) && hasConfigName(stemOf(path)));
	const count = (path: string): number => imported.get(path)?.users.length ?? 0;
	const read = (path: string): string | null =>
		sources.files.find((file) => file.path === path)?.text ?? readSource(join(place.root, path));
	const order = (path: string): number => (isNamed(path) ? count(path) : -1);
	return [...new Set([...named, ...imported.keys()])]
		.filter((path) => isNamed(path) || mayBeUnnamed(path, place))
		.sort((left, right) => order(right) - order(left))
		.flatMap((path) => {
			const text = read(path);
			const unread =
				text === null && isConfigByName(path) ? whyUnread(join(place.root, path)) : null;
			if (text === null && unread === null) return [];
			const { users = [], through = null } = imported.get(path) ?? {};
			const own = { path, importedBy: users, through, isNamed: isNamed(path) };
			return [{ ...own, text: text ?? '', code: withoutComments(text ?? ''), unread }];
		});
}

/** Asked of what gave no text; null where nothing is there, or a folder. */
function whyUnread(path: string): string | null {
	const isThing = ifReadable(() => realPath(path) !== null && !isDirectory(path)) ?? false;
	return isThing ? (whyUnreadable(path) ?? 'it is too long to be looked through') : null;
}

/** Not what the framework loads itself, nor what a test or a tool is given. */
function mayBeUnnamed(path: string, { sourceRoot }: WorkspacePlace): boolean {
	const inside = posix.relative(sourceRoot, path);
	const stem = stemOf(inside);
	if (TEST.test(stem) || TOOL.test(tellingName(stem))) return false;
	return !/^(agents|workflows|channels)\/|^(app|db|cloudflare|index|server|main)$/.test(stem);
}
