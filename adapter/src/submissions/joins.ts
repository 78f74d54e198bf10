// Deliveries that join a running host, each change fenced by the host's attempt.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import { encodePart, type Keys } from '../keys.ts';
import { CLAIM_JOINS, CONFIRM_JOIN, REVERT_JOIN } from '../lua/joins.ts';
import type { Connection } from '../script.ts';
import { readListing } from './read.ts';

type Joins = Pick<
	AgentSubmissionStore,
	'claimJoinableSubmissions' | 'finalizeJoinedSubmission' | 'revertJoiningSubmission'
>;

/** Opens the three methods by which deliveries join a host or leave it. */
export function createJoins(connection: Connection, keys: Keys): Joins {
	const { base } = keys;
	const { joins } = keys.index;
	const sub = (id: string) => keys.of('sub', id);
	return {
		async claimJoinableSubmissions({ submissionId: host, attemptId }, agentName) {
			const joinKeys = [sub(host), joins, keys.of('joins', host)];
			const reply = await connection.run(CLAIM_JOINS, joinKeys, [base, attemptId, agentName]);
			return readListing(connection, keys, reply, 'running');
		},
		async finalizeJoinedSubmission({ submissionId: host, attemptId }, id) {
			const args = [Date.now(), encodePart(host), attemptId];
			return (await connection.run(CONFIRM_JOIN, [sub(id), sub(host)], args)) === 1;
		},
		async revertJoiningSubmission({ submissionId: host, attemptId }, id) {
			const joinKeys = [sub(id), sub(host), joins, keys.of('joins', host)];
			const args = [base, encodePart(host), attemptId];
			return (await connection.run(REVERT_JOIN, joinKeys, args)) === 1;
		},
	};
}
