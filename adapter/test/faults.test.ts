// Races, full memory and cut connections, on real servers.
import { type ChildProcess, fork } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { message, record } from '../bench/data.ts';
import { type RedisRunner, redis } from '../src/index.ts';
import { connectRunner } from './clients.ts';
import { startProxy } from './proxy.ts';
import { startServer, type TestServer } from './servers.ts';

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

describe.each(['redis', 'valkey'] as const)('on %s', (kind) => {
	it('eight processes race for a session and one claim wins each time', async () => {
		const server = await start(kind);
		const { stores } = await open(server.url);
		const store = stores.submissionStore;
		const children = Array.from({ length: 8 }, (_unused, index) => spawnRacer(server, index));
		await Promise.all(children.map((child) => nextMessage(child)));
		for (let round = 0; round < 20; round += 1) {
			const ids = Array.from({ length: 5 }, (_unused, index) => `r${round}-${index}`);
			for (const id of ids) {
				await store.admitDirect(message(id, 'one-session'));
				await store.markSubmissionCanonicalReady(id);
			}
			for (const id of ids) {
				const answers = children.map((child) => nextMessage(child));
				for (const child of children) child.send(ids);
				const won = ((await Promise.all(answers)) as string[][]).flat();
				expect(won).toEqual([id]);
				const row = await store.getSubmission(id);
				expect(row).toMatchObject({ status: 'running', attemptCount: 1 });
				await store.completeSubmission({ submissionId: id, attemptId: row?.attemptId ?? '' });
			}
		}
		for (const child of children) child.disconnect();
	});

	it('full memory stops an admission whole, and settling and memory bring it back', async () => {
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
	});

	it('an exact retry after a cut connection returns the first result', async () => {
		const server = await start(kind);
		const proxy = await startProxy(server.port);
		cleanups.push(() => proxy.stop());
		const direct = await open(server.url);
		const { stores } = await open(`redis://127.0.0.1:${proxy.port}`);
		const { submissionStore: store, conversationStreamStore: streams } = stores;
		const cutThenRetry = async (work: () => Promise<unknown>) => {
			proxy.cutNextReply();
			await expect(work()).rejects.toThrow();
			return work();
		};
		const seen = direct.stores.submissionStore;
		const admitted = await cutThenRetry(() => store.admitDirect(message('s', 'i')));
		expect(admitted).toEqual(await seen.getSubmission('s'));
		expect(admitted).toMatchObject({ sequence: 1 });
		const ready = await cutThenRetry(() => store.markSubmissionCanonicalReady('s'));
		expect(ready).toEqual(await seen.getSubmission('s'));
		await store.claimSubmission({
			submissionId: 's',
			attemptId: 'a',
			ownerId: 'o',
			leaseExpiresAt: Date.now() + 30_000,
		});
		const path = 'agents/assistant/i';
		await cutThenRetry(() =>
			streams.createStream(path, { agentName: 'assistant', instanceId: 'i' }),
		);
		const producer = await streams.acquireProducer(path, 'p');
		for (let sequence = 0; sequence < 3; sequence += 1) {
			const batch = {
				path,
				producerId: 'p',
				producerEpoch: producer.producerEpoch,
				incarnation: producer.incarnation,
				producerSequence: sequence,
				records: [record(sequence)],
			};
			const { offset } = (await cutThenRetry(() => streams.append(batch))) as { offset: string };
			expect(offset).toBe(`0000000000000000_${String(sequence).padStart(16, '0')}`);
		}
		expect((await streams.read(path)).batches).toHaveLength(3);
		const settled = {
			...record(9),
			type: 'submission_settled' as const,
			submissionId: 's',
			attemptId: 'a',
			outcome: 'completed' as const,
		};
		const attempt = { submissionId: 's', attemptId: 'a' };
		const obligation = await cutThenRetry(() =>
			store.reserveSubmissionSettlement(attempt, { recordId: settled.id, record: settled }),
		);
		expect(obligation).toMatchObject({ recordId: settled.id, attemptId: 'a' });
		expect(await seen.listPendingSubmissionSettlements()).toHaveLength(1);
	});
});

function spawnRacer(server: TestServer, index: number): ChildProcess {
	const child = fork(new URL('./worker.ts', import.meta.url), ['race', server.url, String(index)], {
		execArgv: ['--experimental-strip-types', '--no-warnings'],
	});
	cleanups.push(() => child.kill('SIGKILL'));
	return child;
}

function nextMessage(child: ChildProcess): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const fail = (code: number | null) => reject(new Error(`The racer ended with ${code}.`));
		child.once('exit', fail);
		child.once('message', (answer) => {
			child.off('exit', fail);
			resolve(answer);
		});
	});
}
