// Runs Lua by its digest, so that the text crosses the network once per server and not per call.
import { createHash } from 'node:crypto';
import { explain, isUnknownScript } from './faults.ts';
import type { RedisRunner } from './runner.ts';

/** A Lua script and the digest under which the server caches it. */
export interface Script {
	readonly text: string;
	readonly digest: string;
	/** False for one that only looks. */
	readonly writes: boolean;
}

/** True for a script among a module's exports. */
export function isScript(value: unknown): value is Script {
	return typeof value === 'object' && value !== null && 'digest' in value && 'text' in value;
}

/** The commands this package needs, with the server's refusals put into words. */
export interface Connection {
	readonly send: (command: string, ...args: (string | number)[]) => Promise<unknown>;
	readonly run: (
		script: Script,
		keys: readonly string[],
		args: readonly (string | number)[],
	) => Promise<unknown>;
	/** The same for a script that the server cannot know yet: its text, at once. */
	readonly introduce: Connection['run'];
}

/**
 * Makes a request, and answers it when what it wrote is as safe as was asked for. `request` never throws, it rejects.
 */
export type Confirm = (writes: boolean, request: () => Promise<unknown>) => Promise<unknown>;

const atOnce: Confirm = (_writes, request) => request();

/** The plain commands that are sent here and write; everything else that writes is a script. */
const WRITING = new Set(['DEL', 'HDEL', 'HSET', 'HSETNX']);

/** Prepares a script that may write: its parts, shared functions first, become one text. */
export function script(...parts: string[]): Script {
	const text = parts.join('\n');
	return { text, digest: createHash('sha1').update(text).digest('hex'), writes: true };
}

/** Prepares a script that only looks, so that nobody waits for replicas on its account. */
export function query(...parts: string[]): Script {
	return { ...script(...parts), writes: false };
}

/**
 * Wraps the caller's runner. Plain promise chains, not async functions: this is on the way of every
 * call, and each async frame costs a turn of the event loop's queue.
 */
export function connect(runner: RedisRunner, confirm: Confirm = atOnce): Connection {
	const sendText: Connection['run'] = ({ text, writes }, keys, args) =>
		confirm(writes, () => attempt(() => runner.eval(text, [...keys], [...args]))).catch(rethrow);
	return {
		send: (command, ...args) =>
			confirm(WRITING.has(command), () => attempt(() => runner.command(command, args))).catch(
				rethrow,
			),
		run(program, keys, args) {
			const words = [program.digest, keys.length, ...keys, ...args];
			// Nothing of an unknown script has run (after a restart or SCRIPT FLUSH), so its text cannot apply it twice.
			return confirm(program.writes, () => attempt(() => runner.command('EVALSHA', words))).catch(
				(error) => (isUnknownScript(error) ? sendText(program, keys, args) : rethrow(error)),
			);
		},
		introduce: sendText,
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
