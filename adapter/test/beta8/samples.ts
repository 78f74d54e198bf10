// Sample conversations and settlements of 1.0.0-beta.8 and beta.9.
import {
	type AttachmentRef,
	type ConversationProducerClaim,
	type ConversationRecord,
	createAttachmentRef,
	type SubmissionSettledRecord,
} from '@flue/runtime/adapter';
import { ACCEPTED } from '../beta/samples.ts';

export const PATH = 'agents/assistant/i-s';
export const IDENTITY = { agentName: 'assistant', instanceId: 'i-s' };

export const record = (index: number): ConversationRecord => ({
	v: 1,
	id: `record_${index}`,
	type: 'user_message',
	conversationId: 'conversation_01JZ',
	harness: 'default',
	session: 'default',
	timestamp: ACCEPTED,
	messageId: `entry_${index}`,
	parentId: index === 0 ? null : `entry_${index - 1}`,
	content: [{ type: 'text', text: 'A sentence of the length that people write in chats.' }],
});

/** A batch by whoever holds the producer, as its next one. */
export const batch = (
	{ producerId, producerEpoch, incarnation }: ConversationProducerClaim,
	producerSequence: number,
) => ({
	...{ path: PATH, producerId, producerEpoch, incarnation, producerSequence },
	records: [record(producerSequence)],
});

export const settled = (submissionId: string, attemptId: string): SubmissionSettledRecord => ({
	...{ v: 1, id: `${submissionId}:settled`, type: 'submission_settled' },
	...{ conversationId: 'conversation_01JZ', harness: 'default', session: 'default' },
	...{ timestamp: ACCEPTED, submissionId, attemptId, outcome: 'completed' },
});

/** An attachment of a conversation, whole. */
export async function file(id: string) {
	const bytes = new TextEncoder().encode('some bytes');
	const attachment: AttachmentRef = await createAttachmentRef({
		id,
		mimeType: 'text/plain',
		bytes,
	});
	return { streamPath: PATH, conversationId: 'c', attachment, bytes };
}
