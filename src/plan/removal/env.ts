// Takes out of an env file what `add` put into it: the text from which the same insertion makes the present one. Pure.
import { type EnvLine, readEnvLines } from '../../dialects/env-lines.ts';
import { describe, withEnvKey } from '../env-file.ts';

/** How many lines of comment, rule and blank may stand above a key. */
const MOST_ABOVE = 4;

function isOf(line: EnvLine | undefined, variable: string): boolean {
	return line?.name === variable && (line.kind === 'key' || line.kind === 'commented-key');
}

/** `KEY=` or `KEY=""`, as the file writes its values. */
function isEmpty({ value }: EnvLine): boolean {
	return /^(["'`]?)\1$/.test(value);
}

/** The text without the lines `first` to `last`; a file that did not end its last line stays one. */
function cuts(text: string, lines: EnvLine[], first: number, last: number): string[] {
	const [start, end] = [lines[first]?.start ?? 0, lines[last]?.end ?? text.length];
	const plain = text.slice(0, start) + text.slice(end);
	return end === text.length ? [plain, plain.replace(/\r?\n$/, '')] : [plain];
}

/** What may have been there before, the least removal first. */
function candidates(text: string, variable: string): string[] {
	const lines = readEnvLines(text);
	return lines.flatMap((line, index) => {
		if (!isOf(line, variable) || !isEmpty(line)) return [];
		const firsts = [index];
		for (let at = index - 1; at >= 0 && firsts.length <= MOST_ABOVE; at--) {
			if (!/^(comment|ruler|blank)$/.test(lines[at]?.kind ?? '')) break;
			firsts.push(at);
		}
		return firsts.flatMap((first) => cuts(text, lines, first, index));
	});
}

/** Blank lines that nobody writes: at the end, or one behind the other. */
function strayBlanks(text: string): number {
	const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
	const isBlank = (line: string | undefined): boolean => line?.trim() === '';
	return lines.filter(
		(line, index) => isBlank(line) && (index === lines.length - 1 || isBlank(lines[index + 1])),
	).length;
}

/**
 * The text without the key that `add` wrote; null when no such key stands there empty, as it was written. Of several that
 * may have been there, with a blank line more or less, the one without a stray blank line.
 */
export function withoutEnvKey(text: string, variable: string): string | null {
	const isBefore = (before: string): boolean =>
		[false, true].some((isComment) => withEnvKey(before, variable, isComment) === text);
	const [first] = candidates(text, variable)
		.filter(isBefore)
		.map((before) => ({ before, strays: strayBlanks(before) }))
		.sort((one, other) => one.strays - other.strays);
	return first?.before ?? null;
}

/** Whether a line is the comment that `add` writes above the key. */
function isOurComment(line: EnvLine | undefined, variable: string): boolean {
	return line?.kind === 'comment' && line.text.replace(/^[\s#]+/, '').trim() === describe(variable);
}

/** The text without a line, the comment of `add` above it, and the blank line above that where another follows. */
function cutOut(text: string, lines: EnvLine[], index: number, variable: string): string {
	let first = index;
	if (isOurComment(lines[first - 1], variable)) first--;
	const isAtEnd = (lines[index]?.end ?? 0) === text.length;
	const isBlankBelow = isAtEnd || lines[index + 1]?.kind === 'blank';
	if (first < index && isBlankBelow && lines[first - 1]?.kind === 'blank') first--;
	return text.slice(0, lines[first]?.start) + text.slice(lines[index]?.end);
}

/** The text with the value of the key taken away, and the key with it. */
export function withoutEnvValue(text: string, variable: string): string {
	const lines = readEnvLines(text);
	const index = lines.findIndex((one) => isOf(one, variable));
	const line = lines[index];
	if (!line) return text;
	const lineEnd = /\r?\n$/.exec(text.slice(line.start, line.end))?.[0] ?? '';
	const own = line.text.slice(0, line.text.indexOf('=') + 1);
	// Whoever gives a value may write the line in another manner than `add` does.
	const texts = [own, `${variable}=`, `${variable}=""`, `export ${variable}=""`]
		.map((empty) => text.slice(0, line.start) + empty + lineEnd + text.slice(line.end))
		.map((emptied) => withoutEnvKey(emptied, variable));
	return texts.find((one) => one !== null) ?? cutOut(text, lines, index, variable);
}
