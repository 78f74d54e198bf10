// The stored layout: what a conversation costs, that it can be read without this package, and that data of the
// layout before is read and left as it is.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	type ConversationRecord,
	type ConversationStreamStore,
	ConversationStreamStoreError,
} from '@flue/runtime/adapter';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { message, record } from '../bench/data.ts';
import { streamed } from '../bench/streamed.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { connectRunner } from './clients.ts';
import { fill, IDENTITY, PATH, textLength } from './filled.ts';
import { memoryOf } from './memory.ts';
import { startServer, type TestServer, versionOf } from './servers.ts';

const BATCHES = 'flue:batches/agents%2Fa%2F1';

async function open(runner: RedisRunner) {
	const adapter = redis(runner);
	await adapter.migrate?.();
	return adapter.connect();
}

async function readAll(streams: ConversationStreamStore, limit: number) {
	const found: unknown[] = [];
	for (let offset = '-1'; ; ) {
		const page = await streams.read(PATH, { offset, limit });
		found.push(...page.batches.map(({ records }) => records));
		if (page.upToDate) return found;
		offset = page.nextOffset;
	}
}

describe.each(['redis', 'valkey'] as const)('on %s', (kind) => {
	let server: TestServer;
	let runner: RedisRunner;
	beforeAll(async () => {
		server = await startServer(kind);
		runner = await connectRunner('redis 6', server.url);
	});
	afterAll(async () => {
		await runner.close();
		await server.stop();
	});
	beforeEach(async () => {
		await runner.command('FLUSHALL');
	});

	it.each([
		['35', [35], 2.5],
		['one to four', [1, 3, 2, 4], 4],
		['one', [1], 4],
	] as const)(
		'a reply in batches of %s costs at most so many times its text',
		async (name, sizes, most) => {
			const records = [...streamed({ turns: 1, deltas: 630 })];
			const { conversationStreamStore: streams } = await open(runner);
			const { batches } = await fill(streams, records, sizes);
			expect(await readAll(streams, 50)).toEqual(batches);
			const used = await memoryOf(runner, 'flue:*agents%2Fa%2F1');
			const text = textLength(records);
			process.stdout.write(
				`memory: ${kind} ${versionOf(kind)}: ${(used / text).toFixed(2)} times its text in batches of ${name}\n`,
			);
			expect(used / text).toBeLessThanOrEqual(most);
		},
	);

	it('a repetition is found by a process that never saw the stream, and another content is not taken for it', async () => {
		const { conversationStreamStore: streams } = await open(runner);
		const { batches, claim } = await fill(streams, [...streamed({ turns: 1, deltas: 20 })], [2]);
		const { conversationStreamStore: fresh } = await open(runner);
		const before = await runner.command('LLEN', [BATCHES]);
		for (const [producerSequence, records] of batches.entries()) {
			for (const store of [fresh, streams]) {
				const { offset } = await store.append({ ...claim, producerSequence, records });
				expect(Number(offset.split('_')[1])).toBe(producerSequence);
			}
		}
		const other = { ...claim, producerSequence: 5, records: batches[4] ?? [] };
		await expect(fresh.append(other)).rejects.toThrow(ConversationStreamStoreError);
		expect(await runner.command('LLEN', [BATCHES])).toBe(before);
	});

	it('a page from the middle takes two requests at most, and the next one takes one', async () => {
		const { conversationStreamStore: streams } = await open(runner);
		const { batches } = await fill(streams, [...streamed({ turns: 6, deltas: 30 })], [1]);
		const sent: string[] = [];
		const counted: RedisRunner = {
			...runner,
			command: (command, args) => {
				sent.push(command);
				return runner.command(command, args);
			},
		};
		const { conversationStreamStore: fresh } = await open(counted);
		sent.length = 0;
		const offset = `${'0'.repeat(16)}_${'150'.padStart(16, '0')}`;
		const page = await fresh.read(PATH, { offset, limit: 5 });
		expect(page.batches.map(({ records }) => records)).toEqual(batches.slice(151, 156));
		expect(sent).toEqual(['LRANGE', 'EVALSHA']);
		await fresh.read(PATH, { offset: page.nextOffset, limit: 5 });
		expect(sent).toEqual(['LRANGE', 'EVALSHA', 'LRANGE']);
	});

	it('a damaged batch is told, and never read as something else', async () => {
		const { conversationStreamStore: streams } = await open(runner);
		await fill(streams, [...streamed({ turns: 1, deltas: 20 })], [4]);
		const entry = String(await runner.command('LINDEX', [BATCHES, 3]));
		for (const bad of [entry.replace(/.$/, '!'), `x${entry}`, entry.slice(0, -1), '']) {
			await runner.command('LSET', [BATCHES, 3, bad]);
			await expect(streams.read(PATH)).rejects.toThrow(ConversationStreamStoreError);
		}
		await runner.command('LSET', [BATCHES, 3, entry]);
		expect((await streams.read(PATH)).batches).toHaveLength(7);
	});

	it('a stream that was made anew under the same name is not read by what was known of the old one', async () => {
		const { conversationStreamStore: streams } = await open(runner);
		const all = [...streamed({ turns: 2, deltas: 20 })];
		await fill(streams, all, [1]);
		await readAll(streams, 7);
		await runner.command('DEL', [BATCHES, 'flue:stream/agents%2Fa%2F1']);
		const { batches } = await fill(
			streams,
			[...streamed({ turns: 2, deltas: 20, id: 'other' })],
			[3],
		);
		expect(await readAll(streams, 2)).toEqual(batches);
	});

	it('data of layout 1 is read, gone on from, and left as it is', async () => {
		const old = [record(0), record(1)].map((one) => `${'-'.repeat(16)}${JSON.stringify([one])}`);
		const { conversationStreamStore: streams, submissionStore: store } = await open(runner);
		await runner.command('HSET', ['flue:@flue/redis', 'layout', '1']);
		await streams.createStream(PATH, IDENTITY);
		await runner.command('RPUSH', [BATCHES, ...old]);
		await store.admitDirect(message('s', 'i'));
		await store.markSubmissionCanonicalReady('s');
		const attempt = { submissionId: 's', attemptId: 'a' };
		await store.claimSubmission({ ...attempt, ownerId: 'o', leaseExpiresAt: 5 });
		await runner.command('ZREM', ['flue:running', 'o/s']);
		await runner.command('ZADD', ['flue:running', 5, 's']);

		const { conversationStreamStore: fresh, submissionStore: rows } = await open(runner);
		expect(await runner.command('HGET', ['flue:@flue/redis', 'layout'])).toBe('2');
		const claim = await fresh.acquireProducer(PATH, 'p');
		const added = [
			{ path: PATH, ...claim, producerSequence: 0, records: [record(2)] as [ConversationRecord] },
		];
		for (const batch of added) await fresh.append(batch);
		expect(await readAll(fresh, 1)).toEqual([[record(0)], [record(1)], [record(2)]]);
		expect(await runner.command('LRANGE', [BATCHES, 0, 1])).toEqual(old);
		expect(await rows.getSubmission('s')).toMatchObject({ leaseExpiresAt: 5 });
		await rows.renewLeases('other', ['s']);
		expect(await rows.listExpiredSubmissions()).toMatchObject([{ leaseExpiresAt: 5 }]);
		await rows.renewLeases('o', ['s']);
		expect(await rows.listExpiredSubmissions()).toEqual([]);
		expect(await rows.completeSubmission(attempt)).toBe(true);
		expect(await runner.command('EXISTS', ['flue:running'])).toBe(0);
	});
});

