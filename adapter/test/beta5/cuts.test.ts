// Cuts the connection between a request and its reply, once for every call that writes, and repeats the
// request word for word: what the second answer is, and that it changes nothing. Also what full memory does.

import type { PersistenceStores } from '@flue/runtime/adapter';
import { afterAll, describe, expect, it } from 'vitest';
import { redis } from '../../src/lines/beta5/index.ts';
import { connectRunner } from '../clients.ts';
import { startProxy } from '../proxy.ts';
import { startServer, versionOf } from '../servers.ts';
import { attempt, claimOf, direct, dispatch, journal, session } from './samples.ts';

const cleanups: (() => unknown)[] = [];
afterAll(async () => {
	for (const cleanup of cleanups.reverse()) await cleanup();
});

async function open(url: string) {
	const runner = await connectRunner('redis 6', url);
	cleanups.push(() => Promise.resolve(runner.close()).catch(() => {}));
	return { runner, stores: await redis(runner).connect() };
}

/** What everybody can see. */
async function look({ executionStore, runStore, eventStreamStore }: PersistenceStores) {
	const { submissions, sessions } = executionStore;
	return {
		rows: await Promise.all(['s', 'd'].map((id) => submissions.getSubmission(id))),
		journal: await submissions.getTurnJournal('s'),
		segments: await submissions.getStreamChunkSegments('k'),
		outboxes: await submissions.listPendingTerminalOutboxes(),
		runnable: await submissions.listRunnableSubmissions(),
		markers: await submissions.listAttemptMarkers(),
		session: await sessions.load('x'),
		run: await runStore.getRun('r'),
		runs: await runStore.listRuns(),
		events: await eventStreamStore.readEvents('p'),
	};
}

type Answer = 'the first' | 'nothing';

/** Calls in their order: each with what its exact retry answers. */
function callsOf(stores: PersistenceStores): [string, () => Promise<unknown>, Answer][] {
	const { submissions, sessions } = stores.executionStore;
	const { runStore, eventStreamStore: streams } = stores;
	const ref = attempt('s', 'a');
	const next = attempt('s', 'b');
	const event = { outcome: 'completed' };
	const startedAt = '2026-06-03T00:00:00.000Z';
	return [
		['admit', () => submissions.admitDirect(direct('s')), 'the first'],
		['admit a dispatch', () => submissions.admitDispatch(dispatch('d')), 'the first'],
		['claim', () => submissions.claimSubmission(claimOf('s', 'a')), 'nothing'],
		['applied', () => submissions.markSubmissionInputApplied(ref), 'the first'],
		['mark', () => submissions.insertAttemptMarker(ref), 'the first'],
		['recover', () => submissions.requestSubmissionRecovery(ref), 'the first'],
		['segment', () => submissions.appendStreamChunkSegment('k', 0, '[]'), 'nothing'],
		['consume', () => submissions.markStreamConsumed(ref, 'k'), 'nothing'],
		['commit', () => submissions.commitTurnJournal(ref, 'leaf'), 'nothing'],
		['replace', () => submissions.replaceTurnJournalAttempt(ref, 'b'), 'nothing'],
		[
			'reserve',
			() => submissions.reserveSubmissionTerminal(next, { eventKey: 'e', event }),
			'the first',
		],
		['make a stream', () => streams.createStream('p'), 'the first'],
		['append once', () => streams.appendEventOnce('p', 'e', event), 'the first'],
		['record', () => submissions.recordSubmissionTerminalOffset(next, 'e', '0_0'), 'the first'],
		['finalize', () => submissions.finalizeSubmissionTerminal(next, 'e'), 'nothing'],
		['unmark', () => submissions.deleteAttemptMarker(ref), 'the first'],
		['save', () => sessions.save('x', session(3)), 'the first'],
		[
			'create a run',
			() => runStore.createRun({ runId: 'r', workflowName: 'w', startedAt, input: {} }),
			'the first',
		],
		[
			'end a run',
			() => runStore.endRun({ runId: 'r', endedAt: startedAt, isError: false, durationMs: 1 }),
			'the first',
		],
		['close a stream', () => streams.closeStream('p'), 'the first'],
		[
			'delete a session',
			() => submissions.deleteSession('agent-session:["i-s","default","default"]', async () => {}),
			'the first',
		],
	];
}

