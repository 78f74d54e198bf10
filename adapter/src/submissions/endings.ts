// How a running submission ends without a reserved record.
import type { AgentSubmissionStore, SubmissionAttemptRef } from '@flue/runtime/adapter';
import { encodePart } from '../keys.ts';
import { SETTLE_RUNNING } from '../lua/settlement.ts';
import { errorText } from './row.ts';
import type { Place } from './shape.ts';

type Endings = Pick<AgentSubmissionStore, 'completeSubmission' | 'failSubmission'>;

/** Opens the two methods by which a running submission is settled at once. */
export function createEndings({ connection, keys, retention, ids }: Place): Endings {
	const { runnable, running, joins } = keys.index;
	const settle = async (attempt: SubmissionAttemptRef, ...error: string[]) => {
		const id = encodePart(attempt.submissionId);
		const { base } = keys;
		const settledKeys = [`${base}sub/${id}`, running, runnable, joins, `${base}joins/${id}`];
		const args = [base, Date.now(), retention, ...ids.words(attempt.attemptId), ...error];
		return (await connection.run(SETTLE_RUNNING, settledKeys, args)) === 1;
	};
	return {
		completeSubmission: (attempt) => settle(attempt),
		failSubmission: (attempt, error) => settle(attempt, errorText(error)),
	};
}
