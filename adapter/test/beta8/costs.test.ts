// What each step of 1.0.0-beta.8 and beta.9 costs, counted at the runner.
import { describe, expect, it } from 'vitest';
import { redis } from '../../src/lines/beta8/index.ts';
import { countCosts, defineSharedCosts } from '../beta/costs.ts';
import { attempt, claimOf, direct, dispatch } from '../beta/samples.ts';
import { batch, file, IDENTITY, PATH, settled } from './samples.ts';

const costs = countCosts(async (runner) => {
	const adapter = redis(runner);
	await adapter.migrate?.();
	return adapter.connect();
});

describe('submissions', () => {
	it('cost one round trip a step, from admission to settlement', async ({ task }) => {
		const { submissions } = (await costs.open()).executionStore;
		const ref = attempt('s', 'a');
		const next = attempt('s', 'b');
		const record = settled('s', 'b');
		const recordId = record.id;
		const steps: Record<string, () => Promise<unknown>> = {
			admit: () => submissions.admitDirect(direct('s')),
			'admit again': () => submissions.admitDirect(direct('s')),
			'list unready': () => submissions.listUnreadySubmissions(),
			ready: () => submissions.markSubmissionCanonicalReady('s'),
			list: () => submissions.listRunnableSubmissions(),
			claim: () => submissions.claimSubmission(claimOf('s', 'a')),
			get: () => submissions.getSubmission('s'),
			unsettled: () => submissions.hasUnsettledSubmissions(),
			applied: () => submissions.markSubmissionInputApplied(ref),
			mark: () => submissions.insertAttemptMarker(ref),
			renew: () => submissions.renewLeases('o', ['s']),
			recover: () => submissions.requestSubmissionRecovery(ref),
			replace: () => submissions.replaceSubmissionAttempt(ref, 'b'),
			reserve: () => submissions.reserveSubmissionSettlement(next, { recordId, record }),
			pending: () => submissions.listPendingSubmissionSettlements(),
			finalize: () => submissions.finalizeSubmissionSettlement(next, recordId),
			unmark: () => submissions.deleteAttemptMarker(ref),
			'admit a dispatch': () => submissions.admitDispatch(dispatch('d')),
			abort: () => submissions.requestSessionAbort('agent-session:["i-d","default","default"]'),
		};
		await costs.expectOneEach(steps);
		expect(await submissions.getSubmission('s')).toMatchObject({ status: 'settled' });
		expect(await submissions.getSubmission('d')).toMatchObject({ status: 'queued' });
		task.meta.count = `cost: beta.9: ${Object.keys(steps).length} steps of a submission, one round trip each`;
	});

	it('are listed in at most two, however many are queued', async () => {
		const { submissions } = (await costs.open()).executionStore;
		const ids = Array.from({ length: 300 }, (_unused, index) => `s${index}`);
		await Promise.all(
			ids.map(async (id) => {
				await submissions.admitDirect(direct(id));
				await submissions.markSubmissionCanonicalReady(id);
			}),
		);
		const { trips } = await costs.count(async () =>
			expect(await submissions.listRunnableSubmissions()).toHaveLength(300),
		);
		expect(trips).toBeLessThanOrEqual(2);
	});
});

describe('conversations', () => {
	it('cost one round trip a step, attachments too', async () => {
		const { conversationStreamStore: streams, attachmentStore: files } = await costs.open();
		await costs.expectOneEach({
			create: () => streams.createStream(PATH, IDENTITY),
			'put a file': async () => files.put(await file('f')),
			'get a file': () => files.get({ streamPath: PATH, conversationId: 'c', attachmentId: 'f' }),
			meta: () => streams.getMeta(PATH),
		});
		const producer = await streams.acquireProducer(PATH, 'p');
		await costs.expectOneEach({
			append: () => streams.append(batch(producer, 0)),
			'append again': () => streams.append(batch(producer, 0)),
			read: () => streams.read(PATH),
			acquire: () => streams.acquireProducer(PATH, 'q'),
			'delete files': () => files.deleteForInstance(PATH),
			delete: () => streams.delete(PATH),
		});
	});
});

defineSharedCosts(costs);
