// Kills the server in the middle of a storm, again and again, and checks that what was acknowledged
// is there, once, and in order. FLUE_SEED repeats a run, FLUE_KILLS changes the number of kills.
import type { ConversationStreamStore } from '@flue/runtime/adapter';
import { afterAll, describe, expect, it } from 'vitest';
import { message, record } from '../bench/data.ts';
import { redis } from '../src/index.ts';
import { connectRunner } from './clients.ts';
import { startServer, type TestServer } from './servers.ts';

const SEED = Number(process.env.FLUE_SEED ?? Date.now() % 1_000_000);
const KILLS = Number(process.env.FLUE_KILLS ?? 50);
const WRITERS = 4;

/** mulberry32: small, seeded, good enough to choose moments. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

interface Ledger {
	/** Acknowledged record ids of each stream, by position. */
	readonly appended: Map<string, string[]>;
	readonly claimed: Map<string, string>;
	readonly settled: Set<string>;
	/** Settlements that were asked for, acknowledged or not. */
	readonly ending: Set<string>;
}

let server: TestServer;
afterAll(() => server?.stop());

async function open() {
	const runner = await connectRunner('redis 5', server.url);
	const adapter = redis(runner, { inspectServer: false });
	await adapter.migrate?.();
	return { runner, stores: await adapter.connect() };
}

type Stores = Awaited<ReturnType<typeof open>>['stores'];

/** Appends until the server dies. The last batch may be there or not; its exact retry settles it. */
async function storm(stores: Stores, ledger: Ledger, path: string, tag: string): Promise<void> {
	const streams = stores.conversationStreamStore;
	const known = ledger.appended.get(path) ?? [];
	ledger.appended.set(path, known);
	await streams.createStream(path, { agentName: 'assistant', instanceId: path });
	const producer = await streams.acquireProducer(path, tag);
	for (let index = 0; ; index += 1) {
		const id = `${tag}-${index}`;
		const batch = {
			path,
			producerId: tag,
			producerEpoch: producer.producerEpoch,
			incarnation: producer.incarnation,
			producerSequence: index,
			records: [{ ...record(index), id }],
		};
		const { offset } = await streams.append(batch);
		known[Number(offset.split('_')[1])] = id;
	}
}

/** Admits, claims and completes until the server dies. */
async function work(stores: Stores, ledger: Ledger, tag: string): Promise<void> {
	const store = stores.submissionStore;
	for (let index = 0; ; index += 1) {
		const id = `${tag}-${index}`;
		await store.admitDirect(message(id, id));
		await store.markSubmissionCanonicalReady(id);
		const attemptId = `attempt-${id}`;
		const claim = { submissionId: id, attemptId, ownerId: tag, leaseExpiresAt: 1 };
		if (await store.claimSubmission(claim)) ledger.claimed.set(id, attemptId);
		ledger.ending.add(id);
		if (await store.completeSubmission({ submissionId: id, attemptId })) ledger.settled.add(id);
	}
}

async function verify(stores: Stores, ledger: Ledger): Promise<void> {
	for (const [path, known] of ledger.appended) {
		const ids = await readIds(stores.conversationStreamStore, path);
		expect(new Set(ids).size).toBe(ids.length);
		for (const [position, id] of known.entries()) if (id) expect(ids[position]).toBe(id);
		const unknown = ids.filter((id, position) => known[position] !== id);
		// At most one batch of each writer's life was in flight when its server died.
		const lives = new Set(ids.map((id) => id.replace(/-\d+$/, '')));
		expect(unknown.length).toBeLessThanOrEqual(lives.size);
		for (const [position, id] of ids.entries()) known[position] = id;
		expectOrder(ids);
	}
	for (const id of ledger.settled) {
		expect(await stores.submissionStore.getSubmission(id)).toMatchObject({ status: 'settled' });
	}
	for (const [id, attemptId] of ledger.claimed) {
		const row = await stores.submissionStore.getSubmission(id);
		expect(row?.attemptId).toBe(attemptId);
		if (!ledger.ending.has(id)) expect(row?.status).toBe('running');
	}
}

async function readIds(streams: ConversationStreamStore, path: string): Promise<string[]> {
	const ids: string[] = [];
	for (let offset = '-1'; ; ) {
		const page = await streams.read(path, { offset, limit: 1000 });
		for (const { records } of page.batches) ids.push(...records.map(({ id }) => id));
		if (page.upToDate) return ids;
		offset = page.nextOffset;
	}
}

/** Within one writer's life the numbers rise by one from nothing. */
function expectOrder(ids: readonly string[]): void {
	let previous = '';
	for (const id of ids) {
		const [, life = '', index = ''] = /^(.*)-(\d+)$/.exec(id) ?? [];
		const expected = previous.startsWith(`${life}-`)
			? Number(previous.slice(life.length + 1)) + 1
			: 0;
		expect(Number(index)).toBe(expected);
		previous = id;
	}
}

describe.each(['redis', 'valkey'] as const)('a %s server that is killed', (kind) => {
	it(`keeps all it acknowledged, over ${KILLS} kills with seed ${SEED}`, async () => {
		process.stdout.write(`crash storm on ${kind}: seed ${SEED}, ${KILLS} kills\n`);
		const random = randomFrom(SEED);
		server = await startServer(kind, { appendonly: 'yes', appendfsync: 'always' });
		const ledger: Ledger = {
			appended: new Map(),
			claimed: new Map(),
			settled: new Set(),
			ending: new Set(),
		};
		for (let kill = 0; kill < KILLS; kill += 1) {
			const { runner, stores } = await open();
			const writers: Promise<unknown>[] = [];
			for (let writer = 0; writer < WRITERS; writer += 1) {
				writers.push(storm(stores, ledger, `stream-${writer}`, `k${kill}w${writer}`));
				writers.push(work(stores, ledger, `k${kill}s${writer}`));
			}
			const ended = Promise.allSettled(writers);
			await new Promise((resolve) => setTimeout(resolve, 5 + random() * 60));
			await server.kill();
			await server.restart();
			// Queued requests of the old client may still arrive; take the producers away from it first.
			const fresh = await open();
			for (let writer = 0; writer < WRITERS; writer += 1) {
				const path = `stream-${writer}`;
				const streams = fresh.stores.conversationStreamStore;
				await streams.createStream(path, { agentName: 'assistant', instanceId: path });
				await streams.acquireProducer(path, 'verifier');
			}
			await ended;
			await verify(fresh.stores, ledger);
			await fresh.runner.close();
			await Promise.resolve(runner.close()).catch(() => {});
			ledger.claimed.clear();
		}
		const count = [...ledger.appended.values()].reduce((sum, ids) => sum + ids.length, 0);
		process.stdout.write(
			`crash storm on ${kind}: ${count} batches and ${ledger.settled.size} settlements survived\n`,
		);
		expect(count).toBeGreaterThan(KILLS);
		await server.stop();
	}, 300_000);
});
