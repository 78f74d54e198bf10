// The settlement outbox of 1.0.0-beta.8 and beta.9, which is for direct messages alone.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import { decodePart } from '../../keys.ts';
import { createPending, finalize } from '../../submissions/settlements.ts';
import type { Place } from '../../submissions/shape.ts';
import { RESERVE_DIRECT } from '../beta/lua/attempts.ts';

type Settlements = Pick<
	AgentSubmissionStore,
	| 'listPendingSubmissionSettlements'
	| 'reserveSubmissionSettlement'
	| 'finalizeSubmissionSettlement'
>;

/** Opens the three methods that settle by reservation. */
export function createSettlements(place: Place): Settlements {
	const { connection, keys } = place;
	const { running, settling } = keys.index;
	return {
		...createPending(place),
		async reserveSubmissionSettlement({ submissionId, attemptId }, { recordId, record }) {
			if (record.id !== recordId) return null;
			const rowKeys = [keys.of('sub', submissionId), running, settling];
			const args = [attemptId, recordId, JSON.stringify(record)];
			const reply = await connection.run(RESERVE_DIRECT, rowKeys, args);
			if (!Array.isArray(reply)) return null;
			const sessionKey = decodePart(String(reply[0]));
			return { submissionId, sessionKey, attemptId, recordId, record };
		},
		finalizeSubmissionSettlement: (attempt, recordId) => finalize(place, attempt, recordId, []),
	};
}
