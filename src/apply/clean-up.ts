// Mends what a run left that was killed in the middle: staged files go, and what a manager has torn comes back.
import { rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Warning } from '../model/found.ts';
import type { Plan } from '../model/plan.ts';
import { restoreTorn } from './kept.ts';
import { type Holder, type Lock, takeLock, wasKilled } from './lock.ts';
import { isWithin } from './paths.ts';
import { isStagingOf } from './staging.ts';

/** What a plan says of its place. */
type Place = Pick<Plan, 'root' | 'boundary'>;

/** Removes the folders in which a run that was killed had staged files, as far as they are such folders and in the project. */
function removeStaged({ boundary }: Place, { pid, staging }: Holder): void {
	for (const folder of staging) {
		if (!isWithin(boundary, folder) || !isStagingOf(pid, folder)) continue;
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Mends what the run left whose lock was taken over. */
export function mendKilled(
	place: Place,
	{ killed, copies }: Pick<Lock, 'killed' | 'copies'>,
): void {
	if (!killed) return;
	removeStaged(place, killed);
	restoreTorn(copies, place);
}

/** Mends what an earlier run left that was killed on this project; for a run that has nothing else to do. */
export function cleanUp(place: Place): void {
	if (!wasKilled(place.root)) return;
	const lock = takeLock(place.root);
	try {
		mendKilled(place, lock);
	} finally {
		lock.release();
	}
}

/** What is said of staging folders that could not be removed, although their files are in their places. */
export function leftWarnings(left: readonly string[]): Warning[] {
	return left.map((folder) => ({
		code: 'STAGING_LEFT',
		message: `${folder} could not be removed: delete it. It may hold a copy of what was written, which git ignores.`,
	}));
}

/** Takes vendor/ away where the copy that was removed was all that it held. */
export function removeEmptyVendor(plan: Plan): void {
	const removed = plan.steps.filter((step) => step.kind === 'remove');
	if (!removed.some(({ path }) => path.startsWith('vendor/'))) return;
	try {
		rmdirSync(join(plan.root, 'vendor'));
	} catch {
		// It holds something else, and stays.
	}
}
