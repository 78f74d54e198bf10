// Takes out of an env file what `add` put into it: the text from which the same insertion makes the present one. Pure.
import { type EnvLine, readEnvLines } from '../../dialects/env-lines.ts';
import { withEnvKey } from '../env-file.ts';

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

/** The text without the key that `add` wrote; null when no such key stands there empty, as it was written. */
export function withoutEnvKey(text: string, variable: string): string | null {
	const isBefore = (before: string): boolean =>
		[false, true].some((isComment) => withEnvKey(before, variable, isComment) === text);
	return candidates(text, variable).find(isBefore) ?? null;
}

/** The text with the value of the key taken away, and the key with it. */
export function withoutEnvValue(text: string, variable: string): string {
	const line = readEnvLines(text).find((one) => isOf(one, variable));
	if (!line) return text;
	const lineEnd = /\r?\n$/.exec(text.slice(line.start, line.end))?.[0] ?? '';
	const empty = line.text.slice(0, line.text.indexOf('=') + 1);
	const emptied = text.slice(0, line.start) + empty + lineEnd + text.slice(line.end);
	return withoutEnvKey(emptied, variable) ?? text.slice(0, line.start) + text.slice(line.end);
}
