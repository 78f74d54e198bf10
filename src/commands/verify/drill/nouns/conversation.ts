// The records of a conversation, in batches: Flue 1.0.0-beta.8 and later keep a conversation so.
import { AGENT, type Sample, TIME, textOf } from '../sample.ts';
import { canonical, counted, type Finding } from '../survival.ts';
import type { Kept } from './kept.ts';

const BATCHES = 4;
const IN_A_BATCH = 3;

export interface StreamBatch {
	offset: string;
	records: unknown[];
}

/** The part of `conversationStreamStore` that is called. */
export interface StreamStore {
	createStream(path: string, identity: { agentName: string; instanceId: string }): Promise<void>;
	acquireProducer(
		path: string,
		producerId: string,
	): Promise<{ producerEpoch: number; incarnation: string }>;
	append(batch: {
		path: string;
		producerId: string;
		producerEpoch: number;
		incarnation: string;
		producerSequence: number;
		records: readonly unknown[];
	}): Promise<{ offset: string }>;
	read(
		path: string,
		options: { offset: string; limit: number },
	): Promise<{ batches: StreamBatch[]; nextOffset: string; upToDate: boolean }>;
}

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
		content: [{ type: 'text', text: textOf(index) }],
	};
}

/** Each batch is appended in one go, in this order. */
export function batchesOf({ instance }: Sample): Record<string, unknown>[][] {
	return Array.from({ length: BATCHES }, (_, batch) =>
		Array.from({ length: IN_A_BATCH }, (_record, index) =>
			record(instance, batch * IN_A_BATCH + index),
		),
	);
}

/** A stream of a drill has a handful of batches; a store that never says that it is through must not keep us. */
const PAGES = 50;

async function readBatches(streams: StreamStore, path: string): Promise<StreamBatch[]> {
	const batches: StreamBatch[] = [];
	for (let offset = '-1', page = 0; page < PAGES; page++) {
		const answer = await streams.read(path, { offset, limit: 100 });
		batches.push(...answer.batches);
		if (answer.upToDate) break;
		offset = answer.nextOffset;
	}
	return batches;
}

/** Batches have to be what was appended: of a batch either all of it or nothing, in order, once. */
export function compareRecords(sample: Sample, found: StreamBatch[]): Finding {
	const written = batchesOf(sample);
	const offsets = new Set(found.map(({ offset }) => offset));
	const counts = found.map(({ records }, index) => {
		const isSame = canonical(records) === canonical(written[index] ?? null);
		return { same: isSame ? records.length : 0, strange: isSame ? 0 : records.length };
	});
	const same = counts.reduce((sum, one) => sum + one.same, 0);
	const strange = counts.reduce((sum, one) => sum + one.strange, found.length - offsets.size);
	return counted('records', 'records', { same, of: written.flat().length, strange });
}

/** The records of a conversation stream. */
export function keptRecords(streams: StreamStore): Kept {
	return {
		async write(sample) {
			const { path, instance } = sample;
			await streams.createStream(path, { agentName: AGENT, instanceId: instance });
			const producerId = `${instance}-producer`;
			const { producerEpoch, incarnation } = await streams.acquireProducer(path, producerId);
			const producer = { path, producerId, producerEpoch, incarnation };
			for (const [producerSequence, records] of batchesOf(sample).entries())
				await streams.append({ ...producer, producerSequence, records });
		},
		read: async (sample) => compareRecords(sample, await readBatches(streams, sample.path)),
	};
}
