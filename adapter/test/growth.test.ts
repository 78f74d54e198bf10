// What stays behind: nothing settled in an index, one small key per settled submission, and a stated
// price for each conversation record.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { message, record } from '../bench/data.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { connectRunner } from './clients.ts';
import { startServer, type TestServer } from './servers.ts';

let server: TestServer;
let runner: RedisRunner;
beforeAll(async () => {
	server = await startServer('redis');
	runner = await connectRunner('redis 6', server.url);
});
afterAll(async () => {
	await runner.close();
	await server.stop();
});
beforeEach(async () => {
	await runner.command('FLUSHALL');
});

async function stores() {
	const adapter = redis(runner);
	await adapter.migrate?.();
	return adapter.connect();
}

const claim = (submissionId: string) => ({
	submissionId,
	attemptId: 'a',
	ownerId: 'o',
	leaseExpiresAt: Date.now() + 30_000,
});

describe('settled submissions', () => {
	it('leave every index, and their session, joins and queue disappear', async () => {
		const { submissionStore: store } = await stores();
		const attempt = { submissionId: 'host', attemptId: 'a' };
		for (let round = 0; round < 20; round += 1) {
			for (const id of [`host`, `joined`, `straggler`].map((name) => `${name}${round}`)) {
				await store.admitDirect(message(id, `i${round}`));
				await store.markSubmissionCanonicalReady(id);
			}
			const host = { ...attempt, submissionId: `host${round}` };
			await store.claimSubmission(claim(host.submissionId));
			await store.claimJoinableSubmissions(host, 'assistant');
			await store.finalizeJoinedSubmission(host, `joined${round}`);
			await store.completeSubmission(host);
			await store.settleQueuedSubmission(`straggler${round}`, 'failed', 'gave up');
		}
		const keys = (await runner.command('KEYS', ['*'])) as string[];
		const kinds = new Set(keys.map((key) => key.replace(/(sub)\/.*/, '$1')));
		expect(kinds).toEqual(new Set(['flue:@flue/redis', 'flue:sequence', 'flue:sub']));
		expect(keys).toHaveLength(62);
		expect(await store.hasUnsettledSubmissions()).toBe(false);
	});

	it('do not slow the listing of what is runnable', async () => {
		const { submissionStore: store } = await stores();
		for (let index = 0; index < 200; index += 1) {
			await store.admitDirect(message(`s${index}`, 'busy'));
			await store.markSubmissionCanonicalReady(`s${index}`);
		}
		expect(await runner.command('ZCARD', ['flue:runnable'])).toBe(1);
		expect(await store.listRunnableSubmissions()).toHaveLength(1);
	});
});

describe('conversation records', () => {
	it('cost little more memory than their own text', async () => {
		const { conversationStreamStore: streams } = await stores();
		const path = 'agents/a/1';
		await streams.createStream(path, { agentName: 'a', instanceId: '1' });
		const producer = await streams.acquireProducer(path, 'p');
		const count = 5000;
		let text = 0;
		for (let index = 0; index < count; index += 1) {
			const records = [record(index)];
			text += JSON.stringify(records).length;
			await streams.append({
				path,
				producerId: 'p',
				producerEpoch: producer.producerEpoch,
				incarnation: producer.incarnation,
				producerSequence: index,
				records,
			});
		}
		const used = Number(await runner.command('MEMORY', ['USAGE', 'flue:batches/agents%2Fa%2F1']));
		const overhead = used / count - text / count;
		process.stdout.write(
			`memory: ${(text / count).toFixed(0)} characters a record, ${overhead.toFixed(0)} bytes more in the server\n`,
		);
		expect(overhead).toBeLessThan(60);
	});

	it('have a checkpoint that is replaced whole and never read when it was cut', async () => {
		const { conversationStreamStore: streams } = await stores();
		const checkpoint = { offset: '-1', incarnation: 'x', formatVersion: 1 };
		const big = 'é'.repeat(3_000_000);
		await streams.putFoldCheckpoint?.('p', { ...checkpoint, data: big });
		expect((await streams.getFoldCheckpoint?.('p'))?.data).toBe(big);
		await streams.putFoldCheckpoint?.('p', { ...checkpoint, data: '{}' });
		expect(await streams.getFoldCheckpoint?.('p')).toEqual({ ...checkpoint, data: '{}' });
		await runner.command('HSET', ['flue:fold/p', 'data', '{']);
		await expect(streams.getFoldCheckpoint?.('p')).rejects.toThrow();
		await runner.command('HDEL', ['flue:fold/p', 'data']);
		expect(await streams.getFoldCheckpoint?.('p')).toBeNull();
	});
});
