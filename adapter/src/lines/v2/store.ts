// The submission store of 2.x: each method is one script call or one command, and one more where a
// listed row carries attachments.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import {
	createAttempts,
	markInputApplied,
	replaceAttempt,
	requestAbort,
} from '../../submissions/attempts.ts';
import { createEndings } from '../../submissions/endings.ts';
import { createListings } from '../../submissions/listings.ts';
import { createReadiness } from '../../submissions/readiness.ts';
import { errorText } from '../../submissions/row.ts';
import type { Place } from '../../submissions/shape.ts';
import { createJoins } from './joins.ts';
import { REQUEUE, SETTLE_QUEUED } from './lua/queue.ts';
import { createSettlements } from './settlements.ts';

/** Opens the submission store of one namespace. */
export function createSubmissionStore(place: Place): AgentSubmissionStore {
	return {
		...createListings(place),
		...createReadiness(place),
		...createAttempts(place),
		...createJoins(place),
		...createSettlements(place),
		...createEndings(place),
		...createQueue(place),
		markSubmissionInputApplied: (attempt, durability) =>
			markInputApplied(place, attempt, {
				max: durability?.maxAttempts,
				timeoutAt: durability?.timeoutAt,
			}),
		replaceSubmissionAttempt: (attempt, attemptId, lease) =>
			replaceAttempt(place, attempt, { attemptId, lease }),
		requestSessionAbort: (sessionKey) => requestAbort(place, sessionKey),
	};
}

type Queue = Pick<AgentSubmissionStore, 'requeueSubmission' | 'settleQueuedSubmission'>;

function createQueue({ connection, keys, retention }: Place): Queue {
	const { unready, runnable, running } = keys.index;
	return {
		async requeueSubmission({ submissionId, attemptId }) {
			const rowKeys = [keys.of('sub', submissionId), running, runnable];
			return (await connection.run(REQUEUE, rowKeys, [keys.base, attemptId])) === 1;
		},
		async settleQueuedSubmission(id, _outcome, error) {
			const settledKeys = [keys.of('sub', id), unready, runnable];
			const args = [keys.base, Date.now(), retention, errorText(error)];
			return (await connection.run(SETTLE_QUEUED, settledKeys, args)) === 1;
		},
	};
}
