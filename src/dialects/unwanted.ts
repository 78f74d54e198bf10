// Why a plan that could be carried out is not: the address would be seen, told, or be lacking in another object. Asked of the
// result, whatever a dialect thought of the way there.
import type { Access, Insertion } from '../model/key-plan.ts';
import type { Morph } from '../text/source.ts';
import { isCountedOn } from './module/counted.ts';
import { handersOf } from './module/handers.ts';
import { leavesOut } from './module/hidden.ts';
import type { Parsed } from './module/parsed.ts';
import { liesInReach } from './module/reach.ts';
import { twiceNamed } from './module/twice.ts';
import { neededMembers, type Range, twinOf } from './module/twins.ts';

/** A file as it will be, and what was inserted into it; the places are those of before. */
export interface Result {
	parsed: Parsed;
	insertions: readonly Insertion[];
}

interface Inserted extends Range {
	insertion: Insertion;
}

/** Where the inserted texts stand in the result. */
function rangesIn({ parsed: [, shift], insertions }: Result): Inserted[] {
	let added = -shift;
	const inOrder = insertions.map((one, order) => ({ ...one, order }));
	inOrder.sort((left, right) => left.at - right.at || left.order - right.order);
	return inOrder.map(({ order, ...insertion }) => {
		const { at, text } = insertion;
		const start = at + added;
		added += text.length;
		return { start, end: start + text.length, insertion };
	});
}

/**
 * Ends a sentence; null where nothing speaks against the plan.
 * @param names the variable, and the keys by which it is read
 * @param how what is imported for it
 */
export function reasonAgainstPlan(
	results: readonly Result[],
	names: readonly string[],
	how: Access['import'],
): string | null {
	const handers = results[0] ? handersOf(results[0].parsed[0]) : new Map<string, string>();
	const direct = how && handers.get(how.kind === 'named' ? how.name : 'default');
	if (direct) return `${direct} hands the whole of ${how.name} to browsers`;
	for (const result of results) {
		const [source] = result.parsed;
		const ranges = rangesIn(result);
		if (ranges.some(({ start, end }) => liesInReach(source, start, end))) {
			const [hander] = handers.values();
			return hander === undefined
				? 'what would hold the address is also given to browsers'
				: `${hander} hands to browsers what would hold the address`;
		}
		const inText = reasonInText(source, ranges, names);
		if (inText !== null) return inText;
	}
	return null;
}

function reasonInText(source: Morph.SourceFile, ranges: Range[], names: readonly string[]) {
	const twice = twiceNamed(source, ranges);
	if (twice !== null) return `there is a ${twice} in it already, which is of another variable`;
	if (isCountedOn(source, ranges))
		return 'it counts on how many there are of what would get one more, or on their places';
	return leavesOut(source, names)
		? 'it leaves values out by their names, and the address would not be among them'
		: null;
}

/** Why an object of the same type would lack the key; null where there is none. Ends a sentence. */
export function lackingIn(results: readonly Result[]): string | null {
	for (const result of results) {
		const twin = twinOf(result.parsed[0], rangesIn(result));
		if (twin === '') return 'another object in it is of the same type, and would lack the key';
		if (twin !== null) return `${twin} makes an object of the same type, which would lack the key`;
	}
	return null;
}

const MEMBER = /^(\s*(?:readonly\s+)?(?:[\w$]+|'[^'\n]*'|"[^"\n]*"))(?=:\s*string\b)/;

/** The insertions with a new member of a type that an object may lack, where that is a text; null where none is. */
export function loosened(results: readonly Result[]): Insertion[] | null {
	let isLooser = false;
	const all = results.flatMap((result) => {
		const inserted = rangesIn(result);
		const needed = neededMembers(result.parsed[0], inserted);
		return inserted.map(({ start, end, insertion }) => {
			const isIt = needed.some((one) => start <= one.getStart() && one.getEnd() <= end);
			const text = isIt ? insertion.text.replace(MEMBER, '$1?') : insertion.text;
			isLooser ||= text !== insertion.text;
			return { ...insertion, text };
		});
	});
	return isLooser ? all : null;
}
