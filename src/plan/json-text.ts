// Puts properties into the text of a JSON object, and takes them out, in the layout that the text has. Pure.
import { type JsonNode, parseJsonTree } from '../text/jsonc.ts';
import { spliceText } from './splice.ts';

export function properties(object: JsonNode): JsonNode[] {
	return object.children ?? [];
}

export function keyOf(property: JsonNode): string {
	return String(property.children?.[0]?.value);
}

export function endOf(node: JsonNode): number {
	return node.offset + node.length;
}

export function valueOfKey(object: JsonNode, key: string): JsonNode | undefined {
	return properties(object).find((property) => keyOf(property) === key)?.children?.[1];
}

/** How the text separates things, taken from its first key. */
interface Layout {
	/** Between a key and its value. */
	colon: string;
	/** Before a key at the given depth. */
	gap: (depth: number) => string;
	/** After a comma on one line. */
	space: string;
}

export function readLayout(text: string): Layout {
	const root = parseJsonTree(text);
	const lineEnding = text.includes('\r\n') ? '\r\n' : '\n';
	const first = root?.children?.[0];
	const key = first?.children?.[0];
	const value = first?.children?.[1];
	const colon = key && value ? text.slice(endOf(key), value.offset) : ': ';
	const space = /\s$/.test(colon) ? ' ' : '';
	const before = root && first ? text.slice(root.offset + 1, first.offset) : '\n  ';
	const isOneLine = !before.includes('\n');
	const indent = before.slice(before.lastIndexOf('\n') + 1);
	const gap = (depth: number): string => (isOneLine ? '' : lineEnding + indent.repeat(depth));
	return { colon: colon.includes('\n') ? ': ' : colon, gap, space };
}

/** The white space that stands before a property. */
function gapBefore(text: string, property: JsonNode): string {
	return /\s*$/.exec(text.slice(0, property.offset))?.[0] ?? '';
}

interface NewProperty {
	source: string;
	position: number;
	depth: number;
}

/** Puts `source` into an object as its property number `position`. */
export function insertProperty(
	text: string,
	object: JsonNode,
	{ source, position, depth }: NewProperty,
): string {
	const layout = readLayout(text);
	const present = properties(object);
	const next = present[position];
	const last = present.at(-1);
	if (next) {
		const own = gapBefore(text, next);
		const gap = position === 0 && !own.includes('\n') ? layout.space : own;
		return spliceText(text, [{ start: next.offset, end: next.offset, text: `${source},${gap}` }]);
	}
	if (last) {
		const own = gapBefore(text, last);
		const gap = present.length === 1 && !own.includes('\n') ? layout.space : own;
		return spliceText(text, [{ start: endOf(last), end: endOf(last), text: `,${gap}${source}` }]);
	}
	const inside = layout.gap(depth) + source + layout.gap(depth - 1);
	return spliceText(text, [{ start: object.offset + 1, end: endOf(object) - 1, text: inside }]);
}

export function removeProperty(text: string, object: JsonNode, name: string): string {
	const present = properties(object);
	const index = present.findIndex((property) => keyOf(property) === name);
	const [before, property, after] = [present[index - 1], present[index], present[index + 1]];
	if (!property) return text;
	if (after) return spliceText(text, [{ start: property.offset, end: after.offset, text: '' }]);
	const start = before ? endOf(before) : object.offset + 1;
	const end = before ? endOf(property) : endOf(object) - 1;
	return spliceText(text, [{ start, end, text: '' }]);
}
