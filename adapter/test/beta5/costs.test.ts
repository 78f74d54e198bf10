// What each step costs, counted at the runner, and what a whole prompt and a whole workflow run cost with the
// runtime itself in the loop. The race that the runtime has with every asynchronous store is shown cured.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Meter, meter } from '../../bench/meter.ts';
import { redis } from '../../src/lines/beta5/index.ts';
import type { RedisRunner } from '../../src/runner.ts';
import { type Provider, startProvider } from '../beta/provider.ts';
import { connectRunner } from '../clients.ts';
import { startServer, type TestServer } from '../servers.ts';
import { type Application, startApplication } from './application.ts';
import { attempt, claimOf, direct, journal, session } from './samples.ts';

let server: TestServer;
let inner: RedisRunner;
let provider: Provider;
let counter: Meter;

beforeAll(async () => {
	server = await startServer('redis');
	inner = await connectRunner('redis 5', server.url);
	provider = await startProvider();
});
afterAll(async () => {
	await inner.close();
	await server.stop();
	await provider.stop();
});
beforeEach(async () => {
	await inner.command('FLUSHALL');
	counter = meter(inner);
});

async function open() {
	const adapter = redis(counter.runner);
	await adapter.migrate?.();
	return adapter.connect();
}

/** Round trips of one piece of work. */
async function trips(work: () => Promise<unknown>): Promise<number> {
	return (await counter.count(work)).trips;
}

describe('submissions', () => {
	it('cost one round trip a step, from admission to settlement', async () => {
		const { executionStore, eventStreamStore } = await open();
		const { submissions } = executionStore;
		const ref = attempt('s', 'a');
		const event = { type: 'submission_settled' };
		const steps: Record<string, () => Promise<unknown>> = {
			admit: () => submissions.admitDirect(direct('s')),
			'admit again': () => submissions.admitDirect(direct('s')),
			list: () => submissions.listRunnableSubmissions(),
			claim: () => submissions.claimSubmission(claimOf('s', 'a')),
			get: () => submissions.getSubmission('s'),
			unsettled: () => submissions.hasUnsettledSubmissions(),
			applied: () => submissions.markSubmissionInputApplied(ref),
			mark: () => submissions.insertAttemptMarker(ref),
			begin: () => submissions.beginTurnJournal(journal('s', 'a')),
			phase: () => submissions.updateTurnJournalPhase(ref, 'provider_started', { streamKey: 'k' }),
			segment: () => submissions.appendStreamChunkSegment('k', 0, '[]'),
			segments: () => submissions.getStreamChunkSegments('k'),
			consumed: () => submissions.markStreamConsumed(ref, 'k'),
			commit: () => submissions.commitTurnJournal(ref, 'leaf'),
			journal: () => submissions.getTurnJournal('s'),
			renew: () => submissions.renewLeases('o', ['s']),
			replace: () => submissions.replaceTurnJournalAttempt(ref, 'b'),
			reserve: () =>
				submissions.reserveSubmissionTerminal(attempt('s', 'b'), { eventKey: 'e', event }),
			deliver: () => eventStreamStore.appendEventOnce('agents/assistant/i-s', 'e', event),
			record: () => submissions.recordSubmissionTerminalOffset(attempt('s', 'b'), 'e', '0_0'),
			finalize: () => submissions.finalizeSubmissionTerminal(attempt('s', 'b'), 'e'),
			unmark: () => submissions.deleteAttemptMarker(ref),
		};
		for (const [name, step] of Object.entries(steps))
			expect([name, await trips(step)]).toEqual([name, 1]);
		expect(await submissions.hasUnsettledSubmissions()).toBe(false);
	});

	it('are listed in at most two, however many are queued', async () => {
		const { submissions } = (await open()).executionStore;
		const ids = Array.from({ length: 300 }, (_unused, index) => `s${index}`);
		await Promise.all(ids.map((id) => submissions.admitDirect(direct(id))));
		const list = async () => expect(await submissions.listRunnableSubmissions()).toHaveLength(300);
		expect(await trips(list)).toBeLessThanOrEqual(2);
	});
});

describe('runs', () => {
	it('cost one round trip each way, and a page costs what it returns, wherever it lies', async () => {
		const { runStore } = await open();
		const startedAt = (index: number) => new Date(1e12 + index).toISOString();
		const runOf = (index: number) => ({
			...{ runId: `run${index}`, workflowName: `w${index % 3}`, input: { index } },
			startedAt: startedAt(index),
		});
		await Promise.all(
			Array.from({ length: 300 }, (_unused, index) => runStore.createRun(runOf(index))),
		);
		expect(await trips(() => runStore.createRun(runOf(300)))).toBe(1);
		const end = { runId: 'run300', endedAt: startedAt(301), isError: false, durationMs: 1 };
		expect(await trips(() => runStore.endRun(end))).toBe(1);
		expect(await trips(() => runStore.getRun('run300'))).toBe(1);
		let cursor: string | undefined;
		for (const expected of [100, 100, 100, 1]) {
			const page = await counter.count(async () => {
				const found = await runStore.listRuns({ limit: 100, ...(cursor ? { cursor } : {}) });
				expect(found.runs).toHaveLength(expected);
				cursor = found.nextCursor;
			});
			expect(page.trips).toBe(1);
			// One hundred pointers; nothing that lies before the page is read.
			expect(page.received).toBeLessThan(expected * 200);
		}
	});
});

