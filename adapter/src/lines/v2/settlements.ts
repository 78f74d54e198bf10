// Reserving the exact settlement record of 2.x, and finalizing it with the caller's own error.
import type { AgentSubmissionStore, SubmissionSettledRecord } from '@flue/runtime/adapter';
import { decodePart } from '../../keys.ts';
import { createPending, finalize } from '../../submissions/settlements.ts';
import type { Place } from '../../submissions/shape.ts';
import { RESERVE } from './lua/settlement.ts';

type Settlements = Pick<
	AgentSubmissionStore,
	| 'listPendingSubmissionSettlements'
	| 'reserveSubmissionSettlement'
	| 'finalizeSubmissionSettlement'
>;

/** Opens the three methods that settle by reservation. */
export function createSettlements(place: Place): Settlements {
	const { connection, keys } = place;
	const { running, settling, joins } = keys.index;
	return {
		...createPending(place),
		async reserveSubmissionSettlement({ submissionId, attemptId }, { recordId, record }) {
			if (record.id !== recordId) return null;
			const lane = await connection.run(
				RESERVE,
				[keys.of('sub', submissionId), running, settling, joins],
				[keys.base, Date.now(), attemptId, recordId, JSON.stringify(record), ...outcome(record)],
			);
			if (typeof lane !== 'string') return null;
			return { submissionId, sessionKey: decodePart(lane), attemptId, recordId, record };
		},
		finalizeSubmissionSettlement: (attempt, recordId, options) =>
			finalize(
				place,
				attempt,
				recordId,
				options?.errorMessage === undefined ? [] : [options.errorMessage],
			),
	};
}

/** The error a row shows when its record is finalized; none for a completed one. */
function outcome(record: SubmissionSettledRecord): string[] {
	if (record.outcome === 'completed') return [];
	const error = record.error as { message?: unknown } | undefined;
	return [typeof error?.message === 'string' ? error.message : 'The submission did not complete.'];
}
