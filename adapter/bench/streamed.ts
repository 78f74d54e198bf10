// A conversation as a model streams it, record by record.
import type { ConversationRecord } from '@flue/runtime/adapter';
import { randomFrom } from '../test/random.ts';
import { WORDS } from './words.ts';

/** What a model streams, as @flue/runtime 2.x records it: every id and moment of its own, the same each time. */
export function* streamed({
	turns,
	deltas,
	id = 'a',
}: {
	turns: number;
	deltas: number;
	id?: string;
}): Generator<ConversationRecord> {
	const random = randomFrom(deltas + id.length);
	let now = Date.parse('2026-06-25T00:00:00.000Z');
	const ulid = () =>
		digits(now, 10) + Array.from({ length: 16 }, () => digits(random() * 32, 1)).join('');
	const conversationId = `conv_${ulid()}`;
	let parentId: string | null = null;
	for (let turn = 0; turn < turns; turn += 1) {
		const [submissionId, attemptId] = [`sub_${ulid()}`, `attempt_${ulid()}`];
		const [operationId, turnId] = [`op_${ulid()}`, `turn_${ulid()}`];
		const [question, messageId, blockId] = [
			`entry_${ulid()}`,
			`entry_${ulid()}`,
			`block_${ulid()}`,
		];
		const envelope = <Type extends string>(type: Type) => ({
			...{ v: 1 as const, id: `record_${ulid()}`, type, conversationId },
			...{ harness: 'default', session: 'default', timestamp: new Date(now).toISOString() },
			...{ submissionId, attemptId, operationId, turnId },
		});
		const content = [{ type: 'text' as const, text: `Question number ${turn}?` }];
		yield { ...envelope('user_message'), messageId: question, parentId, content };
		const modelInfo = { api: 'openai-completions' as const, provider: 'openai', model: 'gpt-5' };
		yield { ...envelope('assistant_message_started'), messageId, parentId: question, modelInfo };
		yield { ...envelope('assistant_text_started'), messageId, blockId, blockIndex: 0 };
		for (let sequence = 0; sequence < deltas; sequence += 1) {
			now += 5 + Math.floor(random() * 40);
			const words = [0, 1, 2].map(() => WORDS[Math.floor(random() * WORDS.length)]);
			const delta = ` ${words.join(' ')}`;
			yield { ...envelope('assistant_text_delta'), messageId, blockId, sequence, delta };
		}
		yield { ...envelope('assistant_text_completed'), messageId, blockId, deltaCount: deltas };
		yield { ...envelope('submission_settled'), outcome: 'completed' };
		parentId = messageId;
		now += 60_000;
	}
}

/** The last digits of a number as a ULID has them. */
function digits(value: number, count: number): string {
	let text = '';
	for (let rest = Math.floor(value); text.length < count; rest = Math.floor(rest / 32)) {
		text = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(rest % 32) + text;
	}
	return text;
}
