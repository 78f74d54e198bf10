// What a project tells coding agents: AGENTS.md, and CLAUDE.md beside it.
import { join } from 'node:path';
import type { TextFile } from '../model/found.ts';
import { readIfPossible, readText, realPath } from './files.ts';
import { isWithin, type Place } from './paths.ts';

/** The first is the one that agents of every make read. */
const NAMES = ['AGENTS.md', 'CLAUDE.md'];

/**
 * Those that are there; one that is a link to the other counts once.
 * @param isNeeded one that cannot be read is refused; else it, and one that is a link out of the boundary, is as if it were not there
 * @throws UNREADABLE_PROJECT
 */
export function readAgentsFiles({ root, boundary }: Place, isNeeded: boolean): TextFile[] {
	const seen = new Set<string>();
	return NAMES.flatMap((path) => {
		const full = join(root, path);
		const text = isNeeded ? readText(full) : readIfPossible(full);
		const real = text === null ? null : realPath(full);
		if (text === null || real === null || seen.has(real)) return [];
		if (!isNeeded && !isWithin(boundary, real)) return [];
		seen.add(real);
		return [{ path, text }];
	});
}
