// Which package managers have a lockfile in a folder. Looks at names, not into the files.
import { join } from 'node:path';
import { MANAGERS } from '../../managers/table.ts';
import type { Found } from '../../model/found.ts';
import type { PackageManager } from '../../model/request.ts';
import { isFile } from '../files.ts';
import { fromRoot } from '../paths.ts';

const LOCKFILES: Record<string, PackageManager> = Object.fromEntries(
	Object.entries(MANAGERS).flatMap(([name, { lockfiles }]) =>
		lockfiles.map((file) => [file, name as PackageManager]),
	),
);

// What detect-package-manager 3 looks for. Without one of these it would answer by what the machine has installed.
const KNOWN_TO_DETECTOR = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lockb'];

/** The one manager that the lockfiles of a folder belong to. */
async function managerOf(folder: string, names: string[]): Promise<PackageManager | undefined> {
	const known = names.some((name) => KNOWN_TO_DETECTOR.includes(name));
	if (!known) return LOCKFILES[names[0] ?? ''];
	const { clearCache, detect } = await import('detect-package-manager');
	// It remembers answers for the life of the process, and folders change.
	clearCache();
	return detect({ cwd: folder });
}

/** One candidate for each manager that has a lockfile in the folder; paths are relative to `root`. */
export async function lockfilesIn(folder: string, root: string): Promise<Found<PackageManager>[]> {
	const names = Object.keys(LOCKFILES).filter((name) => isFile(join(folder, name)));
	const path = (name: string): string => fromRoot(root, join(folder, name));
	const managers = [...new Set(names.flatMap((name) => LOCKFILES[name] ?? []))];
	if (managers.length > 1) {
		const first = (manager: PackageManager): string =>
			names.find((name) => LOCKFILES[name] === manager) ?? '';
		return managers.map((value) => ({ value, from: path(first(value)) }));
	}
	const value = await managerOf(folder, names);
	if (value !== undefined) return [{ value, from: names.map(path).join(' and ') }];
	const workspace = 'pnpm-workspace.yaml';
	return isFile(join(folder, workspace)) ? [{ value: 'pnpm', from: path(workspace) }] : [];
}
