// Deliveries that join a running host, each change fenced by the host's attempt.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import { encodePart } from '../../keys.ts';
import { listIndex } from '../../submissions/listings.ts';
import { readListing } from '../../submissions/read.ts';
import type { Place } from '../../submissions/shape.ts';
import { CLAIM_JOINS, CONFIRM_JOIN, REVERT_JOIN } from './lua/joins.ts';

type Joins = Pick<
	AgentSubmissionStore,
	| 'listJoinedSubmissions'
	| 'claimJoinableSubmissions'
	| 'finalizeJoinedSubmission'
	| 'revertJoiningSubmission'
>;

/** Opens the methods by which deliveries join a host, are found with it, or leave it. */
export function createJoins(place: Place): Joins {
	const { connection, keys } = place;
	const { joins } = keys.index;
	const sub = (id: string) => keys.of('sub', id);
	return {
		listJoinedSubmissions: (host) => listIndex(place, keys.of('joins', host), 'running'),
		async claimJoinableSubmissions({ submissionId: host, attemptId }, agentName) {
			const joinKeys = [sub(host), joins, keys.of('joins', host)];
			const args = [keys.base, attemptId, agentName];
			return readListing(place, await connection.run(CLAIM_JOINS, joinKeys, args), 'running');
		},
		async finalizeJoinedSubmission({ submissionId: host, attemptId }, id) {
			const args = [Date.now(), encodePart(host), attemptId];
			return (await connection.run(CONFIRM_JOIN, [sub(id), sub(host)], args)) === 1;
		},
		async revertJoiningSubmission({ submissionId: host, attemptId }, id) {
			const joinKeys = [sub(id), sub(host), joins, keys.of('joins', host)];
			const args = [keys.base, encodePart(host), attemptId];
			return (await connection.run(REVERT_JOIN, joinKeys, args)) === 1;
		},
	};
}
