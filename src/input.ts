// Reads what `--input` names: a file, or stdin to its end.
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { FlueError } from './errors.ts';
import { Refusals } from './refusals.ts';

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

/** What `--input` names in words that are refused for something else; undefined where nothing is to be had behind it. */
function inputIn(words: readonly string[], { stdin }: { readonly stdin: Readable }) {
	const at = words.findIndex((word) => /^--input(=|$)/.test(word));
	const [word = '', next] = words.slice(at);
	const name = word.includes('=') ? word.slice(word.indexOf('=') + 1) : next;
	// Nobody is to type a document for words that are refused.
	return name === '-' && (stdin as { isTTY?: boolean }).isTTY ? undefined : name;
}

/** The command line as typed, or with what the document of `--input` says. */
export async function withInput(
	typed: string[],
	surroundings: { version: string; readonly stdin: Readable },
): Promise<Given> {
	if (!typed.some((word) => /^--input(=|$)/.test(word))) return { args: typed };
	const [{ parseArguments }, { asksForJson, takesDocument, withDocument }] = await Promise.all([
		import('./cli/parse.ts'),
		import('./cli/document.ts'),
	]);
	const refusals = new Refusals();
	const invocation = refusals.attempt(() => parseArguments(typed, surroundings.version));
	const request = invocation && 'request' in invocation ? invocation.request : null;
	const isRefused = invocation === undefined && takesDocument(typed[0]);
	const input = isRefused ? inputIn(typed, surroundings) : request?.options.input;
	if (input === undefined) return { args: typed };
	const text = await readInput(input, () => surroundings.stdin).catch((error) =>
		refusals.keep(error),
	);
	const args =
		text !== undefined && refusals.attempt(() => withDocument(typed, request ?? {}, text));
	try {
		refusals.end();
		return { args: args || typed };
	} catch (refusal) {
		const [command = '', ...rest] = typed;
		const isJson = text !== undefined && asksForJson(text);
		return { args: isJson ? [command, '--json', ...rest] : typed, refusal };
	}
}
