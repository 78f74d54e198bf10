// A primary and its replica: what is acknowledged while the link between them is healthy, stalls and ends, and what the one
// that is promoted has.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { message } from '../bench/data.ts';
import { redis } from '../src/lines/v2/index.ts';
import type { RedisOptions, RedisRunner } from '../src/runner.ts';
import { type ClientKind, connectRunner, ioredisRunner } from './clients.ts';
import { until } from './patience.ts';
import { type CuttingProxy, startProxy } from './proxy.ts';
import { startServer, type TestServer } from './servers.ts';

const cleanups: (() => unknown)[] = [];
afterAll(async () => {
	for (const cleanup of cleanups.reverse()) await cleanup();
});

/** As README.md says for ioredis, which would send WAIT again over its next connection. */
async function connectIo(name: 'ioredis' | 'ioredis6', url: string): Promise<RedisRunner> {
	const { Redis } = (await import(name)) as typeof import('ioredis');
	const client = new Redis(url, { maxRetriesPerRequest: 0 });
	client.on('error', () => {});
	return ioredisRunner(client);
}

type ClientName = ClientKind | 'ioredis' | 'ioredis6';

async function open(url: string, options: RedisOptions = {}, name: ClientName = 'redis 6') {
	const sent: string[] = [];
	const client =
		name === 'ioredis' || name === 'ioredis6'
			? await connectIo(name, url)
			: await connectRunner(name, url);
	const runner: RedisRunner = {
		...client,
		command(command, args) {
			sent.push(command);
			return client.command(command, args);
		},
	};
	cleanups.push(() => Promise.resolve(client.close()).catch(() => {}));
	const adapter = redis(runner, options);
	await adapter.migrate?.();
	const { submissionStore: store } = await adapter.connect();
	return { runner, store, sent };
}

const PATIENT: RedisOptions = { replicas: { wait: 1, timeoutMs: 60_000 } };
const HASTY: RedisOptions = { replicas: { wait: 1, timeoutMs: 50 } };

it.each([
	[{ wait: 0, timeoutMs: 1 }, 'wait'],
	[{ wait: 1, timeoutMs: 0 }, 'timeoutMs'],
	[{ wait: 1.5, timeoutMs: 1 }, 'wait'],
	[{ wait: 1 } as never, 'timeoutMs'],
])('refuses %j before anything is sent', (replicas, name) => {
	expect(() => redis({} as RedisRunner, { replicas })).toThrow(
		`[flue] @flue/redis requires replicas.${name} to be a whole number from 1 on.`,
	);
});

describe.each(['redis', 'valkey'] as const)('on %s', (kind) => {
	let primary: TestServer;
	let replica: TestServer;
	let link: CuttingProxy;
	let admin: RedisRunner;

	beforeAll(async () => {
		primary = await startServer(kind, { 'repl-diskless-sync-delay': '0' });
		cleanups.push(primary.stop);
		link = await startProxy(primary.port);
		cleanups.push(link.stop);
		replica = await startServer(kind, { replicaof: `127.0.0.1 ${link.port}` });
		cleanups.push(replica.stop);
		admin = await connectRunner('redis 6', primary.url);
		cleanups.push(() => Promise.resolve(admin.close()).catch(() => {}));
		await until('the replica', async () =>
			/state=online/.test(String(await admin.command('INFO', ['replication']))),
		);
	});

	it('acknowledges what a replica has, and lets reads pass', async () => {
		const { store, sent } = await open(primary.url, PATIENT);
		await Promise.all(['a', 'b', 'c'].map((id) => store.admitDirect(message(id, id))));
		const seen = await connectRunner('redis 6', replica.url);
		cleanups.push(() => seen.close());
		expect(await seen.command('EXISTS', ['flue:sub/a', 'flue:sub/b', 'flue:sub/c'])).toBe(3);
		expect(sent.filter((command) => command === 'WAIT')).toHaveLength(3);
		sent.length = 0;
		expect(await store.getSubmission('a')).toMatchObject({ submissionId: 'a' });
		expect(await store.listUnreadySubmissions()).toHaveLength(3);
		expect(await store.listRunningSubmissions()).toEqual([]);
		expect(sent).toEqual(['EVALSHA', 'SORT_RO', 'EVALSHA']);
	});

	it('an unknown script is confirmed by what its text wrote', async () => {
		const { store } = await open(primary.url, HASTY);
		await admin.command('SCRIPT', ['FLUSH']);
		link.hold();
		await expect(store.admitDirect(message('text', 'text'))).rejects.toThrow(/only 0 of 1/);
		await admin.command('SCRIPT', ['FLUSH']);
		link.release();
		const patient = await open(primary.url, PATIENT);
		await patient.store.admitDirect(message('text', 'text'));
	});

	it('a stalled link refuses what nobody confirmed, and its repetition from anywhere, until the link is back', async () => {
		const { store } = await open(primary.url, HASTY);
		link.hold();
		await expect(store.admitDirect(message('held', 'held'))).rejects.toThrow(
			'[flue] Written, but only 0 of 1 replicas confirmed it within 50 ms. It stands on the primary and may yet reach its replicas; lost with the primary, it is gone. To repeat the same request is safe.',
		);
		const row = await store.getSubmission('held');
		expect(row).toMatchObject({ status: 'queued' });
		// The repetition writes nothing of its own, and this connection has written nothing before.
		const other = await open(primary.url, HASTY);
		await expect(other.store.admitDirect(message('held', 'held'))).rejects.toThrow(/only 0 of 1/);
		link.release();
		const patient = await open(primary.url, PATIENT);
		expect(await patient.store.admitDirect(message('held', 'held'))).toEqual(row);
	});

	it.each(['redis 5', 'redis 6', 'ioredis', 'ioredis6', 'valkey-glide 2'] as const)(
		'a connection of %s that is lost while it waits leaves the outcome open',
		async (name) => {
			const { store, runner } = await open(primary.url, PATIENT, name);
			const id = String(await runner.command('CLIENT', ['ID']));
			link.hold();
			const admission = store.admitDirect(message(name, name));
			const refusal = expect(admission).rejects.toThrow(
				/^\[flue\] Written, but whether replicas have it is not known \(“.*”\)\. It stands/,
			);
			// Of this connection: another client may send the one that was lost with its own again.
			const itsWait = new RegExp(`^id=${id} .*\\bcmd=wait\\b`, 'im');
			await until('the wait', async () =>
				itsWait.test(String(await admin.command('CLIENT', ['LIST']))),
			);
			await admin.command('CLIENT', ['KILL', 'ID', id]);
			await refusal.finally(() => link.release());
		},
	);

	it('what was acknowledged is on the promoted replica, and without the option may be lacking', async ({
		task,
	}) => {
		const careful = await open(primary.url, PATIENT);
		const careless = await open(primary.url);
		const kept = Array.from({ length: 20 }, (_unused, index) => `kept-${index}`);
		for (const id of kept) await careful.store.admitDirect(message(id, id));
		link.hold();
		await careless.store.admitDirect(message('gone', 'gone'));
		await primary.kill();
		link.stop();
		const promoted = await connectRunner('redis 6', replica.url);
		cleanups.push(() => promoted.close());
		await promoted.command('REPLICAOF', ['NO', 'ONE']);
		const { store } = await open(replica.url);
		for (const id of kept) expect(await store.getSubmission(id)).not.toBeNull();
		expect(await store.getSubmission('gone')).toBeNull();
		task.meta.count = `replicas: ${kind}: ${kept.length} acknowledged by one, all on the promoted; 1 acknowledged by none, lost with the primary`;
	});
});
