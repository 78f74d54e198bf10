// The life of an attempt, as far as every line has it; each step is one script call.
import {
	type AgentSubmission,
	type AgentSubmissionStore,
	DURABILITY_DEFAULT_MAX_ATTEMPTS,
	DURABILITY_DEFAULT_TIMEOUT_MS,
	LEASE_DURATION_MS,
	type SubmissionAttemptRef,
} from '@flue/runtime/adapter';
import { decodePart, encodePart } from '../keys.ts';
import { ABORT_SESSION, CLAIM, INPUT_APPLIED, RENEW, REPLACE_ATTEMPT } from '../lua/attempts.ts';
import { readOne } from './read.ts';
import { toKnownSubmission } from './row.ts';
import type { Place } from './shape.ts';

type Attempts = Pick<AgentSubmissionStore, 'claimSubmission' | 'renewLeases'>;

type Claim = Parameters<AgentSubmissionStore['claimSubmission']>[0];

/** Opens the methods that every line has alike. */
export function createAttempts(place: Place): Attempts {
	const { connection, keys } = place;
	return {
		claimSubmission: (claim) => claimOne(place, claim),
		async renewLeases(ownerId, ids) {
			if (ids.length === 0) return;
			const all = ids.map((id) => `${encodePart(id)}:`).join('');
			const renewed = [keys.base, ownerId, Date.now() + LEASE_DURATION_MS, all];
			await connection.run(RENEW, [keys.index.running], renewed);
		},
	};
}

/** Admission and readiness have checked the payload, and so has the listing that led here. */
async function claimOne(place: Place, claim: Claim): Promise<AgentSubmission | null> {
	const { submissionId, attemptId, ownerId, leaseExpiresAt } = claim;
	const { connection, keys, ids } = place;
	const { runnable, running } = keys.index;
	const now = Date.now();
	ids.claimed(ownerId);
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
	return readOne(place, reply, toKnownSubmission);
}

/** Installs the budget of a running attempt, the default one where none is given. */
export async function markInputApplied(
	{ connection, keys }: Place,
	{ submissionId, attemptId }: SubmissionAttemptRef,
	budget: { max: number | undefined; timeoutAt: number | undefined },
): Promise<boolean> {
	const now = Date.now();
	const max = budget.max ?? DURABILITY_DEFAULT_MAX_ATTEMPTS;
	const timeoutAt = budget.timeoutAt ?? now + DURABILITY_DEFAULT_TIMEOUT_MS;
	const args = [now, attemptId, max, timeoutAt];
	return (await connection.run(INPUT_APPLIED, [keys.of('sub', submissionId)], args)) === 1;
}

/** Hands a running row, and in the lines that have one its journal, to the next attempt. */
export async function replaceAttempt(
	place: Place,
	{ submissionId, attemptId }: SubmissionAttemptRef,
	next: { attemptId: string; lease: { ownerId: string; leaseExpiresAt: number } | undefined },
): Promise<AgentSubmission | null> {
	const { connection, keys } = place;
	const owned = next.lease ? [next.lease.ownerId, next.lease.leaseExpiresAt] : [];
	const rowKeys = [keys.of('sub', submissionId), keys.index.running];
	const args = [Date.now(), attemptId, next.attemptId, ...owned];
	return readOne(place, await connection.run(REPLACE_ATTEMPT, rowKeys, args));
}

/** Stamps the abort request on a session's rows; gives the ids of those that carry it. */
export async function requestAbort(
	{ connection, keys }: Place,
	sessionKey: string,
): Promise<string[]> {
	const session = keys.of('session', sessionKey);
	const ids = await connection.run(ABORT_SESSION, [session], [keys.base, Date.now()]);
	return (ids as string[]).map(decodePart);
}
