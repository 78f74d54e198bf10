// What a history can be made of: each step is a name for the report and a call on a store.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import fc from 'fast-check';

export const IDS = ['s1', 's2', 's4', 's3'];
const AGENTS = ['alpha', 'beta'];

/** How busy the first session already is when a history begins; random ids rarely build one. */
export const DEPTHS = ['empty', 'claimed', 'joined'] as const;

export type Step = (store: AgentSubmissionStore) => Promise<unknown>;
type Attempt = { submissionId: string; attemptId: string };

const id = fc.constantFrom(...IDS);
const attemptId = fc.constantFrom('a0', 'a1', 'a2');
const owner = fc.constantFrom('o0', 'o1');
/** Most steps come from whoever holds the row now; the others show what a stale caller gets. */
const attempt = fc.record({
	submissionId: id,
	attemptId: fc.constantFrom('current', 'current', 'current', 'current', 'a0'),
});
const lease = fc.constantFrom(0, 1, 4_000_000_000_000);
const sessionOf = (agent: string) => `agent-session:["${agent}","i","default","default"]`;

const settlement = (submissionId: string, attempted: string, outcome: 'completed' | 'failed') => ({
	v: 1 as const,
	id: `${submissionId}:settled`,
	type: 'submission_settled' as const,
	conversationId: 'c',
	harness: 'default',
	session: 'default',
	timestamp: '2026-06-22T00:00:00.000Z',
	submissionId,
	attemptId: attempted,
	outcome,
	...(outcome === 'failed' ? { error: { message: 'safe text' } } : {}),
});

const admission = fc
	.record({
		id,
		kind: fc.constantFrom('direct' as const, 'dispatch' as const),
		body: fc.constantFrom('hello', 'hello', 'hello', 'other'),
		image: fc.constantFrom(undefined, undefined, 'aW1hZ2U='),
	})
	.map(({ id: submissionId, kind, body, image }): [string, Step] => {
		const attachments = image
			? [{ type: 'image' as const, data: image, mimeType: 'image/png' }]
			: [];
		const input = {
			submissionId,
			// The session follows from the id, so that histories of one session grow long.
			agent: AGENTS[Number(submissionId[1]) % 3 === 0 ? 1 : 0] as string,
			id: 'i',
			message: { kind: 'user' as const, body, ...(image ? { attachments } : {}) },
			acceptedAt: '2026-06-03T00:00:00.000Z',
		};
		return [
			`admit ${kind} ${submissionId} ${body} ${image ?? ''}`,
			kind === 'direct'
				? (store) => store.admitDirect({ kind, ...input })
				: (store) => store.admitDispatch(input),
		];
	});

const ready = id.map((value): [string, Step] => [
	`ready ${value}`,
	(store) => store.markSubmissionCanonicalReady(value),
]);

const claim = fc.record({ submissionId: id, attemptId, ownerId: owner, leaseExpiresAt: lease });

const claimStep = claim.map((value): [string, Step] => [
	`claim ${JSON.stringify(value)}`,
	(store) => store.claimSubmission(value),
]);

/** Steps that only need an attempt; most histories are decided by whose attempt it is. */
const ATTEMPT_STEPS: Record<string, (ref: Attempt) => Step> = {
	applied: (ref) => (store) => store.markSubmissionInputApplied(ref),
	'applied with a budget': (ref) => (store) =>
		store.markSubmissionInputApplied(ref, { maxAttempts: 3, timeoutAt: 77 }),
	requeue: (ref) => (store) => store.requeueSubmission(ref),
	complete: (ref) => (store) => store.completeSubmission(ref),
	fail: (ref) => (store) => store.failSubmission(ref, new Error('went wrong')),
	'fail with text': (ref) => (store) => store.failSubmission(ref, 'only text'),
	replace: (ref) => (store) => store.replaceSubmissionAttempt(ref, 'a2'),
	'replace with a lease': (ref) => (store) =>
		store.replaceSubmissionAttempt(ref, 'a1', { ownerId: 'o1', leaseExpiresAt: 1 }),
	'claim joins ': (ref) => (store) => store.claimJoinableSubmissions(ref, 'alpha'),
	'claim joins of another agent': (ref) => (store) => store.claimJoinableSubmissions(ref, 'beta'),
	'claim joins': (ref) => (store) => store.claimJoinableSubmissions(ref, 'alpha'),
	'reserve completed': (ref) => (store) => reserve(store, ref, 'completed'),
	'reserve failed': (ref) => (store) => reserve(store, ref, 'failed'),
	finalize: (ref) => (store) =>
		store.finalizeSubmissionSettlement(ref, `${ref.submissionId}:settled`),
	'finalize with an error': (ref) => (store) =>
		store.finalizeSubmissionSettlement(ref, `${ref.submissionId}:settled`, {
			errorMessage: 'raw text',
		}),
};

