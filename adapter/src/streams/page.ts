// Reading: one LRANGE answers everything. It asks for one batch before the page, which proves that the
// offset exists, and one after it, which tells whether there is more. One more request goes out where a
// batch of the page goes on from one before it that this process has not read.
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
import { BASES } from '../lua/streams.ts';
import type { Connection } from '../script.ts';
import { DamagedBatch } from './damage.ts';
import { baseOf, contextAfter, type Decoded, decode, isPacked } from './decode.ts';
import type { Base } from './encode.ts';
import type { Recent } from './recent.ts';
import { type Context, keep } from './template.ts';

/** Each batch of layout 1 begins with this many characters that tell whose it is; its JSON follows. */
export const MARK_LENGTH = 16;

/** Where batches are read. */
export interface Source {
	readonly connection: Connection;
	readonly keys: Keys;
	/** The batch that the last page of a stream went on from. */
	readonly read: Recent<Base>;
}

/** Batches by their offsets, and what was read of them. */
interface Shelf {
	readonly texts: Map<number, string>;
	readonly contexts: Map<number, Context>;
	readonly read: Map<number, Decoded>;
}

/**
 * Reads the batches after one position.
 *
 * @throws ConversationStreamStoreError when the position lies beyond the stream's head, or a batch is damaged.
 */
export async function readPage(
	source: Source,
	path: string,
	{ after, limit }: { after: number; limit: number | undefined },
): Promise<ConversationStreamReadResult> {
	const { connection, keys } = source;
	const count = Math.ceil(clampLimit(limit, DEFAULT_READ_LIMIT, MAX_READ_LIMIT));
	const first = Math.max(0, after);
	if (!Number.isSafeInteger(after)) throw failed(path, BEYOND);
	const [streamKey, batchesKey] = keys.stream(path);
	const args = [batchesKey, first, after + count + 1];
	const entries = (await connection.send('LRANGE', ...args)) as string[];
	if (after >= 0 && entries.length === 0) {
		// A stream that does not exist has nothing to read; one that does ends before this offset.
		if (Number(await connection.send('EXISTS', streamKey)) === 1) throw failed(path, BEYOND);
		return { batches: [], nextOffset: '-1', upToDate: true };
	}
	const page = entries.slice(after - first + 1, after - first + 1 + count);
	const last = after + page.length;
	const batches = await readAll(source, path, { entries: page, first: after + 1 });
	return {
		batches: batches.map(({ records }, index) => ({
			offset: formatOffset(after + 1 + index),
			records: records as ConversationRecord[],
		})),
		nextOffset: formatOffset(last),
		upToDate: last + 1 >= first + entries.length,
	};
}

/** One batch, and whose it is. */
export async function readBatch(
	source: Source,
	path: string,
	at: { offset: number; entry: string },
): Promise<{ records: readonly unknown[]; mark: string }> {
	if (!isPacked(at.entry)) {
		return { records: plain(at.entry), mark: at.entry.slice(0, MARK_LENGTH) };
	}
	const [batch] = await readAll(source, path, { entries: [at.entry], first: at.offset });
	return { records: batch?.records ?? [], mark: batch?.mark ?? '' };
}

/** How a batch of layout 1 begins. */
const PLAIN = /^(?:[0-9a-f]{16}|-{16})\[/;

function plain(entry: string): unknown[] {
	if (!PLAIN.test(entry)) throw new DamagedBatch('The batch is damaged: it has no mark.');
	return JSON.parse(entry.slice(MARK_LENGTH)) as unknown[];
}

type Batch = Pick<Decoded, 'records'> & { readonly mark?: string };

/** Reads batches that follow each other; what was remembered of another stream of that name is forgotten. */
async function readAll(
	source: Source,
	path: string,
	page: { entries: readonly string[]; first: number },
): Promise<Batch[]> {
	const known = source.read.of(path);
	try {
		return await readWith(source, path, known ? { ...page, known } : page);
	} catch (error) {
		if (!(error instanceof DamagedBatch)) throw error;
		if (!known) throw failed(path, error.message);
		source.read.forget(path);
		return readAll(source, path, page);
	}
}

async function readWith(
	source: Source,
	path: string,
	{ entries, first, known }: { entries: readonly string[]; first: number; known?: Base },
): Promise<Batch[]> {
	const shelf: Shelf = { texts: new Map(), contexts: new Map(), read: new Map() };
	if (known) shelf.contexts.set(known.offset, known.context);
	const bases = entries.map((entry, index) =>
		isPacked(entry) ? baseOf(entry, first + index) : undefined,
	);
	const named = new Set(bases);
	const before = [...named].filter((base) => base !== undefined && base < first);
	await fetch(source, path, shelf, before as number[]);
	let last: Base | undefined;
	const batches = entries.map((entry, index): Batch => {
		if (!isPacked(entry)) return { records: plain(entry) };
		const base = bases[index];
		// Batches that follow each other mostly go on from the same one.
		if (base !== undefined && base !== last?.offset) {
			last = { offset: base, context: contextAt(shelf, base) };
		}
		const batch = decode(entry, base === undefined ? undefined : last?.context);
		if (named.has(first + index)) shelf.read.set(first + index, batch);
		// Not the batch itself: what it was read with would live as long as the page, and cost as much as reading it.
		return { records: batch.records, mark: batch.mark };
	});
	if (last && last.offset !== known?.offset) {
		source.read.keep(path, { offset: last.offset, context: keep(last.context) });
	}
	return batches;
}

/** Gets batches that lie before a page, and those that they go on from. */
async function fetch(
	{ connection, keys }: Source,
	path: string,
	shelf: Shelf,
	wanted: readonly number[],
): Promise<void> {
	const missing = wanted.filter((offset) => !shelf.contexts.has(offset));
	if (missing.length === 0) return;
	const reply = await connection.run(BASES, [keys.stream(path)[1]], missing);
	const found = reply as (number | string)[];
	for (let index = 0; index < found.length; index += 2) {
		shelf.texts.set(Number(found[index]), String(found[index + 1]));
	}
}

function contextAt(shelf: Shelf, offset: number): Context {
	const known = shelf.contexts.get(offset);
	if (known) return known;
	const read = shelf.read.get(offset);
	if (read) {
		const context = contextAfter(read);
		shelf.contexts.set(offset, context);
		return context;
	}
	const entry = shelf.texts.get(offset);
	if (entry === undefined) throw new DamagedBatch('The batch is damaged: its base is missing.');
	const base = baseOf(entry, offset);
	const context = contextAfter(
		decode(entry, base === undefined ? undefined : contextAt(shelf, base)),
	);
	shelf.contexts.set(offset, context);
	return context;
}

const BEYOND = 'Read offset is beyond the canonical stream head.';

function failed(path: string, reason: string): Error {
	return new ConversationStreamStoreError({ operation: 'read', path, reason });
}
