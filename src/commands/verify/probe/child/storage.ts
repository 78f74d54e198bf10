// Measures what lies under a prefix, with a bound of keys and of time. Reads only, and asks for no value.
import type { Bytes, StorageFacts, StorageKind } from '../../../../model/storage.ts';
import type { Session } from './client.ts';

/** What is measured at most: so many keys, of so many requests of 1,000 that SCAN looks at, in so many milliseconds. */
const MOST = { keys: 20_000, requests: 200, time: 4000 };
const AT_ONCE = 500;
const SHOWN = 10;

/** Kinds of keys by the first part of their names (adapter/README.md, Layout); whatever is not here is left over. */
const KINDS: Readonly<Record<string, StorageKind>> = {
	...named('conversations', 'stream batches fold snapshot feed events'),
	...named('attachments', 'file bytes files parts'),
	...named(
		'submissions',
		'@flue fence sequence sub session unready runnable running settling joins',
	),
	...named('submissions', 'journal segments history receipts markers deleting deletions'),
	...named('submissions', 'run runs workflow'),
};

/** Whose key has to be there too, or nothing refers to this one. */
const OWNERS: Readonly<Record<string, string>> = {
	batches: 'stream',
	fold: 'stream',
	events: 'feed',
	bytes: 'file',
	parts: 'sub',
};

function named(kind: StorageKind, names: string): Record<string, StorageKind> {
	return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}

/** A key's name below the prefix, in its two parts. */
function partsOf(name: string): [kind: string, rest: string] {
	const slash = name.indexOf('/');
	return slash < 0 ? [name, ''] : [name.slice(0, slash), name.slice(slash + 1)];
}

/** `%3A`, `%2F` and `%25` in the part of a name, as the adapter writes them. */
function decoded(part: string): string {
	return part.replace(/%(3A|2F|25)/g, (sign) => decodeURIComponent(sign));
}

/** Sizes by name. */
type Sizes = Map<string, number>;

/** The sizes of some keys; those that have gone in the meantime are left out. @throws the server's refusal */
async function measure(session: Session, base: string, names: string[], sizes: Sizes) {
	for (let start = 0; start < names.length; start += AT_ONCE) {
		const some = names.slice(start, start + AT_ONCE);
		const asked = some.map((name) => session.send('MEMORY', 'USAGE', base + name));
		const replies = await Promise.allSettled(asked);
		for (const [index, reply] of replies.entries()) {
			if (reply.status === 'rejected') throw reply.reason;
			if (reply.value !== null) sizes.set(some[index] ?? '', Number(reply.value));
		}
	}
}

/** Finds and measures keys until all are seen or a bound is met; true in the first case. */
async function search(session: Session, base: string, sizes: Sizes): Promise<boolean> {
	const pattern = `${base.replace(/[*?[\]^\\-]/g, (sign) => `\\${sign}`)}*`;
	const end = Date.now() + MOST.time;
	let cursor = '0';
	for (let request = 0; request < MOST.requests; request++) {
		const reply = await session.send('SCAN', cursor, 'MATCH', pattern, 'COUNT', '1000');
		const [next, keys] = reply as [string | number, string[]];
		const names = keys.map((key) => key.slice(base.length));
		// A name with a colon is of a store below this prefix.
		const fresh = names.filter((name) => !name.includes(':') && !sizes.has(name));
		await measure(session, base, fresh.slice(0, MOST.keys - sizes.size), sizes);
		cursor = String(next);
		if (cursor === '0') return fresh.every((name) => sizes.has(name) || sizes.size < MOST.keys);
		if (sizes.size >= MOST.keys || Date.now() > end) return false;
	}
	return false;
}

function kindOf(name: string, sizes: Sizes, isComplete: boolean): StorageKind {
	const [first, rest] = partsOf(name);
	const owner = OWNERS[first];
	// Where some keys were not seen, their owners may be among them.
	if (owner !== undefined && isComplete && !sizes.has(`${owner}/${rest}`)) return 'leftovers';
	return KINDS[first] ?? 'leftovers';
}

function summed(sizes: Sizes, isComplete: boolean): Pick<StorageFacts, 'bytes' | 'largest'> {
	const bytes: Bytes = { conversations: 0, submissions: 0, attachments: 0, leftovers: 0 };
	const paths = new Map<string, number>();
	for (const [name, size] of sizes) {
		const kind = kindOf(name, sizes, isComplete);
		bytes[kind] += size;
		if (kind !== 'conversations') continue;
		const path = decoded(partsOf(name)[1]);
		paths.set(path, (paths.get(path) ?? 0) + size);
	}
	const all = [...paths].map(([path, size]) => ({ path, bytes: size }));
	const largest = all.sort((one, other) => other.bytes - one.bytes).slice(0, SHOWN);
	return { bytes, largest };
}

/** Measures what lies under a prefix. Whatever hinders it is told and ends nothing: the checks are made by then. */
export async function askStorage(session: Session, prefix: string): Promise<StorageFacts> {
	const sizes: Sizes = new Map();
	let [complete, message]: [boolean, string | null] = [false, null];
	try {
		complete = await search(session, `${prefix}:`, sizes);
	} catch (error) {
		({ message } = error as Error);
		sizes.clear();
	}
	return { at: Date.now(), keys: sizes.size, complete, message, ...summed(sizes, complete) };
}
