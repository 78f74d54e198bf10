// Histories of everything that 1.0.0-beta.5 to beta.7 store: submissions with their journals, segments, outbox and
// deletion, sessions, runs and event streams.
import { randomUUID } from 'node:crypto';
import type { PersistenceStores } from '@flue/runtime/adapter';
import { sqlite } from '@flue/runtime/node';
import fc from 'fast-check';
import { redis } from '../../src/lines/beta5/index.ts';
import { defineModelTests, type Step, simple } from '../beta/model.ts';
import { sharedStep, viewShared } from '../beta/model-shared.ts';
import { attempt, direct, dispatch } from '../beta/samples.ts';
import { journal, session } from './samples.ts';

type Stores = PersistenceStores;
type Submissions = Stores['executionStore']['submissions'];

const IDS = ['s:1', 's2', 's/3%25', 's4 é', 's5'];
const INSTANCES = ['i:1', 'j/é'];
const SESSIONS = INSTANCES.map(
	(id) => `agent-session:${JSON.stringify([id, 'default', 'default'])}`,
);
const STREAM = 'stream:1';

const id = fc.constantFrom(...IDS);
const instanceOf = (submissionId: string) =>
	INSTANCES[IDS.indexOf(submissionId) < 3 ? 0 : 1] as string;

const on = (name: string, call: (submissions: Submissions) => Promise<unknown>): Step<Stores> =>
	simple(name, ({ executionStore }) => call(executionStore.submissions));

