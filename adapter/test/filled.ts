// A conversation that is appended in batches of chosen sizes.
import type { ConversationRecord, ConversationStreamStore } from '@flue/runtime/adapter';

export const PATH = 'agents/a/1';
export const IDENTITY = { agentName: 'a', instanceId: '1' };

type Streams = Pick<ConversationStreamStore, 'createStream' | 'acquireProducer' | 'append'>;

/** Appends records in batches of the sizes given, over and over. */
export async function fill(
	streams: Streams,
	records: readonly ConversationRecord[],
	sizes: readonly number[],
) {
	await streams.createStream(PATH, IDENTITY);
	const { producerEpoch, incarnation } = await streams.acquireProducer(PATH, 'p');
	const claim = { path: PATH, producerId: 'p', producerEpoch, incarnation };
	const batches: ConversationRecord[][] = [];
	for (let start = 0; start < records.length; ) {
		const size = sizes[batches.length % sizes.length] ?? 1;
		const batch = records.slice(start, start + size).map(unowned);
		await streams.append({ ...claim, producerSequence: batches.length, records: batch });
		batches.push(batch);
		start += size;
	}
	return { batches, claim };
}

/** Nobody's: a record that names a submission needs its running row. */
function unowned({ submissionId, attemptId, ...rest }: ConversationRecord): ConversationRecord {
	return {
		...rest,
		...(submissionId ? { owned: submissionId, by: attemptId } : {}),
	} as ConversationRecord;
}

/** Characters of the text that some records tell in pieces. */
export function textLength(records: readonly ConversationRecord[]): number {
	return records.reduce((sum, one) => sum + ('delta' in one ? String(one.delta).length : 0), 0);
}
