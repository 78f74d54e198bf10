// How the adapter talks: round trips, script cache, runners without pipeline, other clients.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { message, record } from '../bench/data.ts';
import { meter } from '../bench/meter.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { connectRunner, ioredisRunner } from './clients.ts';
import { startServer, type TestServer } from './servers.ts';

const README = readFileSync('README.md', 'utf8');
const CLIENTS = readFileSync('test/clients.ts', 'utf8');

let server: TestServer;
let runner: RedisRunner;

beforeAll(async () => {
	server = await startServer('valkey');
	runner = await connectRunner('redis 6', server.url);
});
afterAll(async () => {
	await runner.close();
	await server.stop();
});
beforeEach(async () => {
	await runner.command('FLUSHALL');
});

const claimOf = (submissionId: string, attemptId = 'a') => ({
	submissionId,
	attemptId,
	ownerId: 'owner',
	leaseExpiresAt: Date.now() + 30_000,
});

async function wholeLife(counted: RedisRunner) {
	const adapter = redis(counted);
	await adapter.migrate?.();
	const { submissionStore, conversationStreamStore } = await adapter.connect();
	const run = async (
		id: string,
		check: (name: string, work: () => Promise<unknown>) => Promise<void>,
	) => {
		const attempt = { submissionId: id, attemptId: 'a' };
		const path = `agents/assistant/${id}`;
		await check('admit', () => submissionStore.admitDirect(message(id, id)));
		await check('ready', () => submissionStore.markSubmissionCanonicalReady(id));
		await check('claim', () => submissionStore.claimSubmission(claimOf(id)));
		await check('applied', () => submissionStore.markSubmissionInputApplied(attempt));
		await check('requeue', () => submissionStore.requeueSubmission(attempt));
		await submissionStore.claimSubmission(claimOf(id));
		await conversationStreamStore.createStream(path, { agentName: 'assistant', instanceId: id });
		const producer = await conversationStreamStore.acquireProducer(path, 'p');
		await check('append', () =>
			conversationStreamStore.append({
				path,
				producerId: 'p',
				producerEpoch: producer.producerEpoch,
				incarnation: producer.incarnation,
				producerSequence: 0,
				submission: attempt,
				records: [{ ...record(0), submissionId: id, attemptId: 'a' }],
			}),
		);
		await check('meta', () => conversationStreamStore.getMeta(path));
		await check('page', () => conversationStreamStore.read(path));
		const settled = {
			...record(1),
			type: 'submission_settled' as const,
			submissionId: id,
			outcome: 'completed' as const,
		};
		await check('reserve', () =>
			submissionStore.reserveSubmissionSettlement(attempt, {
				recordId: settled.id,
				record: settled,
			}),
		);
		await check('finalize', () =>
			submissionStore.finalizeSubmissionSettlement(attempt, settled.id),
		);
		for (const [other, end] of [
			[`${id}-ok`, 'complete'],
			[`${id}-no`, 'fail'],
		] as const) {
			await submissionStore.admitDirect(message(other, id));
			await submissionStore.markSubmissionCanonicalReady(other);
			await submissionStore.claimSubmission(claimOf(other));
			const ref = { submissionId: other, attemptId: 'a' };
			await check(end, () =>
				end === 'fail'
					? submissionStore.failSubmission(ref, new Error('no'))
					: submissionStore.completeSubmission(ref),
			);
		}
		expect(await submissionStore.hasUnsettledSubmissions()).toBe(false);
	};
	return run;
}

