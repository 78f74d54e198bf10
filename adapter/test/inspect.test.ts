// What the adapter says about servers that cannot keep Flue's state.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEAST_REDIS } from '../src/least.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { type ClientKind, connectRunner, ioredisRunner } from './clients.ts';
import { WAIT_MS } from './patience.ts';
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

/** Every command that the sources name, in scripts and outside. */
function commandsOf(folder: string): string[] {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const sources = files.filter((name) => name.endsWith('.ts'));
	const text = sources.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
	const names = text.matchAll(/(?:call|send|command)\(\s*'([A-Z]+)'/g);
	return [...new Set([...names].map(([, name = '']) => name))];
}

/** Commands that are given several fields, keys or values at once here. */
const SEVERAL = ['HSET', 'HMGET', 'HDEL', 'EXISTS', 'RPUSH', 'ZADD', 'ZREM'];

/** Since when the server knows a command in the form that it is used in here. */
async function sinceOf(runner: RedisRunner, name: string) {
	const [, docs] = (await runner.command('COMMAND', ['DOCS', name])) as [string, unknown[]];
	const told = (key: string) => docs[docs.indexOf(key) + 1];
	const history = docs.includes('history') ? (told('history') as [string, string][]) : [];
	const forms = history
		.filter(([, change]) => SEVERAL.includes(name) && /multiple/.test(change))
		.map(([version]) => version);
	const versions = [told('since') as string, ...forms].map((version) => Number.parseFloat(version));
	return { name, version: Math.max(...versions) };
}

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

	it('takes CONFIG for denied over valkey-glide too, which has words of its own for it', async () => {
		const url = open.url.replace('//', '//info:p@');
		const runner = await runnerFor(url, 'valkey-glide 2');
		await expect(runner.command('CONFIG', ['GET', 'save'])).rejects.toThrow('PermissionDenied');
		await expect(redis(runner).migrate?.()).resolves.toBeUndefined();
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

	it('says that a password or user name is wrong, through a client that connects by itself', async () => {
		const server = await serverWith(kind, { requirepass: 'secret' });
		for (const url of [
			`redis://:guessed@127.0.0.1:${server.port}`,
			`redis://nobody:guessed@127.0.0.1:${open.port}`,
		]) {
			for (const inspectServer of [true, false]) {
				const client = new Redis(url, { retryStrategy: null, maxRetriesPerRequest: 0 });
				client.on('error', () => {});
				const adapter = redis(ioredisRunner(client), { inspectServer });
				const refusal = await Promise.resolve(adapter.migrate?.()).then(() => 'started', String);
				expect(refusal).toMatch(/refused the user name or password.*WRONGPASS/);
				expect(refusal).not.toContain('guessed');
				client.disconnect();
			}
			// The canonical db.ts connects first, so there the client itself says it.
			await expect(connectRunner('redis 6', url)).rejects.toThrow(/WRONGPASS/);
		}
	});

	it('refuses a read-only replica, inspected or not', async () => {
		const replica = await serverWith(kind, { replicaof: `127.0.0.1 ${open.port}` });
		const runner = await runnerFor(replica.url);
		await expect
			.poll(() => runner.command('INFO', ['replication']), { timeout: WAIT_MS })
			.toContain('master_link_status:up');
		for (const inspectServer of [true, false]) {
			const adapter = redis(runner, { inspectServer, keyPrefix: 'new' });
			await expect(adapter.migrate?.()).rejects.toThrow(/is a read-only replica/);
		}
		await runner.command('CONFIG', ['SET', 'replica-read-only', 'no']);
		await expect(redis(runner).migrate?.()).rejects.toThrow(/what is written to a replica is lost/);
	});

	it('names a server that is still loading its data, inspected or not', async () => {
		const server = await serverWith(kind);
		const before = await runnerFor(server.url);
		const fill = "for i = 1, 5000 do redis.call('SET', 'k' .. i, i) end";
		await before.command('EVAL', [fill, 0]);
		await before.command('SAVE');
		await server.kill();
		// Half a minute for these keys, if it were not shortened below; commands are answered meanwhile.
		const slowly = { 'key-load-delay': '6000', 'loading-process-events-interval-bytes': '1024' };
		await server.restart(slowly, 'listening');
		const runner = await runnerFor(server.url);
		for (const inspectServer of [true, false]) {
			const adapter = redis(runner, { inspectServer });
			await expect(adapter.migrate?.()).rejects.toThrow(/is still loading its data/);
		}
		await runner.command('CONFIG', ['SET', 'key-load-delay', '0']);
		await expect
			.poll(() => runner.command('PING').catch(String), { timeout: WAIT_MS })
			.toBe('PONG');
		await expect(redis(runner).migrate?.()).resolves.toBeUndefined();
	});

	it.each<[string, Record<string, string>, RegExp]>([
		['has too few replicas', { 'min-replicas-to-write': '1' }, /too few replicas.*NOREPLICAS/],
		['has no memory left', { maxmemory: '1000' }, /memory is full \(maxmemory\).*OOM/],
	])('says that it %s', async (_what, settings, said) => {
		const server = await serverWith(kind, settings);
		const error = await Promise.resolve(redis(await runnerFor(server.url)).migrate?.()).catch(
			(one) => one,
		);
		expect(error.message).toMatch(said);
		expect(error.message).not.toContain('inspectServer');
	});

	it('says that it is busy with a script, and starts when that has ended', async () => {
		const server = await serverWith(kind, { 'lua-time-limit': '1' });
		const [own, other] = [await runnerFor(server.url), await runnerFor(server.url)];
		const endless = other.command('EVAL', ['while true do end', 0]).catch(String);
		await expect
			.poll(() => own.command('PING').catch(String), { timeout: WAIT_MS })
			.toContain('BUSY');
		const error = await Promise.resolve(redis(own).migrate?.()).catch((one) => one);
		expect(error.message).toMatch(/busy with a script.*SCRIPT KILL.*BUSY/);
		expect(error.message).not.toContain('inspectServer');
		await own.command('SCRIPT', ['KILL']);
		expect(await endless).toContain('ERR');
		await expect(redis(own).migrate?.()).resolves.toBeUndefined();
	});

	it('needs no newer server than it says', async () => {
		const runner = await runnerFor(open.url, 'redis 5');
		const since = await Promise.all(commandsOf('src').map((name) => sinceOf(runner, name)));
		const youngest = since.sort((left, right) => left.version - right.version).at(-1);
		expect(youngest).toEqual({ name: 'HSET', version: Number(LEAST_REDIS) });
		expect(since.length).toBeGreaterThan(20);
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

	it('names a server that is too old', async () => {
		const runner = answering({ INFO: 'redis_version:3.2.12\r\n', CONFIG: [] });
		await expect(redis(runner).migrate?.()).rejects.toThrow(
			/too old.*3\.2\.12.*Redis 4\.0 or any Valkey/,
		);
	});

	it.each([
		['a limit', 'ERR max requests limit exceeded. Limit: 500000, Usage: 500000.', /used up/],
		['a limit in unknown words', 'ERR come back tomorrow', /^ERR come back tomorrow$/],
		['a code nobody knows', 'ODD the moon is wrong', /^ODD the moon is wrong$/],
	])('says %s in its own words, and never offers not to ask', async (_what, words, said) => {
		const refusal = new Error(words);
		for (const replies of [
			{ INFO: refusal, CONFIG: refusal },
			{ INFO: 'redis_version:7.2.4\r\n', CONFIG: refusal },
		]) {
			const error = await Promise.resolve(redis(answering(replies)).migrate?.()).catch(
				(one) => one,
			);
			expect(error.message).toMatch(said);
			expect(error.message).not.toMatch(/inspectServer|denies/);
		}
	});

	it('starts where INFO tells all and CONFIG fails in words that nobody knows', async () => {
		const info = 'redis_version:7.2.4\r\ncluster_enabled:0\r\nmaxmemory_policy:allkeys-lru\r\n';
		const runner = answering({ INFO: info, CONFIG: new Error('ERR come back tomorrow') });
		await expect(redis(runner).migrate?.()).rejects.toThrow(/requires maxmemory-policy noeviction/);
	});

	it('says what INFO lacks, and offers not to ask only where CONFIG is denied', async () => {
		const INFO = 'redis_version:7.2.4\r\ncluster_enabled:0\r\n';
		for (const words of [
			"NOPERM this user has no permissions to run the 'config|get' command",
			"ERR unknown command 'CONFIG', with args beginning with: 'GET'",
			"ERR Command is not available: 'CONFIG'.",
		])
			await expect(
				redis(answering({ INFO, CONFIG: new Error(words) })).migrate?.(),
			).rejects.toThrow(/denies CONFIG, and its INFO does not say it.*inspectServer: false/);
		const silent = Promise.resolve(redis(answering({ INFO, CONFIG: [] })).migrate?.());
		await expect(silent).rejects.toThrow(/neither says it\. Ask its provider/);
	});

	it('passes a lost connection through instead of "could not verify"', async () => {
		const lost = new Error('Socket closed unexpectedly');
		const runner = answering({ INFO: lost, CONFIG: lost });
		await expect(redis(runner).migrate?.()).rejects.toThrow('Socket closed unexpectedly');
	});

	it('reads CONFIG as a flat array, named pairs, a Map or an object', async () => {
		for (const shape of [
			(name: string, value: string) => [name, value],
			(key: string, value: string) => [{ key, value }],
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
