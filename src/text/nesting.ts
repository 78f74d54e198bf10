// How deep brackets nest in a text. Pure.

/**
 * Parsers call themselves for each level and end without a word of use: TypeScript 6 at about 450 levels of objects in
 * parentheses, jsonc-parser and yaml at some thousands (measured). Nobody writes half of that.
 */
const DEEPEST = 200;

const OPEN = new Set(['(', '[', '{'].map((bracket) => bracket.charCodeAt(0)));
const CLOSED = new Set([')', ']', '}'].map((bracket) => bracket.charCodeAt(0)));

/**
 * Whether a text nests deeper than parsers can follow. Brackets in strings and comments count too: so many that are never
 * closed stand in no file of a project.
 */
export function isTooDeep(text: string): boolean {
	let depth = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (OPEN.has(code)) {
			if (++depth > DEEPEST) return true;
		} else if (depth > 0 && CLOSED.has(code)) depth--;
	}
	return false;
}
