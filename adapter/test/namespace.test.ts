// Prefixes keep to themselves, and migration marks a namespace once and refuses what is not ours.
import { PersistedFormatVersionError } from '@flue/runtime/adapter';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { message } from '../bench/data.ts';
import { STAMP } from '../src/keys.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { connectRunner, ioredisRunner } from './clients.ts';
import { startCrew } from './crew.ts';
import { startServer, type TestServer } from './servers.ts';
import type { Task } from './worker.ts';

const WORKER = new URL('./worker.ts', import.meta.url);

let server: TestServer;
let runner: RedisRunner;
const sent: string[] = [];

beforeAll(async () => {
	server = await startServer('redis');
	const inner = await connectRunner('redis 6', server.url);
	runner = {
		...inner,
		command: (command, args) => {
			sent.push(command);
			return inner.command(command, args);
		},
	};
});
afterAll(async () => {
	await runner.close();
	await server.stop();
});
beforeEach(async () => {
	await runner.command('FLUSHALL');
	sent.length = 0;
});

const allKeys = async () => (await runner.command('KEYS', ['*'])) as string[];

async function use(keyPrefix: string) {
	const adapter = redis(runner, { keyPrefix });
	await adapter.migrate?.();
	const stores = await adapter.connect();
	await stores.submissionStore.admitDirect(message('s:1/%', 'i'));
	await stores.conversationStreamStore.createStream('agents/a:b/i', {
		agentName: 'a:b',
		instanceId: 'i',
	});
	return stores;
}

describe('a prefix', () => {
	it.each(['flue', 'a*b', 'a?[x]^-\\', 'a:b:c', 'with space', 'ключ-钥匙', 'x::y', '{tag}'])(
		'%s is used literally and keeps every key below itself',
		async (prefix) => {
			await use(prefix);
			await use(prefix);
			const keys = await allKeys();
			expect(keys.length).toBeGreaterThan(4);
			for (const key of keys) expect(key.startsWith(`${prefix}:`)).toBe(true);
			for (const key of keys) expect(key.slice(prefix.length + 1)).not.toContain(':');
			expect(sent.filter((command) => command === 'KEYS')).toHaveLength(1);
		},
	);

	it('with glob signs does not see what they would match', async () => {
		await runner.command('SET', ['axb:foreign', '1']);
		await expect(use('a*b')).resolves.toBeDefined();
	});

	it.each(['', ':', '::'])('"%s" is an error', (keyPrefix) => {
		expect(() => redis(runner, { keyPrefix })).toThrow(/non-empty keyPrefix/);
	});

	it.each([
		['app', 'app:x'],
		['app:x', 'app'],
		['app', 'app:sub'],
		['app:sub', 'app'],
		['app:x:y', 'app'],
		['app', 'app:@flue/redis'],
		['app:@flue/redis', 'app'],
	])('%s then %s are two stores', async (first, second) => {
		const one = await use(first);
		const two = await use(second);
		await one.submissionStore.markSubmissionCanonicalReady('s:1/%');
		expect(await one.submissionStore.listRunnableSubmissions()).toHaveLength(1);
		expect(await two.submissionStore.listRunnableSubmissions()).toHaveLength(0);
		await use(first);
		await use(second);
	});
});

/** Clients that put a prefix of their own before the names of keys, each in other requests. */
const PREFIXING: Readonly<Record<string, (keyPrefix: string) => Promise<RedisRunner>>> = {
	'redis 6': (keyPrefix) => connectRunner('redis 6', server.url, { keyPrefix }),
	ioredis: async (keyPrefix) =>
		ioredisRunner(new (await import('ioredis')).Redis(server.url, { keyPrefix })),
	'ioredis 6': async (keyPrefix) =>
		ioredisRunner(new (await import('ioredis6')).Redis(server.url, { keyPrefix })),
	iovalkey: async (keyPrefix) =>
		ioredisRunner(new (await import('iovalkey')).Redis(server.url, { keyPrefix })),
};

describe('a client with a key prefix of its own', () => {
	it.each(Object.entries(PREFIXING))(
		'%s is refused at every start, and nothing is written',
		async (_name, open) => {
			const prefixing = await open('app:');
			for (let start = 0; start < 2; start += 1) {
				await expect(redis(prefixing).migrate?.()).rejects.toThrow(
					'The client puts "app:" before the names of keys',
				);
			}
			expect(await allKeys()).toEqual([]);
			await prefixing.close();
		},
	);

	it.each(Object.entries(PREFIXING))('%s with an empty one is right', async (_name, open) => {
		const plain = await open('');
		await expect(redis(plain).migrate?.()).resolves.toBeUndefined();
		await plain.close();
	});
});

describe('migration', () => {
	it('scans only a namespace that has no mark', async () => {
		await use('flue');
		expect(sent).toContain('SCAN');
		sent.length = 0;
		await use('flue');
		expect(sent).not.toContain('SCAN');
		expect(sent).not.toContain('KEYS');
	});

	it.each([
		['another adapter', ['HSET', 'flue:meta', 'format_version', '1']],
		['an unknown key', ['SET', 'flue:thing', '1']],
		['an unknown nested key', ['SET', 'flue:a:b', '1']],
		['a mark of another kind', ['SET', `flue:${STAMP}`, '1']],
		['a newer format', ['HSET', `flue:${STAMP}`, 'format_version', '2', 'layout', '1']],
		['a newer layout', ['HSET', `flue:${STAMP}`, 'format_version', '1', 'layout', '3']],
		['an unreadable mark', ['HSET', `flue:${STAMP}`, 'format_version', 'soon', 'layout', '1']],
		['a mark without a version', ['HSET', `flue:${STAMP}`, 'layout', '1']],
	])('refuses %s and leaves it alone', async (_what, [command = '', ...args]) => {
		await runner.command(command, args);
		const before = await runner.command('DEBUG', ['DIGEST']).catch(() => allKeys());
		await expect(redis(runner).migrate?.()).rejects.toThrow(PersistedFormatVersionError);
		await expect(redis(runner).connect()).rejects.toThrow(PersistedFormatVersionError);
		expect(await runner.command('DEBUG', ['DIGEST']).catch(() => allKeys())).toEqual(before);
	});

	it('refuses metadata that another adapter adds to a namespace of ours', async () => {
		await use('flue');
		await runner.command('HSET', ['flue:meta', 'format_version', '1']);
		await expect(redis(runner).migrate?.()).rejects.toThrow(PersistedFormatVersionError);
	});

	it('leaves a namespace that other adapters see as unversioned', async () => {
		await use('flue');
		expect(await runner.command('EXISTS', ['flue:meta'])).toBe(0);
		expect((await allKeys()).length).toBeGreaterThan(0);
	});

	it('succeeds in eight processes that start at once', async () => {
		const crew = await startCrew<Task>([server.url], { program: WORKER });
		for (let round = 0; round < 20; round += 1) {
			const keyPrefix = `start:${round}`;
			await crew.tell({ do: 'start', url: server.url, keyPrefix });
			const { submissionStore } = await redis(runner, { keyPrefix }).connect();
			expect(await submissionStore.listUnreadySubmissions()).toHaveLength(8);
		}
		crew.stop();
	});
});
