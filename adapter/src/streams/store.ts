// The contract's conversation streams. Readers and writers of one stream cost one round trip each.
import { randomUUID } from 'node:crypto';
import {
	type ConversationRecord,
	type ConversationStreamStore,
	ConversationStreamStoreError,
	clampLimit,
	createSessionStorageKey,
	DEFAULT_READ_LIMIT,
	formatOffset,
	MAX_READ_LIMIT,
	parseOffset,
	StreamListenerRegistry,
	SUBMISSION_HARNESS_NAME,
	SUBMISSION_SESSION_NAME,
} from '@flue/runtime/adapter';
import type { Keys } from '../keys.ts';
import { ACQUIRE_PRODUCER, CREATE_STREAM, READ_PAGE, STREAM_META } from '../lua/streams.ts';
import type { Connection } from '../script.ts';
import { append, MARK_LENGTH } from './append.ts';
import { createCheckpoints } from './checkpoints.ts';

/** A page ends early at this many characters; readers go on from `nextOffset` until `upToDate`. */
const PAGE_LENGTH = 16 * 1024 * 1024;

/** Opens the conversation streams of one namespace. */
export function createStreamStore(connection: Connection, keys: Keys): ConversationStreamStore {
	const listeners = new StreamListenerRegistry();
	const pair = (path: string) => [keys.of('stream', path), keys.of('batches', path)];
	const getMeta = (path: string) => readMeta(connection, pair(path));

	return {
		...createCheckpoints(connection, keys),
		getMeta,
		async createStream(path, identity) {
			const session = createSessionStorageKey(
				identity.agentName,
				identity.instanceId,
				SUBMISSION_HARNESS_NAME,
				SUBMISSION_SESSION_NAME,
			);
			const details = [JSON.stringify(identity), session, randomUUID()];
			const same = await connection.run(CREATE_STREAM, [keys.of('stream', path)], details);
			if (same !== 1) throw streamError('create', path, 'Stream identity conflicts.');
		},
		async acquireProducer(path, producerId) {
			const reply = await connection.run(ACQUIRE_PRODUCER, pair(path), [producerId]);
			if (!Array.isArray(reply)) {
				throw streamError('acquire_producer', path, 'Stream does not exist.');
			}
			return {
				producerId,
				producerEpoch: Number(reply[0]),
				incarnation: String(reply[1]),
				nextProducerSequence: 0,
				offset: formatOffset(Number(reply[2]) - 1),
			};
		},
		async append(input) {
			const offset = await append(connection, keys, input);
			listeners.notify(input.path);
			return { offset: formatOffset(offset) };
		},
		async read(path, options) {
			const from = options?.offset ?? '-1';
			if (from === 'now') {
				const meta = await getMeta(path);
				return { batches: [], nextOffset: meta?.nextOffset ?? '-1', upToDate: true };
			}
			const after = parseOffset(from);
			const limit = Math.ceil(clampLimit(options?.limit, DEFAULT_READ_LIMIT, MAX_READ_LIMIT));
			const page = [after + 1, limit, PAGE_LENGTH, MARK_LENGTH];
			const reply = await connection.run(READ_PAGE, pair(path), page);
			if (!Array.isArray(reply)) return { batches: [], nextOffset: '-1', upToDate: true };
			const [head, , text] = reply as [number, number, string];
			if (!Number.isSafeInteger(after) || after >= head) {
				if (after !== head - 1) {
					throw streamError('read', path, 'Read offset is beyond the canonical stream head.');
				}
			}
			const found = JSON.parse(text) as ConversationRecord[][];
			const batches = found.map((records, index) => ({
				offset: formatOffset(after + 1 + index),
				records,
			}));
			const last = after + batches.length;
			return { batches, nextOffset: formatOffset(last), upToDate: last >= head - 1 };
		},
		subscribe: (path, listener) => listeners.subscribe(path, listener),
	};
}

async function readMeta(connection: Connection, streamKeys: readonly string[]) {
	const reply = await connection.run(STREAM_META, streamKeys, []);
	if (!Array.isArray(reply)) return null;
	const [identity, incarnation, producer, epoch, base, head] = reply as [
		string,
		string,
		string | null,
		string,
		string,
		number,
	];
	return {
		identity: JSON.parse(identity) as { agentName: string; instanceId: string },
		incarnation,
		nextOffset: formatOffset(head - 1),
		producerId: producer,
		producerEpoch: Number(epoch),
		nextProducerSequence: head - Number(base),
	};
}

/** The contract's error for a stream. */
export function streamError(operation: string, path: string, reason: string): Error {
	return new ConversationStreamStoreError({ operation, path, reason });
}
