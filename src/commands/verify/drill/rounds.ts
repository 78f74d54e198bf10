// Writes a sample through the stores of an adapter, and asks them for it again.
import type { Stores, StreamBatch } from './contract.ts';
import type { Sample } from './sample.ts';
import { compare, type Survival } from './survival.ts';

/** Writes all of a sample; every call is acknowledged before the next one. */
export async function writeSample(stores: Stores, sample: Sample): Promise<void> {
	const { conversationStreamStore: streams, submissionStore, attachmentStore } = stores;
	const { path, conversationId, attachment, bytes, submission } = sample;
	await streams.createStream(path, sample.identity);
	const producerId = `${sample.identity.instanceId}-producer`;
	const { producerEpoch, incarnation } = await streams.acquireProducer(path, producerId);
	for (const [producerSequence, records] of sample.batches.entries())
		await streams.append({
			path,
			producerId,
			producerEpoch,
			incarnation,
			producerSequence,
			records,
		});
	await attachmentStore.put({ streamPath: path, conversationId, attachment, bytes });
	await submissionStore.admitDirect(submission);
	await submissionStore.markSubmissionCanonicalReady(submission.submissionId);
}

/** A stream of a drill has a handful of batches; a store that never says that it is through must not keep us. */
const PAGES = 50;

async function readBatches(streams: Stores['conversationStreamStore'], path: string) {
	const batches: StreamBatch[] = [];
	for (let offset = '-1', page = 0; page < PAGES; page++) {
		const answer = await streams.read(path, { offset, limit: 100 });
		batches.push(...answer.batches);
		if (answer.upToDate) break;
		offset = answer.nextOffset;
	}
	return batches;
}

/** Reads a sample back. `replay`: admits the same submission once more first, which must change nothing. */
export async function readSample(
	stores: Stores,
	sample: Sample,
	{ replay }: { replay: boolean },
): Promise<Survival> {
	const { conversationStreamStore, submissionStore, attachmentStore } = stores;
	const { path: streamPath, conversationId, attachment, submission } = sample;
	const before = await submissionStore.getSubmission(submission.submissionId);
	if (replay && before) await submissionStore.admitDirect(submission);
	const attachmentId = attachment.id;
	return compare(sample, {
		batches: await readBatches(conversationStreamStore, streamPath),
		submission: before,
		runnable: await submissionStore.listRunnableSubmissions(),
		attachment: await attachmentStore.get({ streamPath, conversationId, attachmentId }),
	});
}
