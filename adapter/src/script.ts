// Runs Lua by its digest, so that the text crosses the network once per server and not per call.
import { createHash } from 'node:crypto';
import { explain, isUnknownScript } from './faults.ts';
import type { RedisRunner } from './runner.ts';

/** A Lua script and the digest under which the server caches it. */
export interface Script {
	readonly text: string;
	readonly digest: string;
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

/** Prepares a script: its parts, shared functions first, become one text. */
export function script(...parts: string[]): Script {
	const text = parts.join('\n');
	return { text, digest: createHash('sha1').update(text).digest('hex') };
}

/**
 * Wraps the caller's runner. Plain promise chains, not async functions: this is on the way of every
 * call, and each async frame costs a turn of the event loop's queue.
 */
export function connect(runner: RedisRunner): Connection {
	return {
		send: (command, ...args) => attempt(() => runner.command(command, args)).catch(rethrow),
		run(program, keys, args) {
			const words = [program.digest, keys.length, ...keys, ...args];
			return attempt(() => runner.command('EVALSHA', words)).catch((error) =>
				evaluate(runner, error, program, keys, args),
			);
		},
		introduce: (program, keys, args) => sendText(runner, program, keys, args),
	};
}

/** A runner may throw instead of rejecting; callers see only rejections. */
function attempt(request: () => Promise<unknown>): Promise<unknown> {
	try {
		return Promise.resolve(request());
	} catch (error) {
		return Promise.reject(error);
	}
}

/**
 * Sends the text after a digest that the server did not know, which is so after a restart or SCRIPT
 * FLUSH. Nothing of the script has run then, so sending it once more cannot apply it twice.
 */
function evaluate(
	runner: RedisRunner,
	error: unknown,
	...[program, keys, args]: Parameters<Connection['run']>
): Promise<unknown> {
	if (!isUnknownScript(error)) rethrow(error);
	return sendText(runner, program, keys, args);
}

function sendText(
	runner: RedisRunner,
	...[program, keys, args]: Parameters<Connection['run']>
): Promise<unknown> {
	return attempt(() => runner.eval(program.text, [...keys], [...args])).catch(rethrow);
}

function rethrow(error: unknown): never {
	throw explain(error);
}
