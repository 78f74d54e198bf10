// What each step costs, counted at the runner, and what a whole prompt and a whole workflow run cost with the
// runtime itself in the loop. The race that the runtime has with every asynchronous store is shown cured.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redis } from '../../src/lines/beta5/index.ts';
import { countCosts, defineSharedCosts } from '../beta/costs.ts';
import { type Provider, startProvider } from '../beta/provider.ts';
import { attempt, claimOf, direct } from '../beta/samples.ts';
import { type Application, startApplication } from './application.ts';
import { journal, session } from './samples.ts';

let provider: Provider;
beforeAll(async () => {
	provider = await startProvider();
});
afterAll(() => provider.stop());

const costs = countCosts(async (runner) => {
	const adapter = redis(runner);
	await adapter.migrate?.();
	return adapter.connect();
});
const { open, count } = costs;

/** Round trips of one piece of work. */
async function trips(work: () => Promise<unknown>): Promise<number> {
	return (await count(work)).trips;
}

describe('submissions', () => {
	it('cost one round trip a step, from admission to settlement', async () => {
		const { executionStore, eventStreamStore } = await open();
		const { submissions } = executionStore;
		const ref = attempt('s', 'a');
		const event = { type: 'submission_settled' };
		await costs.expectOneEach({
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
		});
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

defineSharedCosts(costs);

describe('sessions', () => {
	it('are saved in at most two requests, and what did not change is not sent again', async () => {
		const { sessions } = (await open()).executionStore;
		const data = session(100);
		const size = JSON.stringify(data).length;
		expect(size).toBeGreaterThan(100_000);
		const first = await count(() => sessions.save('s', data));
		expect(first.trips).toBeLessThanOrEqual(2);
		const again = await count(() => sessions.save('s', data));
		expect(again).toMatchObject({ trips: 1 });
		expect(again.sent).toBeLessThan(500);
		const [entry] = data.entries.slice(50);
		const grown = { ...session(101), entries: session(101).entries.slice() };
		if (entry) grown.entries[50] = { ...entry, timestamp: '2026-06-04T00:00:00.000Z' };
		const more = await count(() => sessions.save('s', grown));
		expect(more.trips).toBe(1);
		expect(more.sent).toBeLessThan(size / 20);
		// Another process, which knows nothing of this session.
		const other = (await open()).executionStore.sessions;
		const changed = { ...grown, metadata: { changed: true } };
		const blind = await count(() => other.save('s', changed));
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
