// JSON as tools read it: comments, trailing commas and a BOM are allowed. Unlike a manifest, it may be broken.
import { parse } from 'jsonc-parser';

/** The object in a text, as far as it can be understood; null when it holds no object. */
export function readJsonObject(text: string): Record<string, unknown> | null {
	const value: unknown = parse(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
	return objectOf(value);
}

/** The value when it is an object, else null. */
export function objectOf(value: unknown): Record<string, unknown> | null {
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? (value as Record<string, unknown>) : null;
}