/** A step by whoever works now, or in the name of somebody else. */
const byAttempt = (
	name: string,
	call: (submissions: Submissions, ref: ReturnType<typeof attempt>) => Promise<unknown>,
): fc.Arbitrary<Step<Stores>> =>
	fc
		.tuple(id, fc.constantFrom('running', 'running', 'running', 'reserved', 'reserved', 'a0', 'a9'))
		.map(([any, wanted]) => ({
			name: `${name} ${any} ${wanted}`,
			async prepare({ executionStore: { submissions } }) {
				const list =
					wanted === 'running'
						? await submissions.listRunningSubmissions()
						: await submissions.listPendingTerminalOutboxes();
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
		const at = instanceOf(submissionId);
		const images = image
			? { images: [{ type: 'image' as const, data: image, mimeType: 'image/png' }] }
			: {};
		return on(`admit ${kind} ${submissionId} ${text} ${image ?? ''}`, (submissions) =>
			kind === 'direct'
				? submissions.admitDirect({
						...direct(submissionId, at),
						payload: { message: text, ...images },
					})
				: submissions.admitDispatch({ ...dispatch(submissionId, at), input: { text } }),
		);
	});

const claim = fc
	.tuple(fc.boolean(), id, fc.constantFrom('a0', 'a1'), fc.constantFrom(-1, 0, 1, 30_000))
	.map(
		([isHead, wanted, name, lease]): Step<Stores> => ({
			name: `claim ${isHead ? 'the first runnable' : wanted} as ${name} with lease ${lease}`,
			async prepare({ executionStore }) {
				const [head] = isHead ? await executionStore.submissions.listRunnableSubmissions() : [];
				const leaseExpiresAt = Date.now() + lease;
				const submissionId = head?.submissionId ?? wanted;
				return (stores) =>
					stores.executionStore.submissions.claimSubmission({
						...attempt(submissionId, name),
						ownerId: 'o1',
						leaseExpiresAt,
					});
			},
		}),
	);

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
	byAttempt('replace', (store, ref) => store.replaceTurnJournalAttempt(ref, 'a2')),
	byAttempt('replace with a lease', (store, ref) =>
		store.replaceTurnJournalAttempt(ref, 'a3', { ownerId: 'o2', leaseExpiresAt: 5 }),
	),
	byAttempt('begin', (store, ref) =>
		store.beginTurnJournal(journal(ref.submissionId, ref.attemptId)),
	),
	byAttempt('begin with a request', (store, ref) =>
		store.beginTurnJournal({
			...journal(ref.submissionId, ref.attemptId),
			toolRequest: { list: [], none: null },
			checkpointLeafId: 'c',
		}),
	),
	byAttempt('phase', (store, ref) =>
		store.updateTurnJournalPhase(ref, 'provider_started', { streamKey: STREAM }),
	),
	byAttempt('phase with a request', (store, ref) =>
		store.updateTurnJournalPhase(ref, 'tool_request_recorded', { toolRequest: [] }),
	),
	byAttempt('commit', (store, ref) => store.commitTurnJournal(ref, 'leaf')),
	byAttempt('consumed', (store, ref) => store.markStreamConsumed(ref, STREAM)),
	byAttempt('reserve', (store, ref) =>
		store.reserveSubmissionTerminal(ref, { eventKey: 'e', event: { outcome: 'completed' } }),
	),
	byAttempt('reserve another', (store, ref) =>
		store.reserveSubmissionTerminal(ref, { eventKey: 'e', event: { outcome: 'failed' } }),
	),
	byAttempt('record', (store, ref) => store.recordSubmissionTerminalOffset(ref, 'e', '0_1')),
	byAttempt('record elsewhere', (store, ref) =>
		store.recordSubmissionTerminalOffset(ref, 'e', '0_2'),
	),
	byAttempt('finalize', (store, ref) => store.finalizeSubmissionTerminal(ref, 'e')),
	byAttempt('finalize another', (store, ref) => store.finalizeSubmissionTerminal(ref, 'f')),
	byAttempt('mark', (store, ref) => store.insertAttemptMarker(ref)),
	byAttempt('unmark', (store, ref) => store.deleteAttemptMarker(ref)),
];

const otherStep = fc.oneof(
	fc
		.tuple(fc.constantFrom('o1', 'o2'), fc.constantFrom(IDS, IDS.slice(0, 1)))
		.map(([owner, ids]) =>
			on(`renew ${owner} ${ids.length}`, (store) => store.renewLeases(owner, [...ids, 'unknown'])),
		),
	fc
		.tuple(fc.constantFrom(0, 1, 10), fc.constantFrom('[]', '["é"]'))
		.map(([index, body]) =>
			on(`segment ${index} ${body}`, (store) =>
				store.appendStreamChunkSegment(STREAM, index, body),
			),
		),
	fc.constant(on('remove segments', (store) => store.deleteStreamChunkSegments(STREAM))),
	fc.tuple(fc.constantFrom(...SESSIONS), fc.boolean()).map(([key, works]) =>
		on(`delete ${key} ${works}`, (store) =>
			store.deleteSession(key, async () => {
				if (!works) throw new Error('no');
			}),
		),
	),
);

const sessionStep = fc.oneof(
	fc
		.tuple(
			fc.constantFrom(...SESSIONS),
			fc.constantFrom(0, 1, 3, 4),
			fc.integer({ min: -1, max: 3 }),
		)
		.map(([key, length, changed]) => {
			const data = session(length);
			const entries = data.entries.map((entry, index) =>
				index === changed ? { ...entry, timestamp: 'changed' } : entry,
			);
			return simple<Stores>(`save ${key}, ${length} entries, ${changed} changed`, (stores) =>
				stores.executionStore.sessions.save(key, { ...data, entries }),
			);
		}),
	fc
		.constantFrom(...SESSIONS)
		.map((key) =>
			simple<Stores>(`forget ${key}`, (stores) => stores.executionStore.sessions.delete(key)),
		),
);

const step: fc.Arbitrary<Step<Stores>> = fc.oneof(
	{ weight: 5, arbitrary: admission },
	{ weight: 6, arbitrary: claim },
	{ weight: 14, arbitrary: fc.oneof(...ATTEMPT_STEPS) },
	{ weight: 3, arbitrary: otherStep },
	{ weight: 3, arbitrary: sessionStep },
	{ weight: 12, arbitrary: sharedStep.map((shared): Step<Stores> => shared) },
);

async function view(stores: Stores): Promise<unknown> {
	const { submissions, sessions } = stores.executionStore;
	const names = async (list: Promise<{ submissionId: string }[]>) =>
		(await list).map(({ submissionId }) => submissionId);
	return Promise.all([
		Promise.all(IDS.map((one) => submissions.getSubmission(one))),
		Promise.all(IDS.map((one) => submissions.getTurnJournal(one))),
		names(submissions.listRunnableSubmissions()),
		names(submissions.listRunningSubmissions()),
		names(submissions.listExpiredSubmissions()),
		submissions.listPendingTerminalOutboxes(),
		submissions.hasUnsettledSubmissions(),
		submissions.getStreamChunkSegments(STREAM),
		submissions.listAttemptMarkers().then((all) => all.map((one) => JSON.stringify(one)).sort()),
		submissions.listPendingSessionDeletions(),
		Promise.all(SESSIONS.map((key) => sessions.load(key))),
		viewShared(stores),
	]);
}

defineModelTests<Stores>({
	runtime: 'beta.7',
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
