// Finds the db entry that the framework would load, or the place where it would look for one.
import { isAbsolute, join, posix } from 'node:path';
import { FlueError } from '../../errors.ts';
import type { DbEntry, FlueLine, Host } from '../../model/facts.ts';
import type { Detection, Found, Warning } from '../../model/found.ts';
import { objectOf } from '../../text/jsonc.ts';
import { isDirectory, isFile, readText } from '../files.ts';
import { type Place, pathInside } from '../paths.ts';
import { DEPENDENCY_FIELDS, type Manifest } from '../project.ts';
import type { ConfigValue, FlueConfig } from './flue-config.ts';
import { findStarts, proposedModule, type StartCall } from './programmatic-start.ts';
import { runsFlue, scriptCommands } from './scripts.ts';
import { pathOf, SOURCE_FOLDERS } from './source-root.ts';
import type { ViteConfig } from './vite-config.ts';

interface DbSources extends Place {
	/** The folder that Flue takes for the project, relative to `root`. */
	folder: string;
	sourceRoot: Found<string>;
	line: FlueLine;
	manifest: Manifest;
	flueConfig: FlueConfig | null;
	viteConfig: ViteConfig | null;
	/** Vite configs that only a script loads. */
	otherViteConfigs: ViteConfig[];
	/** The value of --entry. */
	asked?: string | undefined;
}

// The framework's own order in both lines; other endings and db/index are never looked at.
const DB_NAMES = ['db.ts', 'db.mts', 'db.js', 'db.mjs'];
const IGNORED_NAMES = ['db.tsx', 'db.jsx', 'db.cts', 'db.cjs', 'db/index.ts', 'db/index.js'];

/** The `db` field that counts: inline in flue() before flue.config. The beta has none. */
function dbField({
	line,
	flueConfig,
	viteConfig,
	otherViteConfigs,
}: DbSources): ConfigValue | null {
	if (line !== '2.x') return null;
	const inline = viteConfig?.flue?.db;
	if (inline) return inline;
	// Where the default config builds for Cloudflare, or not at all, the Node build has a config of its own.
	const isNodeBuild = viteConfig?.flue && !viteConfig.cloudflare;
	const other = isNodeBuild ? undefined : otherViteConfigs.find(({ flue }) => flue?.db);
	return other?.flue?.db ?? flueConfig?.db ?? null;
}

/** Flue resolves the field against the folder that it takes for the project. */
function configuredEntry(project: DbSources, field: ConfigValue): Found<DbEntry> {
	const written = pathOf(field, 'db');
	const wanted = isAbsolute(written) ? written : posix.join(project.folder, written);
	const path = pathInside(project, wanted, field.from);
	const text = readText(join(project.root, path));
	if (text !== null || /\.m?[jt]s$/.test(path)) return { value: { path, text }, from: field.from };
	throw new FlueError('UNREADABLE_PROJECT', `${field.from} names ${path}, which is not a file.`, {
		path,
		hint: 'Name the db entry with its exact file name, e.g. src/db.ts.',
	});
}

function discoveredEntry(project: DbSources): Found<DbEntry> {
	const { root, sourceRoot } = project;
	// The framework only asks whether the name exists, so a folder of that name counts, and fails its build.
	const isTaken = (path: string): boolean => isFile(path) || isDirectory(path);
	const existing = DB_NAMES.find((name) => isTaken(join(root, sourceRoot.value, name)));
	const place = posix.join(sourceRoot.value, existing ?? 'db.ts');
	const from = existing ? place : `no db entry in ${sourceRoot.value || 'the project root'}`;
	const path = pathInside(project, place, from);
	return { value: { path, text: existing ? readText(join(root, path)) : null }, from };
}

/** Files that look like a db entry, and that the framework does not load. */
function elsewhereWarnings(root: string, sourceRoot: string, loaded: string): Warning[] {
	const otherRoots = [...SOURCE_FOLDERS, ''].filter((folder) => folder !== sourceRoot);
	const paths = [
		...[...DB_NAMES, ...IGNORED_NAMES].map((name) => posix.join(sourceRoot, name)),
		...otherRoots.flatMap((folder) => DB_NAMES.map((name) => posix.join(folder, name))),
	];
	const found = paths.filter((path) => path !== loaded && isFile(join(root, path)));
	if (found.length === 0) return [];
	const message = `Flue does not load ${found.join(', ')}: its db entry here is ${loaded}.`;
	return [{ code: 'DB_ELSEWHERE', message }];
}

