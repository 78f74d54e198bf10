// Puts one member among its siblings (properties, type members, class members): where, and with what white space.
import type { Insertion } from '../../model/key-plan.ts';
import type { Morph } from '../../text/source.ts';
import { fileOf } from '../module/elsewhere.ts';
import { blankLinesBetween, type Row } from './kin.ts';
import { type NewMember, type Slot, slotFor } from './slot.ts';

/** The members of one pair of braces. */
export interface Siblings extends Row {
	/** `,` in object literals; type and class members carry their separator in their own text. */
	separator: ',' | '';
}

const REST_OF_LINE = /^[ \t]*(?:\/\/[^\r\n]*|(?:\/\*[^\r\n]*?\*\/[ \t]*)+)?(?=\r?\n|$)/;

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
 * The insertions that put a member in its place, which is that of `slotFor`, or next to `model` where one is given.
 * A last member that lacks a comma gets one.
 */
export function placeMember(siblings: Siblings, added: NewMember, model?: number): Insertion[] {
	const { nodes, separator } = siblings;
	const { index, isApart, heading } = slotFor(siblings, added, { model });
	const anchor = nodes[index];
	const at = offsetOf(siblings, index);
	if (at !== null)
		return [
			placeAfter(nodes, { index, at, isApart, heading, member: `${added.text}${separator}` }),
		];
	if (!anchor) return [];
	const end = anchor.getEnd();
	const [, bare = '', mark = separator || ';'] = /^(.*?)([;,])?$/s.exec(added.text) ?? [];
	const own = placeAfter(nodes, { index, at: end, isApart, heading, member: bare });
	// What stands behind it on its line stays there.
	return own.at === end
		? [{ ...own, text: `${mark}${own.text}` }]
		: [{ at: end, text: mark, ...fileOf(anchor) }, own];
}

/** Puts a member at `at`, which is where sibling `index` ends: on a line of its own if the siblings have lines of their own. */
export function placeAfter(
	nodes: Morph.Node[],
	{
		index,
		at,
		member,
		isApart = false,
		heading = '',
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
	const start = `${lineEnd}${indentOf(nodes, anchor)}`;
	const line = `${heading && `${start}${heading.replaceAll('\n', start)}`}${start}${member}`;
	return { at: at + rest.length, text: index < 0 ? `${line}${gap}` : `${gap}${line}`, ...file };
}

/** The white space before a member, unless most of those on lines of their own begin elsewhere. */
function indentOf(nodes: Morph.Node[], anchor: Morph.Node): string {
	const text = anchor.getSourceFile().getFullText();
	const all = nodes.map((node) => indentAt(text, node.getStart()));
	const usual = all.find((one) => all.filter((other) => other === one).length * 2 > all.length);
	return usual ?? indentAt(text, anchor.getStart());
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
