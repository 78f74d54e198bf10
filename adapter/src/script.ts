// Runs Lua by its digest, so that the text crosses the network once per server and not per call.
import { createHash, randomUUID } from 'node:crypto';
import { explain, isUnknownScript } from './faults.ts';
import type { RedisRunner } from './runner.ts';

/** A Lua script and the digest under which the server caches it. */
export interface Script {
	readonly text: string;
	readonly digest: string;
	/** False for one that only looks. */
	readonly writes: boolean;
	/** True for one that is never sent in one script with others. */
	readonly isAlone?: boolean;
}

/** True for a script among a module's exports. */
export function isScript(value: unknown): value is Script {
	return typeof value === 'object' && value !== null && 'digest' in value && 'text' in value;
}

/** The commands this package needs, with the server's refusals put into words. */
export interface Connection {
	/** One command that reads, or that writes what may be lost. */
	readonly send: (command: string, ...args: (string | number)[]) => Promise<unknown>;
	/** One command that writes, as a script: a server that has started again is noticed by that alone. */
	readonly write: (command: string, key: string, ...args: (string | number)[]) => Promise<unknown>;
	readonly run: (
		script: Script,
		keys: readonly string[],
		args: readonly (string | number)[],
	) => Promise<unknown>;
	/** The same for a script that the server cannot know yet: its text, at once. */
	readonly introduce: Connection['run'];
	/** Ends what a crash may have left open in the server's log; never fails. */
	readonly seal: () => Promise<void>;
	/** The key that sealing writes to. */
	readonly mark: string;
	/** False where a command travels as a part of a script with others. */
	readonly isDirect: boolean;
}

/** What a connection needs of its own: how the log is sealed, by which key, and one command as a script. */
export interface Means {
	readonly sealing: Script;
	readonly mark: string;
	readonly base: string;
	readonly command: Script;
}

/**
 * Makes a request, and answers it when what it wrote is as safe as was asked for. `request` never throws, it rejects.
 */
export type Confirm = (writes: boolean, request: () => Promise<unknown>) => Promise<unknown>;

const atOnce: Confirm = (_writes, request) => request();

/** Prepares a script that may write: its parts, shared functions first, become one text. */
export function script(...parts: string[]): Script {
	const text = parts.join('\n');
	return { text, digest: createHash('sha1').update(text).digest('hex'), writes: true };
}

/**
 * Prepares a script that writes once and is sent by itself: what is logged as one command is there or not, while of a
 * transaction a crash may leave a part.
 */
export function alone(...parts: string[]): Script {
	return { ...script(...parts), isAlone: true };
}

/** Prepares a script that only looks, so that nobody waits for replicas on its account. */
export function query(...parts: string[]): Script {
	return { ...script(...parts), writes: false };
}

/**
 * Wraps the caller's runner. Plain promise chains, not async functions: this is on the way of every
 * call, and each async frame costs a turn of the event loop's queue.
 */
export function connect(runner: RedisRunner, means: Means, confirm: Confirm = atOnce): Connection {
	const sendText: Connection['run'] = ({ text, writes }, keys, args) =>
		confirm(writes, () => attempt(() => runner.eval(text, [...keys], [...args]))).catch(rethrow);
	const seal = sealOnce(runner, means);
	const run: Connection['run'] = (program, keys, args) => {
		const words = [program.digest, keys.length, ...keys, ...args];
		// Nothing of an unknown script has run (after a restart or SCRIPT FLUSH), so its text cannot apply it twice. After
		// a restart the log may end in a transaction that a crash cut off: it is sealed before anything is written.
		return confirm(program.writes, () => attempt(() => runner.command('EVALSHA', words))).catch(
			(error) => {
				if (!isUnknownScript(error)) rethrow(error);
				const sealed = program.writes ? seal() : Promise.resolve();
				return sealed.then(() => sendText(program, keys, args));
			},
		);
	};
	return {
		seal,
		mark: means.mark,
		isDirect: true,
		run,
		send: (command, ...args) => attempt(() => runner.command(command, args)).catch(rethrow),
		write: (command, key, ...args) => run(means.command, [key], [command, ...args]),
		introduce: sendText,
	};
}

/**
 * Seals the log of a server once in each of its lives. What tells is a script of this process that only a seal loads: a
 * server that has started again does not know it.
 */
function sealOnce(runner: RedisRunner, { sealing, mark, base }: Means): () => Promise<void> {
	const sign = script(`return '${randomUUID()}'`);
	let last: Promise<unknown> = Promise.resolve();
	const seal = async () => {
		try {
			await runner.command('EVALSHA', [sign.digest, 0]);
		} catch {
			await runner.eval(sealing.text, [mark], [base]);
			await runner.eval(sign.text, [], []);
		}
	};
	return () => {
		// A replica, a user without rights: whoever writes next is told, and a read needs no seal.
		last = last.then(seal).catch(() => undefined);
		return last.then(() => undefined);
	};
}

/** A runner may throw instead of rejecting; callers see only rejections. */
export function attempt(request: () => Promise<unknown>): Promise<unknown> {
	try {
		return Promise.resolve(request());
	} catch (error) {
		return Promise.reject(error);
	}
}

function rethrow(error: unknown): never {
	throw explain(error);
}
