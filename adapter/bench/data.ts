// Sample submissions and conversation records, sized like real ones.
import type { AgentSubmissionInput, ConversationRecord } from '@flue/runtime/adapter';

const AGENT = 'assistant';

export function message(id: string, instance: string): AgentSubmissionInput {
	return {
		kind: 'direct',
		submissionId: id,
		agent: AGENT,
		id: instance,
		message: {
			kind: 'user',
			body: 'Please look at the last three orders and tell me what is late.',
		},
		acceptedAt: '2026-06-03T00:00:00.000Z',
	};
}

export function record(index: number): ConversationRecord {
	return {
		v: 1,
		id: `record_${index}`,
		type: 'user_message',
		conversationId: 'conversation_01JZ',
		harness: 'default',
		session: 'default',
		timestamp: '2026-06-25T00:00:00.000Z',
		messageId: `entry_${index}`,
		parentId: index === 0 ? null : `entry_${index - 1}`,
		content: [{ type: 'text', text: 'A sentence of the length that people write in chats.' }],
	};
}
