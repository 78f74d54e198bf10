// Puts one member among its siblings (properties, type members, class members): where, and with what white space.
import type { Insertion } from '../../model/key-plan.ts';
import type { Morph } from '../../text/source.ts';
import { fileOf } from '../module/elsewhere.ts';
import { mostRelated, sortedAfter, wordsOf } from '../module/names.ts';
import { foreignHeading, isHeaded, ownHeading } from './headings.ts';
import { beforeLast, blankLinesBetween, lastPlain, pastKin, startOfGroup } from './kin.ts';

/** The members of one pair of braces, in order. `names` has null for members without one, such as a spread. */
export interface Siblings {
	nodes: Morph.Node[];
	names: (string | null)[];
	/** `,` in object literals; type and class members carry their separator in their own text. */
	separator: ',' | '';
}

export interface NewMember {
	name: string;
	/** Without separator and without the indentation of its first line. */
	text: string;
	variable: string;
}

const REST_OF_LINE = /^[ \t]*(?:\/\/[^\r\n]*|(?:\/\*[^\r\n]*?\*\/[ \t]*)+)?(?=\r?\n)/;

/** White space at the start of the line of an offset. */
export function indentAt(text: string, at: number): string {
	const start = text.lastIndexOf('\n', at - 1) + 1;
	return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

/** The line ending in use at an offset. */
export function lineEndAt(text: string, at: number): string {
	return /\r?\n/.exec(text.slice(at))?.[0] ?? /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** Offset after the comma that follows a member; null when none does. */
function afterComma(node: Morph.Node): number | null {
	const rest = node.getSourceFile().getFullText().slice(node.getEnd());
	const found = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*,/.exec(rest);
	return found === null ? null : node.getEnd() + found[0].length;
}

function isSortLinted(node: Morph.Node): boolean {
	return /\beslint\b(?!-disable)[^\n]*\bsort-(?:keys|objects)\b/.test(
		node.getSourceFile().getFullText(),
	);
}

interface Slot {
	/** The sibling before the new member; -1 for the first place. */
	index: number;
	/** True where a blank line has to part it from that one, which is about something else. */
	isApart: boolean;
}

function slotFor({ nodes, names }: Siblings, { name, text, variable }: NewMember): Slot {
	const least = nodes[0] !== undefined && isSortLinted(nodes[0]) ? 1 : 4;
	const related = mostRelated(names, variable);
	const sorted = sortedAfter(names, name, least);
	// Under headings the order of the groups is the one that is meant.
	if (sorted !== undefined && (least === 1 || !isHeaded(nodes)))
		return { index: sorted, isApart: false };
	if (related >= 0) {
		const index = pastKin(nodes, names, { index: related, variable });
		// A block stands apart where those beside it do.
		const isAlone = startOfGroup(nodes, index) === index && index > 0;
		const isEnd = index + 1 >= nodes.length || startOfGroup(nodes, index + 1) === index + 1;
		return { index, isApart: text.includes('\n') && isAlone && isEnd };
	}
	const index = lastPlain(nodes, names);
	const start = startOfGroup(nodes, index);
	const topics = new Set(names.slice(start, index + 1).map((one) => wordsOf(one ?? '')[0]));
	return { index, isApart: start > 0 && start < index && topics.size === 1 };
}

/** The last member has no comma: a new one after it would have to change its line. */
function appendAfterBareLast(last: Morph.Node, member: string): Insertion[] {
	const text = last.getSourceFile().getFullText();
	const end = last.getEnd();
	const rest = REST_OF_LINE.exec(text.slice(end))?.[0];
	const file = fileOf(last);
	if (rest === undefined) return [{ at: end, text: `, ${member}`, ...file }];
	const line = `${lineEndAt(text, end)}${indentAt(text, last.getStart())}${member}`;
	return [
		{ at: end, text: ',', ...file },
		{ at: end + rest.length, text: line, ...file },
	];
}

function offsetOf(siblings: Siblings, index: number): number | null {
	const node = siblings.nodes[index];
	if (node === undefined) return siblings.nodes[0]?.getPos() ?? null;
	if (siblings.separator === ',') return afterComma(node);
	// `{ a: string; b: string }`: nothing parts the last member from one that would follow on its line.
	const text = node.getSourceFile().getFullText().slice(node.getEnd());
	const isParted = /[;,}]$/.test(node.getText()) || REST_OF_LINE.test(text);
	return isParted ? node.getEnd() : null;
}

/**
 * The insertions that put a member in its place: sorted if the siblings are, else after the most related one, else at the
 * end. Whole lines wherever possible: before a last member that lacks a comma rather than after it.
 */
export function placeMember(siblings: Siblings, added: NewMember): Insertion[] {
	const { nodes, names, separator } = siblings;
	const last = nodes.at(-1);
	let slot = slotFor(siblings, added);
	let at = offsetOf(siblings, slot.index);
	if (at === null) {
		// Only a lint rule is worth a comma on a line that is not ours.
		if (last && separator === ',' && isSortLinted(last)) {
			return appendAfterBareLast(last, added.text);
		}
		if (last && separator === ',' && slot.index === nodes.length - 1 && isOneLine(last)) {
			return [{ at: last.getEnd(), text: `, ${added.text}`, ...fileOf(last) }];
		}
		const index = beforeLast(names, added.variable);
		slot = { index, isApart: startOfGroup(nodes, index + 1) === index + 1 };
		at = offsetOf(siblings, index);
	}
	if (at === null) return [];
	const apart = placeApart(siblings, slot.index, added);
	if (apart) return [apart];
	return [placeAfter(nodes, { ...slot, at, member: `${added.text}${separator}` })];
}

/** True where the braces or brackets around a member stand on its line. */
function isOneLine(member: Morph.Node): boolean {
	return !(member.getParent()?.getText().includes('\n') ?? true);
}

/** The insertion that puts a member next to the one that it is like, or where its name belongs among sorted ones. */
export function placeNext(siblings: Siblings, model: number, { name, text }: NewMember): Insertion {
	const { nodes, names, separator } = siblings;
	const index = sortedAfter(names, name) ?? model;
	const last = offsetOf(siblings, index) === null ? index - 1 : index;
	const at = offsetOf(siblings, last);
	const [first] = nodes;
	if (last >= 0 && at !== null)
		return placeAfter(nodes, { index: last, at, member: `${text}${separator}` });
	const start = first?.getStart() ?? 0;
	const whole = first?.getSourceFile().getFullText() ?? '';
	const isLine = /\n[ \t]*$/.test(whole.slice(0, start));
	const gap = isLine ? `${lineEndAt(whole, start)}${indentAt(whole, start)}` : ' ';
	return { at: start, text: `${text}${separator}${gap}`, ...(first && fileOf(first)) };
}

/** A group of its own, where the comment above the place is about something else. */
function placeApart(siblings: Siblings, index: number, added: NewMember): Insertion | null {
	const { nodes, separator } = siblings;
	const heading = foreignHeading(siblings, index, added.variable);
	const last = heading && nodes[heading.last];
	const at = heading && offsetOf(siblings, heading.last);
	if (!heading || !last || at === null || isSortLinted(last)) return null;
	const comment = ownHeading(heading, added.variable);
	const text = last.getSourceFile().getFullText();
	const start = `${lineEndAt(text, at)}${indentAt(text, last.getStart())}`;
	const above = heading.text === '' ? '' : `${start}${comment}`;
	const member = `${lineEndAt(text, at)}${above}${start}${added.text}${separator}`;
	const rest = REST_OF_LINE.exec(text.slice(at))?.[0];
	return rest === undefined ? null : { at: at + rest.length, text: member, ...fileOf(last) };
}

/** Puts a member at `at`, which is where sibling `index` ends: on a line of its own if the siblings have lines of their own. */
export function placeAfter(
	nodes: Morph.Node[],
	{
		index,
		at,
		member,
		isApart = false,
	}: Partial<Slot> & { index: number; at: number; member: string },
): Insertion {
	const anchor = nodes[Math.max(index, 0)] ?? nodes[0];
	const text = anchor?.getSourceFile().getFullText() ?? '';
	const rest = REST_OF_LINE.exec(text.slice(at))?.[0];
	const file = anchor ? fileOf(anchor) : {};
	if (anchor && rest === undefined && index < 0)
		return { at: anchor.getStart(), text: `${member} `, ...file };
	if (rest === undefined || anchor === undefined) return { at, text: ` ${member}`, ...file };
	const lineEnd = lineEndAt(text, at);
	const gap = isApart || blankLinesBetween(nodes) ? lineEnd : '';
	const line = `${lineEnd}${indentAt(text, anchor.getStart())}${member}`;
	return { at: at + rest.length, text: index < 0 ? `${line}${gap}` : `${gap}${line}`, ...file };
}

/** The first member between empty braces. `open` is the offset after the opening brace. */
export function placeInEmpty(source: Morph.SourceFile, open: number, member: string): Insertion[] {
	const text = source.getFullText();
	const indent = indentAt(text, open);
	const lineEnd = lineEndAt(text, open);
	const unit = /^(\t| {2,})\S/m.exec(text)?.[1] ?? '\t';
	const closing = text.slice(open).startsWith('}') ? `${lineEnd}${indent}` : '';
	return [{ at: open, text: `${lineEnd}${indent}${unit}${member}${closing}`, ...fileOf(source) }];
}