describe('event streams', () => {
	it('cost one round trip a call, and what is written at once travels at once', async () => {
		const { eventStreamStore: streams } = await open();
		expect(await trips(() => streams.createStream('p'))).toBe(1);
		const many = Array.from({ length: 1000 }, (_unused, index) =>
			streams.appendEvent('p', { index }),
		);
		await Promise.all(many);
		expect(await trips(() => streams.appendEvent('p', {}))).toBe(1);
		const read = async () => {
			const page = await streams.readEvents('p', { limit: 1000 });
			expect(page.events).toHaveLength(1000);
			expect(page.upToDate).toBe(false);
		};
		expect(await trips(read)).toBe(1);
		expect(await trips(() => streams.getStreamMeta('p'))).toBe(1);
		expect(await trips(() => streams.closeStream('p'))).toBe(1);
		const burst = Promise.all([streams.createStream('q'), streams.appendEvent('q', 1)]);
		await expect(burst).resolves.toBeDefined();
	});
});

describe('sessions', () => {
	it('are saved in at most two requests, and what did not change is not sent again', async () => {
		const { sessions } = (await open()).executionStore;
		const data = session(100);
		const size = JSON.stringify(data).length;
		expect(size).toBeGreaterThan(100_000);
		const first = await counter.count(() => sessions.save('s', data));
		expect(first.trips).toBeLessThanOrEqual(2);
		const again = await counter.count(() => sessions.save('s', data));
		expect(again).toMatchObject({ trips: 1 });
		expect(again.sent).toBeLessThan(500);
		const [entry] = data.entries.slice(50);
		const grown = { ...session(101), entries: session(101).entries.slice() };
		if (entry) grown.entries[50] = { ...entry, timestamp: '2026-06-04T00:00:00.000Z' };
		const more = await counter.count(() => sessions.save('s', grown));
		expect(more.trips).toBe(1);
		expect(more.sent).toBeLessThan(size / 20);
		// Another process, which knows nothing of this session.
		const other = (await open()).executionStore.sessions;
		const changed = { ...grown, metadata: { changed: true } };
		const blind = await counter.count(() => other.save('s', changed));
		expect(blind.trips).toBe(2);
		expect(blind.sent).toBeLessThan(size / 20);
		const load = async () => expect(await sessions.load('s')).toEqual(changed);
		expect(await trips(load)).toBe(1);
		expect(await trips(() => sessions.save('s', data))).toBe(1);
		expect(await other.load('s')).toEqual(data);
	});
});

describe('with the runtime', () => {
	let app: Application;
	beforeEach(async () => {
		app = await startApplication(await open(), provider.url);
	});

	it('a prompt of six words and a workflow run cost at most twenty round trips', async ({
		task,
	}) => {
		const prompt = (instance: string) => async () => {
			const path = `/agents/assistant/${instance}?wait=result`;
			const { status, body } = await app.ask('POST', path, { message: 'hello' });
			expect(status).toBe(200);
			expect(body).toMatchObject({ result: { text: 'one two three four five six' } });
			// The claim loop looks once more after it has answered.
			await app.stop();
		};
		const run = async () => {
			const { status, body } = await app.ask('POST', '/workflows/summarize?wait=result');
			expect(status).toBe(200);
			expect(body).toMatchObject({ result: { summary: 'one two three four five six' } });
		};
		const runTrips = await trips(run);
		const first = await trips(prompt('i'));
		app = await startApplication(await open(), provider.url);
		await app.ask('POST', '/agents/assistant/j?wait=result', { message: 'hello' });
		const further = await trips(prompt('j'));
		expect(Math.max(first, further)).toBeLessThanOrEqual(20);
		expect(runTrips).toBeLessThanOrEqual(20);
		task.meta.count = `cost: beta.7: ${first} round trips for a first prompt, ${further} for a further one, ${runTrips} for a workflow run`;
	});

	it('whoever reads the stream of an agent right after the admission finds it', async ({
		task,
	}) => {
		const statuses: number[] = [];
		for (let index = 0; index < 30; index += 1) {
			const path = `/agents/assistant/new-${index}`;
			const admitted = await app.ask('POST', path, { message: 'hello' });
			expect(admitted.status).toBe(202);
			statuses.push((await app.ask('GET', `${path}?offset=-1`)).status);
		}
		await app.stop();
		expect(statuses).toEqual(Array.from({ length: 30 }, () => 200));
		task.meta.count = `admission: beta.7: ${statuses.length} of 30 reads right after an admission found the stream`;
	});
});
