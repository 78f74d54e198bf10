// Histories of what 1.0.0-beta.8 and beta.9 store: submissions with readiness, aborts and settlements, runs, event
// streams, and conversation streams as far as they are made, appended to and deleted.
import { randomUUID } from 'node:crypto';
import type { PersistenceStores, SubmissionAttemptRef } from '@flue/runtime/adapter';
import { sqlite } from '@flue/runtime/node';
import fc from 'fast-check';
import { redis } from '../../src/lines/beta8/index.ts';
import { defineModelTests, type Step, simple } from '../beta/model.ts';
import { sharedStep, viewShared } from '../beta/model-shared.ts';

type Stores = PersistenceStores;
type Submissions = Stores['executionStore']['submissions'];

const IDS = ['s:1', 's2', 's/3%25', 's4 é', 's5'];
const INSTANCES = ['i:1', 'j/é'];
const SESSIONS = INSTANCES.map(
	(id) => `agent-session:${JSON.stringify([id, 'default', 'default'])}`,
);
const CONVERSATIONS = ['agents/assistant/i:1', 'agents/a:b/j'];
const ACCEPTED = '2026-06-03T00:00:00.000Z';

const id = fc.constantFrom(...IDS);
const instanceOf = (submissionId: string) =>
	INSTANCES[IDS.indexOf(submissionId) < 3 ? 0 : 1] as string;

const on = (name: string, call: (submissions: Submissions) => Promise<unknown>): Step<Stores> =>
	simple(name, ({ executionStore }) => call(executionStore.submissions));

/** A step by whoever works now, or in the name of somebody else. */
const byAttempt = (
	name: string,
	call: (submissions: Submissions, ref: SubmissionAttemptRef) => Promise<unknown>,
): fc.Arbitrary<Step<Stores>> =>
	fc
		.tuple(id, fc.constantFrom('running', 'running', 'running', 'reserved', 'reserved', 'a0', 'a9'))
		.map(([any, wanted]) => ({
			name: `${name} ${any} ${wanted}`,
			async prepare({ executionStore: { submissions } }) {
				const list =
					wanted === 'running'
						? await submissions.listRunningSubmissions()
						: await submissions.listPendingSubmissionSettlements();
				const [found] = wanted.startsWith('a') ? [] : list;
				const { submissionId, attemptId = 'a0' } = found ?? {
					submissionId: any,
					attemptId: wanted,
				};
				return (stores) => call(stores.executionStore.submissions, { submissionId, attemptId });
			},
		}));

const admission = fc
	.record({
		id,
		kind: fc.constantFrom('direct', 'dispatch'),
		text: fc.constantFrom('hello', 'hello', 'other'),
		image: fc.constantFrom(undefined, undefined, 'aW1hZ2U=', 'b3RoZXI='),
	})
	.map(({ id: submissionId, kind, text, image }) => {
		const common = { agent: 'assistant', id: instanceOf(submissionId), acceptedAt: ACCEPTED };
		const images = image
			? { images: [{ type: 'image' as const, data: image, mimeType: 'image/png' }] }
			: {};
		return on(`admit ${kind} ${submissionId} ${text} ${image ?? ''}`, (submissions) =>
			kind === 'direct'
				? submissions.admitDirect({
						...{ ...common, kind: 'direct', submissionId },
						payload: { message: text, ...images },
					})
				: submissions.admitDispatch({ ...common, dispatchId: submissionId, input: { text } }),
		);
	});

const ready = id.map((one) =>
	on(`ready ${one}`, (store) => store.markSubmissionCanonicalReady(one)),
);

const claim = fc
	.tuple(fc.boolean(), id, fc.constantFrom('a0', 'a1'), fc.constantFrom(-1, 0, 1, 30_000))
	.map(
		([isHead, wanted, attemptId, lease]): Step<Stores> => ({
			name: `claim ${isHead ? 'the first runnable' : wanted} as ${attemptId} with lease ${lease}`,
			async prepare({ executionStore }) {
				const [head] = isHead ? await executionStore.submissions.listRunnableSubmissions() : [];
				const submissionId = head?.submissionId ?? wanted;
				const given = {
					submissionId,
					attemptId,
					ownerId: 'o1',
					leaseExpiresAt: Date.now() + lease,
				};
				return (stores) => stores.executionStore.submissions.claimSubmission(given);
			},
		}),
	);

const settlement = (ref: SubmissionAttemptRef, outcome: 'completed' | 'failed') => ({
	...{ v: 1 as const, id: `${ref.submissionId}:settled`, type: 'submission_settled' as const },
	...{ conversationId: 'c', harness: 'default', session: 'default', timestamp: ACCEPTED },
	...ref,
	outcome,
});

const reserve = (outcome: 'completed' | 'failed', recordId?: string) =>
	byAttempt(`reserve ${outcome} ${recordId ?? ''}`, (store, ref) => {
		const record = settlement(ref, outcome);
		return store.reserveSubmissionSettlement(ref, { recordId: recordId ?? record.id, record });
	});

