// Sample journals and sessions of 1.0.0-beta.5 to beta.7.
import type { CreateTurnJournalInput, SessionData } from '@flue/runtime/adapter';
import { ACCEPTED } from '../beta/samples.ts';

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
