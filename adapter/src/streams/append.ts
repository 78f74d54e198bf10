// Appending: what can be judged from the batch alone is judged here, everything else by the script.
import { createHash } from 'node:crypto';
import {
	type ConversationRecord,
	type ConversationStreamStore,
	ConversationStreamStoreError,
} from '@flue/runtime/adapter';
import { encodePart, type Keys } from '../keys.ts';
import { APPEND } from '../lua/streams.ts';
import type { Connection } from '../script.ts';

type Batch = Parameters<ConversationStreamStore['append']>[0];

/** Each stored entry begins with this many characters that tell whose batch it is. */
export const MARK_LENGTH = 16;

const NO_OWNER = '-'.repeat(MARK_LENGTH);

/**
 * Most characters of one serialized batch, as in the runtime's own stores
 * (@flue/runtime 2.0.3, dist/adapter.mjs): beyond it lies a runaway tool result, not a conversation.
 */
const MAX_BATCH_LENGTH = 12 * 1024 * 1024;

const REFUSALS: Readonly<Record<string, string>> = {
	'-1': 'Stream does not exist.',
	'-2': 'Producer ownership is stale.',
	'-3': 'Producer sequence has conflicting content.',
	'-4': 'Producer sequence is not the next expected value.',
	'-5': 'Record ownership does not match the authorized submission attempt.',
	'-6': 'Submission attempt no longer owns work for this agent instance.',
};

/**
 * Appends one batch and returns its position, the first one being 0.
 *
 * @throws ConversationStreamStoreError when the producer, the sequence or the submission's attempt
 * is not the current one; nothing was written then.
 */
export async function append(connection: Connection, keys: Keys, batch: Batch): Promise<number> {
	const { path, records, submission } = batch;
	const data = JSON.stringify(records);
	const refusal = judge(batch, data.length);
	if (refusal) throw failure(path, refusal);
	const rows = submission
		? [submission.submissionId, ...deliveries(batch)].map((id) => keys.of('sub', id))
		: [];
	const reply = await connection.run(
		APPEND,
		[...keys.stream(path), ...rows],
		[
			`${batch.producerEpoch} ${batch.incarnation} ${batch.producerId}`,
			batch.producerSequence,
			mark(submission) + data,
			...(submission
				? [submission.attemptId, encodePart(submission.submissionId), ...settlement(batch)]
				: []),
		],
	);
	const reason = REFUSALS[String(reply)];
	if (reason) throw failure(path, reason);
	return Number(reply);
}

/** Sixteen characters of a digest: enough to see that a repetition comes from another attempt. */
function mark(submission: Batch['submission']): string {
	if (!submission) return NO_OWNER;
	const owner = JSON.stringify([submission.submissionId, submission.attemptId]);
	return createHash('sha1').update(owner).digest('hex').slice(0, MARK_LENGTH);
}

function owned(records: readonly ConversationRecord[]): ConversationRecord[] {
	return records.filter(
		(record) => record.submissionId !== undefined || record.attemptId !== undefined,
	);
}

function judge({ records, submission, producerSequence }: Batch, length: number): string | null {
	if (records.length === 0) return 'A canonical batch cannot be empty.';
	if (length > MAX_BATCH_LENGTH) return oversized(records, length);
	if (!Number.isSafeInteger(producerSequence) || producerSequence < 0) {
		return REFUSALS['-4'] as string;
	}
	const mine = owned(records);
	if (!submission) {
		return mine.length > 0 ? 'Submission-owned records require an attempt authorization.' : null;
	}
	const isForeign = mine.some(
		(record) => record.attemptId !== submission.attemptId || record.submissionId === undefined,
	);
	return isForeign ? (REFUSALS['-5'] as string) : null;
}

/** The submissions, other than its own, that a batch speaks for. */
function deliveries({ records, submission }: Batch): string[] {
	const others = new Set<string>();
	for (const { submissionId } of records) {
		if (submissionId !== undefined && submissionId !== submission?.submissionId) {
			others.add(submissionId);
		}
	}
	return [...others];
}

/** Text of the record when the batch is one settlement, which a terminalizing row may append. */
function settlement({ records }: Batch): string[] {
	const [record] = records;
	if (records.length !== 1 || record?.type !== 'submission_settled') return [];
	return [JSON.stringify(record)];
}

function oversized(records: readonly ConversationRecord[], length: number): string {
	const sizes = records.map((record) => ({ record, size: JSON.stringify(record).length }));
	const largest = sizes.reduce((left, right) => (right.size > left.size ? right : left));
	const inMegabytes = (size: number) => `${(size / 1024 / 1024).toFixed(1)} MB`;
	return `The batch is ${inMegabytes(length)} long; ${inMegabytes(MAX_BATCH_LENGTH)} is the most. Its largest record is "${largest.record.type}" ("${largest.record.id}") with ${inMegabytes(largest.size)}.`;
}

function failure(path: string, reason: string): Error {
	return new ConversationStreamStoreError({ operation: 'append', path, reason });
}
