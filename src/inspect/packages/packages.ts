// Says which packages a project declares and which copies Node would load. Looks packages up; never loads one.
import { basename, join } from 'node:path';
import type { PackageFact } from '../../model.ts';
import { isFile, readText, realPath } from '../files.ts';
import { type Manifest, parseManifest } from '../project.ts';
import { foldersAbove, fromRoot, isRecord } from './workspace.ts';
import { type LockedPackage, lockedPackage } from './yarn-lock.ts';

export interface PackagedProject {
	/** Absolute real path of the folder with the project's package.json. */
	root: string;
	manifest: Manifest;
}

/** One copy of a package: where it lies, relative to the project (or its name in a lockfile), and its version. */
export interface PackageCopy {
	path: string;
	version: string;
}

// What a production install takes comes first; a peer range says least about what is installed.
const FIELDS = [
	'dependencies',
	'optionalDependencies',
	'devDependencies',
	'peerDependencies',
] as const;

const RUNTIME = '@flue/runtime';
const DEPENDENTS = ['@flue/redis', '@flue/cli', '@flue/vite'];

function declaration(manifest: Manifest, name: string): PackageFact['declared'] {
	for (const field of FIELDS) {
		const section = manifest[field];
		const range = isRecord(section) ? section[name] : undefined;
		if (typeof range === 'string') return { range, field };
	}
	return null;
}

/** The folder of the copy that Node resolves from `from`: node_modules, upward. */
function resolveFolder(from: string, name: string): string | null {
	const folders = [from, ...foldersAbove(from)].filter((path) => basename(path) !== 'node_modules');
	const candidates = folders.map((folder) => join(folder, 'node_modules', name));
	const found = candidates.find((folder) => isFile(join(folder, 'package.json')));
	return found === undefined ? null : realPath(found);
}

function versionIn(folder: string): string {
	const path = join(folder, 'package.json');
	const { version } = parseManifest(path, readText(path) ?? '{}');
	return typeof version === 'string' ? version : '0.0.0';
}

/**
 * The lockfile of a Plug'n'Play project, in which there are no folders to look into. The map beside it (.pnp.cjs) is a
 * program, so what it knows is taken from the lockfile from which Yarn made it.
 */
function plugAndPlayLockfile(root: string): string | null {
	const hasMap = (folder: string): boolean =>
		['.pnp.cjs', '.pnp.js'].some((name) => isFile(join(folder, name)));
	const folder = [root, ...foldersAbove(root)].find(hasMap);
	return folder === undefined ? null : readText(join(folder, 'yarn.lock'));
}

function declaredInLockfile(project: PackagedProject, name: string): LockedPackage | null {
	const declared = declaration(project.manifest, name);
	const text = declared ? plugAndPlayLockfile(project.root) : null;
	return declared && text ? lockedPackage(text, name, declared.range) : null;
}

/** A package as the project declares it and as Node resolves it. */
export function readPackageFact(project: PackagedProject, name: string): PackageFact {
	const folder = resolveFolder(project.root, name);
	const installed = folder
		? versionIn(folder)
		: (declaredInLockfile(project, name)?.version ?? null);
	return { name, declared: declaration(project.manifest, name), installed };
}

function copiesInFolders({ root }: PackagedProject): PackageCopy[] {
	const dependents = DEPENDENTS.map((name) => resolveFolder(root, name));
	const starts = [root, ...dependents.filter((folder) => folder !== null)];
	const folders = starts.map((start) => resolveFolder(start, RUNTIME));
	return folders
		.filter((folder) => folder !== null)
		.map((folder) => ({ path: fromRoot(root, folder), version: versionIn(folder) }));
}

function copiesInLockfile(project: PackagedProject): PackageCopy[] {
	const text = plugAndPlayLockfile(project.root);
	if (text === null) return [];
	const ranges = DEPENDENTS.map((name) => declaredInLockfile(project, name)?.dependencies[RUNTIME]);
	const asked = [declaration(project.manifest, RUNTIME)?.range, ...ranges];
	return asked
		.filter((range) => range !== undefined)
		.map((range) => lockedPackage(text, RUNTIME, range))
		.filter((found) => found !== null)
		.map(({ resolution, version }) => ({ path: resolution, version }));
}

/** The copies of @flue/runtime that the project and Flue's own packages would load. More than one is a fault. */
export function runtimeCopies(project: PackagedProject): PackageCopy[] {
	const found = copiesInFolders(project);
	const copies = found.length > 0 ? found : copiesInLockfile(project);
	return [...new Map(copies.map((copy) => [copy.path, copy])).values()];
}
