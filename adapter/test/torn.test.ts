// What 2.x reads back after a crash in the middle of a write and another crash.
import { message, record } from '../bench/data.ts';
import { redis } from '../src/lines/v2/index.ts';
import type { Stores } from './storm.ts';
import { describeTorn, type Tear } from './tearing.ts';
import { ROW_TEARS } from './torn-rows.ts';

const PATH = 'agents/a/1';
const IDENTITY = { agentName: 'a', instanceId: '1' };

/** Appends three batches by the producer that is current; the caller knows what it was told before the crash. */
async function appendBatches({ conversationStreamStore: streams }: Stores): Promise<void> {
	const meta = await streams.getMeta(PATH);
	if (meta?.producerId == null) throw new Error('Nobody may append.');
	const { producerId, producerEpoch, incarnation, nextProducerSequence: first } = meta;
	for (const producerSequence of [first, first + 1, first + 2]) {
		const records = [{ ...record(producerSequence), id: `record-${producerSequence}` }];
		const batch = { path: PATH, producerId, producerEpoch, incarnation, producerSequence, records };
		await streams.append(batch);
	}
}

async function lookAtStream({ conversationStreamStore: streams }: Stores) {
	return {
		page: await streams.read(PATH, { limit: 1000 }),
		meta: await streams.getMeta(PATH),
		checkpoint: await streams.getFoldCheckpoint?.(PATH),
	};
}

const putCheckpoint = ({ conversationStreamStore: streams }: Stores) =>
	streams.putFoldCheckpoint?.(PATH, {
		offset: '-1',
		incarnation: 'x',
		formatVersion: 1,
		data: '{}',
	}) ?? Promise.resolve();

const TEARS: Tear<Stores>[] = [
	{
		name: 'batches that were acknowledged are kept, of a process that has lived on',
		async prepare(stores) {
			await stores.conversationStreamStore.createStream(PATH, IDENTITY);
			await stores.conversationStreamStore.acquireProducer(PATH, 'producer');
			await appendBatches(stores);
		},
		torn: ({ submissionStore }) => submissionStore.admitDirect(message('torn', 'i')),
		after: [appendBatches, putCheckpoint],
		isStanding: true,
		look: lookAtStream,
		goOn: appendBatches,
	},
];

describeTorn({
	async open(runner) {
		const adapter = redis(runner, { inspectServer: false });
		await adapter.migrate?.();
		return adapter.connect();
	},
	tears: [...TEARS, ...ROW_TEARS],
});
