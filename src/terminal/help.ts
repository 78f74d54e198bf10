// The texts of help, as they fit: tables keep their second column, prose is wrapped by its paragraphs.
import type { Start } from '../model/start.ts';
import { pageOf, type Reader, writeText } from './output.ts';
import { ink, laidOut, STOP } from './page.ts';
import { pasteable, wordsOf } from './words.ts';

/** The width of help where there is no terminal. */
const WIDTH = 100;

/** A row of two columns; the gap between them is the last that is wider than a word's. */
const ROW = /^( *)(\S.*?)( {2,})(?=\S)/;

/** The help of a command. */
function helpLines(text: string): string[] {
	return text
		.trimEnd()
		.split('\n')
		.map((line) =>
			line.replace(
				ROW,
				(_, indent: string, term: string, gap: string) => indent + ink.cyan(term) + gap + STOP,
			),
		);
}

function isWhole(line: string | undefined): boolean {
	return line === undefined || /^(?:$|#| {4}| *[-0-9>])/.test(line);
}

/** Markdown whose paragraphs may be wrapped anew: each is one line again. Headings, code and list items begin their own. */
function flowingLines(text: string): string[] {
	const lines: string[] = [];
	for (const line of text.trimEnd().split('\n')) {
		const last = lines.at(-1);
		const goesOn = !isWhole(line) && last !== undefined && !/^(?:$|#| {4})/.test(last);
		if (goesOn) lines[lines.length - 1] = `${last} ${line.trim()}`;
		else lines.push(line.replace(/^( *(?:-|\d+\.|>) )/, (before) => before + STOP));
	}
	return lines;
}

/** Prints the help of a command. */
export function speakHelp({ stdout, environment, start }: Reader, text: string): void {
	const page = pageOf(stdout, environment);
	const said = helpLines(pasteable(text, wordsOf(start, {})));
	const lines = laidOut(said, { ...page, columns: page.columns ?? WIDTH });
	stdout.write(`${lines.join('\n')}\n`);
}

/** A topic of help, and its text. */
export interface Topic {
	topic: 'errors' | 'agent';
	text: string;
}

function topicText({ topic, text }: Topic, start: Start): string {
	return topic === 'errors' ? text : pasteable(text, wordsOf(start, {}));
}

/** The help of a command, or of a topic, as one text for a program. */
export function helpTextOf(about: string | Topic, start: Start): string {
	if (typeof about === 'string') return pasteable(about, wordsOf(start, {}));
	const lines = topicText(about, start).trimEnd().split('\n');
	return `${laidOut(lines, { columns: null, colors: false }).join('\n')}\n`;
}

/** Prints what `flue help` says of a topic. */
export function speakTopic(reader: Reader, about: Topic): void {
	const { stdout, environment, start } = reader;
	const text = topicText(about, start);
	// For a program it stays the text that it is.
	if (about.topic === 'agent' && stdout.isTTY !== true) writeText(reader, text);
	else {
		const lines = about.topic === 'errors' ? text.split('\n') : flowingLines(text);
		stdout.write(`${laidOut(lines, pageOf(stdout, environment)).join('\n')}\n`);
	}
}
