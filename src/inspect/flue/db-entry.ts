// Finds the db entry that the framework would load, or the place where it would look for one.
import { isAbsolute, join, posix } from 'node:path';
import { FlueError } from '../../errors.ts';
import type { DbEntry, FlueLine } from '../../model/facts.ts';
import type { Detection, Found, Warning } from '../../model/found.ts';
import { isDirectory, isFile, readText } from '../files.ts';
import { type Place, pathInside } from '../paths.ts';
import type { Manifest } from '../project.ts';
import type { ConfigValue, FlueConfig } from './flue-config.ts';
import { findProgrammaticStart } from './programmatic-start.ts';
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
	const { root, manifest } = project;
	const sourceRoot = project.sourceRoot.value;
	const field = dbField(project);
	const fact = field ? configuredEntry(project, field) : discoveredEntry(project);
	const loaded = fact.value.path;
	const start = findProgrammaticStart({ root, sourceRoot, manifest });
	const warnings = [
		...elsewhereWarnings(root, sourceRoot, loaded),
		...startWarnings(start, loaded),
	];
	return { fact, warnings };
}
