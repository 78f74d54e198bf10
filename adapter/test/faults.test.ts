// Races and full memory, on real servers.
import type { ConversationRecord, SubmissionSettledRecord } from '@flue/runtime/adapter';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { message, record } from '../bench/data.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { connectRunner } from './clients.ts';
import { type Crew, startCrew } from './crew.ts';
import { type ServerKind, startServer, versionOf } from './servers.ts';
import type { Task } from './worker.ts';

const WORKER = new URL('./worker.ts', import.meta.url);

const cleanups: (() => unknown)[] = [];
afterAll(async () => {
	for (const cleanup of cleanups.reverse()) await cleanup();
});

async function start(kind: 'redis' | 'valkey', settings: Record<string, string> = {}) {
	const server = await startServer(kind, settings);
	cleanups.push(() => server.stop());
	return server;
}

async function open(url: string): Promise<{ runner: RedisRunner; stores: Stores }> {
	const runner = await connectRunner('redis 6', url);
	cleanups.push(() => Promise.resolve(runner.close()).catch(() => {}));
	const adapter = redis(runner);
	await adapter.migrate?.();
	return { runner, stores: await adapter.connect() };
}

type Stores = Awaited<ReturnType<ReturnType<typeof redis>['connect']>>;

const KINDS = ['redis', 'valkey'] as const;

describe('eight processes', () => {
	const urls = new Map<ServerKind, string>();
	let crew: Crew<Task>;
	// Once for both servers: to start them takes far longer than all the races.
	beforeAll(async () => {
		for (const kind of KINDS) urls.set(kind, (await start(kind)).url);
		crew = await startCrew<Task>([...urls.values()], { program: WORKER });
		cleanups.push(crew.stop);
	});

	it.for(KINDS)('race for a session on %s and one claim wins each time', async (kind, { task }) => {
		const url = urls.get(kind) ?? '';
		const { stores } = await open(url);
		const store = stores.submissionStore;
		let claims = 0;
		for (let round = 0; round < 20; round += 1) {
			const ids = Array.from({ length: 5 }, (_unused, index) => `r${round}-${index}`);
			for (const id of ids) {
				await store.admitDirect(message(id, 'one-session'));
				await store.markSubmissionCanonicalReady(id);
			}
			for (const id of ids) {
				const won = (await crew.tell({ do: 'claim', url, ids })).flat();
				expect(won).toEqual([id]);
				claims += 1;
				const row = await store.getSubmission(id);
				expect(row).toMatchObject({ status: 'running', attemptCount: 1 });
				await store.completeSubmission({ submissionId: id, attemptId: row?.attemptId ?? '' });
			}
		}
		task.meta.count = `race: ${kind} ${versionOf(kind)}: 8 processes, ${claims} claims, each won once`;
	});
});

