// What a history can be made of. A step first looks at the reference, which tells whose row it is, and
// then is one call, the same for both stores, so that it can also be repeated word for word.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import fc from 'fast-check';
import {
	AGENTS,
	type Attempt,
	IDS,
	inputOf,
	pick,
	resolve,
	sessionOf,
	settlement,
} from './model-rows.ts';

type Call = (store: AgentSubmissionStore) => Promise<unknown>;

export interface Step<Side> {
	readonly name: string;
	/** Milliseconds that pass before the step. */
	readonly wait: number;
	/** True when the same call is made once more, as a caller does that never heard the answer. */
	readonly twice: boolean;
	readonly prepare: (reference: Side) => Promise<(side: Side) => Promise<unknown>>;
}

type Named = Pick<Step<AgentSubmissionStore>, 'name' | 'prepare'>;

const simple = (name: string, call: Call): Named => ({ name, prepare: async () => call });

const id = fc.constantFrom(...IDS);
const attemptId = fc.constantFrom('a0', 'a1', 'a2');
const owner = fc.constantFrom('o0', 'o1');
/** A row by its id, or, more often, the first that is in one of these states when the step happens. */
export const inState = (...states: string[]) =>
	fc.oneof({ weight: 1, arbitrary: id }, { weight: 2, arbitrary: fc.constantFrom(...states) });
/** Most steps come from whoever holds the row now; the others show what a stale caller gets. */
export const anAttempt = fc.record({
	submissionId: inState('running', 'running', 'last running', 'joined', 'joined', 'terminalizing'),
	attemptId: fc.constantFrom('current', 'current', 'current', 'current', 'a0', 'a9'),
});
/** None, or where the lease ends as seen from now. */
const lease = fc.constantFrom('none', -1, 0, 1, 30_000);
const endOf = (value: number | string) => (typeof value === 'number' ? Date.now() + value : 0);
const admission = fc
	.record({
		id,
		kind: fc.constantFrom('direct' as const, 'direct' as const, 'dispatch' as const),
		body: fc.constantFrom('hello', 'hello', 'hello', 'other'),
		image: fc.constantFrom(undefined, undefined, 'aW1hZ2U=', 'b3RoZXI='),
	})
	.map(({ id: submissionId, kind, body, image }): Named => {
		const input = inputOf(submissionId, body, image);
		return simple(`admit ${kind} ${submissionId} ${body} ${image ?? ''}`, (store) =>
			kind === 'direct' ? store.admitDirect({ kind, ...input }) : store.admitDispatch(input),
		);
	});

const ready = inState('unready').map(
	(wanted): Named => ({
		name: `ready ${wanted}`,
		prepare: async (reference) => {
			const value = await pick(reference, wanted);
			return (store) => store.markSubmissionCanonicalReady(value);
		},
	}),
);

const claim = fc
	.record({
		wanted: inState('runnable'),
		attemptId,
		ownerId: owner,
		lease,
	})
	.map(
		({ lease: value, wanted, ...rest }): Named => ({
			name: `claim ${wanted} ${JSON.stringify(rest)} with lease ${value}`,
			prepare: async (reference) => {
				const leaseExpiresAt = endOf(value);
				const submissionId = await pick(reference, wanted);
				return (store) => store.claimSubmission({ submissionId, ...rest, leaseExpiresAt });
			},
		}),
	);

/** Reserves the record of one attempt, as `by` says under another id or by another attempt. */
const reserve =
	(
		outcome: 'completed' | 'failed' | 'aborted',
		by: { recordId?: string; attemptId?: string } = {},
	) =>
	(ref: Attempt): Call => {
		const record = settlement(ref, outcome);
		const { recordId = record.id, attemptId = ref.attemptId } = by;
		return (store) =>
			store.reserveSubmissionSettlement({ ...ref, attemptId }, { recordId, record });
	};

const finalize =
	(recordId?: string, options?: { errorMessage: string }) =>
	(ref: Attempt): Call =>
	(store) =>
		store.finalizeSubmissionSettlement(ref, recordId ?? `${ref.submissionId}:settled`, options);

