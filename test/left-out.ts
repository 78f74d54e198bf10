// Says in the closing lines what a run leaves to `npm run test:all`, so that nothing is missed in silence.
import { it } from 'vitest';
import { EVERYTHING } from '../adapter/test/extent.ts';

/** Tells of so many more legs of a matrix, unless this run goes through all of them. */
export function tellLeftOut(count: number, what: string): void {
	if (EVERYTHING) return;
	it(`${count} more: ${what}`, ({ skip }) => skip('they are run by `npm run test:all`'));
}
