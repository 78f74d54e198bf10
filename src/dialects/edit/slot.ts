// Where among its siblings a new one stands: the one rule of placement, for members, elements and statements.
import type { Morph } from '../../text/source.ts';
import { mostRelated, relatedness, sortedAfter, wordsOf } from '../module/names.ts';
import {
	foreignHeading,
	foreignSection,
	isDescribed,
	isHeaded,
	ownDocument,
	ownHeading,
} from './headings.ts';
import {
	blankLinesBetween,
	groupAround,
	isKin,
	lastPlain,
	PATH,
	pastKin,
	type Row,
	startsOf,
	topicOf,
} from './kin.ts';

export interface NewMember {
	name: string;
	/** Without separator and without the indentation of its first line. */
	text: string;
	variable: string;
}

export interface Slot {
	/** The sibling before the new one; -1 for the first place. */
	index: number;
	/** True where a blank line has to part it from that one, which is about something else. */
	isApart: boolean;
	/** A comment above it, where the others have one above each group; '' for none. */
	heading: string;
}

/** What is known of the place beside the names. */
interface Hints {
	/** The sibling that it is like. */
	model?: number | undefined;
	/** Where it stands if it is like none. */
	end?: number;
	/** The names that tell anything of where an address stands; those of the row unless given. */
	among?: (string | null)[];
}

/** True where a linter of the module asks for sorted keys. */
function isSortLinted(node: Morph.Node | undefined): boolean {
	const text = node?.getSourceFile().getFullText() ?? '';
	return /\beslint\b(?!-disable)[^\n]*\bsort-(?:keys|objects)\b/.test(text);
}

/** An address over HTTP is another way to another server. */
const REST = /_rest_|rest(?:url|uri)$/i;

/** The first word of an address of the server itself: that of another service stands where that service has its settings. */
const OWN =
	/^(?:api|app|application|backend|base|client|front|frontend|host|origin|server|site|url|web)$/;

/** The one that an address stands beside: of its own kind, else of the database, else of the server itself; -1 for none. */
function nearest(row: Row, variable: string): number {
	const names = row.names.map((name, at) => {
		if (name === null || REST.test(name)) return null;
		const topic = topicOf(row, at);
		const about = relatedness(topic, variable) > relatedness(name, variable) ? topic : name;
		const isOwn = [name, topic].some((one) => OWN.test(wordsOf(one)[0] ?? ''));
		return relatedness(about, variable) > 1 || isOwn ? about : null;
	});
	return mostRelated(names, variable);
}

/**
 * Sorted where the others are. Else behind the group of its own kind, else behind all that is the database's, else at
 * `end`; never within what is about something else, but behind that, as a group of its own.
 */
export function slotFor(row: Row, added: NewMember, hints: Hints = {}): Slot {
	const slot = placeFor(row, added, hints);
	return { ...slot, heading: ownDocument(row.nodes, added.variable) || slot.heading };
}

function placeFor(row: Row, added: NewMember, { model, end, among }: Hints): Slot {
	const { nodes, names } = row;
	const { name, text, variable } = added;
	// A few groups are in order by chance.
	const few = text.includes('\n') ? 5 : 4;
	const least = isSortLinted(nodes[0]) ? 1 : few;
	const sorted = sortedAfter(names, name, least);
	// Under headings the order of the groups is the one that is meant.
	if (sorted !== undefined && (least === 1 || !isHeaded(nodes)))
		return { index: sorted, isApart: false, heading: '' };
	const near = model ?? nearest({ nodes, names: among ?? names }, variable);
	const index = near < 0 ? pastTopic(row, end ?? lastPlain(row)) : pastKin(row, near, variable);
	const foreign = foreignHeading(row, index, variable) ?? foreignSection(row, index, variable);
	const isParted = startsOf(nodes).length > 1;
	if (foreign) return { index: foreign.last, isApart: isParted, heading: foreign.text };
	if (isOtherGroup(row, index, variable))
		return { index, isApart: true, heading: ownHeading(nodes, variable) };
	const isAlone = blankLinesBetween(nodes) && relatedness(topicOf(row, index), variable) < 4;
	const heading = isAlone ? ownHeading(nodes, variable) : '';
	return { index, isApart: isBlockApart(nodes, index, text), heading };
}

/** Below all that belongs to one and follows it, whatever parts them. */
function pastTopic(row: Row, index: number): number {
	const end = row.nodes.findIndex((_, at) => at > index && !isKin(row, index, at));
	return (end < 0 ? row.nodes.length : end) - 1;
}

/** True at the end of a group that is all about one other thing, in a list that has other groups. */
function isOtherGroup(row: Row, index: number, variable: string): boolean {
	const [start, end] = groupAround(row.nodes, index);
	if (index !== end || end - start + 1 === row.nodes.length) return false;
	if (isDescribed(row.nodes, start)) return true;
	const all = Array.from({ length: end - start + 1 }, (_, at) => topicOf(row, start + at));
	if (all.length > 1 && all.every((one) => PATH.test(one))) return true;
	const topics = new Set(all.map((one) => wordsOf(one)[0]));
	const score = relatedness(all[0] ?? '', variable);
	const isOwn = score === 1 && OWN.test([...topics][0] ?? '');
	return topics.size === 1 && score < (all.length > 1 ? 4 : isOwn ? 1 : 2);
}

/** A block stands apart where those beside it do. */
function isBlockApart(nodes: Morph.Node[], index: number, text: string): boolean {
	if (!text.includes('\n') || blankLinesBetween(nodes)) return false;
	const [start, end] = groupAround(nodes, index);
	return start === index && end === index && index > 0;
}
