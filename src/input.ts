// Reads what `--input` names: a file, or stdin to its end.
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { FlueError } from './errors.ts';

/** More than any document of options is. */
const LARGEST = 1_000_000;

async function readAll(source: Readable): Promise<string> {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of source) {
		const bytes = Buffer.from(part);
		size += bytes.byteLength;
		if (size > LARGEST) throw new FlueError('BAD_INPUT', 'The input is too long for a document.');
		parts.push(bytes);
	}
	return Buffer.concat(parts).toString('utf8');
}

/**
 * The text of a document.
 * @param name the path of a file, from where the command was typed; `-` is stdin
 * @throws BAD_INPUT when there is none that can be read
 */
async function readInput(name: string, stdin: () => Readable): Promise<string> {
	try {
		return await readAll(name === '-' ? stdin() : createReadStream(name));
	} catch (cause) {
		if (cause instanceof FlueError) throw cause;
		const { code } = cause as NodeJS.ErrnoException;
		throw new FlueError('BAD_INPUT', `--input ${name} cannot be read (${code ?? 'unknown'}).`, {
			hint: 'Name a file with a JSON document, or - for stdin.',
			flag: '--input',
			cause,
		});
	}
}

/** The words to go on with; `refusal`: what is wrong with the document, to be told as those words ask for it. */
interface Given {
	args: string[];
	refusal?: unknown;
}

/** The command line as typed, or with what the document of `--input` says. */
export async function withInput(
	typed: string[],
	surroundings: { version: string; readonly stdin: Readable },
): Promise<Given> {
	if (!typed.some((word) => /^--input(=|$)/.test(word))) return { args: typed };
	const [{ parseArguments }, { asksForJson, withDocument }] = await Promise.all([
		import('./cli/parse.ts'),
		import('./cli/document.ts'),
	]);
	const invocation = parseArguments(typed, surroundings.version);
	if (!('request' in invocation)) return { args: typed };
	const { request } = invocation;
	const { input } = request.options;
	if (input === undefined) return { args: typed };
	const text = await readInput(input, () => surroundings.stdin);
	try {
		return { args: withDocument(typed, request, text) };
	} catch (refusal) {
		const [command = '', ...rest] = typed;
		return { args: asksForJson(text) ? [command, '--json', ...rest] : typed, refusal };
	}
}
