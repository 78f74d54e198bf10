// Appending: what can be judged from the batch alone is judged here, everything else by the script.
import { createHash } from 'node:crypto';
import {
	type ConversationRecord,
	type ConversationStreamStore,
	ConversationStreamStoreError,
} from '@flue/runtime/adapter';
import { encodePart } from '../keys.ts';
import { APPEND } from '../lua/streams.ts';
import { type Base, encode } from './encode.ts';
import { MARK_LENGTH, readBatch, type Source } from './page.ts';
import type { Recent } from './recent.ts';

type Batch = Parameters<ConversationStreamStore['append']>[0];

/** What appending needs beside a place to read. */
export interface Sink extends Source {
	/** The batch that the next one of a stream goes on from, and the incarnation that it is of. */
	readonly written: Recent<Base & { readonly incarnation: string }>;
}

const NO_OWNER = '-'.repeat(MARK_LENGTH);

/**
 * Most characters of one serialized batch, as in the runtime's own stores
 * (@flue/runtime 2.0.3, dist/adapter.mjs): beyond it lies a runaway tool result, not a conversation.
 */
const MAX_BATCH_LENGTH = 12 * 1024 * 1024;

/** A batch that is stored in less than this is not measured: its JSON is far below the limit. */
const MAX_UNMEASURED = 1024 * 1024;

const REFUSALS: Readonly<Record<string, string>> = {
	'-1': 'Stream does not exist.',
	'-2': 'Producer ownership is stale.',
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
export async function append(sink: Sink, batch: Batch): Promise<number> {
	const { connection, keys, written } = sink;
	const { path, records, submission, incarnation } = batch;
	const last = written.of(path);
	const base = last?.incarnation === incarnation ? last : undefined;
	const { entry, context } = encode(records, mark(submission), base);
	const refusal = judge(batch, entry.length);
	if (refusal) throw failure(path, refusal);
	const fence = `${batch.producerEpoch} ${incarnation} ${batch.producerId}`;
	const words = [fence, batch.producerSequence, entry];
	const streamKeys = keys.stream(path);
	const reply = await (submission
		? connection.run(
				APPEND,
				[
					...streamKeys,
					...ownersOf(batch, submission.submissionId).map((id) => keys.of('sub', id)),
				],
				[...words, submission.attemptId, encodePart(submission.submissionId), ...settlement(batch)],
			)
		: connection.run(APPEND, streamKeys, words));
	if (Array.isArray(reply)) return repeated(sink, batch, reply as [number, string]);
	const reason = REFUSALS[String(reply)];
	if (reason) throw failure(path, reason);
	const offset = Number(reply);
	if (context && offset > (base?.offset ?? -1))
		written.keep(path, { offset, context, incarnation });
	return offset;
}

/** The offset of a batch that was appended before, in other words: by another process, or before others were. */
async function repeated(
	sink: Sink,
	{ path, records, submission }: Batch,
	[offset, entry]: [number, string],
): Promise<number> {
	const stored = await readBatch(sink, path, { offset, entry });
	const isSame =
		stored.mark === mark(submission) && JSON.stringify(stored.records) === JSON.stringify(records);
	if (!isSame) throw failure(path, 'Producer sequence has conflicting content.');
	return offset;
}

/** Sixteen characters of a digest: enough to see that a repetition comes from another attempt. */
function mark(submission: Batch['submission']): string {
	if (!submission) return NO_OWNER;
	const owner = JSON.stringify([submission.submissionId, submission.attemptId]);
	if (owner !== lastOwner) {
		lastMark = createHash('sha1').update(owner).digest('hex').slice(0, MARK_LENGTH);
		lastOwner = owner;
	}
	return lastMark;
}

/** A reply is appended in hundreds of batches of one attempt. */
let [lastOwner, lastMark] = ['', ''];

function judge({ records, submission, producerSequence }: Batch, length: number): string | null {
	if (records.length === 0) return 'A canonical batch cannot be empty.';
	const size =
		length > MAX_UNMEASURED || records.length > 1000 ? JSON.stringify(records).length : 0;
	if (size > MAX_BATCH_LENGTH) return oversized(records, size);
	if (!Number.isSafeInteger(producerSequence) || producerSequence < 0) {
		return REFUSALS['-4'] as string;
	}
	for (const { submissionId, attemptId } of records) {
		if (submissionId === undefined && attemptId === undefined) continue;
		if (!submission) return 'Submission-owned records require an attempt authorization.';
		if (attemptId !== submission.attemptId || submissionId === undefined) {
			return REFUSALS['-5'] as string;
		}
	}
	return null;
}

/** The submission of a batch, and the others that it speaks for. */
function ownersOf({ records }: Batch, own: string): string[] {
	const owners = new Set([own]);
	for (const { submissionId } of records) {
		if (submissionId !== undefined) owners.add(submissionId);
	}
	return [...owners];
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
