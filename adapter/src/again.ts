// Makes a request once more whose reply was lost with its connection, and waits where a server that has started loads its data.
import { setTimeout as sleep } from 'node:timers/promises';
import { isLoading, isLost } from './faults.ts';
import type { Connection, Script } from './script.ts';

/** The last argument of a script that is made again and must know it. */
const AGAIN = 'again';
/** For how long, and how often, a server is asked that loads its data. Milliseconds. */
const LOADING_MS = 30_000;
const EVERY_MS = 250;

/** The writing scripts that may be made again. */
export interface Repeatable {
	/** Word for word: they answer as the first time, or nobody looks at the answer. */
	readonly same: ReadonlySet<Script>;
	/** With one more argument, by which they know it. */
	readonly told: ReadonlySet<Script>;
}

async function onceLoaded(request: () => Promise<unknown>): Promise<unknown> {
	for (const begun = Date.now(); ; await sleep(EVERY_MS)) {
		try {
			return await request();
		} catch (error) {
			if (!isLoading(error) || Date.now() - begun > LOADING_MS) throw error;
		}
	}
}

function again(error: unknown, request: () => Promise<unknown>): Promise<unknown> {
	if (isLost(error) || isLoading(error)) return onceLoaded(request);
	throw error;
}

/** Wraps a connection. Its client holds what it is given until it is connected again, or refuses it: that is the last word. */
export function repeating(connection: Connection, { same, told }: Repeatable): Connection {
	return {
		...connection,
		send(...words) {
			const request = () => connection.send(...words);
			return request().catch((error) => again(error, request));
		},
		run(script, keys, args) {
			const first = connection.run(script, keys, args);
			const isTold = told.has(script);
			if (script.writes && !isTold && !same.has(script)) return first;
			const words = isTold ? [...args, AGAIN] : args;
			return first.catch((error) => again(error, () => connection.run(script, keys, words)));
		},
	};
}
