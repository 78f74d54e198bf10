// How deep a text nests, and what becomes of a thought that went too deep. Pure.

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

/** What is said of a text that nests too deeply, as the end of a sentence. */
export const TOO_DEEP = 'it nests too deeply to be understood';

/** Thrown before the stack is full: how much it holds differs from run to run. */
export function stopAtDepth(): never {
	throw new RangeError('The call stack is not filled further.');
}

/** What was thought of a text; `otherwise` where it nests too deeply for that. */
export function unlessTooDeep<T>(think: () => T, otherwise: T): T {
	try {
		return think();
	} catch (error) {
		if (error instanceof RangeError && /call stack/.test(error.message)) return otherwise;
		throw error;
	}
}
