// What a store keeps, and what became of it since a stamp that an earlier run printed. Pure.
import type { Bytes, Storage, StorageFacts, StorageKind } from '../../../model/storage.ts';
import type { ShownAddress } from '../../../model/verification.ts';

const KINDS: readonly StorageKind[] = ['conversations', 'submissions', 'attachments', 'leftovers'];

/** Version of the stamp, its moment, its store, and the bytes of each kind; numbers in base 36. */
const STAMP = /^1\.([0-9a-z]{1,9})\.([0-9a-z]{1,7})((?:\.[0-9a-z]{1,10}){4})$/;

/** A store by a number that tells nothing of its address. */
function storeOf({ host, port, database, path }: ShownAddress, prefix: string): string {
	let hash = 0x811c9dc5;
	for (const sign of JSON.stringify([host, port, database, path ?? '', prefix]))
		hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
	return (hash >>> 0).toString(36);
}

function stampOf({ at, bytes }: StorageFacts, store: string): string {
	return [1, at, store, ...KINDS.map((kind) => bytes[kind])]
		.map((part) => (typeof part === 'number' ? part.toString(36) : part))
		.join('.');
}

type Comparison = Pick<Storage, 'growth' | 'incomparable'>;

function compare(facts: StorageFacts, store: string, since: string | undefined): Comparison {
	const [, at = '', of, before = ''] = STAMP.exec(since ?? '') ?? [];
	if (since === undefined) return { growth: null, incomparable: null };
	if (of !== store)
		return { growth: null, incomparable: 'the stamp is of another server or prefix' };
	if (!facts.complete) return { growth: null, incomparable: 'not everything was measured' };
	const numbers = before.slice(1).split('.');
	const more = KINDS.map((kind, index) => [
		kind,
		facts.bytes[kind] - Number.parseInt(numbers[index] ?? '', 36),
	]);
	const moment = new Date(Number.parseInt(at, 36)).toISOString();
	return {
		growth: { since: moment, bytes: Object.fromEntries(more) as Bytes },
		incomparable: null,
	};
}

/** What is shown of a store, and how it grew since the stamp. */
export function storageOf(
	facts: StorageFacts,
	{ address, prefix, since }: { address: ShownAddress; prefix: string; since: string | undefined },
): Storage {
	const { keys, complete, bytes, largest, message } = facts;
	const store = storeOf(address, prefix);
	return {
		prefix,
		keys,
		complete,
		bytes,
		largest,
		denied: message,
		stamp: complete ? stampOf(facts, store) : null,
		...compare(facts, store, since),
	};
}