describe.each(KINDS)('on %s', (kind) => {
	it('full memory stops an admission whole, and settling and memory bring it back', async ({
		task,
	}) => {
		const server = await start(kind);
		const { runner, stores } = await open(server.url);
		const store = stores.submissionStore;
		const big = (id: string) => ({
			...message(id, id),
			message: { kind: 'user' as const, body: 'x'.repeat(20_000) },
		});
		await store.admitDirect(big('first'));
		await store.markSubmissionCanonicalReady('first');
		await store.claimSubmission({
			submissionId: 'first',
			attemptId: 'a',
			ownerId: 'o',
			leaseExpiresAt: Date.now() + 30_000,
		});
		const used = /used_memory:(\d+)/.exec(String(await runner.command('INFO', ['memory'])));
		await runner.command('CONFIG', ['SET', 'maxmemory', Number(used?.[1]) + 400_000]);
		const admitted: string[] = [];
		let refusal: unknown;
		for (let index = 0; refusal === undefined && index < 1000; index += 1) {
			try {
				await store.admitDirect(big(`m${index}`));
				admitted.push(`m${index}`);
			} catch (error) {
				refusal = error;
			}
		}
		const failed = `m${admitted.length}`;
		expect(String(refusal)).toMatch(/memory is full \(maxmemory\)/);
		expect(await store.getSubmission(failed)).toBeNull();
		expect(await runner.command('EXISTS', [`flue:sub/${failed}`])).toBe(0);
		expect(await store.listUnreadySubmissions()).toHaveLength(admitted.length);
		expect(await store.completeSubmission({ submissionId: 'first', attemptId: 'a' })).toBe(true);
		await runner.command('CONFIG', ['SET', 'maxmemory', 0]);
		const after = await store.admitDirect(big(failed));
		expect(after.sequence).toBe(admitted.length + 2);
		task.meta.count = `full memory: ${kind} ${versionOf(kind)}: ${admitted.length} admitted, 1 refused whole and admitted later`;
	});

	it('full memory in mid-turn lets what was accepted settle, and takes no new work', async ({
		task,
	}) => {
		const server = await start(kind);
		const { runner, stores } = await open(server.url);
		const { submissionStore: store, conversationStreamStore: streams } = stores;
		for (const id of ['turn', 'joins', 'waits']) {
			await store.admitDirect(message(id, id === 'waits' ? 'other' : 'i'));
			if (id !== 'joins') await store.markSubmissionCanonicalReady(id);
		}
		const attempt = { submissionId: 'turn', attemptId: 'a' };
		const claim = { ...attempt, ownerId: 'o', leaseExpiresAt: 1 };
		expect(await store.claimSubmission(claim)).not.toBeNull();
		await runner.command('CONFIG', ['SET', 'maxmemory', 1]);

		const refused = /memory is full \(maxmemory\)/;
		const before = await snapshot(runner);
		await expect(store.admitDirect(message('new', 'new'))).rejects.toThrow(refused);
		await expect(store.claimSubmission({ ...claim, submissionId: 'waits' })).rejects.toThrow(
			refused,
		);
		expect(await snapshot(runner)).toEqual(before);

		// The framework's own order of calls, from the conversation of a claimed submission to its end.
		const path = 'agents/assistant/i';
		await streams.createStream(path, { agentName: 'assistant', instanceId: 'i' });
		const { producerEpoch, incarnation } = await streams.acquireProducer(path, 'p');
		const producer = { path, producerId: 'p', producerEpoch, incarnation };
		expect(await store.markSubmissionInputApplied(attempt)).toBe(true);
		await store.renewLeases('o', ['turn']);
		expect(await store.listExpiredSubmissions()).toEqual([]);
		for (let sequence = 0; sequence < 50; sequence += 1) {
			const own: ConversationRecord = { ...record(sequence), ...attempt };
			const batch = { ...producer, producerSequence: sequence, submission: attempt };
			await streams.append({ ...batch, records: [own] });
		}
		expect(await store.markSubmissionCanonicalReady('joins')).not.toBeNull();
		expect(await store.claimJoinableSubmissions(attempt, 'assistant')).toHaveLength(1);
		expect(await store.finalizeJoinedSubmission(attempt, 'joins')).toBe(true);
		expect(await store.replaceSubmissionAttempt(attempt, 'b')).not.toBeNull();
		const last = { submissionId: 'turn', attemptId: 'b' };
		const settled: SubmissionSettledRecord = {
			...record(50),
			...last,
			type: 'submission_settled',
			outcome: 'completed',
		};
		const reservation = { recordId: settled.id, record: settled };
		expect(await store.reserveSubmissionSettlement(last, reservation)).not.toBeNull();
		const batch = { ...producer, producerSequence: 50, submission: last };
		await streams.append({ ...batch, records: [settled] });
		expect(await store.finalizeSubmissionSettlement(last, settled.id)).toBe(true);
		for (const id of ['turn', 'joins']) {
			expect(await store.getSubmission(id)).toMatchObject({ status: 'settled' });
		}
		expect((await streams.read(path)).batches).toHaveLength(51);

		await runner.command('CONFIG', ['SET', 'maxmemory', 0]);
		expect(await store.claimSubmission({ ...claim, submissionId: 'waits' })).not.toBeNull();
		task.meta.count = `full memory: ${kind} ${versionOf(kind)}: in mid-turn 51 appends and every step to the settlement taken, admission and claim refused whole`;
	});
});

/** Every key and what it holds. */
async function snapshot(runner: RedisRunner): Promise<unknown> {
	const keys = ((await runner.command('KEYS', ['*'])) as string[]).sort();
	const values = keys.map((key) => runner.command('DUMP', [key]));
	return [keys, (await Promise.all(values)).map(String)];
}
