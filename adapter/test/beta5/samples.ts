// Sample submissions, journals and sessions of 1.0.0-beta.5 to beta.7.
import type {
	CreateTurnJournalInput,
	DirectAgentSubmissionInput,
	DispatchInput,
	SessionData,
	SubmissionAttemptRef,
	SubmissionClaimRef,
} from '@flue/runtime/adapter';

const ACCEPTED = '2026-06-03T00:00:00.000Z';

export const direct = (id: string, instance = `i-${id}`): DirectAgentSubmissionInput => ({
	kind: 'direct',
	submissionId: id,
	agent: 'assistant',
	id: instance,
	payload: { message: 'Please look at the last three orders and tell me what is late.' },
	acceptedAt: ACCEPTED,
});

export const dispatch = (id: string, instance = `i-${id}`): DispatchInput => ({
	dispatchId: id,
	agent: 'assistant',
	id: instance,
	input: { text: 'Look at the orders.' },
	acceptedAt: ACCEPTED,
});

export const attempt = (submissionId: string, attemptId: string): SubmissionAttemptRef => ({
	submissionId,
	attemptId,
});

export const claimOf = (submissionId: string, attemptId: string): SubmissionClaimRef => ({
	submissionId,
	attemptId,
	ownerId: 'o',
	leaseExpiresAt: Date.now() + 30_000,
});

export const journal = (submissionId: string, attemptId: string): CreateTurnJournalInput => ({
	submissionId,
	attemptId,
	sessionKey: `agent-session:["i-${submissionId}","default","default"]`,
	kind: 'direct',
	operationId: 'op',
	turnId: 'turn',
	phase: 'before_provider',
});

/** A session of some entries of about a kilobyte each. */
export function session(length: number): SessionData {
	const text = 'A sentence of the length that people write in chats. '.repeat(17);
	return {
		version: 8,
		conversationId: 'conv_1',
		affinityKey: 'aff_1',
		entries: Array.from({ length }, (_unused, index) => ({
			type: 'message' as const,
			id: `entry-${index}`,
			parentId: index === 0 ? null : `entry-${index - 1}`,
			timestamp: ACCEPTED,
			message: { role: 'user' as const, content: `${index} ${text}`, timestamp: index },
		})),
		leafId: `entry-${length - 1}`,
		childSessions: [],
		metadata: {},
		createdAt: ACCEPTED,
		updatedAt: ACCEPTED,
	} as SessionData;
}
