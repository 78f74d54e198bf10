// What runs and event streams cost, counted at the runner: the same for every line of the 1.0 betas.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Meter, meter } from '../../bench/meter.ts';
import type { RedisRunner } from '../../src/runner.ts';
import { connectRunner } from '../clients.ts';
import { startServer, type TestServer } from '../servers.ts';
import type { SharedStores } from './model-shared.ts';

export interface Costs<Stores> {
	/** Opens the stores on an empty server, with what they send counted. */
	readonly open: () => Promise<Stores>;
	/** What one piece of work costs. */
	readonly count: (work: () => Promise<unknown>) => ReturnType<Meter['count']>;
	/** Makes every step in its order, and expects one round trip of each. */
	readonly expectOneEach: (steps: Record<string, () => Promise<unknown>>) => Promise<void>;
}

/** Starts a server for the tests of one file; what is on it is gone before each test. */
export function countCosts<Stores>(
	connect: (runner: RedisRunner) => Promise<Stores>,
): Costs<Stores> {
	let server: TestServer;
	let inner: RedisRunner;
	let counter: Meter;
	beforeAll(async () => {
		server = await startServer('redis');
		inner = await connectRunner('redis 5', server.url);
	});
	afterAll(async () => {
		await inner.close();
		await server.stop();
	});
	beforeEach(async () => {
		await inner.command('FLUSHALL');
		counter = meter(inner);
	});
	return {
		open: () => connect(counter.runner),
		count: (work) => counter.count(work),
		async expectOneEach(steps) {
			for (const [name, step] of Object.entries(steps))
				expect([name, (await counter.count(step)).trips]).toEqual([name, 1]);
		},
	};
}

export function defineSharedCosts({ open, count, expectOneEach }: Costs<SharedStores>): void {
	describe('runs', () => {
		it('cost one round trip each way, and a page costs what it returns, wherever it lies', async () => {
			const { runStore } = await open();
			const startedAt = (index: number) => new Date(1e12 + index).toISOString();
			const runOf = (index: number) => ({
				...{ runId: `run${index}`, workflowName: `w${index % 3}`, input: { index } },
				startedAt: startedAt(index),
			});
			await Promise.all(
				Array.from({ length: 300 }, (_unused, index) => runStore.createRun(runOf(index))),
			);
			const end = { runId: 'run300', endedAt: startedAt(301), isError: false, durationMs: 1 };
			await expectOneEach({
				create: () => runStore.createRun(runOf(300)),
				end: () => runStore.endRun(end),
				get: () => runStore.getRun('run300'),
			});
			let cursor: string | undefined;
			for (const expected of [100, 100, 100, 1]) {
				const page = await count(async () => {
					const found = await runStore.listRuns({ limit: 100, ...(cursor ? { cursor } : {}) });
					expect(found.runs).toHaveLength(expected);
					cursor = found.nextCursor;
				});
				expect(page.trips).toBe(1);
				// One hundred pointers; nothing that lies before the page is read.
				expect(page.received).toBeLessThan(expected * 200);
			}
		});
	});

	describe('event streams', () => {
		it('cost one round trip a call, and what is written at once travels at once', async () => {
			const { eventStreamStore: streams } = await open();
			await expectOneEach({ create: () => streams.createStream('p') });
			const many = Array.from({ length: 1000 }, (_unused, index) =>
				streams.appendEvent('p', { index }),
			);
			await Promise.all(many);
			await expectOneEach({
				append: () => streams.appendEvent('p', {}),
				async read() {
					const page = await streams.readEvents('p', { limit: 1000 });
					expect(page.events).toHaveLength(1000);
					expect(page.upToDate).toBe(false);
				},
				meta: () => streams.getStreamMeta('p'),
				close: () => streams.closeStream('p'),
			});
			const burst = Promise.all([streams.createStream('q'), streams.appendEvent('q', 1)]);
			await expect(burst).resolves.toBeDefined();
		});
	});
}