function reserve(store: AgentSubmissionStore, ref: Attempt, outcome: 'completed' | 'failed') {
	const record = settlement(ref.submissionId, ref.attemptId, outcome);
	return store.reserveSubmissionSettlement(ref, { recordId: record.id, record });
}

const attemptStep = fc
	.tuple(fc.constantFrom(...Object.keys(ATTEMPT_STEPS)), attempt)
	.map(([name, ref]): [string, Step] => [
		`${name} ${ref.submissionId} ${ref.attemptId}`,
		async (store) =>
			(ATTEMPT_STEPS[name] as (ref: Attempt) => Step)(await resolve(store, ref))(store),
	]);

/** Both stores hold the same attempt, or the view before this step would have differed. */
async function resolve(store: AgentSubmissionStore, ref: Attempt): Promise<Attempt> {
	if (ref.attemptId !== 'current') return ref;
	const row = await store.getSubmission(ref.submissionId);
	const host = row?.joinedInto ? await store.getSubmission(row.joinedInto) : row;
	return { ...ref, attemptId: host?.attemptId ?? 'a0' };
}

const joinStep = fc
	.tuple(fc.constantFrom('confirm', 'confirm', 'revert'), attempt, id)
	.map(([name, host, joined]): [string, Step] => [
		`${name} ${joined} into ${host.submissionId} ${host.attemptId}`,
		async (store) => {
			const ref = await resolve(store, host);
			return name === 'confirm'
				? store.finalizeJoinedSubmission(ref, joined)
				: store.revertJoiningSubmission(ref, joined);
		},
	]);

const otherStep = fc.oneof(
	fc
		.constantFrom(...AGENTS)
		.map((agent): [string, Step] => [
			`abort ${agent}`,
			async (store) => (await store.requestSessionAbort(sessionOf(agent))).sort(),
		]),
	id.map((value): [string, Step] => [
		`settle queued ${value}`,
		(store) => store.settleQueuedSubmission(value, 'failed', new Error('never ran')),
	]),
	owner.map((value): [string, Step] => [
		`renew ${value}`,
		(store) => store.renewLeases(value, [...IDS, 'unknown']),
	]),
);

/** Any step, the likely ones more often. */
export const anyStep = fc.oneof(
	{ weight: 4, arbitrary: admission },
	{ weight: 5, arbitrary: ready },
	{ weight: 5, arbitrary: claimStep },
	{ weight: 12, arbitrary: attemptStep },
	{ weight: 8, arbitrary: joinStep },
	{ weight: 4, arbitrary: otherStep },
);

/** Brings a new store to one of the depths. */
export async function begin(
	store: AgentSubmissionStore,
	depth: (typeof DEPTHS)[number],
): Promise<void> {
	if (depth === 'empty') return;
	for (const submissionId of IDS.slice(0, 3)) {
		await store.admitDirect({
			kind: 'direct',
			submissionId,
			agent: 'alpha',
			id: 'i',
			message: { kind: 'user', body: 'hello' },
			acceptedAt: '2026-06-03T00:00:00.000Z',
		});
		await store.markSubmissionCanonicalReady(submissionId);
	}
	const host = { submissionId: 's1', attemptId: 'a0' };
	await store.claimSubmission({ ...host, ownerId: 'o0', leaseExpiresAt: 1 });
	if (depth === 'claimed') return;
	await store.claimJoinableSubmissions(host, 'alpha');
	await store.finalizeJoinedSubmission(host, 's2');
}