/** Steps that only need an attempt; most histories are decided by whose attempt it is. */
const ATTEMPT_STEPS: Record<string, (ref: Attempt) => Call> = {
	applied: (ref) => (store) => store.markSubmissionInputApplied(ref),
	'applied with a budget': (ref) => (store) =>
		store.markSubmissionInputApplied(ref, { maxAttempts: 3, timeoutAt: 77 }),
	requeue: (ref) => (store) => store.requeueSubmission(ref),
	complete: (ref) => (store) => store.completeSubmission(ref),
	fail: (ref) => (store) => store.failSubmission(ref, new Error('went wrong')),
	'fail with text': (ref) => (store) => store.failSubmission(ref, 'only text'),
	replace: (ref) => (store) => store.replaceSubmissionAttempt(ref, 'a2'),
	'replace with a lease': (ref) => {
		const given = { ownerId: 'o1', leaseExpiresAt: Date.now() + 1 };
		return (store) => store.replaceSubmissionAttempt(ref, 'a1', given);
	},
	'claim joins': (ref) => (store) => store.claimJoinableSubmissions(ref, 'alpha'),
	'claim joins of another agent': (ref) => (store) => store.claimJoinableSubmissions(ref, 'beta'),
	'reserve completed': reserve('completed'),
	'reserve failed': reserve('failed'),
	'reserve aborted': reserve('aborted'),
	'reserve under another id': reserve('completed', { recordId: 'another' }),
	'reserve, then by another attempt': (ref) => async (store) => [
		await reserve('completed')(ref)(store),
		await reserve('completed', { attemptId: 'a9' })(ref)(store),
		await reserve('aborted')(ref)(store),
	],
	finalize: finalize(),
	'finalize with an error': finalize(undefined, { errorMessage: 'raw text' }),
	'finalize another record': finalize('another'),
	'finalize by another attempt, then': (ref) => async (store) => [
		await finalize()({ ...ref, attemptId: 'a9' })(store),
		await finalize()(ref)(store),
	],
};

/** Names of the steps, those again without which a history stands still. */
const ATTEMPT_NAMES = [
	...Object.keys(ATTEMPT_STEPS),
	...['requeue', 'claim joins', 'complete', 'complete', 'fail', 'finalize', 'reserve completed'],
];

const attemptStep = fc.tuple(fc.constantFrom(...ATTEMPT_NAMES), anAttempt).map(
	([name, ref]): Named => ({
		name: `${name} ${ref.submissionId} ${ref.attemptId}`,
		prepare: async (reference) =>
			(ATTEMPT_STEPS[name] as (ref: Attempt) => Call)(await resolve(reference, ref)),
	}),
);

const joinStep = fc
	.tuple(fc.constantFrom('confirm', 'confirm', 'revert'), anAttempt, inState('joining', 'joined'))
	.map(
		([name, host, wanted]): Named => ({
			name: `${name} ${wanted} into ${host.submissionId} ${host.attemptId}`,
			prepare: async (reference) => {
				const ref = await resolve(reference, host);
				const joined = await pick(reference, wanted);
				return name === 'confirm'
					? (store) => store.finalizeJoinedSubmission(ref, joined)
					: (store) => store.revertJoiningSubmission(ref, joined);
			},
		}),
	);

const otherStep = fc.oneof(
	fc
		.constantFrom(...AGENTS)
		.map((agent) =>
			simple(`abort ${agent}`, async (store) =>
				(await store.requestSessionAbort(sessionOf(agent))).sort(),
			),
		),
	id.map((value) =>
		simple(`settle queued ${value}`, (store) =>
			store.settleQueuedSubmission(value, 'failed', new Error('never ran')),
		),
	),
	fc
		.tuple(owner, fc.constantFrom(IDS, IDS.slice(0, 1)))
		.map(([name, ids]) =>
			simple(`renew ${name} ${ids.length}`, (store) =>
				store.renewLeases(name, [...ids, 'unknown']),
			),
		),
);

/** Any step on submissions, the likely ones more often. */
export const submissionStep = fc.oneof(
	{ weight: 4, arbitrary: admission },
	{ weight: 5, arbitrary: ready },
	{ weight: 5, arbitrary: claim },
	{ weight: 14, arbitrary: attemptStep },
	{ weight: 8, arbitrary: joinStep },
	{ weight: 5, arbitrary: otherStep },
);

/** When a step happens, and whether once. */
export const when = {
	wait: fc.constantFrom(0, 1, 1, 2, 30_000),
	twice: fc.constantFrom(false, false, false, true),
};
