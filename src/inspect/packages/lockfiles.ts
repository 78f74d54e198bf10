// Knows which files in a folder name a package manager. Looks at names, not into the files.
import { join } from 'node:path';
import type { Found, PackageManager } from '../../model.ts';
import { isFile } from '../files.ts';
import { fromRoot } from './workspace.ts';

const LOCKFILES: Record<string, PackageManager> = {
	'package-lock.json': 'npm',
	'npm-shrinkwrap.json': 'npm',
	'pnpm-lock.yaml': 'pnpm',
	'yarn.lock': 'yarn',
	'bun.lock': 'bun',
	'bun.lockb': 'bun',
};

// What detect-package-manager 3 looks for. Without one of these it would answer by what the machine has installed.
const KNOWN_TO_DETECTOR = new Set([
	'package-lock.json',
	'pnpm-lock.yaml',
	'yarn.lock',
	'bun.lockb',
]);

async function managerOf(folder: string, names: string[]): Promise<PackageManager | undefined> {
	const known = names.some((name) => KNOWN_TO_DETECTOR.has(name));
	if (!known) return names[0] === undefined ? undefined : LOCKFILES[names[0]];
	const { clearCache, detect } = await import('detect-package-manager');
	// It remembers answers for the life of the process, and folders change.
	clearCache();
	return detect({ cwd: folder });
}

/** One candidate for each manager that has a lockfile in the folder; paths are relative to `root`. */
export async function lockfilesIn(folder: string, root: string): Promise<Found<PackageManager>[]> {
	const present = Object.keys(LOCKFILES).filter((name) => isFile(join(folder, name)));
	const managers = new Set(present.map((name) => LOCKFILES[name]));
	const path = (name: string): string => fromRoot(root, join(folder, name));
	if (managers.size > 1) return oneEach(present, path);
	const value = await managerOf(folder, present);
	if (value !== undefined) return [{ value, from: present.map(path).join(' and ') }];
	const workspace = 'pnpm-workspace.yaml';
	return isFile(join(folder, workspace)) ? [{ value: 'pnpm', from: path(workspace) }] : [];
}

function oneEach(present: string[], path: (name: string) => string): Found<PackageManager>[] {
	const found = new Map<PackageManager, string>();
	for (const name of present) {
		const manager = LOCKFILES[name];
		if (manager && !found.has(manager)) found.set(manager, path(name));
	}
	return [...found].map(([value, from]) => ({ value, from }));
}
