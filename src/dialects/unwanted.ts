// Why a plan that could be carried out is not: the address would be seen, told, or be lacking in another object. Asked of the
// result, whatever a dialect thought of the way there.
import type { Insertion } from '../model/key-plan.ts';
import { leavesOut } from './module/hidden.ts';
import type { Parsed } from './module/parsed.ts';
import { liesInReach } from './module/reach.ts';
import { hasTwin, type Range } from './module/twins.ts';

/** A file as it will be, and what was inserted into it; the places are those of before. */
export interface Result {
	parsed: Parsed;
	insertions: readonly Insertion[];
}

/** Where the inserted texts stand in the result. */
function rangesIn({ parsed: [, shift], insertions }: Result): Range[] {
	let added = -shift;
	const inOrder = insertions.map((one, order) => ({ ...one, order }));
	inOrder.sort((left, right) => left.at - right.at || left.order - right.order);
	return inOrder.map(({ at, text }) => {
		const start = at + added;
		added += text.length;
		return { start, end: start + text.length };
	});
}

/**
 * Ends a sentence; null where nothing speaks against the plan.
 * @param names the variable, and the keys by which it is read
 */
export function reasonAgainstPlan(
	results: readonly Result[],
	names: readonly string[],
): string | null {
	for (const result of results) {
		const [source] = result.parsed;
		const ranges = rangesIn(result);
		if (ranges.some(({ start, end }) => liesInReach(source, start, end)))
			return 'what would hold the address is also given to browsers';
		if (leavesOut(source, names))
			return 'it leaves values out by their names, and the address would not be among them';
		if (hasTwin(source, ranges))
			return 'another object in it is of the same type, and would lack the key';
	}
	return null;
}