describe('round trips', () => {
	it('are one for every step of a submission and of a conversation', async () => {
		const counter = meter(runner);
		const run = await wholeLife(counter.runner);
		const trips: Record<string, number> = {};
		await run('cold', async (name, work) => {
			trips[name] = (await counter.count(work)).trips;
		});
		expect(new Set(Object.values(trips))).toEqual(new Set([1]));
		expect(Object.keys(trips)).toHaveLength(12);
	});

	it('are at most two for every listing and lease call, whatever the count', async () => {
		const counter = meter(runner);
		const adapter = redis(counter.runner);
		await adapter.migrate?.();
		const { submissionStore: store } = await adapter.connect();
		const ids = Array.from({ length: 300 }, (_unused, index) => `s${index}`);
		for (const id of ids) {
			const attachments = [{ type: 'image' as const, data: 'aGVsbG8=', mimeType: 'image/png' }];
			const plain = message(id, id);
			const body = { kind: 'user' as const, body: 'See this.', attachments };
			await store.admitDirect(id.endsWith('7') ? { ...plain, message: body } : plain);
		}
		const count = async (work: () => Promise<unknown>, length: number) => {
			const result = await counter.count(async () => expect(await work()).toHaveLength(length));
			expect(result.trips).toBeLessThanOrEqual(2);
		};
		await count(() => store.listUnreadySubmissions(), 300);
		for (const id of ids) await store.markSubmissionCanonicalReady(id);
		await count(() => store.listRunnableSubmissions(), 300);
		for (const id of ids) await store.claimSubmission({ ...claimOf(id), leaseExpiresAt: 1 });
		await count(() => store.listRunningSubmissions(), 300);
		await count(() => store.listExpiredSubmissions(), 300);
		expect(await counter.count(() => store.renewLeases('owner', ids))).toMatchObject({ trips: 1 });
		expect(await store.listExpiredSubmissions()).toHaveLength(0);
	});
});

describe('the script cache', () => {
	it('may be emptied between any two steps', async () => {
		const run = await wholeLife(runner);
		await run('flushed', async (_name, work) => {
			await runner.command('SCRIPT', ['FLUSH']);
			await work();
		});
	});
});

describe('other runners', () => {
	it('needs no pipeline', async () => {
		const { command, eval: evaluate, close } = runner;
		const run = await wholeLife({ command, eval: evaluate, close });
		await run('plain', async (_name, work) => {
			await work();
		});
	});

	it.each([
		['ioredis', '5.', 'redis'],
		['ioredis', '5.', 'valkey'],
		['ioredis6', '6.', 'redis'],
		['ioredis6', '6.', 'valkey'],
		['iovalkey', '0.', 'redis'],
		['iovalkey', '0.', 'valkey'],
	] as const)('works with %s (%s) on %s as README.md shows', async (name, major, kind) => {
		const { version } = createRequire(import.meta.url)(`${name}/package.json`);
		expect(version.startsWith(major)).toBe(true);
		const { Redis } = (await import(name)) as unknown as typeof import('ioredis');
		const own = await startServer(kind);
		const client = new Redis(own.url);
		const run = await wholeLife(ioredisRunner(client));
		await run('ioredis', async (_name, work) => {
			await work();
		});
		await ioredisRunner(client).close();
		await own.stop();
	});

	it('shows the valkey-glide runner that is tested here', () => {
		const [, shown = ''] =
			/GlideClient\.create[\s\S]*?redis\(\{([\s\S]*?)\n\}\)/.exec(README) ?? [];
		const tested = /connectGlide\(url: [\s\S]*?return \{([\s\S]*?)\n\t\};/.exec(CLIENTS)?.[1] ?? '';
		const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();
		expect(squeezed(shown)).not.toBe('');
		expect(squeezed(tested)).toBe(squeezed(shown));
	});

	it('shows the ioredis runner that is tested here', () => {
		const [, shown = ''] = /Redis\(process[\s\S]*?redis\(\{([\s\S]*?)\n\}\)/.exec(README) ?? [];
		const tested = /ioredisRunner[\s\S]*?return \{([\s\S]*?)\n\t\};/.exec(CLIENTS)?.[1] ?? '';
		const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();
		expect(squeezed(shown)).not.toBe('');
		expect(squeezed(tested)).toBe(squeezed(shown));
	});
});
