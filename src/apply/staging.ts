// Where a file is written before it takes its place: a folder beside it that git never shows, and that a later run can find.
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Of a process: `.flue-blueprints-4711`. */
const FOLDER = '.flue-blueprints-';
/** Hides everything in its folder, itself included, from whoever reads ignore files: a copy of a secret is never committed. */
const IGNORE_FILE = '.gitignore';

/** The staging folder of this process for a file at `path`: on its file system, so that a rename is one step. */
export function stagingFolder(path: string): string {
	return join(dirname(path), `${FOLDER}${process.pid}`);
}

/** Where a file is written before it takes its place. */
export function stagedPath(path: string): string {
	return join(stagingFolder(path), basename(path));
}

/** Makes the staging folder for a file at `path`, with no older copy of that file in it. */
export function openStaging(path: string): void {
	const folder = stagingFolder(path);
	// A link is no folder of ours, whatever its name is: making one over it fails.
	if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory())
		mkdirSync(folder, { mode: 0o700 });
	writeFileSync(join(folder, IGNORE_FILE), '*\n');
	rmSync(stagedPath(path), { force: true });
}

/** Removes the staging folder for a file at `path`, unless another file is still in it. */
export function closeStaging(path: string): void {
	const folder = stagingFolder(path);
	if (!lstatSync(folder, { throwIfNoEntry: false })) return;
	if (readdirSync(folder).some((name) => name !== IGNORE_FILE)) return;
	rmSync(join(folder, IGNORE_FILE), { force: true });
	rmdirSync(folder);
}

/** Whether a path is a staging folder of the process with this number: only such a one is removed after it was killed. */
export function isStagingOf(pid: number, path: string): boolean {
	const isFolder = lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
	return isFolder && basename(path) === `${FOLDER}${pid}`;
}
