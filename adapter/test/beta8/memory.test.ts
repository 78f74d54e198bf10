// What a streamed reply takes on 1.0.0-beta.8 and beta.9, whose conversations are stored as those of 2.x are.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamed } from '../../bench/streamed.ts';
import { type RedisRunner, redis } from '../../src/lines/beta8/index.ts';
import { connectRunner } from '../clients.ts';
import { fill, textLength } from '../filled.ts';
import { memoryOf } from '../memory.ts';
import { startServer, type TestServer, versionOf } from '../servers.ts';

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

	it.each([
		['35', [35], 2.5],
		['one to four', [1, 3, 2, 4], 4],
		['one', [1], 4],
	] as const)('a reply in batches of %s costs at most so many times its text', async (...given) => {
		const [name, sizes, most] = given;
		await runner.command('FLUSHALL');
		const adapter = redis(runner);
		await adapter.migrate?.();
		const records = [...streamed({ turns: 1, deltas: 630 })];
		await fill((await adapter.connect()).conversationStreamStore, records, sizes);
		const used = await memoryOf(runner, 'flue:*agents%2Fa%2F1');
		const times = used / textLength(records);
		process.stdout.write(
			`memory: beta.9: ${kind} ${versionOf(kind)}: ${times.toFixed(2)} times its text in batches of ${name}\n`,
		);
		expect(times).toBeLessThanOrEqual(most);
	});
});
