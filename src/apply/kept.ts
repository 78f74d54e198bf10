// Copies of the files that a package manager writes in place, for the run after one that was killed meanwhile. npm and Yarn
// empty a lockfile before they fill it (npm 11.19 was killed in between), and npm fills it anew without digests.
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { FlueError } from '../errors.ts';
import type { Plan } from '../model/plan.ts';
import { readBytes, restoreBytes } from './files.ts';
import { isWithin } from './paths.ts';

const JSON_FILE = /\.json$/;
const TEXT_FILE = /(?:\.(?:json|yaml|lock))$/;

/** Whether the end of a file is missing, as when what wrote it was killed. */
function isTorn(path: string, bytes: Buffer): boolean {
	const text = bytes.toString();
	if (JSON_FILE.test(path)) return !text.trimEnd().endsWith('}');
	return bytes.length === 0 || (TEXT_FILE.test(path) && !text.endsWith('\n'));
}

/** Writes copies of the files that are there into one file of ours. */
export function keepCopies(file: string, paths: readonly string[]): void {
	const copies = paths.flatMap((path) => {
		const bytes = readBytes(path);
		return bytes ? [[path, bytes.toString('base64')]] : [];
	});
	try {
		writeFileSync(file, JSON.stringify(Object.fromEntries(copies)), { mode: 0o600 });
	} catch {
		// They are for the case that all is killed: a run goes on without them.
		rmSync(file, { force: true });
	}
}

/** The bytes of before, by the absolute path. */
function copiesIn(file: string): Record<string, string> {
	try {
		return JSON.parse(readBytes(file)?.toString() ?? '{}');
	} catch {
		return {};
	}
}

/** Puts those of a project's files back that are torn, as far as `file` has them whole. What is whole is somebody's work, and stays. */
export function restoreTorn(file: string, { boundary }: Pick<Plan, 'boundary'>): void {
	for (const [path, text] of Object.entries(copiesIn(file))) {
		const now = isWithin(boundary, path) ? readBytes(path) : null;
		const copy = Buffer.from(text, 'base64');
		if (now && isTorn(path, now) && !isTorn(path, copy))
			restoreBytes(path, copy, statSync(path, { throwIfNoEntry: false }));
	}
}

/**
 * Looks at the lockfiles in JSON before a manager does: npm takes one that is cut off for none, and says nothing.
 * @throws UNREADABLE_PROJECT
 */
export function refuseTorn({ root }: Pick<Plan, 'root'>, paths: readonly string[]): void {
	for (const path of paths) {
		const now = JSON_FILE.test(path) ? readBytes(path) : null;
		if (!now || !isTorn(path, now)) continue;
		const name = relative(root, path);
		throw new FlueError(
			'UNREADABLE_PROJECT',
			`${name} is cut off, as by a program that was killed.`,
			{
				path: name,
				hint: `Take it back (\`git checkout -- ${name}\`), or delete it and node_modules, then run the command again.`,
			},
		);
	}
}
