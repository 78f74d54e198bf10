// The storm that a server is killed in, and the ledger of what it acknowledged meanwhile.
import type { ConversationStreamStore, PersistenceAdapter } from '@flue/runtime/adapter';
import { message, record } from '../bench/data.ts';

export type Stores = Awaited<ReturnType<PersistenceAdapter['connect']>>;
type Batch = Parameters<ConversationStreamStore['append']>[0];

export interface Ledger {
	/** Ids of the records that are known to be there, of each stream, by position. */
	readonly appended: Map<string, string[]>;
	/** The newest batch of each stream in this life of the server, acknowledged or not. */
	readonly newest: Map<string, Batch>;
	/** Attempts of the rows that were claimed in this life of the server. */
	readonly claimed: Map<string, string>;
	readonly settled: Set<string>;
	/** Settlements that were asked for, acknowledged or not. */
	readonly ending: Set<string>;
	/** How many appends were acknowledged. */
	acknowledged: number;
	/** How many were not, and were by their exact retry after the kill. */
	repaired: number;
}

export function emptyLedger(): Ledger {
	return {
		appended: new Map(),
		newest: new Map(),
		claimed: new Map(),
		settled: new Set(),
		ending: new Set(),
		acknowledged: 0,
		repaired: 0,
	};
}

/** One life of the server. What was under way when it ended may be made again in the next one; nothing new is begun. */
export interface Life {
	isOver: boolean;
}

export const positionOf = (offset: string) => Number(offset.split('_')[1]);

/** Appends until the server dies. The newest batch may be there or not. */
export async function appendUntilKilled(
	{ conversationStreamStore: streams }: Stores,
	ledger: Ledger,
	{ path, tag, life }: { path: string; tag: string; life: Life },
): Promise<void> {
	const known = ledger.appended.get(path) ?? [];
	ledger.appended.set(path, known);
	await streams.createStream(path, { agentName: 'assistant', instanceId: path });
	const producer = await streams.acquireProducer(path, tag);
	for (let index = 0; !life.isOver; index += 1) {
		const id = `${tag}-${index}`;
		const batch: Batch = {
			path,
			producerId: tag,
			producerEpoch: producer.producerEpoch,
			incarnation: producer.incarnation,
			producerSequence: index,
			records: [{ ...record(index), id }],
		};
		ledger.newest.set(path, batch);
		const { offset } = await streams.append(batch);
		ledger.acknowledged += 1;
		known[positionOf(offset)] = id;
	}
}

/** Admits, claims and completes until the server dies. */
export async function workUntilKilled(
	{ submissionStore: store }: Stores,
	ledger: Ledger,
	{ tag, life }: { tag: string; life: Life },
): Promise<void> {
	for (let index = 0; !life.isOver; index += 1) {
		const id = `${tag}-${index}`;
		await store.admitDirect(message(id, id));
		await store.markSubmissionCanonicalReady(id);
		const attemptId = `attempt-${id}`;
		const claim = { submissionId: id, attemptId, ownerId: tag, leaseExpiresAt: 1 };
		if (await store.claimSubmission(claim)) ledger.claimed.set(id, attemptId);
		ledger.ending.add(id);
		if (await store.completeSubmission({ submissionId: id, attemptId })) ledger.settled.add(id);
	}
}
