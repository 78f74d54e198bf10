// Fold checkpoints: one slot per stream, replaced whole by one command, so a torn one cannot exist.
// A length beside the data guards against a slot that something else has cut.
import {
	type ConversationStreamStore,
	ConversationStreamStoreError,
	parseOffset,
} from '@flue/runtime/adapter';
import type { Keys } from '../../keys.ts';
import type { Connection } from '../../script.ts';

type Checkpoints = Required<
	Pick<ConversationStreamStore, 'putFoldCheckpoint' | 'getFoldCheckpoint'>
>;

/** Opens the checkpoints of one namespace. */
export function createCheckpoints(connection: Connection, keys: Keys): Checkpoints {
	return {
		async putFoldCheckpoint(path, { offset, incarnation, formatVersion, data }) {
			const head = { offset, incarnation, formatVersion, length: data.length };
			const key = keys.of('fold', path);
			await connection.write('HSET', key, 'head', JSON.stringify(head), 'data', data);
		},
		async getFoldCheckpoint(path, options) {
			const [head, data] = (await connection.send(
				'HMGET',
				keys.of('fold', path),
				'head',
				'data',
			)) as [string | null, string | null];
			if (head === null || data === null) return null;
			const { length, ...checkpoint } = JSON.parse(head) as Head;
			if (length !== data.length) throw torn(path);
			const limit = options?.atOrBefore;
			if (limit !== undefined && parseOffset(checkpoint.offset) > parseOffset(limit)) return null;
			return { ...checkpoint, data };
		},
	};
}

interface Head {
	readonly offset: string;
	readonly incarnation: string;
	readonly formatVersion: number;
	readonly length: number;
}

function torn(path: string): Error {
	const reason = 'The checkpoint is not as long as it was when it was written.';
	return new ConversationStreamStoreError({ operation: 'get_fold_checkpoint', path, reason });
}
