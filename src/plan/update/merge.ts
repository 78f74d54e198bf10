// A db.ts that is there, and the text of its version and of today -> the merged text, or where both changed the same. Pure.
import { type Merged, merge3 } from '../../text/merge.ts';
import { faultOf, withoutTwinImports } from './sound.ts';

/** Who is right where both changed the same place; `conflicts`: both are written, between marks. */
export type Decision = 'ours' | 'theirs' | 'conflicts';

/** A place that both changed. */
interface Conflict {
	/** Lines of the db.ts that is there, e.g. `lines 5 to 7`. */
	where: string;
	/** The text of today. */
	ours: string;
}

export interface MergedEntry {
	/** With the decision; null while one is missing. */
	text: string | null;
	conflicts: Conflict[];
	/** Why the text could not be loaded, in a clause. */
	fault: string | null;
	/** What was there is the text of its version. */
	isPristine: boolean;
}

export interface MergeSources {
	theirs: string;
	base: string;
	ours: string;
	/** The versions of base and ours, for the marks. */
	from: number;
	to: number;
	/** The lines before the body. */
	before: number;
}

function whereOf({ theirs, line }: Extract<Merged, { kind: 'conflict' }>, before: number): string {
	const count = theirs.split('\n').length - 1;
	const first = line + before;
	if (count === 0) return `before line ${first}`;
	return count === 1 ? `line ${first}` : `lines ${first} to ${first + count - 1}`;
}

/** Both, between the marks that editors and git know. */
function marked(
	{ theirs, base, ours }: Extract<Merged, { kind: 'conflict' }>,
	{ from, to }: MergeSources,
): string {
	const end = /\r\n$/.test(theirs + base + ours) ? '\r\n' : '\n';
	const block = (mark: string, text: string): string =>
		mark + end + (text === '' || text.endsWith('\n') ? text : text + end);
	return [
		block('<<<<<<< yours', theirs),
		block(`||||||| version ${from}`, base),
		block('=======', ours),
		`>>>>>>> version ${to}${end}`,
	].join('');
}

function decided(part: Merged, decision: Decision, sources: MergeSources): string {
	if (part.kind === 'agreed') return part.text;
	return decision === 'conflicts' ? marked(part, sources) : part[decision];
}

/** Merges. Without a decision there is no text where both changed the same place. */
export function mergeEntry(sources: MergeSources, decision: Decision | null): MergedEntry {
	const { theirs, base, ours, before } = sources;
	const isPristine = theirs === base;
	const parts = merge3(theirs, base, ours);
	const found = parts.filter((part) => part.kind === 'conflict');
	const conflicts = found.map((part) => ({ where: whereOf(part, before), ours: part.ours }));
	if (found.length > 0 && decision === null)
		return { text: null, conflicts, fault: null, isPristine };
	const text = parts.map((part) => decided(part, decision ?? 'theirs', sources)).join('');
	if (found.length > 0 && decision === 'conflicts')
		return { text, conflicts, fault: null, isPristine };
	const single = withoutTwinImports(text);
	return { text: single, conflicts, fault: faultOf(single, [theirs, ours]), isPristine };
}
