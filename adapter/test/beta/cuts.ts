// Cuts the connection between a request and its reply, once for every call of a line that writes, and repeats the request word for word:
// what the second answer is, and that it changes nothing. Also what full memory does. The same procedure for every line of the betas.
import { afterAll, describe, expect, it } from 'vitest';
import type { RedisRunner } from '../../src/runner.ts';
import { connectRunner } from '../clients.ts';
import { type CuttingProxy, startProxy } from '../proxy.ts';
import { startServer, versionOf } from '../servers.ts';
import type { SharedStores } from './model-shared.ts';

/** One call that writes. */
export interface CutCall {
	readonly name: string;
	readonly call: () => Promise<unknown>;
	/** What its exact retry answers. */
	readonly answer: 'the first' | 'nothing';
	/** What else has to be done before it. */
	readonly before?: () => Promise<unknown>;
	/** A call of several steps, whose retry makes those that the first has not come to. */
	readonly isLong?: boolean;
}

export interface CutLine<Stores> {
	readonly runtime: string;
	readonly open: (runner: RedisRunner) => Promise<Stores>;
	/** Calls in their order. */
	readonly calls: (stores: Stores) => Promise<CutCall[]> | CutCall[];
	/** What everybody can see. */
	readonly look: (stores: Stores) => Promise<unknown>;
	/** Puts something under way before memory is full. */
	readonly begin: (stores: Stores) => Promise<unknown>;
	/** Writes that a full server refuses, beside those of runs and event streams. */
	readonly writes: (stores: Stores, big: string) => (() => Promise<unknown>)[];
	/** What is under way goes on while memory is full. */
	readonly goOn: (stores: Stores) => Promise<unknown>;
}

const MOMENT = '2026-06-03T00:00:00.000Z';

/** What every line of the betas can write. */
export function sharedCalls({ runStore, eventStreamStore: streams }: SharedStores): CutCall[] {
	const event = { outcome: 'completed' };
	const run = { runId: 'r', workflowName: 'w', startedAt: MOMENT, input: {} };
	const end = { runId: 'r', endedAt: MOMENT, isError: false, durationMs: 1 };
	const calls: [string, () => Promise<unknown>][] = [
		['make a stream', () => streams.createStream('p')],
		['append once', () => streams.appendEventOnce('p', 'e', event)],
		['create a run', () => runStore.createRun(run)],
		['end a run', () => runStore.endRun(end)],
		['close a stream', () => streams.closeStream('p')],
	];
	return calls.map(([name, call]) => ({ name, call, answer: 'the first' }));
}

export async function lookShared({ runStore, eventStreamStore }: SharedStores) {
	return {
		run: await runStore.getRun('r'),
		runs: await runStore.listRuns(),
		events: await eventStreamStore.readEvents('p'),
	};
}

/** Keys of a server, in an order of their own. */
async function keysOf(runner: RedisRunner): Promise<string[]> {
	return ((await runner.command('KEYS', ['*'])) as string[]).sort();
}

/** Leaves a server so little memory that nothing large fits. */
async function fill(runner: RedisRunner): Promise<void> {
	const used = /used_memory:(\d+)/.exec(String(await runner.command('INFO', ['memory'])));
	await runner.command('CONFIG', ['SET', 'maxmemory', Number(used?.[1]) - 1000]);
}

/** Makes a call whose reply is cut off, and the same call again. Resolves to what the second one answers. */
async function cutThenRetry(
	proxy: CuttingProxy,
	{ name, call, answer, before, isLong }: CutCall,
	look: () => Promise<unknown>,
): Promise<CutCall['answer']> {
	await before?.();
	proxy.cutNextReply();
	await expect(call(), name).rejects.toThrow();
	const view = await look();
	const again = await call();
	if (!isLong) expect(await look(), name).toEqual(view);
	const told = again === false || again === null ? 'nothing' : 'the first';
	expect([name, told]).toEqual([name, answer]);
	return told;
}

export function defineCutTests<Stores extends SharedStores>(line: CutLine<Stores>): void {
	const cleanups: (() => unknown)[] = [];
	afterAll(async () => {
		for (const cleanup of cleanups.reverse()) await cleanup();
	});

	async function open(url: string) {
		const runner = await connectRunner('redis 6', url);
		cleanups.push(() => Promise.resolve(runner.close()).catch(() => {}));
		return { runner, stores: await line.open(runner) };
	}

	describe.each(['redis', 'valkey'] as const)('on %s', (kind) => {
		it('an exact retry of a write whose reply was lost changes nothing', async ({ task }) => {
			const server = await startServer(kind);
			cleanups.push(() => server.stop());
			const proxy = await startProxy(server.port);
			cleanups.push(proxy.stop);
			const { stores: seen } = await open(server.url);
			const { stores } = await open(`redis://127.0.0.1:${proxy.port}`);
			const calls = await line.calls(stores);
			await line.look(seen);
			let answered = 0;
			for (const one of calls)
				if ((await cutThenRetry(proxy, one, () => line.look(seen))) === 'the first') answered += 1;
			task.meta.count = `cut: ${line.runtime} ${kind} ${versionOf(kind)}: ${calls.length} replies cut off and retried, ${answered} answered as the first time, ${calls.length - answered} as the contract says when there is nothing left to do, nothing changed by a retry`;
		});

		it('full memory refuses a write whole, and memory brings it back', async ({ task }) => {
			const server = await startServer(kind);
			cleanups.push(() => server.stop());
			const { runner, stores } = await open(server.url);
			const { runStore, eventStreamStore: streams } = stores;
			await line.begin(stores);
			await streams.createStream('p');
			await streams.appendEvent('p', 'before');
			await fill(runner);
			const keys = await keysOf(runner);
			const big = 'x'.repeat(20_000);
			const writes = [
				...line.writes(stores, big),
				() => streams.appendEvent('p', big),
				() => streams.appendEventOnce('p', 'k', big),
				() => runStore.createRun({ runId: 'r', workflowName: 'w', startedAt: MOMENT, input: big }),
			];
			// One by one, and together in one request: each is refused, and none of them in part.
			for (const write of writes)
				await expect(write()).rejects.toThrow(/memory is full \(maxmemory\)/);
			const together = await Promise.allSettled(writes.map((write) => write()));
			expect(together.map(({ status }) => status)).toEqual(writes.map(() => 'rejected'));
			expect(await keysOf(runner)).toEqual(keys);
			expect((await streams.readEvents('p')).events).toHaveLength(1);
			await line.goOn(stores);
			await runner.command('CONFIG', ['SET', 'maxmemory', 0]);
			for (const write of writes) await write();
			expect((await streams.readEvents('p')).events).toHaveLength(3);
			task.meta.count = `full memory: ${line.runtime} ${kind} ${versionOf(kind)}: ${writes.length} writes refused whole, alone and together, and carried out later`;
		});
	});
}
