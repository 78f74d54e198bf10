// Deleting a session while other processes want the same, and after one has died in the middle of it.
import type { PersistenceStores } from '@flue/runtime/adapter';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { redis } from '../../src/lines/beta5/index.ts';
import type { RedisRunner } from '../../src/runner.ts';
import { attempt, claimOf, direct, dispatch } from '../beta/samples.ts';
import { connectRunner } from '../clients.ts';
import { startServer, type TestServer } from '../servers.ts';
import { journal } from './samples.ts';

const KEY = 'agent-session:["i","default","default"]';
const MARK = 'flue:deleting/agent-session%3A["i","default","default"]';

let server: TestServer;
let runners: RedisRunner[];
beforeAll(async () => {
	server = await startServer('valkey');
	runners = [
		await connectRunner('redis 5', server.url),
		await connectRunner('redis 6', server.url),
	];
});
afterAll(async () => {
	for (const runner of runners) await runner.close();
	await server.stop();
});
beforeEach(async () => {
	await runners[0]?.command('FLUSHALL');
});

/** The submission stores of two processes, as far as the server can tell. */
async function openTwo() {
	const stores: PersistenceStores[] = [];
	for (const runner of runners) stores.push(await redis(runner).connect());
	return stores.map(({ executionStore }) => executionStore.submissions) as [
		Submissions,
		Submissions,
	];
}
type Submissions = PersistenceStores['executionStore']['submissions'];

it('deletion needs settled submissions, so that none may expire', () => {
	const [runner] = runners as [RedisRunner];
	expect(() => redis(runner, { retain: { settled: '1d' } })).toThrow('has no `retain`');
	expect(() => redis(runner, { retain: {} })).not.toThrow();
});

it('one process waits for the other, and nobody is admitted in between', async () => {
	const [one, two] = await openTwo();
	const order: string[] = [];
	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	const first = one.deleteSession(KEY, async () => {
		order.push('first begins');
		await held;
		order.push('first ends');
	});
	while (order.length === 0) await new Promise((resolve) => setImmediate(resolve));
	const second = two.deleteSession(KEY, async () => {
		order.push('second');
	});
	await expect(two.admitDirect(direct('s', 'i'))).rejects.toThrow('session is being deleted');
	expect(await two.listPendingSessionDeletions()).toEqual([KEY]);
	release();
	await Promise.all([first, second]);
	expect(order).toEqual(['first begins', 'first ends', 'second']);
	expect(await one.listPendingSessionDeletions()).toEqual([]);
	await expect(one.admitDirect(direct('s', 'i'))).resolves.toMatchObject({ status: 'queued' });
});

it('what a dead process has begun is taken over when its lease has ended', async () => {
	const [one] = await openTwo();
	await one.admitDispatch(dispatch('d', 'i'));
	await one.claimSubmission(claimOf('d', 'a'));
	const ref = attempt('d', 'a');
	await one.beginTurnJournal(journal('d', 'a'));
	await one.updateTurnJournalPhase(ref, 'provider_started', { streamKey: 'k:1' });
	await one.appendStreamChunkSegment('k:1', 0, '[]');
	await one.completeSubmission(ref);
	const mark = ['started', Date.now(), 'token', 'dead', 'lease', Date.now() - 1];
	await runners[0]?.command('HSET', [MARK, ...mark]);
	await runners[0]?.command('SADD', [
		'flue:deletions',
		'agent-session%3A["i","default","default"]',
	]);
	await expect(one.admitDispatch(dispatch('e', 'i'))).rejects.toThrow('session is being deleted');
	expect(await one.listPendingSessionDeletions()).toEqual([KEY]);
	await one.deleteSession(KEY, async () => {});
	expect(await one.getSubmission('d')).toBeNull();
	expect(await one.admitDispatch(dispatch('d', 'i'))).toMatchObject({ kind: 'retained_receipt' });
	const keys = (await runners[0]?.command('KEYS', ['*'])) as string[];
	const left = keys.map((key) => key.replace(/^flue:([^/]*).*/, '$1'));
	expect(new Set(left)).toEqual(new Set(['@flue', 'sequence', 'feed', 'receipts']));
});
