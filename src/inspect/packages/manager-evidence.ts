// What beside fields and lockfiles tells whose a project is: settings, engines, and what an install left behind.
import { join } from 'node:path';
import { FOREIGN, isForeign } from '../../managers/foreign.ts';
import { isManager, MANAGERS } from '../../managers/table.ts';
import type { Found } from '../../model/found.ts';
import type { ForeignManager, PackageManager } from '../../model/request.ts';
import { objectOf, valueAt } from '../../text/jsonc.ts';
import { exactVersion, rangeOf } from '../../text/versions.ts';
import { readIfPossible, seemsFile } from '../files.ts';
import { fromRoot } from '../paths.ts';
import type { Manifest } from '../project.ts';

/** A manager, driven here or not, with what it rests on. */
export type Candidate = Found<PackageManager | ForeignManager>;

/** A package.json and where it lies, relative to the project. */
export interface ManifestAt {
	manifest: Manifest;
	path: string;
}

export function isKnown(name: string): name is PackageManager | ForeignManager {
	return isManager(name) || isForeign(name);
}

/** The manager that a `preinstall` script lets in alone: any other's install fails. */
export function onlyAllowed({ manifest, path }: ManifestAt): Candidate[] {
	const script = valueAt(manifest, 'scripts', 'preinstall');
	const name = /\bonly-allow(?:@\S+)?\s+(\w+)/.exec(String(script ?? ''))?.[1] ?? '';
	return isKnown(name) ? [{ value: name, from: `only-allow in ${path}` }] : [];
}

/**
 * Managers that `engines` asks for. Not npm, which comes with Node and is named there whatever installs; a text such as
 * `please-use-pnpm` is no version.
 */
function inEngines({ manifest, path }: ManifestAt): Candidate[] {
	return Object.entries(objectOf(manifest.engines) ?? {}).flatMap(([name, range]): Candidate[] => {
		const isMeant = typeof range === 'string' && (rangeOf(range) ?? exactVersion(range)) !== null;
		return isKnown(name) && name !== 'npm' && isMeant
			? [{ value: name, from: `engines.${name} in ${path}` }]
			: [];
	});
}

function firstFile(root: string, folders: string[], names: readonly string[]): string | undefined {
	const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));
	const found = paths.find(seemsFile);
	return found === undefined ? undefined : fromRoot(root, found);
}

function byFiles(root: string, folders: string[], kind: 'settings' | 'traces'): Candidate[] {
	return Object.entries(MANAGERS).flatMap(([name, entry]): Candidate[] => {
		const from = firstFile(root, folders, entry[kind]);
		return from !== undefined && isManager(name) ? [{ value: name, from }] : [];
	});
}

/** A manager that is not driven here, by its own files in one of the folders. */
export function foreignIn(root: string, folders: string[]): Candidate[] {
	return Object.entries(FOREIGN).flatMap(([name, { files }]): Candidate[] => {
		const from = firstFile(root, folders, files);
		return from !== undefined && isForeign(name) ? [{ value: name, from }] : [];
	});
}

/** The major version of pnpm that a package.json names, or else the one that has installed in one of the folders; null where nothing says. */
export function pnpmMajorOf(
	folders: readonly string[],
	manifests: readonly Manifest[],
): number | null {
	const named = manifests.map(({ packageManager }) => String(packageManager));
	const [modules = ''] = MANAGERS.pnpm.traces;
	const left = folders.map(
		(folder) =>
			/^\s*"?packageManager"?: *["']?(pnpm@\d+)/m.exec(
				readIfPossible(join(folder, modules)) ?? '',
			)?.[1] ?? '',
	);
	const majors = [...named, ...left].map((text) => /^pnpm@(\d+)/.exec(text)?.[1]);
	const major = majors.find((one) => one !== undefined);
	return major === undefined ? null : Number(major);
}

/** What says whose the project is where no field and no lockfile does, the strongest first. */
export function weakEvidence(
	root: string,
	folders: string[],
	manifests: ManifestAt[],
): Candidate | undefined {
	return [
		...byFiles(root, folders, 'settings'),
		...manifests.flatMap(inEngines),
		...byFiles(root, folders, 'traces'),
	][0];
}