const ATTEMPT_STEPS = [
	byAttempt('applied, as most are', (store, ref) => store.markSubmissionInputApplied(ref)),
	byAttempt('requeue, as after a crash', (store, ref) =>
		store.requeueSubmissionBeforeInputApplied(ref),
	),
	byAttempt('applied', (store, ref) => store.markSubmissionInputApplied(ref)),
	byAttempt('applied with a budget', (store, ref) =>
		store.markSubmissionInputApplied(ref, { maxRetry: 3, timeoutAt: 77 }),
	),
	byAttempt('recover', (store, ref) => store.requestSubmissionRecovery(ref)),
	byAttempt('requeue', (store, ref) => store.requeueSubmissionBeforeInputApplied(ref)),
	byAttempt('complete', (store, ref) => store.completeSubmission(ref)),
	byAttempt('fail', (store, ref) => store.failSubmission(ref, new Error('went wrong'))),
	byAttempt('replace', (store, ref) => store.replaceSubmissionAttempt(ref, 'a2')),
	byAttempt('replace with a lease', (store, ref) =>
		store.replaceSubmissionAttempt(ref, 'a3', { ownerId: 'o2', leaseExpiresAt: 5 }),
	),
	reserve('completed'),
	reserve('failed'),
	reserve('completed', 'another'),
	byAttempt('finalize', (store, ref) =>
		store.finalizeSubmissionSettlement(ref, `${ref.submissionId}:settled`),
	),
	byAttempt('finalize another', (store, ref) => store.finalizeSubmissionSettlement(ref, 'f')),
	byAttempt('mark', (store, ref) => store.insertAttemptMarker(ref)),
	byAttempt('unmark', (store, ref) => store.deleteAttemptMarker(ref)),
];

const otherStep = fc.oneof(
	fc
		.constantFrom(...SESSIONS)
		.map((key) =>
			on(`abort ${key}`, async (store) => (await store.requestSessionAbort(key)).sort()),
		),
	fc
		.constantFrom('o1', 'o2')
		.map((owner) => on(`renew ${owner}`, (store) => store.renewLeases(owner, [...IDS, 'unknown']))),
);

const conversationStep = fc.oneof(
	fc
		.tuple(fc.constantFrom(...CONVERSATIONS), fc.constantFrom('assistant', 'other'))
		.map(([path, agentName]) =>
			simple<Stores>(`begin ${path} of ${agentName}`, (stores) =>
				stores.conversationStreamStore.createStream(path, { agentName, instanceId: 'i' }),
			),
		),
	fc.constantFrom(...CONVERSATIONS).map((path) =>
		simple<Stores>(`say something in ${path}`, async ({ conversationStreamStore: streams }) => {
			const {
				offset: _,
				nextProducerSequence,
				...producer
			} = await streams.acquireProducer(path, 'p');
			const record = {
				...{ v: 1 as const, id: 'r', type: 'user_message' as const, conversationId: 'c' },
				...{ harness: 'default', session: 'default', timestamp: ACCEPTED, messageId: 'm' },
				...{ parentId: null, content: [{ type: 'text' as const, text: 'é' }] },
			};
			const batch = { path, producerSequence: nextProducerSequence, records: [record] as never };
			return streams.append({ ...producer, ...batch });
		}),
	),
	fc
		.constantFrom(...CONVERSATIONS)
		.map((path) =>
			simple<Stores>(`delete ${path}`, (stores) => stores.conversationStreamStore.delete(path)),
		),
);

const step: fc.Arbitrary<Step<Stores>> = fc.oneof(
	{ weight: 5, arbitrary: admission },
	{ weight: 5, arbitrary: ready },
	{ weight: 6, arbitrary: claim },
	{ weight: 14, arbitrary: fc.oneof(...ATTEMPT_STEPS) },
	{ weight: 2, arbitrary: otherStep },
	{ weight: 4, arbitrary: conversationStep },
	{ weight: 8, arbitrary: sharedStep.map((shared): Step<Stores> => shared) },
);

async function view(stores: Stores): Promise<unknown> {
	const { submissions } = stores.executionStore;
	const streams = stores.conversationStreamStore;
	const names = async (list: Promise<{ submissionId: string }[]>) =>
		(await list).map(({ submissionId }) => submissionId);
	const meta = async (path: string) => {
		const found = await streams.getMeta(path);
		// Which life of the stream it is, only its own store can know.
		return found && { ...found, incarnation: '' };
	};
	return Promise.all([
		Promise.all(IDS.map((one) => submissions.getSubmission(one))),
		names(submissions.listRunnableSubmissions()),
		names(submissions.listUnreadySubmissions()),
		names(submissions.listRunningSubmissions()),
		names(submissions.listExpiredSubmissions()),
		submissions.listPendingSubmissionSettlements(),
		submissions.hasUnsettledSubmissions(),
		submissions.listAttemptMarkers().then((all) => all.map((one) => JSON.stringify(one)).sort()),
		Promise.all(CONVERSATIONS.map(meta)),
		Promise.all(CONVERSATIONS.map((path) => streams.read(path))),
		viewShared(stores),
	]);
}

defineModelTests<Stores>({
	runtime: 'beta.9',
	async openReal(runner) {
		return redis(runner, { keyPrefix: randomUUID(), inspectServer: false }).connect();
	},
	async openReference() {
		const reference = sqlite(':memory:');
		await reference.migrate?.();
		return { stores: await reference.connect(), close: async () => reference.close?.() };
	},
	step,
	view,
});
