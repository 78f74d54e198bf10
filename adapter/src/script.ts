// Runs Lua by its digest, so that the text crosses the network once per server and not per call.
import { createHash } from 'node:crypto';
import { explain } from './faults.ts';
import type { RedisRunner } from './runner.ts';

/** A Lua script and the digest under which the server caches it. */
export interface Script {
	readonly text: string;
	readonly digest: string;
}

/** The commands this package needs, with the server's refusals put into words. */
export interface Connection {
	readonly send: (command: string, ...args: (string | number)[]) => Promise<unknown>;
	readonly run: (
		script: Script,
		keys: readonly string[],
		args: readonly (string | number)[],
	) => Promise<unknown>;
}

/** Prepares a script: its parts, shared functions first, become one text. */
export function script(...parts: string[]): Script {
	const text = parts.join('\n');
	return { text, digest: createHash('sha1').update(text).digest('hex') };
}

/** Wraps the caller's runner. */
export function connect(runner: RedisRunner): Connection {
	const send: Connection['send'] = (command, ...args) =>
		explain(async () => runner.command(command, args));
	return {
		send,
		run: (program, keys, args) => explain(() => evaluate(runner, program, keys, args)),
	};
}

async function evaluate(
	runner: RedisRunner,
	program: Script,
	keys: readonly string[],
	args: readonly (string | number)[],
): Promise<unknown> {
	try {
		return await runner.command('EVALSHA', [program.digest, keys.length, ...keys, ...args]);
	} catch (error) {
		// The cache is empty after a restart or SCRIPT FLUSH. EVAL fills it again, and nothing of the
		// script has run, so sending it once more cannot apply it twice.
		if (!(error instanceof Error) || !/\bNOSCRIPT\b/.test(error.message)) throw error;
		return runner.eval(program.text, [...keys], [...args]);
	}
}
