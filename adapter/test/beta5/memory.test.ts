// What a streamed reply takes on 1.0.0-beta.5 to beta.7, whose runtime tells every piece of it as an event of some 400
// characters. Event streams are kept as they are told, so that is what a reply costs: here it is held.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WORDS } from '../../bench/words.ts';
import { type RedisRunner, redis } from '../../src/lines/beta5/index.ts';
import { type Provider, startProvider } from '../beta/provider.ts';
import { connectRunner } from '../clients.ts';
import { memoryOf } from '../memory.ts';
import { randomFrom } from '../random.ts';
import { startServer, type TestServer, versionOf } from '../servers.ts';
import { startApplication } from './application.ts';

const random = randomFrom(630);
/** Three words each, as a piece of a reply is: 12 to 16 characters. */
const PIECES = Array.from({ length: 630 }, () => {
	const words = [0, 1, 2].map(() => WORDS[Math.floor(random() * WORDS.length)]);
	return ` ${words.join(' ')}`;
});

describe.each(['redis', 'valkey'] as const)('on %s', (kind) => {
	let server: TestServer;
	let runner: RedisRunner;
	let provider: Provider;
	beforeAll(async () => {
		server = await startServer(kind);
		runner = await connectRunner('redis 5', server.url);
		provider = await startProvider(PIECES);
	});
	afterAll(async () => {
		await provider.stop();
		await runner.close();
		await server.stop();
	});

	it('a reply of an agent costs at most 36 times its text in its events, and 40 in all', async () => {
		const adapter = redis(runner);
		await adapter.migrate?.();
		const app = await startApplication(await adapter.connect(), provider.url);
		const path = '/agents/assistant/m?wait=result';
		const { body } = await app.ask('POST', path, { message: 'hello' });
		const text = PIECES.join('');
		expect(body).toMatchObject({ result: { text } });
		await app.stop();
		const events = (await memoryOf(runner, 'flue:events/*')) / text.length;
		const all = (await memoryOf(runner, 'flue:*')) / text.length;
		process.stdout.write(
			`memory: beta.7: ${kind} ${versionOf(kind)}: ${events.toFixed(2)} times its text in events, ${all.toFixed(2)} in all keys\n`,
		);
		expect(events).toBeLessThanOrEqual(36);
		expect(all).toBeLessThanOrEqual(40);
	});
});