it('a batch can be read with redis-cli and the script of LAYOUT.md', async () => {
	const [, script = ''] =
		/```js\n(import \{ execFileSync[\s\S]*?)```/.exec(readFileSync('LAYOUT.md', 'utf8')) ?? [];
	const server = await startServer('redis');
	const runner = await connectRunner('redis 5', server.url);
	const folder = mkdtempSync(join(tmpdir(), 'flue-batch-'));
	writeFileSync(join(folder, 'batch.mjs'), script);
	const text = { type: 'text', text: '"é\n'.repeat(500) };
	const long = { ...record(9), content: [text] } as ConversationRecord;
	const records = [...streamed({ turns: 3, deltas: 12 }), long, { ...long, id: 'x' }, record(9)];
	const { batches } = await fill((await open(runner)).conversationStreamStore, records, [1, 4, 2]);
	for (const offset of [
		0,
		1,
		9,
		Math.floor(batches.length / 2),
		batches.length - 2,
		batches.length - 1,
	]) {
		const args = ['batch.mjs', BATCHES, String(offset), '-p', String(server.port)];
		const said = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
		expect(said).toBe(`${JSON.stringify(batches[offset])}\n`);
	}
	rmSync(folder, { recursive: true });
	await runner.close();
	await server.stop();
});
