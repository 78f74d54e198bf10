// Kills the server in the middle of a storm, again and again, and checks that what was acknowledged
// is there, once, and in order. FLUE_SEED repeats a run, FLUE_KILLS changes the number of kills.
import type { ConversationStreamStore } from '@flue/runtime/adapter';
import { afterAll, describe, expect, it } from 'vitest';
import { redis } from '../src/lines/v2/index.ts';
import { connectRunner } from './clients.ts';
import { EVERYTHING } from './extent.ts';
import { randomFrom } from './random.ts';
import { type ServerKind, startServer, type TestServer, versionOf } from './servers.ts';
import {
	appendUntilKilled,
	emptyLedger,
	type Ledger,
	type Life,
	positionOf,
	type Stores,
	workUntilKilled,
} from './storm.ts';

const SEED = Number(process.env.FLUE_SEED ?? Date.now() % 1_000_000);
const KILLS = Number(process.env.FLUE_KILLS ?? (EVERYTHING ? 50 : 15));
const WRITERS = [0, 1, 2, 3];

const running: TestServer[] = [];
afterAll(async () => {
	for (const server of running) await server.stop();
});

async function open(server: TestServer) {
	const runner = await connectRunner('redis 5', server.url);
	const adapter = redis(runner, { inspectServer: false });
	await adapter.migrate?.();
	return { runner, stores: await adapter.connect() };
}

/**
 * Sends the newest batch of every stream once more, word for word, as a caller does that never heard
 * of it: the answer is the batch's one position, whether the server had kept it or not.
 */
async function retry({ conversationStreamStore: streams }: Stores, ledger: Ledger): Promise<void> {
	for (const [path, batch] of ledger.newest) {
		const position = positionOf((await streams.append(batch)).offset);
		const known = ledger.appended.get(path) ?? [];
		const id = batch.records[0]?.id ?? '';
		expect(known[position] ?? id).toBe(id);
		if (known[position] === undefined) ledger.repaired += 1;
		known[position] = id;
	}
}

interface Findings {
	readonly lost: string[];
	readonly twice: string[];
}

async function verify(stores: Stores, ledger: Ledger): Promise<Findings> {
	const found: Findings = { lost: [], twice: [] };
	for (const [path, known] of ledger.appended) {
		const ids = await readIds(stores.conversationStreamStore, path);
		found.twice.push(...ids.filter((id, position) => ids.indexOf(id) !== position));
		found.lost.push(...known.filter((id, position) => id && ids[position] !== id));
		// Of each life of a writer at most one batch was in flight when the server died.
		const lives = new Set(ids.map((id) => id.replace(/-\d+$/, '')));
		const unheard = ids.filter((id, position) => known[position] !== id);
		expect(unheard.length).toBeLessThanOrEqual(lives.size);
		for (const [position, id] of ids.entries()) known[position] = id;
		expectOrder(ids);
	}
	for (const id of ledger.settled) {
		const row = await stores.submissionStore.getSubmission(id);
		if (row?.status !== 'settled') found.lost.push(id);
	}
	for (const [id, attemptId] of ledger.claimed) {
		const row = await stores.submissionStore.getSubmission(id);
		if (row?.attemptId !== attemptId) found.lost.push(id);
		if (!ledger.ending.has(id)) expect(row?.status).toBe('running');
	}
	return found;
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

/** One life of the server: a storm, a kill, a restart, every exact retry, and a look at what is there. */
async function live(
	server: TestServer,
	ledger: Ledger,
	{ kill, delay }: { kill: number; delay: number },
): Promise<Findings> {
	ledger.newest.clear();
	ledger.claimed.clear();
	const { runner, stores } = await open(server);
	const life: Life = { isOver: false };
	const writers = WRITERS.flatMap((writer) => [
		appendUntilKilled(stores, ledger, {
			path: `stream-${writer}`,
			tag: `k${kill}w${writer}`,
			life,
		}),
		workUntilKilled(stores, ledger, { tag: `k${kill}s${writer}`, life }),
	]);
	const ended = Promise.allSettled(writers);
	await new Promise((resolve) => setTimeout(resolve, delay));
	life.isOver = true;
	await server.kill();
	await server.restart();
	const fresh = await open(server);
	const streams = fresh.stores.conversationStreamStore;
	await retry(fresh.stores, ledger);
	// Queued requests of the old client may still arrive; take the producers away from it.
	for (const writer of WRITERS) {
		const path = `stream-${writer}`;
		await streams.createStream(path, { agentName: 'assistant', instanceId: path });
		await streams.acquireProducer(path, 'verifier');
	}
	await ended;
	const found = await verify(fresh.stores, ledger);
	await fresh.runner.close();
	await Promise.resolve(runner.close()).catch(() => {});
	return found;
}

describe.each<ServerKind>(['redis', 'valkey'])('a %s server that is killed', (kind) => {
	it(`keeps all it acknowledged, over ${KILLS} kills with seed ${SEED}`, async ({ task }) => {
		const random = randomFrom(SEED);
		const server = await startServer(kind, { appendonly: 'yes', appendfsync: 'always' });
		running.push(server);
		const ledger = emptyLedger();
		const all: Findings = { lost: [], twice: [] };
		for (let kill = 0; kill < KILLS; kill += 1) {
			const found = await live(server, ledger, { kill, delay: 5 + random() * 60 });
			all.lost.push(...found.lost);
			all.twice.push(...found.twice);
			expect(found, `kill ${kill}`).toEqual({ lost: [], twice: [] });
		}
		task.meta.count = `crash: ${kind} ${versionOf(kind)}: ${KILLS} kills, seed ${SEED}, ${ledger.acknowledged} acknowledged appends and ${ledger.repaired} by an exact retry, ${ledger.settled.size} settlements, ${all.lost.length} lost, ${all.twice.length} twice`;
		expect(ledger.acknowledged).toBeGreaterThan(KILLS);
		expect(ledger.settled.size).toBeGreaterThan(0);
	});
});
