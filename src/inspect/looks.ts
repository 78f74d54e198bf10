// What a run has looked at, as digests; and the same files again, where a plan that was kept is applied.
import { resolve } from 'node:path';
import { FlueError } from '../errors.ts';
import type { DigestedFile } from '../model/plan-file.ts';
import { fileDigest } from '../text/digest.ts';
import { exists, isFile, readBytes, realPath } from './files.ts';
import type { AskGit } from './git-ignore.ts';
import { fromRoot, isWithin, type Place } from './paths.ts';

/** Installed packages follow from the lockfile; git's own files from the commit. */
const NOT_OURS = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/;

function isInside({ boundary }: Place, path: string): boolean {
	const real = realPath(path);
	return isWithin(boundary, path) && (real === null || isWithin(boundary, real));
}

/** Those of the paths that git ignores; none outside of a repository. */
export async function ignoredPaths(
	root: string,
	paths: readonly string[],
	askGit: AskGit,
): Promise<Set<string>> {
	const settings = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];
	const listed = await askGit([...settings, 'check-ignore', '--', ...paths], root);
	return new Set((listed ?? '').split('\n').filter(Boolean));
}

/** The files of the project that a run has looked at, and those that it did not find; what git ignores is left out. */
export async function digestLooks(
	place: Place,
	looks: ReadonlyMap<string, 'read' | 'seen'>,
	{ askGit, salt }: { askGit: AskGit; salt: string },
): Promise<{ files: DigestedFile[]; absent: string[] }> {
	const inside = [...looks.keys()].filter((path) => isInside(place, path));
	const named = inside.map((path) => ({ full: path, path: fromRoot(place.root, path) }));
	const ours = named.filter(({ path }) => path !== '' && !NOT_OURS.test(path));
	const ignored = await ignoredPaths(
		place.root,
		ours.map(({ path }) => path),
		askGit,
	);
	const kept = ours.filter(({ path }) => !ignored.has(path));
	const files = kept.flatMap(({ full, path }): DigestedFile[] => {
		const bytes = looks.get(full) === 'read' && isFile(full) ? readBytes(full) : null;
		return bytes ? [{ path, sha256: fileDigest({ path }, bytes, salt) }] : [];
	});
	return { files, absent: kept.filter(({ full }) => !exists(full)).map(({ path }) => path) };
}

/**
 * The bytes of a file that a plan names; null when there is none. A folder of the name counts as something else.
 * @throws UNSAFE_PATH when it leads out of the project
 */
export function readPlanned(place: Place, path: string): Uint8Array | null {
	const full = resolve(place.root, path);
	if (!isInside(place, full))
		throw new FlueError('UNSAFE_PATH', `${path} leads out of the project.`, {
			path,
			hint: 'A plan writes into its project alone: remove the link, or make the plan again.',
		});
	if (!exists(full)) return null;
	return readBytes(full) ?? new Uint8Array();
}
