// The settlement outbox: reserve the exact record, list what is reserved, finalize it.
import type {
	AgentSubmissionStore,
	SubmissionSettledRecord,
	SubmissionSettlementObligation,
} from '@flue/runtime/adapter';
import { decodePart, type Keys } from '../keys.ts';
import { LIST_SETTLING } from '../lua/listings.ts';
import { FINALIZE, RESERVE } from '../lua/settlement.ts';
import type { Connection } from '../script.ts';
import type { RowState } from './row.ts';

type Settlements = Pick<
	AgentSubmissionStore,
	| 'listPendingSubmissionSettlements'
	| 'reserveSubmissionSettlement'
	| 'finalizeSubmissionSettlement'
>;

/** The text that is kept of an error. */
export function errorText(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** Opens the three methods that settle by reservation. */
export function createSettlements(connection: Connection, keys: Keys): Settlements {
	const { base } = keys;
	const { runnable, running, settling, joins } = keys.index;
	return {
		async listPendingSubmissionSettlements() {
			const reply = await connection.run(LIST_SETTLING, [settling], [base]);
			return readObligations(reply as (string | null)[]);
		},
		async reserveSubmissionSettlement({ submissionId, attemptId }, { recordId, record }) {
			if (record.id !== recordId) return null;
			const lane = await connection.run(
				RESERVE,
				[keys.of('sub', submissionId), running, settling, joins],
				[base, Date.now(), attemptId, recordId, JSON.stringify(record), ...outcomeError(record)],
			);
			if (typeof lane !== 'string') return null;
			return { submissionId, sessionKey: decodePart(lane), attemptId, recordId, record };
		},
		async finalizeSubmissionSettlement({ submissionId: id, attemptId }, recordId, options) {
			const error = options?.errorMessage === undefined ? [] : [options.errorMessage];
			const settled = await connection.run(
				FINALIZE,
				[keys.of('sub', id), settling, runnable, joins, keys.of('joins', id)],
				[base, Date.now(), attemptId, recordId, ...error],
			);
			return settled === 1;
		},
	};
}

/** The error a row shows when its record is finalized; none for a completed one. */
function outcomeError(record: SubmissionSettledRecord): string[] {
	if (record.outcome === 'completed') return [];
	const error = record.error as { message?: unknown } | undefined;
	return [typeof error?.message === 'string' ? error.message : 'The submission did not complete.'];
}

function readObligations(texts: readonly (string | null)[]): SubmissionSettlementObligation[] {
	const found: SubmissionSettlementObligation[] = [];
	for (let index = 0; index < texts.length; index += 2) {
		const state = JSON.parse(String(texts[index])) as RowState;
		const { attempt, record } = state;
		if (attempt === undefined || record === undefined) {
			throw new Error('[flue] Persisted settlement obligation is malformed.');
		}
		found.push({
			submissionId: decodePart(state.key),
			sessionKey: decodePart(state.lane),
			attemptId: attempt,
			recordId: record,
			record: JSON.parse(String(texts[index + 1])) as SubmissionSettledRecord,
		});
	}
	return found;
}