describe.each(['redis', 'valkey'] as const)('on %s', (kind) => {
	it('an exact retry of a write whose reply was lost changes nothing', async ({ task }) => {
		const server = await startServer(kind);
		cleanups.push(() => server.stop());
		const proxy = await startProxy(server.port);
		cleanups.push(proxy.stop);
		const { stores: seen } = await open(server.url);
		const { stores } = await open(`redis://127.0.0.1:${proxy.port}`);
		const calls = callsOf(stores);
		await seen.executionStore.submissions.hasUnsettledSubmissions();
		let answered = 0;
		for (const [name, call, answer] of calls) {
			if (name === 'consume') {
				await stores.executionStore.submissions.beginTurnJournal(journal('s', 'a'));
				const phase = { streamKey: 'k' };
				const ref = attempt('s', 'a');
				await stores.executionStore.submissions.updateTurnJournalPhase(
					ref,
					'provider_started',
					phase,
				);
			}
			proxy.cutNextReply();
			await expect(call(), name).rejects.toThrow();
			const before = await look(seen);
			const again = await call();
			// The deletion is three steps; the first one's reply was lost, and the retry makes them all.
			if (name !== 'delete a session') expect(await look(seen), name).toEqual(before);
			const isNothing = again === false || again === null;
			expect([name, isNothing ? 'nothing' : 'the first']).toEqual([name, answer]);
			if (!isNothing) answered += 1;
		}
		task.meta.count = `cut: beta.7 ${kind} ${versionOf(kind)}: ${calls.length} replies cut off and retried, ${answered} answered as the first time, ${calls.length - answered} as the contract says when there is nothing left to do, nothing changed by a retry`;
	});

	it('full memory refuses a write whole, and memory brings it back', async ({ task }) => {
		const server = await startServer(kind);
		cleanups.push(() => server.stop());
		const { runner, stores } = await open(server.url);
		const { submissions, sessions } = stores.executionStore;
		await submissions.admitDirect(direct('first'));
		await submissions.claimSubmission(claimOf('first', 'a'));
		await stores.eventStreamStore.createStream('p');
		await stores.eventStreamStore.appendEvent('p', 'before');
		await sessions.save('x', session(2));
		const used = /used_memory:(\d+)/.exec(String(await runner.command('INFO', ['memory'])));
		await runner.command('CONFIG', ['SET', 'maxmemory', Number(used?.[1]) - 1000]);
		const keys = ((await runner.command('KEYS', ['*'])) as string[]).sort();
		const big = 'x'.repeat(20_000);
		const startedAt = '2026-06-03T00:00:00.000Z';
		const writes = [
			() => submissions.admitDirect({ ...direct('m'), payload: { message: big } }),
			() => stores.eventStreamStore.appendEvent('p', big),
			() => stores.eventStreamStore.appendEventOnce('p', 'k', big),
			() => stores.runStore.createRun({ runId: 'r', workflowName: 'w', startedAt, input: big }),
		];
		// One by one, and together in one request: each is refused, and none of them in part.
		for (const write of writes)
			await expect(write()).rejects.toThrow(/memory is full \(maxmemory\)/);
		const together = await Promise.allSettled(writes.map((write) => write()));
		expect(together.map(({ status }) => status)).toEqual(writes.map(() => 'rejected'));
		expect(((await runner.command('KEYS', ['*'])) as string[]).sort()).toEqual(keys);
		expect((await stores.eventStreamStore.readEvents('p')).events).toHaveLength(1);
		// What is under way goes on.
		expect(await submissions.beginTurnJournal(journal('first', 'a'))).toBe(true);
		expect(await submissions.completeSubmission(attempt('first', 'a'))).toBe(true);
		await runner.command('CONFIG', ['SET', 'maxmemory', 0]);
		for (const write of writes) await write();
		expect(await sessions.load('x')).toEqual(session(2));
		expect((await stores.eventStreamStore.readEvents('p')).events).toHaveLength(3);
		task.meta.count = `full memory: beta.7 ${kind} ${versionOf(kind)}: ${writes.length} writes refused whole, alone and together, and carried out later`;
	});
});
