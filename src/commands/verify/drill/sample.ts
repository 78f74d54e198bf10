// What a drill writes: a conversation, an attachment and an accepted submission, the same in every process that is told
// the same nonce and round. Pure.
import { createHash } from 'node:crypto';
import type { AttachmentRef, SubmissionInput } from './contract.ts';

/** Stands in every name that a drill gives, and so in every key that bears one. */
export const AGENT = 'flue-drill';
const BATCHES = 4;
const IN_A_BATCH = 3;
/** More than one chunk of any store that splits at 64 KiB. */
const ATTACHMENT_SIZE = 70_000;
const TIME = '2026-01-01T00:00:00.000Z';

export interface Sample {
	/** As the runtime names the stream of an agent instance (2.0.3, agentStreamPath). */
	path: string;
	identity: { agentName: string; instanceId: string };
	conversationId: string;
	/** Each is appended in one go, in this order. */
	batches: Record<string, unknown>[][];
	submission: SubmissionInput;
	attachment: AttachmentRef;
	bytes: Uint8Array;
}

/** Text that a store may spoil: other alphabets, quotes, line ends, something that looks like a key or a number. */
const BODIES = [
	'Grüße aus Zürich',
	'東京は雨 ☔',
	'"quoted" \\ and\nbroken',
	'flue:meta * 1e3 null',
];

function record(instance: string, index: number): Record<string, unknown> {
	const envelope = {
		v: 1,
		id: `${instance}-record-${index}`,
		conversationId: `${instance}-conversation`,
		harness: 'default',
		session: 'default',
		timestamp: TIME,
	};
	if (index === 0)
		return {
			...envelope,
			type: 'conversation_created',
			kind: 'root',
			affinityKey: instance,
			createdAt: TIME,
		};
	return {
		...envelope,
		type: 'user_message',
		messageId: `${instance}-entry-${index}`,
		parentId: index === 1 ? null : `${instance}-entry-${index - 1}`,
		content: [{ type: 'text', text: `${BODIES[index % BODIES.length]} (${index})` }],
	};
}

/** Bytes of every value, other ones in each instance. */
function bytesOf(instance: string): Uint8Array {
	const seed = createHash('sha256').update(instance).digest();
	const bytes = new Uint8Array(ATTACHMENT_SIZE);
	for (let index = 0; index < bytes.length; index++)
		bytes[index] = ((seed[index % seed.length] ?? 0) + index * 31 + (index >> 9)) & 255;
	return bytes;
}

/** The sample of one round of a drill. */
export function sampleOf(nonce: string, round: number): Sample {
	const instance = `${AGENT}-${nonce}-${round}`;
	const records = Array.from({ length: BATCHES * IN_A_BATCH }, (_, index) =>
		record(instance, index),
	);
	const bytes = bytesOf(instance);
	return {
		path: `agents/${AGENT}/${instance}`,
		identity: { agentName: AGENT, instanceId: instance },
		conversationId: `${instance}-conversation`,
		batches: Array.from({ length: BATCHES }, (_, index) =>
			records.slice(index * IN_A_BATCH, (index + 1) * IN_A_BATCH),
		),
		submission: {
			kind: 'direct',
			submissionId: `${instance}-submission`,
			agent: AGENT,
			id: instance,
			message: { kind: 'user', body: 'Is this still here after a restart?' },
			acceptedAt: TIME,
		},
		attachment: {
			id: `${instance}-attachment`,
			mimeType: 'application/octet-stream',
			size: bytes.length,
			digest: createHash('sha256').update(bytes).digest('hex'),
		},
		bytes,
	};
}
