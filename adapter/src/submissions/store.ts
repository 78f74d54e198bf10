// The contract's submission store: each method is one script call or one command, and one more where a
// listed row carries attachments.
import {
	type AgentSubmissionStore,
	createDispatchAgentSubmissionInput,
	type SubmissionAttemptRef,
} from '@flue/runtime/adapter';
import type { Keys } from '../keys.ts';
import { READY, SETTLE_QUEUED } from '../lua/admission.ts';
import { SETTLE_RUNNING } from '../lua/settlement.ts';
import type { Connection } from '../script.ts';
import { admit } from './admit.ts';
import { createAttempts } from './attempts.ts';
import { createJoins } from './joins.ts';
import { createListings } from './listings.ts';
import { readOne } from './read.ts';
import { createSettlements, errorText } from './settlements.ts';

/** Opens the submission store of one namespace. */
export function createSubmissionStore(connection: Connection, keys: Keys): AgentSubmissionStore {
	return {
		...createListings(connection, keys),
		...createAdmissions(connection, keys),
		...createAttempts(connection, keys),
		...createJoins(connection, keys),
		...createSettlements(connection, keys),
		...createEndings(connection, keys),
	};
}

type Admissions = Pick<
	AgentSubmissionStore,
	'admitDispatch' | 'admitDirect' | 'markSubmissionCanonicalReady'
>;

function createAdmissions(connection: Connection, keys: Keys): Admissions {
	const { base } = keys;
	const { unready, runnable } = keys.index;
	return {
		admitDispatch: (input) => admit(connection, keys, createDispatchAgentSubmissionInput(input)),
		async admitDirect(input) {
			const admission = await admit(connection, keys, input);
			if (admission.kind === 'submission') return admission.submission;
			throw new Error(
				`[flue] Direct admission returned an unexpected result: submission "${input.submissionId}" was admitted before with another input.`,
			);
		},
		async markSubmissionCanonicalReady(id) {
			const readyKeys = [keys.of('sub', id), unready, runnable];
			const reply = await connection.run(READY, readyKeys, [base, Date.now()]);
			return readOne(connection, keys, reply);
		},
	};
}

type Endings = Pick<
	AgentSubmissionStore,
	'completeSubmission' | 'failSubmission' | 'settleQueuedSubmission'
>;

function createEndings(connection: Connection, keys: Keys): Endings {
	const { base } = keys;
	const { unready, runnable, running, joins } = keys.index;
	const settle = async (attempt: SubmissionAttemptRef, ...error: string[]) => {
		const { submissionId: id, attemptId } = attempt;
		const settledKeys = [keys.of('sub', id), running, runnable, joins, keys.of('joins', id)];
		const args = [base, Date.now(), attemptId, ...error];
		return (await connection.run(SETTLE_RUNNING, settledKeys, args)) === 1;
	};
	return {
		completeSubmission: (attempt) => settle(attempt),
		failSubmission: (attempt, error) => settle(attempt, errorText(error)),
		async settleQueuedSubmission(id, _outcome, error) {
			const settledKeys = [keys.of('sub', id), unready, runnable];
			const args = [base, Date.now(), errorText(error)];
			return (await connection.run(SETTLE_QUEUED, settledKeys, args)) === 1;
		},
	};
}
