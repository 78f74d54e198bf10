// One `flue mcp` from start to exit status: a conversation in which an agent plans, and what was planned alone is done.
import { isAbsolute, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { FlueError } from '../../errors.ts';
import { realPath } from '../../inspect/files.ts';
import { isWithin } from '../../inspect/paths.ts';
import { absolutePath } from '../../inspect/typed-path.ts';
import { addDocument, installedDocument, verifyDocument } from '../../terminal/json.ts';
import type { Output, Surroundings } from '../../terminal/output.ts';
import { errorInWords, wordsOf } from '../../terminal/words.ts';
import { type Answer, serve } from './server.ts';
import { calledWords, TOOLS, type Tool } from './tools.ts';

/** Carries a command line out in a world, and gives the exit status. */
type Perform = (words: string[], surroundings: Surroundings) => Promise<number>;

interface Kept {
	text: string;
	/** The folder that was meant. */
	cwd: string;
}

/** A conversation. */
interface Talk {
	root: string;
	surroundings: Surroundings;
	perform: Perform;
	plans: Map<string, Kept>;
	/** How many plans there were. */
	count: number;
}

const INSTRUCTIONS =
	'Call plan first and show the user its steps and warnings; apply does exactly that plan. Ask the user whatever error.reasons says only they can decide, and never enter or print the value of a secret.';

/** What a run prints, and nothing else of it. */
function collector(): { output: Output; text(): string } {
	const parts: string[] = [];
	const write = (part: unknown, done?: () => void) => {
		parts.push(String(part));
		done?.();
	};
	const asStream = () => new Writable({ write: (part, _, done) => write(part, done) });
	return { output: { isTTY: false, write, asStream }, text: () => parts.join('') };
}

/** Runs a command line as if it had been typed with --json, and gives its document. */
async function documentOf(words: string[], talk: Talk, signal: AbortSignal): Promise<object> {
	const { surroundings, plans, perform } = talk;
	const stdout = collector();
	const place = words.find((word) => word.startsWith('--cwd='))?.slice('--cwd='.length) ?? '.';
	await perform(words, {
		...surroundings,
		stdin: Readable.from([]),
		stdout: stdout.output,
		stderr: collector().output,
		signal,
		plans: {
			keep: (name, text) => void plans.set(name, { text, cwd: place }),
			read: (name) => plans.get(name)?.text ?? null,
		},
	});
	return JSON.parse(stdout.text());
}

async function failedDocument(
	command: string,
	failure: FlueError,
	{ surroundings }: Talk,
): Promise<object> {
	const error = errorInWords(failure, wordsOf(surroundings.start, {}));
	if (command === 'verify') return JSON.parse(verifyDocument([], { next: null, error }));
	if (command === 'list') return JSON.parse(installedDocument([], { next: null, error }));
	const others = ['remove', 'update', 'apply'] as const;
	const changing = others.find((name) => name === command) ?? ('add' as const);
	const end = { status: 'failed' as const, warnings: [], next: null, error, command: changing };
	return JSON.parse(await addDocument({}, end));
}

/**
 * The folder that a call is about, inside of the one that is served.
 * @throws BAD_INPUT
 */
function placeOf(named: string | undefined, { root }: Talk): string {
	if (named === undefined) return root;
	const place = absolutePath(isAbsolute(named) ? named : join(root, named));
	const realRoot = realPath(root) ?? root;
	// Of what lies elsewhere by its very name, nothing is looked at.
	if (isWithin(root, place) || isWithin(realRoot, place)) {
		const real = realPath(place);
		if (real === null || isWithin(realRoot, real)) return place;
	}
	throw new FlueError(
		'BAD_INPUT',
		'The input at /cwd: expected a folder in the one that is served.',
		{
			hint: 'Name it relative to that folder, or by its whole path, or start another `flue mcp` with its --cwd.',
		},
	);
}

/** The words of a call, with the plan that it would keep. */
function wordsOfCall(
	name: Tool['name'],
	values: Record<string, unknown>,
	talk: Talk,
): { words: string[]; plan: string | null } {
	if (name === 'apply') {
		const id = values.plan;
		const kept = typeof id === 'string' ? talk.plans.get(id) : undefined;
		if (!kept || Object.keys(values).length > 1)
			throw new FlueError('BAD_INPUT', 'The input at /plan: expected the id of a plan, alone.', {
				hint: 'Call `plan` first: an id is good in its own conversation.',
			});
		return { words: ['apply', String(id), `--cwd=${kept.cwd}`, '--json'], plan: null };
	}
	const { words, place } = calledWords(name, values);
	const at = [...words, `--cwd=${placeOf(place, talk)}`];
	if (name !== 'plan') return { words: at, plan: null };
	talk.count += 1;
	const plan = `plan-${talk.count}`;
	return { words: [...at, `--plan-out=${plan}`], plan };
}

function answerOf(name: Tool['name'], document: object, plan: string | null): Answer {
	const isError = 'error' in document;
	if (name !== 'plan') return { content: { document }, isError };
	const isPlanned = 'status' in document && document.status === 'previewed';
	// What does it is the other tool.
	return {
		content: { plan: isPlanned ? plan : null, document: { ...document, next: null } },
		isError,
	};
}

async function call(
	name: Tool['name'],
	values: Record<string, unknown>,
	{ talk, signal }: { talk: Talk; signal: AbortSignal },
): Promise<Answer> {
	try {
		const { words, plan } = wordsOfCall(name, values, talk);
		return answerOf(name, await documentOf(words, talk, signal), plan);
	} catch (error) {
		if (!(error instanceof FlueError)) throw error;
		const command = name === 'plan' ? String(values.command) : name;
		return answerOf(name, await failedDocument(command, error, talk), null);
	}
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Serves until the client has gone and every call has ended, and gives the exit status. */
export async function runMcp(
	cwd: string,
	surroundings: Surroundings,
	perform: Perform,
): Promise<number> {
	const { stdin, signal, version } = surroundings;
	const stdout = surroundings.stdout.asStream();
	const gone = new AbortController();
	const over = new Promise<void>((resolve) => {
		const leave = () => {
			gone.abort();
			resolve();
		};
		for (const event of ['end', 'close', 'error']) stdin.once(event, leave);
		stdout.once('error', leave);
		signal.addEventListener('abort', leave);
	});
	const root = absolutePath(cwd);
	const plans = new Map<string, Kept>();
	const talk = { root, surroundings, perform, plans, count: 0 };
	const running = new Set<Promise<Answer>>();
	await serve({
		...{ version, instructions: INSTRUCTIONS, tools: TOOLS, stdin, stdout },
		call(name, values, taken) {
			// A client that has gone takes back what writes; what only reads is still answered.
			const ends = name === 'apply' ? [taken, signal, gone.signal] : [taken, signal];
			const work = call(name, values, { talk, signal: AbortSignal.any(ends) });
			running.add(work);
			return work.finally(() => running.delete(work));
		},
	});
	await over;
	// What came with the end is taken up, and what is answered is written, a turn later.
	await nextTurn();
	await Promise.allSettled(running);
	await nextTurn();
	return signal.aborted ? 130 : 0;
}
