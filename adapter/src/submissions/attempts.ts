// The life of an attempt, as the contract names its steps; each is one script call.
import {
	type AgentSubmissionStore,
	DURABILITY_DEFAULT_MAX_ATTEMPTS,
	DURABILITY_DEFAULT_TIMEOUT_MS,
	LEASE_DURATION_MS,
} from '@flue/runtime/adapter';
import { decodePart, encodePart, type Keys } from '../keys.ts';
import {
	ABORT_SESSION,
	CLAIM,
	INPUT_APPLIED,
	RENEW,
	REPLACE_ATTEMPT,
	REQUEUE,
} from '../lua/attempts.ts';
import type { Connection } from '../script.ts';
import { readOne } from './read.ts';
import { toKnownSubmission } from './row.ts';

type Attempts = Pick<
	AgentSubmissionStore,
	| 'claimSubmission'
	| 'markSubmissionInputApplied'
	| 'replaceSubmissionAttempt'
	| 'requeueSubmission'
	| 'requestSessionAbort'
	| 'renewLeases'
>;

/** Opens the six methods that move a submission from attempt to attempt. */
export function createAttempts(connection: Connection, keys: Keys): Attempts {
	const { base } = keys;
	const { runnable, running } = keys.index;
	const sub = (id: string) => keys.of('sub', id);
	return {
		claimSubmission: (claim) => claimOne(connection, keys, claim),
		async markSubmissionInputApplied({ submissionId, attemptId }, durability) {
			const max = durability?.maxAttempts ?? DURABILITY_DEFAULT_MAX_ATTEMPTS;
			const timeout = durability?.timeoutAt ?? Date.now() + DURABILITY_DEFAULT_TIMEOUT_MS;
			const args = [Date.now(), attemptId, max, timeout];
			return (await connection.run(INPUT_APPLIED, [sub(submissionId)], args)) === 1;
		},
		async replaceSubmissionAttempt({ submissionId, attemptId }, nextAttemptId, lease) {
			const owned = lease ? [lease.ownerId, lease.leaseExpiresAt] : [];
			const args = [Date.now(), attemptId, nextAttemptId, ...owned];
			const reply = await connection.run(REPLACE_ATTEMPT, [sub(submissionId), running], args);
			return readOne(connection, keys, reply);
		},
		async requeueSubmission({ submissionId, attemptId }) {
			const rowKeys = [sub(submissionId), running, runnable];
			return (await connection.run(REQUEUE, rowKeys, [base, attemptId])) === 1;
		},
		async requestSessionAbort(sessionKey) {
			const session = keys.of('session', sessionKey);
			const ids = await connection.run(ABORT_SESSION, [session], [base, Date.now()]);
			return (ids as string[]).map(decodePart);
		},
		async renewLeases(ownerId, ids) {
			if (ids.length === 0) return;
			const renewed = [ownerId, Date.now() + LEASE_DURATION_MS];
			await connection.run(RENEW, [running, ...ids.map(sub)], renewed);
		},
	};
}

type Claim = Parameters<AgentSubmissionStore['claimSubmission']>[0];

/** Admission and readiness have checked the payload, and so has the listing that led here. */
async function claimOne(connection: Connection, keys: Keys, claim: Claim) {
	const { submissionId, attemptId, ownerId, leaseExpiresAt } = claim;
	const { runnable, running } = keys.index;
	const now = Date.now();
	const reply = await connection.run(
		CLAIM,
		[keys.of('sub', submissionId), runnable, running],
		[
			now,
			encodePart(submissionId),
			attemptId,
			ownerId,
			leaseExpiresAt,
			DURABILITY_DEFAULT_MAX_ATTEMPTS,
			now + DURABILITY_DEFAULT_TIMEOUT_MS,
		],
	);
	return readOne(connection, keys, reply, toKnownSubmission);
}
