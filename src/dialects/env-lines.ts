// The dotenv syntax: a text -> its lines, each with what it is and the exact stretch it takes. Pure.
import { parseEnv } from 'node:util';

/**
 * `commented-key` is an assignment behind `#`; `ruler` a comment that draws a line; `other` what no parser of the
 * syntax would take for any of these.
 */
type EnvLineKind = 'key' | 'commented-key' | 'comment' | 'ruler' | 'blank' | 'other';

export interface EnvLine {
	kind: EnvLineKind;
	/** The variable of a key or commented key, else ''. */
	name: string;
	/** What follows `=` on the first line, trimmed; '' for anything but keys. */
	value: string;
	/** The first line without its end. */
	text: string;
	/** Offsets into the whole text. A value in quotes may take several lines; `end` is past the last line's end. */
	start: number;
	end: number;
}

const KEY = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*/;
const COMMENTED_KEY = /^[ \t]*#+[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*/;
const RULER = /^[ \t]*#+[ \t]*[-=~*_#─━═▬]{3,}/;

/** Node ends a quoted value at the next equal quote, on whatever line it is; without one the quote is plain text. */
function endOfValue(text: string, from: number): number {
	const quote = text[from] ?? '';
	if (!`'"\``.includes(quote) || quote === '') return from;
	const close = text.indexOf(quote, from + 1);
	return close === -1 ? from : close;
}

function endOfLine(text: string, from: number): number {
	const lineFeed = text.indexOf('\n', from);
	return lineFeed === -1 ? text.length : lineFeed + 1;
}

function kindOf(line: string): EnvLineKind {
	if (line.trim() === '') return 'blank';
	if (KEY.test(line)) return 'key';
	if (!/^[ \t]*#/.test(line)) return 'other';
	if (COMMENTED_KEY.test(line)) return 'commented-key';
	return RULER.test(line) ? 'ruler' : 'comment';
}

function lineAt(text: string, start: number): EnvLine {
	const end = endOfLine(text, start);
	const line = text.slice(start, end).replace(/\r?\n$/, '');
	const kind = kindOf(line);
	const match = kind === 'key' ? KEY.exec(line) : COMMENTED_KEY.exec(line);
	if (!match || (kind !== 'key' && kind !== 'commented-key')) {
		return { kind, name: '', value: '', text: line, start, end };
	}
	const name = match[1] ?? '';
	const value = line.slice(match[0].length).trim();
	const last = kind === 'key' ? endOfLine(text, endOfValue(text, start + match[0].length)) : end;
	return { kind, name, value, text: line, start, end: last };
}

/** The lines of an env file in order; together they are the whole text but for its BOM. */
export function readEnvLines(text: string): EnvLine[] {
	const lines: EnvLine[] = [];
	let at = text.startsWith('\uFEFF') ? 1 : 0;
	while (at < text.length) {
		const line = lineAt(text, at);
		lines.push(line);
		at = line.end;
	}
	return lines;
}

/**
 * The variables that a text sets, exports or mentions in a commented-out assignment; no values.
 * Both readers count: ours sees comments, Node's sees what would be loaded.
 */
export function envNames(text: string): string[] {
	// Node 22 keeps `export` in the name of an empty key, and every Node keeps the BOM in the first.
	const loaded = Object.keys(parseEnv(text.replace(/^\uFEFF/, ''))).map((name) =>
		name.replace(/^\s*export\s+/, '').trim(),
	);
	const written = readEnvLines(text).map(({ name }) => name);
	return [...new Set([...written, ...loaded])].filter((name) => /^[\w.-]+$/.test(name));
}
