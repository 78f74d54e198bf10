// Compares texts: which edits make one of another, and what two have made of a third. The only owner of node-diff3. Pure.
import { diff3Merge, diffIndices } from 'node-diff3';
import type { Edit } from '../model/plan-file.ts';

/** Lines with their ends. */
function linesOf(text: string): string[] {
	return text.split(/(?<=\n)/);
}

/** Words, and whatever stands between them character by character. */
function tokensOf(text: string): string[] {
	return text.match(/\w+|\W/gs) ?? [];
}

/** So many tokens are compared at most: what is longer is replaced as a whole. */
const MOST_TOKENS = 20_000;

function lengthOf(parts: readonly string[]): number {
	return parts.reduce((sum, part) => sum + part.length, 0);
}

function differences(before: string[], after: string[]): Edit[] {
	const starts = [0];
	for (const part of before) starts.push((starts.at(-1) ?? 0) + part.length);
	return diffIndices(before, after).map(({ buffer1: [at], buffer1Content, buffer2Content }) => ({
		start: starts[at] ?? 0,
		length: lengthOf(buffer1Content),
		text: buffer2Content.join(''),
	}));
}

/**
 * The edits that make one text of another, in their order. They repeat as little as can be of what was there: first whole
 * lines are compared, then in those that changed the words.
 */
export function editsBetween(before: string, after: string): Edit[] {
	return differences(linesOf(before), linesOf(after)).flatMap((edit) => {
		const old = before.slice(edit.start, edit.start + edit.length);
		if (old === '' || edit.text === '') return [edit];
		const [from, to] = [tokensOf(old), tokensOf(edit.text)];
		if (from.length + to.length > MOST_TOKENS) return [edit];
		return differences(from, to).map((one) => ({ ...one, start: edit.start + one.start }));
	});
}

/** The text with the edits made in it; null when they do not stand in their order within it. */
export function withEdits(before: string, edits: readonly Edit[]): string | null {
	let at = 0;
	let after = '';
	for (const { start, length, text } of edits) {
		if (start < at || length < 0 || start + length > before.length) return null;
		after += before.slice(at, start) + text;
		at = start + length;
	}
	return after + before.slice(at);
}

/** How many lines are in one text alone, of either. */
export function distanceBetween(one: string, other: string): number {
	return diffIndices(linesOf(one), linesOf(other)).reduce(
		(sum, { buffer1Content, buffer2Content }) =>
			sum + buffer1Content.length + buffer2Content.length,
		0,
	);
}

/** A stretch of a merge: what both agree on, or what each has made of the same place. */
export type Merged =
	| { kind: 'agreed'; text: string }
	| {
			kind: 'conflict';
			theirs: string;
			base: string;
			ours: string /** 1-based, in theirs. */;
			line: number;
	  };

/** Merges by lines what `theirs` and `ours` have made of `base`, as git does. */
export function merge3(theirs: string, base: string, ours: string): Merged[] {
	const regions = diff3Merge(linesOf(theirs), linesOf(base), linesOf(ours), {
		excludeFalseConflicts: true,
	});
	return regions.flatMap(({ ok, conflict }): Merged[] => {
		if (ok) return [{ kind: 'agreed', text: ok.join('') }];
		if (!conflict) return [];
		const { a, aIndex, o, b } = conflict;
		const sides = { theirs: a.join(''), base: o.join(''), ours: b.join('') };
		return [{ kind: 'conflict', ...sides, line: aIndex + 1 }];
	});
}
