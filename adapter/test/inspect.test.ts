// What the adapter says about servers that cannot keep Flue's state.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RedisRunner, redis } from '../src/index.ts';
import { type ClientKind, connectRunner } from './clients.ts';
import { startServer, type TestServer } from './servers.ts';

const running: TestServer[] = [];
const runners: RedisRunner[] = [];

async function serverWith(kind: 'redis' | 'valkey', settings: Record<string, string> = {}) {
	const server = await startServer(kind, settings);
	running.push(server);
	return server;
}

async function runnerFor(url: string, client: ClientKind = 'redis 6') {
	const runner = await connectRunner(client, url);
	runners.push(runner);
	return runner;
}

afterAll(async () => {
	for (const runner of runners) await Promise.resolve(runner.close()).catch(() => {});
	for (const server of running) await server.stop();
});

describe.each(['redis', 'valkey'] as const)('a %s server', (kind) => {
	let open: TestServer;

	beforeAll(async () => {
		open = await serverWith(kind);
		const admin = await runnerFor(open.url);
		const rights = ['~flue:*', '&*', '-@all', '+@read', '+@write', '+@scripting'];
		const enough = [...rights, '+@connection', '+@transaction', '-@dangerous'];
		await admin.command('ACL', ['SETUSER', 'info', 'on', '>p', ...enough, '+info']);
		await admin.command('ACL', ['SETUSER', 'config', 'on', '>p', ...enough, '+config|get']);
		await admin.command('ACL', ['SETUSER', 'blind', 'on', '>p', ...enough]);
	});

	const as = (user: string) => `redis://${user}:p@127.0.0.1:${open.port}`;

	it.each(['redis 5', 'redis 6'] as const)('starts with %s', async (client) => {
		const runner = await runnerFor(open.url, client);
		await expect(redis(runner).migrate?.()).resolves.toBeUndefined();
	});

	it.each(['info', 'config'])('starts when only %s is allowed', async (user) => {
		const adapter = redis(await runnerFor(as(user)));
		await adapter.migrate?.();
		const { submissionStore } = await adapter.connect();
		expect(await submissionStore.hasUnsettledSubmissions()).toBe(false);
	});

	it('says so when it may learn nothing, and starts when told not to ask', async () => {
		const runner = await runnerFor(as('blind'));
		await expect(redis(runner).migrate?.()).rejects.toThrow(/could not verify that Redis Cluster/);
		await expect(redis(runner, { inspectServer: false }).migrate?.()).resolves.toBeUndefined();
	});

	it('refuses an eviction policy', async () => {
		const server = await serverWith(kind, { 'maxmemory-policy': 'allkeys-lru' });
		for (const client of ['redis 5', 'redis 6'] as const) {
			const runner = await runnerFor(server.url, client);
			await expect(redis(runner).migrate?.()).rejects.toThrow(
				'@flue/redis requires maxmemory-policy noeviction.',
			);
			expect(await runner.command('DBSIZE')).toBe(0);
		}
	});

	it('refuses Cluster mode', async () => {
		const server = await serverWith(kind, { 'cluster-enabled': 'yes' });
		const runner = await runnerFor(server.url);
		await expect(redis(runner).migrate?.()).rejects.toThrow(
			'Redis Cluster is not supported by @flue/redis.',
		);
	});

	it('says that a password is missing', async () => {
		const server = await serverWith(kind, { requirepass: 'secret' });
		const runner = await runnerFor(server.url, 'redis 5');
		await expect(redis(runner).migrate?.()).rejects.toThrow(/requires a password.*NOAUTH/);
	});

	it('refuses a read-only replica, inspected or not', async () => {
		const replica = await serverWith(kind, { replicaof: `127.0.0.1 ${open.port}` });
		const runner = await runnerFor(replica.url);
		await expect(redis(runner).migrate?.()).rejects.toThrow(/read-only replica|lost its primary/);
		const blind = redis(runner, { inspectServer: false });
		await expect(blind.migrate?.()).rejects.toThrow(/read-only replica|lost its primary/);
	});
});

describe('faults that a running server cannot be made to show quickly', () => {
	const answering = (replies: Record<string, unknown>): RedisRunner => ({
		async command(command) {
			const reply = replies[command];
			if (reply instanceof Error) throw reply;
			return reply;
		},
		eval: async () => 1,
		close: () => {},
	});

	it('names a server that is still loading', async () => {
		const loading = new Error('LOADING Redis is loading the dataset in memory');
		const runner = answering({ INFO: 'loading:1\r\n', CONFIG: loading });
		await expect(redis(runner).migrate?.()).rejects.toThrow(/still loading/);
		const error = answering({ INFO: loading, CONFIG: loading });
		await expect(redis(error).migrate?.()).rejects.toThrow(/still loading/);
	});

	it('names a server that is too old', async () => {
		const runner = answering({ INFO: 'redis_version:5.0.14\r\n', CONFIG: [] });
		await expect(redis(runner).migrate?.()).rejects.toThrow(/too old.*5\.0\.14.*Redis 6\.2/);
	});

	it('passes a lost connection through instead of "could not verify"', async () => {
		const lost = new Error('Socket closed unexpectedly');
		const runner = answering({ INFO: lost, CONFIG: lost });
		await expect(redis(runner).migrate?.()).rejects.toThrow('Socket closed unexpectedly');
	});

	it('reads CONFIG as a flat array, a Map or an object', async () => {
		for (const shape of [
			(name: string, value: string) => [name, value],
			(name: string, value: string) => new Map([[name, value]]),
			(name: string, value: string) => ({ [name]: value }),
		]) {
			const runner: RedisRunner = {
				async command(command, args = []) {
					if (command !== 'CONFIG') throw new Error('NOPERM no');
					const name = String(args[1]);
					return shape(name, name === 'cluster-enabled' ? 'no' : 'volatile-ttl');
				},
				eval: async () => 1,
				close: () => {},
			};
			await expect(redis(runner).migrate?.()).rejects.toThrow(/volatile-ttl/);
		}
	});
});
