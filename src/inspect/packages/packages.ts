// Which packages a project declares, and which copies Node would load. Looks packages up; never loads one.
import { basename, join } from 'node:path';
import type { Catalog, PackageFact } from '../../model/facts.ts';
import type { Found } from '../../model/found.ts';
import type { Declared } from '../../model/runtime.ts';
import { parseJson, valueAt } from '../../text/jsonc.ts';
import { askedFor, exactVersion, lowestVersion, overlap, rangeOf } from '../../text/versions.ts';
import { isFile, readIfPossible, readText } from '../files.ts';
import { foldersAbove } from '../paths.ts';
import { DEPENDENCY_FIELDS, type Manifest, type Project } from '../project.ts';
import { catalogEntry } from './catalogs.ts';
import { type LockedPackage, lockedByYarn } from './locked.ts';

/** Who asks for packages: a package.json, and the catalogs that it may mean. */
export interface Asking {
	manifest: Manifest;
	/** Left out where nothing is asked of them. */
	catalogs?: readonly Catalog[] | undefined;
}

type Declaring = Pick<Project, 'root'> & Asking;

interface InstalledCopy {
	/** As Node finds it, links not followed. */
	folder: string;
	/** null when its package.json does not tell. */
	version: string | null;
}

/** The version of a package whose package.json does not tell it. */
export const UNTOLD = '0.0.0';

/** Where a package.json declares a package, and the spec as written; null when it does not. */
export function declarationOf({ manifest, catalogs = [] }: Asking, name: string): Declared | null {
	for (const field of DEPENDENCY_FIELDS) {
		const range = valueAt(manifest, field, name);
		if (typeof range !== 'string') continue;
		const catalog = catalogEntry(catalogs, name, range);
		return { range, field, ...(catalog ? { catalog } : {}) };
	}
	return null;
}

/** The range that is declared; null when it does not say. */
export function declaredVersion(asking: Asking, name: string): Found<string> | null {
	const declared = declarationOf(asking, name);
	if (!declared) return null;
	const written = declared.catalog ?? { value: declared.range, from: 'package.json' };
	const range = rangeOf(written.value);
	const lowest = range && lowestVersion(range);
	if (!lowest) return null;
	// `>=0.1` also lets today's versions in, so its lowest one says nothing.
	const isOpen = lowest.startsWith('0.') && overlap(range, '>=1.0.0-0');
	return isOpen ? null : { value: range, from: written.from };
}

/** The copy that Node resolves from a folder: in node_modules, upward. */
export function installedCopy(from: string, name: string): InstalledCopy | null {
	const starts = [from, ...foldersAbove(from)].filter((path) => basename(path) !== 'node_modules');
	const folders = starts.map((start) => join(start, 'node_modules', name));
	const folder = folders.find((path) => isFile(join(path, 'package.json')));
	if (folder === undefined) return null;
	const version = valueAt(parseJson(readIfPossible(join(folder, 'package.json')) ?? ''), 'version');
	return { folder, version: typeof version === 'string' ? exactVersion(version) : null };
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

function declaredInLockfile(project: Declaring, name: string): LockedPackage | null {
	const declared = declarationOf(project, name);
	const text = declared && plugAndPlayLockfile(project.root);
	return text ? lockedByYarn(text, name, askedFor(declared)) : null;
}

/** A package as the project declares it and as Node resolves it. */
export function readPackageFact(project: Declaring, name: string): PackageFact {
	const copy = installedCopy(project.root, name);
	const installed = copy
		? (copy.version ?? UNTOLD)
		: (declaredInLockfile(project, name)?.version ?? null);
	return { name, declared: declarationOf(project, name), installed };
}
