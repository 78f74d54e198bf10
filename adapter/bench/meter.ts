// Wraps a runner to count what crosses it: round trips, and bytes as RESP2 would carry them.
import type { RedisRunner } from '../src/index.ts';

export interface Meter {
	readonly runner: RedisRunner;
	/** Counts one piece of work; outside it nothing is counted, so that times are not disturbed. */
	readonly count: (run: () => Promise<unknown>) => Promise<{
		trips: number;
		sent: number;
		received: number;
	}>;
}

const header = (length: number) => 3 + String(length).length;
const bulk = (text: string) => header(Buffer.byteLength(text)) + Buffer.byteLength(text) + 2;

function requestSize(words: readonly unknown[]): number {
	return words.reduce<number>((sum, word) => sum + bulk(String(word)), header(words.length));
}

function replySize(reply: unknown): number {
	if (reply === null || reply === undefined) return 5;
	if (typeof reply === 'number') return header(reply);
	if (typeof reply === 'string') return bulk(reply);
	if (!Array.isArray(reply)) return 0;
	return reply.reduce<number>((sum, item) => sum + replySize(item), header(reply.length));
}

export function meter(inner: RedisRunner): Meter {
	let counts = { trips: 0, sent: 0, received: 0 };
	let isOn = false;
	const count = async (words: readonly unknown[], request: Promise<unknown>) => {
		if (!isOn) return request;
		counts.trips += 1;
		counts.sent += requestSize(words);
		const reply = await request;
		counts.received += replySize(reply);
		return reply;
	};
	return {
		runner: {
			command: (command, args = []) =>
				isOn
					? count([command, ...args], inner.command(command, args))
					: inner.command(command, args),
			eval: (script, keys, args = []) =>
				count(['EVAL', script, keys.length, ...keys, ...args], inner.eval(script, keys, args)),
			close: () => inner.close(),
		},
		async count(run) {
			counts = { trips: 0, sent: 0, received: 0 };
			isOn = true;
			await run();
			isOn = false;
			return counts;
		},
	};
}

/** Times two things in turns, so that the machine's moods strike both; medians in milliseconds. */
export async function compare(
	rounds: number,
	base: (round: number) => Promise<unknown>,
	subject: (round: number) => Promise<unknown>,
): Promise<{ base: number; subject: number }> {
	const times = { base: [] as number[], subject: [] as number[] };
	for (let round = 0; round < rounds; round += 1) {
		for (const [name, run] of [['base', base] as const, ['subject', subject] as const]) {
			const started = performance.now();
			await run(round);
			times[name].push(performance.now() - started);
		}
	}
	return { base: median(times.base), subject: median(times.subject) };
}

function median(values: number[]): number {
	return values.sort((left, right) => left - right)[values.length >> 1] ?? 0;
}
