// Finds the source root, and in it the db entry that the framework would load.
import { join, posix } from 'node:path';
import { FlueError } from '../../errors.ts';
import type { DbEntry, Detection, FlueLine, Found, Warning } from '../../model.ts';
import { isDirectory, isFile, readText } from '../files.ts';
import { pathInside } from '../inside.ts';
import { parseManifest } from '../project.ts';
import type { ConfigValue, FlueConfig } from './flue-config.ts';
import { findProgrammaticStart } from './programmatic-start.ts';
import { viteConfigPaths } from './scripts.ts';
import { readOtherViteConfigs, type ViteConfig } from './vite-config.ts';

export interface DbSources {
	root: string;
	sourceRoot: Found<string>;
	line: FlueLine;
	flueConfig: FlueConfig | null;
	viteConfig: ViteConfig | null;
}

// The framework's own order in both lines; other endings and db/index are never looked at.
const DB_NAMES = ['db.ts', 'db.mts', 'db.js', 'db.mjs'];
const IGNORED_NAMES = ['db.tsx', 'db.jsx', 'db.cts', 'db.cjs', 'db/index.ts', 'db/index.js'];
const SOURCE_FOLDERS = ['.flue', 'src'];

/** The text of a path-valued field; an expression cannot be followed, since nothing of the project is run. */
function pathOf(field: ConfigValue, name: string): string {
	if (field.value !== null) return field.value;
	const path = field.from.replace(/:\d+$/, '');
	throw new FlueError(
		'UNREADABLE_PROJECT',
		`${field.from} sets ${name} to an expression: ${field.text}`,
		{
			path,
			hint: `Write ${name} as a plain string in ${path}, or remove it.`,
		},
	);
}

/** The folder that the framework takes for the project; the beta's flue.config may name another one. */
function projectFolder(root: string, line: FlueLine, flueConfig: FlueConfig | null): string {
	const field = line === '1.0-beta' ? flueConfig?.root : null;
	return field ? pathInside(root, pathOf(field, 'root'), field.from) : '';
}

/** The source root relative to the project root; '' is the project root itself. */
export function detectSourceRoot(project: {
	root: string;
	line: FlueLine;
	flueConfig: FlueConfig | null;
}): Found<string> {
	const { root, line, flueConfig } = project;
	const base = projectFolder(root, line, flueConfig);
	for (const folder of SOURCE_FOLDERS) {
		const path = posix.join(base, folder);
		if (isDirectory(join(root, path))) return { value: path, from: `the folder ${path}` };
	}
	const from =
		base === ''
			? 'no folder .flue or src, so the project root itself'
			: `root in ${flueConfig?.root?.from}`;
	return { value: base, from };
}

/** The `db` field that counts: inline in flue() before flue.config. The beta has none. */
function dbField(
	{ root, line, flueConfig, viteConfig }: DbSources,
	manifest: unknown,
): ConfigValue | null {
	if (line !== '2.x') return null;
	const inline = viteConfig?.flue?.db;
	if (inline) return inline;
	// Where the default config builds for Cloudflare, or not at all, the Node build has a config of its own.
	const isNodeBuild = viteConfig?.flue && !viteConfig.cloudflare;
	const others = isNodeBuild ? [] : readOtherViteConfigs(root, viteConfigPaths(manifest));
	const other = others.find(({ flue }) => flue?.db);
	return other?.flue?.db ?? flueConfig?.db ?? null;
}

function configuredEntry(root: string, field: ConfigValue): Found<DbEntry> {
	const path = pathInside(root, pathOf(field, 'db'), field.from);
	const text = readText(join(root, path));
	if (text !== null || /\.m?[jt]s$/.test(path)) return { value: { path, text }, from: field.from };
	throw new FlueError('UNREADABLE_PROJECT', `${field.from} names ${path}, which is not a file.`, {
		path,
		hint: 'Name the db entry with its exact file name, e.g. src/db.ts.',
	});
}

function discoveredEntry(root: string, sourceRoot: string): Found<DbEntry> {
	// The framework only asks whether the name exists, so a folder of that name counts, and fails its build.
	const isTaken = (path: string): boolean => isFile(path) || isDirectory(path);
	const existing = DB_NAMES.find((name) => isTaken(join(root, sourceRoot, name)));
	const place = posix.join(sourceRoot, existing ?? 'db.ts');
	const from = existing ? place : `no db entry in ${sourceRoot || 'the project root'}`;
	const path = pathInside(root, place, from);
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

function startWarnings(place: string | null, loaded: string): Warning[] {
	if (place === null) return [];
	const message = `${place} starts Flue with start(), which does not load ${loaded}: pass the adapter there, start({ agents, db }).`;
	return [{ code: 'DB_NOT_LOADED', message }];
}

/**
 * Finds the db entry, or the place where the framework would look for one.
 * @throws UNREADABLE_PROJECT for a db field that cannot be decided; UNSAFE_PATH for one that leaves the project.
 */
export function detectDbEntry(project: DbSources): Detection<Found<DbEntry>> {
	const { root, sourceRoot } = project;
	const manifest = parseManifest('package.json', readText(join(root, 'package.json')) ?? '{}');
	const field = dbField(project, manifest);
	const fact = field ? configuredEntry(root, field) : discoveredEntry(root, sourceRoot.value);
	const loaded = fact.value.path;
	const start = findProgrammaticStart({ root, sourceRoot: sourceRoot.value, manifest });
	const warnings = [
		...elsewhereWarnings(root, sourceRoot.value, loaded),
		...startWarnings(start, loaded),
	];
	return { fact, warnings };
}
