// The contract's submission store: each method is one script call, and one more where a listed row
// carries attachments.
import {
	type AgentSubmission,
	type AgentSubmissionStore,
	createDispatchAgentSubmissionInput,
	DURABILITY_DEFAULT_MAX_ATTEMPTS,
	DURABILITY_DEFAULT_TIMEOUT_MS,
	LEASE_DURATION_MS,
	type SubmissionAttemptRef,
} from '@flue/runtime/adapter';
import { decodePart, encodePart, type Keys } from '../keys.ts';
import { READY, SETTLE_QUEUED } from '../lua/admission.ts';
import {
	ABORT_SESSION,
	CLAIM,
	INPUT_APPLIED,
	RENEW,
	REPLACE_ATTEMPT,
	REQUEUE,
} from '../lua/attempts.ts';
import { CLAIM_JOINS, CONFIRM_JOIN, REVERT_JOIN } from '../lua/joins.ts';
import { GET, LIST, LIST_EXPIRED } from '../lua/listings.ts';
import { SETTLE_RUNNING } from '../lua/settlement.ts';
import type { Connection, Script } from '../script.ts';
import { admit } from './admit.ts';
import { readListing, readOne } from './read.ts';
import { toKnownSubmission } from './row.ts';
import { createSettlements, errorText } from './settlements.ts';

/** Indexes that hold something whenever a submission is unsettled. */
const UNSETTLED = ['runnable', 'unready', 'running', 'settling', 'joins'];

/** Opens the submission store of one namespace. */
export function createSubmissionStore(connection: Connection, keys: Keys): AgentSubmissionStore {
	const run = (program: Script, ...args: (string | number)[]) =>
		connection.run(program, [], [keys.base, Date.now(), ...args]);
	const one = async (program: Script, ...args: (string | number)[]) =>
		readOne(connection, keys, await run(program, ...args));
	const check = async (program: Script, ...args: (string | number)[]) =>
		(await run(program, ...args)) === 1;
	const list = async (index: string, expected: 'queued' | 'running') =>
		readListing(connection, keys, await run(LIST, index), expected);

	return {
		...createSettlements(connection, keys),
		getSubmission: (id) => one(GET, encodePart(id)),
		async hasUnsettledSubmissions() {
			return Number(await connection.send('EXISTS', ...UNSETTLED.map(keys.one))) > 0;
		},
		listRunnableSubmissions: () => list('runnable', 'queued'),
		listUnreadySubmissions: () => list('unready', 'queued'),
		listRunningSubmissions: async () => inOrder(await list('running', 'running')),
		listJoinedSubmissions: (host) => list(`joins/${encodePart(host)}`, 'running'),
		async listExpiredSubmissions() {
			return inOrder(await readListing(connection, keys, await run(LIST_EXPIRED), 'running'));
		},
		admitDispatch: (input) => admit(connection, keys, createDispatchAgentSubmissionInput(input)),
		async admitDirect(input) {
			const admission = await admit(connection, keys, input);
			if (admission.kind === 'submission') return admission.submission;
			throw new Error(
				`[flue] Direct admission returned an unexpected result: submission "${input.submissionId}" was admitted before with another input.`,
			);
		},
		markSubmissionCanonicalReady: (id) => one(READY, encodePart(id)),
		async claimSubmission(claim) {
			const reply = await run(
				CLAIM,
				...fence(claim),
				claim.ownerId,
				claim.leaseExpiresAt,
				DURABILITY_DEFAULT_MAX_ATTEMPTS,
				Date.now() + DURABILITY_DEFAULT_TIMEOUT_MS,
			);
			// Admission and readiness have checked the payload, and so has the listing that led here.
			return readOne(connection, keys, reply, toKnownSubmission);
		},
		markSubmissionInputApplied: (attempt, durability) =>
			check(
				INPUT_APPLIED,
				...fence(attempt),
				durability?.maxAttempts ?? DURABILITY_DEFAULT_MAX_ATTEMPTS,
				durability?.timeoutAt ?? Date.now() + DURABILITY_DEFAULT_TIMEOUT_MS,
			),
		replaceSubmissionAttempt: (attempt, nextAttemptId, lease) =>
			one(
				REPLACE_ATTEMPT,
				...fence(attempt),
				nextAttemptId,
				...(lease ? [lease.ownerId, lease.leaseExpiresAt] : []),
			),
		requeueSubmission: (attempt) => check(REQUEUE, ...fence(attempt)),
		async requestSessionAbort(sessionKey) {
			const ids = (await run(ABORT_SESSION, encodePart(sessionKey))) as string[];
			return ids.map(decodePart);
		},
		completeSubmission: (attempt) => check(SETTLE_RUNNING, ...fence(attempt)),
		failSubmission: (attempt, error) => check(SETTLE_RUNNING, ...fence(attempt), errorText(error)),
		settleQueuedSubmission: (id, _outcome, error) =>
			check(SETTLE_QUEUED, encodePart(id), errorText(error)),
		claimJoinableSubmissions: async (host, agentName): Promise<AgentSubmission[]> =>
			readListing(connection, keys, await run(CLAIM_JOINS, ...fence(host), agentName), 'running'),
		finalizeJoinedSubmission: (host, id) => check(CONFIRM_JOIN, ...fence(host), encodePart(id)),
		revertJoiningSubmission: (host, id) => check(REVERT_JOIN, ...fence(host), encodePart(id)),
		async renewLeases(ownerId, ids) {
			if (ids.length === 0) return;
			await run(RENEW, ownerId, Date.now() + LEASE_DURATION_MS, ...ids.map(encodePart));
		},
	};
}

function fence(attempt: SubmissionAttemptRef): [string, string] {
	return [encodePart(attempt.submissionId), attempt.attemptId];
}

/** `running` is indexed by lease; the contract lists by admission. */
function inOrder(rows: AgentSubmission[]): AgentSubmission[] {
	return rows.sort((left, right) => left.sequence - right.sequence);
}