/** Whether anything of Flue's own, which would load a db entry, is part of the project. */
function hasLoader({ manifest, flueConfig, viteConfig, otherViteConfigs }: DbSources): boolean {
	const isDeclared = (name: string): boolean =>
		DEPENDENCY_FIELDS.some((field) => objectOf(manifest[field])?.[name] !== undefined);
	return (
		flueConfig !== null ||
		[viteConfig, ...otherViteConfigs].some((config) => config?.flue) ||
		['@flue/cli', '@flue/vite'].some(isDeclared) ||
		scriptCommands(manifest).some(({ text }) => runsFlue(text))
	);
}

/** The call that counts: one that passes the module in question, else one that passes any. */
function hostOf(calls: StartCall[], isAlone: boolean, entry: string): Host | undefined {
	const call =
		calls.find(({ db }) => db === entry) ?? calls.find(({ db }) => db !== null) ?? calls[0];
	return call && { ...call, isAlone };
}

/** The module that --entry names. */
function askedEntry(project: DbSources, asked: string): Found<DbEntry> {
	const path = pathInside(project, asked, '--entry');
	if (!isDirectory(join(project.root, path)))
		return { value: { path, text: readText(join(project.root, path)) }, from: '--entry' };
	throw new FlueError('BAD_USAGE', `--entry ${path} is a folder.`, {
		hint: 'Name the module in it, e.g. `db.ts`.',
	});
}

/** Where the adapter is, or belongs, if nothing but start({ db }) gives it to Flue. */
function hostedEntry(project: DbSources, host: Host, usual: string): Found<DbEntry> {
	const wanted = host.db ?? proposedModule(project.root, host, usual);
	const from = host.db ? `start() in ${host.from}` : `beside ${host.path}`;
	const path = pathInside(project, wanted, from);
	return { value: { path, text: readText(join(project.root, path)) }, from };
}

function refuseEntry({ asked }: DbSources, usual: string): void {
	if (asked === undefined || posix.normalize(asked) === usual) return;
	throw new FlueError(
		'BAD_USAGE',
		`--entry is for a project that starts Flue itself, with start() of @flue/runtime/node; here Flue loads ${usual}.`,
		{ hint: 'Leave --entry out, or name another db entry in the config of Flue.' },
	);
}

function startWarnings(host: Host | undefined, loaded: string): Warning[] {
	if (!host || host.db === loaded) return [];
	const message = host.isAlone
		? `Nothing in this project loads a db.ts: ${host.from} starts Flue itself. Pass the default export of ${loaded} there: start({ agents, db }).`
		: `${host.from} starts Flue with start(), which does not load ${loaded}: pass the adapter there, start({ agents, db }).`;
	return [{ code: 'DB_NOT_LOADED', message }];
}

/**
 * Finds the db entry, or the place where the framework would look for one; where nothing loads one, the module that a
 * program passes to start({ db }), or a place for it.
 * @throws UNREADABLE_PROJECT for a db field that cannot be decided; UNSAFE_PATH for one that leaves the project; BAD_USAGE
 * for an --entry that nothing would load.
 */
export function detectDbEntry(
	project: DbSources,
): Detection<Found<DbEntry>> & { host: Host | undefined } {
	const { root } = project;
	const asked = project.asked && posix.normalize(project.asked);
	const sourceRoot = project.sourceRoot.value;
	const isLoaded = hasLoader(project);
	const calls = findStarts({ ...project, sourceRoot }, !isLoaded);
	const isAlone = !isLoaded && calls.length > 0;
	const field = isAlone ? null : dbField(project);
	const usual = field ? configuredEntry(project, field) : discoveredEntry(project);
	if (isLoaded && calls.length === 0) refuseEntry(project, usual.value.path);
	const host = hostOf(calls, isAlone, asked ?? usual.value.path);
	const hosted = host?.isAlone ? hostedEntry(project, host, usual.value.path) : usual;
	const fact = asked === undefined ? hosted : askedEntry(project, asked);
	const { path } = fact.value;
	const elsewhere = isAlone ? [] : elsewhereWarnings(root, sourceRoot, usual.value.path);
	return { fact, host, warnings: [...elsewhere, ...startWarnings(host, path)] };
}
