// The settlement outbox of the lines with canonical conversations: what is reserved, and its end.
import type {
	AgentSubmissionStore,
	SubmissionAttemptRef,
	SubmissionSettledRecord,
	SubmissionSettlementObligation,
} from '@flue/runtime/adapter';
import { decodePart } from '../keys.ts';
import { LIST_SETTLING } from '../lua/listings.ts';
import { FINALIZE } from '../lua/settlement.ts';
import type { Place } from './shape.ts';
import type { RowState } from './state.ts';

type Pending = Pick<AgentSubmissionStore, 'listPendingSubmissionSettlements'>;

/** State and record of each reserved row, one after the other. */
export async function listSettling({ connection, keys }: Place): Promise<(string | null)[]> {
	const reply = await connection.run(LIST_SETTLING, [keys.index.settling], [keys.base]);
	return reply as (string | null)[];
}

/** Opens the listing of what is reserved and not final; `list` gives its rows. */
export function createPending(list: () => Promise<readonly (string | null)[]>): Pending {
	return {
		listPendingSubmissionSettlements: async () => readObligations(await list()),
	};
}

/** Ends a reserved row; `error` is the caller's own text for what was reserved as a failure. */
export async function finalize(
	{ connection, keys, retention, ids }: Place,
	{ submissionId: id, attemptId }: SubmissionAttemptRef,
	recordId: string,
	error: readonly string[],
): Promise<boolean> {
	const { runnable, settling, joins } = keys.index;
	const settled = await connection.run(
		FINALIZE,
		[keys.of('sub', id), settling, runnable, joins, keys.of('joins', id)],
		[keys.base, Date.now(), retention, ...ids.words(attemptId), recordId, ...error],
	);
	return settled === 1;
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
