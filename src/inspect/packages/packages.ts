// Which packages a project declares, and which copies Node would load. Looks packages up; never loads one.
import { basename, join } from 'node:path';
import type { PackageFact } from '../../model/facts.ts';
import type { Found } from '../../model/found.ts';
import { parseJson, valueAt } from '../../text/jsonc.ts';
import { exactVersion, lowestVersion, overlap, rangeOf } from '../../text/versions.ts';
import { isFile, readIfPossible, readText } from '../files.ts';
import { foldersAbove, fromRoot, type Place } from '../paths.ts';
import { DEPENDENCY_FIELDS, type Manifest, type Project } from '../project.ts';
import { linesBelow, valueBeside } from '../yaml.ts';
import { type LockedPackage, lockedByYarn } from './locked.ts';

type Declaring = Pick<Project, 'root' | 'manifest'>;

interface InstalledCopy {
	/** As Node finds it, links not followed. */
	folder: string;
	/** null when its package.json does not tell. */
	version: string | null;
}

/** The version of a package whose package.json does not tell it. */
export const UNTOLD = '0.0.0';

/** Where a package.json declares a package, and the spec as written; null when it does not. */
export function declarationOf(manifest: Manifest, name: string): PackageFact['declared'] {
	for (const field of DEPENDENCY_FIELDS) {
		const range = valueAt(manifest, field, name);
		if (typeof range === 'string') return { range, field };
	}
	return null;
}

/** What a catalog of pnpm-workspace.yaml says; `catalog:` is the default one. */
function catalogSpec(place: Place, name: string, catalog: string): Found<string> | null {
	for (const folder of new Set([place.root, place.boundary])) {
		const path = join(folder, 'pnpm-workspace.yaml');
		const lines = (readText(path) ?? '').split(/\r?\n/);
		const named = linesBelow(linesBelow(lines, 'catalogs'), catalog);
		const entries = catalog === 'default' ? [...linesBelow(lines, 'catalog'), ...named] : named;
		const value = valueBeside(entries, name);
		if (value) return { value, from: fromRoot(place.root, path) };
	}
	return null;
}

/** The range that is declared; null when it does not say. */
export function declaredVersion(
	place: Place & { manifest: Manifest },
	name: string,
): Found<string> | null {
	const spec = declarationOf(place.manifest, name)?.range;
	if (spec === undefined) return null;
	const catalog = /^catalog:(.*)$/.exec(spec)?.[1]?.trim();
	const written =
		catalog === undefined
			? { value: spec, from: 'package.json' }
			: catalogSpec(place, name, catalog || 'default');
	const range = written && rangeOf(written.value);
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

function declaredInLockfile({ root, manifest }: Declaring, name: string): LockedPackage | null {
	const declared = declarationOf(manifest, name);
	const text = declared && plugAndPlayLockfile(root);
	return text ? lockedByYarn(text, name, declared.range) : null;
}

/** A package as the project declares it and as Node resolves it. */
export function readPackageFact(project: Declaring, name: string): PackageFact {
	const copy = installedCopy(project.root, name);
	const installed = copy
		? (copy.version ?? UNTOLD)
		: (declaredInLockfile(project, name)?.version ?? null);
	return { name, declared: declarationOf(project.manifest, name), installed };
}
