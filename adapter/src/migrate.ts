// Marks a namespace as ours before the first write, and refuses one that holds anything else. The
// mark is the hash `<prefix>:@flue/redis`; it exists before any other key of the namespace does.
import {
	assertSupportedFlueFormatVersion,
	FLUE_FORMAT_VERSION,
	PersistedFormatVersionError,
} from '@flue/runtime/adapter';
import { escapeGlob, type Keys, STAMP } from './keys.ts';
import { CLAIM_NAMESPACE } from './lua/namespace.ts';
import type { Connection } from './script.ts';

/** Version of the key layout that README.md describes; the format version is the runtime's. */
const LAYOUT = '1';

/** The last `schema_version` before the stamp was renamed (@flue/runtime 2.0.3, migrateFlueSqlSchema). */
const ADOPTABLE_SCHEMA = '8';

/**
 * Makes the namespace ready.
 *
 * @throws PersistedFormatVersionError, before anything is written, when it holds newer, unreadable
 * or foreign data.
 */
export async function migrate(connection: Connection, keys: Keys): Promise<void> {
	const mark = keys.one(STAMP);
	if (!(await isOurs(connection, mark)) && (await holdsForeignKeys(connection, keys))) {
		// Another process may have marked it and begun to write while this one was looking.
		if (!(await isOurs(connection, mark))) throw refusal('unversioned');
	}
	const reply = (await connection.run(
		CLAIM_NAMESPACE,
		[mark, keys.one('meta')],
		[FLUE_FORMAT_VERSION, LAYOUT, ADOPTABLE_SCHEMA],
	)) as [number, string?];
	if (reply[0] === 1) return;
	const found = reply[1] ?? 'unversioned';
	assertSupportedFlueFormatVersion(found);
	throw refusal(found);
}

function refusal(storedVersion: string): Error {
	return new PersistedFormatVersionError({
		storedVersion,
		supportedVersion: FLUE_FORMAT_VERSION,
	});
}

async function isOurs(connection: Connection, mark: string): Promise<boolean> {
	const reply = await connection.send('TYPE', mark);
	if (reply === 'none') return false;
	if (reply === 'hash') return true;
	throw refusal('unversioned');
}

/**
 * Looks for keys under the prefix that no namespace of this package accounts for. Our own names hold
 * no colon, so a key with one belongs to a nested prefix, which is ours if it carries the mark.
 */
async function holdsForeignKeys(connection: Connection, keys: Keys): Promise<boolean> {
	const nested = new Map<string, boolean>();
	let cursor = '0';
	do {
		const [next, found] = (await connection.send(
			'SCAN',
			cursor,
			'MATCH',
			`${escapeGlob(keys.base)}*`,
			'COUNT',
			1000,
		)) as [string | number, string[]];
		for (const key of found) {
			if (!(await isNested(connection, keys, { key, nested }))) return true;
		}
		cursor = String(next);
	} while (cursor !== '0');
	return false;
}

async function isNested(
	connection: Connection,
	keys: Keys,
	{ key, nested }: { key: string; nested: Map<string, boolean> },
): Promise<boolean> {
	for (let end = key.indexOf(':', keys.base.length); end >= 0; end = key.indexOf(':', end + 1)) {
		const mark = `${key.slice(0, end)}:${STAMP}`;
		const known = nested.get(mark) ?? Number(await connection.send('EXISTS', mark)) === 1;
		nested.set(mark, known);
		if (known) return true;
	}
	return false;
}
