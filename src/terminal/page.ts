// Lines of a report -> what a reader gets: secrets masked, control characters as text, in colour, words wrapped at the width
// there is. The one way to a terminal and to a text that is kept. Pure.
import { sep } from 'node:path';
import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';
import { createColors } from 'picocolors';
import { redact } from './diff.ts';

export interface Page {
	/** The width in columns; null where there is none, as in a file: then nothing is wrapped. */
	columns: number | null;
	colors: boolean;
}

const STYLES = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const;
type Style = (typeof STYLES)[number];

// Unicode keeps U+FDD0 to U+FDEF for what a program says to itself. A file name that holds one may look odd, and can do no more.
const OPENS = 0xfdd0;
const CLOSE = '\ufdef';
const PAINTED = /([\ufdd0-\ufdd5])([^\ufdd0-\ufdd5\ufdef]*)\ufdef/g;

/** Where the lines below go on that a line is wrapped into: `label${STOP}text`. */
export const STOP = '\ufdee';

/** A text in a style, as far as the page has colours. */
export const ink = Object.fromEntries(
	STYLES.map((style, index) => [
		style,
		(text: string) => String.fromCharCode(OPENS + index) + text + CLOSE,
	]),
) as Record<Style, (text: string) => string>;

/** Printable ASCII, which is a column a character. */
const NARROW = /^[ -~]*$/;

function widthOf(text: string): number {
	return NARROW.test(text) ? text.length : stringWidth(text);
}

/** A message of several lines, such as what a package manager printed: the first as it is, the others below its text. */
export function block(message: string): string[] {
	const [first = '', ...rest] = message.trimEnd().split(/\r?\n/);
	const hang = first.includes(STOP) ? widthOf(plain(first.slice(0, first.indexOf(STOP)))) : 2;
	return [first, ...rest.map((line) => ' '.repeat(hang) + line)];
}

/** Beside C0, DEL and C1 what turns the direction of a line. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const TAB = '    ';

function escaped(character: string): string {
	const code = character.charCodeAt(0).toString(16).padStart(4, '0');
	return SHORT[character] ?? `\\u${code}`;
}

/** A foreign text as it may be shown: no secret in it, and nothing that a terminal would obey. A tab stays. */
export function shown(text: string): string {
	return redact(text).replace(CONTROL, (one) => (one === '\t' ? one : escaped(one)));
}

/** As much of a line as fits into a width. */
export function truncated(line: string, width: number): string {
	const [first = ''] = wrapAnsi(line.replaceAll('\t', TAB), width, {
		wordWrap: false,
		trim: false,
	}).split('\n');
	return first;
}

const COLORS = createColors(true);
const NO_COLORS = createColors(false);

function painted(text: string, hasColors: boolean): string {
	const colors = hasColors ? COLORS : NO_COLORS;
	const marked = hasColors ? text.replace(/`[^`]+`/g, (command) => ink.cyan(command)) : text;
	let before: string;
	let result = marked;
	do {
		before = result;
		result = before.replace(PAINTED, (_, open: string, inner: string) => {
			const style = STYLES[open.charCodeAt(0) - OPENS] ?? 'bold';
			return colors[style](inner);
		});
	} while (result !== before);
	return result;
}

/** The text without any mark. */
function plain(text: string): string {
	return text.replace(/[\ufdd0-\ufdef]/g, '');
}

function wrapped(text: string, width: number): string[] {
	if (NARROW.test(text) && text === text.trim() && text.length <= width) return [text];
	return wrapAnsi(text, Math.max(width, 1), { hard: true }).split('\n');
}

/** What stands before the stop, and what is wrapped; without a stop the indentation. */
function partsOf(line: string): [before: string, text: string] {
	const at = line.indexOf(STOP);
	if (at !== -1) return [line.slice(0, at), line.slice(at + 1)];
	const indent = /^ */.exec(line)?.[0] ?? '';
	return [indent, line.slice(indent.length)];
}

/** The text beside what stands before it, or below where no room is left beside it. */
function fitted(line: string, columns: number): string[] {
	const [before, text] = partsOf(line);
	const hang = widthOf(before);
	const longest = Math.max(...text.split(' ').map((word) => widthOf(word)));
	const indent = (/^ */.exec(before)?.[0].length ?? 0) + TAB.length;
	const isHelped = hang + longest > columns && indent + longest <= columns;
	const isBelow = hang > indent && (hang > columns / 2 || isHelped);
	const rows = wrapped(text, columns - (isBelow ? indent : hang)).map((row, index) =>
		isBelow || index > 0 ? ' '.repeat(isBelow ? indent : hang) + row : before + row,
	);
	return isBelow ? [...fitted(before.trimEnd(), columns), ...rows] : rows;
}

/**
 * A command to paste, for `laidOut`: wider than the page it is broken where a POSIX shell takes the next line for a part of it.
 */
export function commandLines(command: string, { columns }: Page): string[] {
	const width = (columns ?? Number.POSITIVE_INFINITY) - 2;
	const lines: string[] = [];
	// A blank in quotes is no place to break.
	for (const word of command.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? []) {
		const last = lines.at(-1);
		const longer = `${last} ${word}`;
		if (last !== undefined && (sep === '\\' || widthOf(longer) <= width))
			lines[lines.length - 1] = longer;
		else lines.push(`  ${word}`.slice(last === undefined ? 2 : 0));
	}
	return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** The lines as they are written, none wider than the page. */
export function laidOut(lines: readonly string[], { columns, colors }: Page): string[] {
	return lines.flatMap((line) => {
		const text = painted(shown(line), colors);
		if (columns === null) return [text.replaceAll(STOP, '')];
		return fitted(text.replaceAll('\t', TAB), columns);
	});
}
