// The contract's conversation streams. Readers and writers of one stream cost one round trip each.
import { randomUUID } from 'node:crypto';
import {
	type ConversationStreamStore,
	ConversationStreamStoreError,
	formatOffset,
	parseOffset,
	type StreamListenerRegistry,
} from '@flue/runtime/adapter';
import { encodePart, type Keys } from '../keys.ts';
import { ACQUIRE_PRODUCER, CREATE_STREAM, STREAM_META } from '../lua/streams.ts';
import type { Connection } from '../script.ts';
import type { Place } from '../submissions/shape.ts';
import { append, type Sink } from './append.ts';
import { readPage } from './page.ts';
import { createRecent } from './recent.ts';

type Streams = Pick<
	ConversationStreamStore,
	'createStream' | 'acquireProducer' | 'append' | 'read' | 'getMeta' | 'subscribe'
>;

/** Opens what every line with conversation streams has; `listeners` hear what this process appends. */
export function createStreamStore(place: Place, listeners: StreamListenerRegistry): Streams {
	const { connection, keys, shape } = place;
	const sink: Sink = { connection, keys, read: createRecent(), written: createRecent() };
	const getMeta = (path: string) => readMeta(connection, keys.stream(path));

	return {
		getMeta,
		async createStream(path, identity) {
			const session = shape.sessionOf(identity.agentName, identity.instanceId);
			const details = [JSON.stringify(identity), encodePart(session), randomUUID()];
			const same = await connection.run(CREATE_STREAM, [keys.stream(path)[0]], details);
			if (same !== 1) throw streamError('create', path, 'Stream identity conflicts.');
		},
		acquireProducer: (path, producerId) => acquire(connection, keys, path, producerId),
		async append(input) {
			const offset = await append(sink, input);
			listeners.notify(input.path);
			return { offset: formatOffset(offset) };
		},
		async read(path, options) {
			const from = options?.offset ?? '-1';
			if (from === 'now') {
				const meta = await getMeta(path);
				return { batches: [], nextOffset: meta?.nextOffset ?? '-1', upToDate: true };
			}
			return readPage(sink, path, { after: parseOffset(from), limit: options?.limit });
		},
		subscribe: (path, listener) => listeners.subscribe(path, listener),
	};
}

async function acquire(connection: Connection, keys: Keys, path: string, producerId: string) {
	const reply = await connection.run(ACQUIRE_PRODUCER, keys.stream(path), [producerId]);
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

function streamError(operation: string, path: string, reason: string): Error {
	return new ConversationStreamStoreError({ operation, path, reason });
}
