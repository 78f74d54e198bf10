// The texts of help, as they fit: tables keep their second column, prose is wrapped by its paragraphs.
import type { Blueprint } from '../model/blueprint.ts';
import { pageOf, type Surroundings, writeLines, writeText } from './output.ts';
import { ink, laidOut, STOP } from './page.ts';

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
export function speakHelp({ stdout, environment }: Surroundings, text: string): void {
	const page = pageOf(stdout, environment);
	const lines = laidOut(helpLines(text), { ...page, columns: page.columns ?? WIDTH });
	stdout.write(`${lines.join('\n')}\n`);
}

/** Prints what `flue help` says of a topic; the examples are of one of the databases. */
export async function speakTopic(
	surroundings: Surroundings,
	topic: 'errors' | 'agent',
	{ databases, example }: { databases: readonly Blueprint[]; example: Blueprint },
): Promise<void> {
	if (topic === 'errors') {
		const { errorCodeLines } = await import('./report.ts');
		writeLines(surroundings, 'stdout', errorCodeLines());
		return;
	}
	const text = (await import('./agent-help.ts')).agentHelpText(databases, example);
	// For a program it stays the text that it is.
	if (surroundings.stdout.isTTY !== true) writeText(surroundings, text);
	else writeLines(surroundings, 'stdout', flowingLines(text));
}
