// Wraps a runner to count what crosses it: round trips, and bytes as RESP2 would carry them.
import type { RedisRunner } from '../src/runner.ts';

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

/** Rounds whose medians make one ratio; short enough that the machine stays in one mood. */
const GROUP = 50;

/** Two things timed in turns: medians in milliseconds, and the subject's ratio to the base. */
export interface Comparison {
	ratio: number;
	/** The ratios that a quarter of the groups were below, and above. */
	spread: [number, number];
	time: number;
	baseTime: number;
}

/**
 * Times two things in turns. A machine changes its mood in the middle of a run (the same bare request
 * takes 30 or 130 microseconds here), so the ratio is taken in groups of rounds and the median of
 * those is the answer. `areEqual`: each goes first in every other round.
 */
export async function compare<Input>(
	inputs: readonly Input[],
	base: (input: Input) => Promise<unknown>,
	subject: (input: Input) => Promise<unknown>,
	{ group = GROUP, areEqual = false } = {},
): Promise<Comparison> {
	const ratios: number[] = [];
	const all = { base: [] as number[], subject: [] as number[] };
	for (let start = 0; start < inputs.length; start += group) {
		const times = { base: [] as number[], subject: [] as number[] };
		for (const [round, input] of inputs.slice(start, start + group).entries()) {
			const isTurned = areEqual && round % 2 === 1;
			if (isTurned) times.subject.push(await timeOf(() => subject(input)));
			times.base.push(await timeOf(() => base(input)));
			if (!isTurned) times.subject.push(await timeOf(() => subject(input)));
		}
		all.base.push(...times.base);
		all.subject.push(...times.subject);
		ratios.push(median(times.subject) / median(times.base));
	}
	return {
		ratio: median(ratios),
		spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
		time: median(all.subject),
		baseTime: median(all.base),
	};
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await run();
	return performance.now() - started;
}

function median(values: number[]): number {
	return quantile(values, 0.5);
}

function quantile(values: number[], share: number): number {
	const sorted = values.toSorted((left, right) => left - right);
	return sorted[Math.floor(sorted.length * share)] ?? 0;
}
