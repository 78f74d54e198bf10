// JSON as tools read it: comments, trailing commas and a BOM are allowed. The only owner of jsonc-parser. Pure.
import { type Node, type ParseError, parse, parseTree } from 'jsonc-parser';

/** A part of a JSON text with its place in it. */
export type JsonNode = Node;

/** The value when it is an object, else null. */
export function objectOf(value: unknown): Record<string, unknown> | null {
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? (value as Record<string, unknown>) : null;
}

/** What stands below a value at a path of keys; undefined when there is nothing. */
export function valueAt(value: unknown, ...keys: string[]): unknown {
	return keys.reduce<unknown>((at, key) => objectOf(at)?.[key], value);
}

/** The strings of a list, or of a single string; anything else is left out. */
export function stringsOf(value: unknown): string[] {
	return [value].flat().filter((one) => typeof one === 'string');
}

/** Strict JSON, as package managers write it; undefined when it is not. A BOM is allowed. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}

/**
 * Where a text stops being strict JSON, e.g. `line 3, column 7`. V8's own messages quote what stands there, which may be
 * a secret.
 */
export function faultIn(text: string): string {
	const plain = text.replace(/^\uFEFF/, '');
	const errors: ParseError[] = [];
	parse(plain, errors, { disallowComments: true });
	const lines = plain.slice(0, errors[0]?.offset ?? 0).split('\n');
	return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}

/** The object in a text, as far as it can be understood; null when it holds no object. */
export function readJsonObject(text: string): Record<string, unknown> | null {
	return objectOf(parse(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true }));
}

/** The object that a text holds, as a tree that knows the place of every part; null when it holds something else. */
export function parseJsonTree(text: string): JsonNode | null {
	const root = parseTree(text);
	return root?.type === 'object' ? root : null;
}
