// What is torn of a submission's life in 2.x: each step, while others wait, run, have joined and are being settled.
import { createAttachmentRef } from '@flue/runtime/adapter';
import { expect } from 'vitest';
import { message } from '../bench/data.ts';
import { settlement } from './model-rows.ts';
import type { Stores } from './storm.ts';
import type { Tear } from './tearing.ts';

const IDS = ['unready', 'first', 'behind', 'host', 'joined', 'joining', 'waiting', 'reserved'];
const ATTEMPT = 'attempt';
const FAR = 4_000_000_000_000;
const ref = (submissionId: string) => ({ submissionId, attemptId: ATTEMPT });
const claim = (submissionId: string) => ({
	...ref(submissionId),
	ownerId: 'owner',
	leaseExpiresAt: FAR,
});
const record = (id: string) => ({
	recordId: `${id}:settled`,
	record: settlement(ref(id), 'completed') as never,
});

async function begin({ submissionStore: store }: Stores): Promise<void> {
	const admit = async (id: string, instance: string) => {
		await store.admitDirect(message(id, instance));
		await store.markSubmissionCanonicalReady(id);
	};
	await store.admitDirect(message('unready', 'one'));
	for (const id of ['first', 'behind']) await admit(id, 'two');
	for (const id of ['host', 'joined', 'joining', 'waiting']) {
		await admit(id, 'three');
		if (id === 'host') await store.claimSubmission(claim('host'));
		if (id === 'joining') await store.claimJoinableSubmissions(ref('host'), 'assistant');
	}
	await store.finalizeJoinedSubmission(ref('host'), 'joined');
	await admit('reserved', 'four');
	await store.claimSubmission(claim('reserved'));
	await store.reserveSubmissionSettlement(ref('reserved'), record('reserved'));
}

async function lookAtRows({ submissionStore: store }: Stores) {
	const rows = await Promise.all(IDS.map((id) => store.getSubmission(id)));
	const others = <Row extends { submissionId: string }>(list: Row[]) =>
		list.filter(({ submissionId }) => IDS.includes(submissionId));
	return {
		rows,
		runnable: others(await store.listRunnableSubmissions()),
		unready: others(await store.listUnreadySubmissions()),
		running: others(await store.listRunningSubmissions()),
		expired: others(await store.listExpiredSubmissions()),
		joined: await store.listJoinedSubmissions('host'),
		pending: others(await store.listPendingSubmissionSettlements()),
	};
}

/** Brings everything to its end, as a runtime does that starts anew. */
async function drain({ submissionStore: store }: Stores): Promise<void> {
	for (let round = 0; await store.hasUnsettledSubmissions(); round += 1) {
		expect(round).toBeLessThan(20);
		for (const { submissionId } of await store.listUnreadySubmissions())
			await store.markSubmissionCanonicalReady(submissionId);
		for (const { submissionId } of await store.listRunnableSubmissions())
			expect(await store.claimSubmission(claim(submissionId))).not.toBeNull();
		for (const { submissionId, attemptId = '' } of await store.listRunningSubmissions())
			expect(await store.completeSubmission({ submissionId, attemptId })).toBe(true);
		for (const { recordId, ...attempt } of await store.listPendingSubmissionSettlements())
			expect(await store.finalizeSubmissionSettlement(attempt, recordId)).toBe(true);
	}
	const rows = await Promise.all(IDS.map((id) => store.getSubmission(id)));
	expect(rows.map((row) => row?.status)).toEqual(IDS.map(() => 'settled'));
}

type Step = (stores: Stores) => Promise<unknown>;

/** Something else, by single writes alone; nothing; and the same once more. */
const following = (step: Step): Step[] => [
	({ submissionStore }) => submissionStore.markSubmissionInputApplied(ref('host')),
	async () => undefined,
	step,
];

const STEPS: Readonly<Record<string, Step>> = {
	'getting ready': ({ submissionStore: store }) => store.markSubmissionCanonicalReady('unready'),
	'a claim': ({ submissionStore: store }) => store.claimSubmission(claim('first')),
	'a hand-over': ({ submissionStore: store }) =>
		store.replaceSubmissionAttempt(ref('host'), ATTEMPT, { ownerId: 'other', leaseExpiresAt: FAR }),
	'the end of a host': ({ submissionStore: store }) => store.completeSubmission(ref('host')),
	'a requeue': ({ submissionStore: store }) => store.requeueSubmission(ref('host')),
	'a reservation': ({ submissionStore: store }) =>
		store.reserveSubmissionSettlement(ref('host'), record('host')),
	'a finalization': ({ submissionStore: store }) =>
		store.finalizeSubmissionSettlement(ref('reserved'), 'reserved:settled'),
	'a claim of joins': ({ submissionStore: store }) =>
		store.claimJoinableSubmissions(ref('host'), 'assistant'),
	'a join that is taken back': ({ submissionStore: store }) =>
		store.revertJoiningSubmission(ref('host'), 'joining'),
	'the end of what did not run': ({ submissionStore: store }) =>
		store.settleQueuedSubmission('first', 'failed', 'gave up'),
};

const PICTURE = 'QUJD'.repeat(200_000);
const large = (id: string, instance: string) => ({
	...message(id, instance),
	message: {
		kind: 'user' as const,
		body: 'Look.',
		attachments: [{ type: 'image' as const, data: PICTURE, mimeType: 'image/png' }],
	},
});

const admitLarge: Step = ({ submissionStore }) => submissionStore.admitDirect(large('torn', 'two'));

const putFile: Step = async ({ attachmentStore }) => {
	const bytes = Buffer.from(PICTURE);
	const attachment = await createAttachmentRef({ id: 'file', mimeType: 'image/png', bytes });
	const input = { streamPath: 'p', conversationId: 'c', attachment, bytes };
	await attachmentStore.put(input);
	const found = await attachmentStore.get({ ...input, attachmentId: 'file' });
	expect(Buffer.compare(found?.bytes ?? Buffer.alloc(0), bytes)).toBe(0);
};

/** The tears of a submission's life and of what is attached to it. */
export const ROW_TEARS: readonly Tear<Stores>[] = [
	...Object.entries(STEPS).map(
		([name, step]): Tear<Stores> => ({
			name,
			prepare: begin,
			torn: step,
			after: following(step),
			look: lookAtRows,
			goOn: drain,
		}),
	),
	{
		name: 'an admission with an attachment',
		prepare: begin,
		torn: admitLarge,
		after: following(admitLarge),
		look: lookAtRows,
		async goOn(stores) {
			await admitLarge(stores);
			expect((await stores.submissionStore.getSubmission('torn'))?.input).toEqual(
				large('torn', 'two'),
			);
			await drain(stores);
		},
	},
	{
		name: 'an attachment',
		prepare: begin,
		torn: putFile,
		after: following(putFile),
		look: lookAtRows,
		goOn: putFile,
	},
];
