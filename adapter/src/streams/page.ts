// Reading: one LRANGE answers everything. It asks for one batch before the page, which proves that the
// offset exists, and one after it, which tells whether there is more.
import {
	type ConversationRecord,
	type ConversationStreamReadResult,
	ConversationStreamStoreError,
	clampLimit,
	DEFAULT_READ_LIMIT,
	formatOffset,
	MAX_READ_LIMIT,
} from '@flue/runtime/adapter';
import type { Keys } from '../keys.ts';
import type { Connection } from '../script.ts';
import { MARK_LENGTH } from './append.ts';

/**
 * Reads the batches after one position.
 *
 * @throws ConversationStreamStoreError when the position lies beyond the stream's head.
 */
export async function readPage(
	connection: Connection,
	keys: Keys,
	path: string,
	{ after, limit }: { after: number; limit: number | undefined },
): Promise<ConversationStreamReadResult> {
	const count = Math.ceil(clampLimit(limit, DEFAULT_READ_LIMIT, MAX_READ_LIMIT));
	const first = Math.max(0, after);
	if (!Number.isSafeInteger(after)) throw beyond(path);
	const [streamKey, batchesKey] = keys.stream(path);
	const entries = (await connection.send(
		'LRANGE',
		batchesKey,
		first,
		after + count + 1,
	)) as string[];
	if (after >= 0 && entries.length === 0) {
		// A stream that does not exist has nothing to read; one that does ends before this offset.
		if (Number(await connection.send('EXISTS', streamKey)) === 1) throw beyond(path);
		return { batches: [], nextOffset: '-1', upToDate: true };
	}
	const page = entries.slice(after - first + 1, after - first + 1 + count);
	const last = after + page.length;
	return {
		batches: page.map((entry, index) => ({
			offset: formatOffset(after + 1 + index),
			records: JSON.parse(entry.slice(MARK_LENGTH)) as ConversationRecord[],
		})),
		nextOffset: formatOffset(last),
		upToDate: last + 1 >= first + entries.length,
	};
}

function beyond(path: string): Error {
	const reason = 'Read offset is beyond the canonical stream head.';
	return new ConversationStreamStoreError({ operation: 'read', path, reason });
}
