// Marks a namespace as ours before the first write, and refuses one that holds anything else. The
// mark is the hash `<prefix>:@flue/redis`; it exists before any other key of the namespace does.
import {
	assertSupportedFlueFormatVersion,
	FLUE_FORMAT_VERSION,
	PersistedFormatVersionError,
} from '@flue/runtime/adapter';
import { escapeGlob, type Keys, STAMP } from './keys.ts';
import { type Connection, script } from './script.ts';

/** Version of the key layout that README.md describes; the format version is the runtime's. */
const LAYOUT = '1';

/** The last `schema_version` before the stamp was renamed (@flue/runtime 2.0.3, migrateFlueSqlSchema). */
const ADOPTABLE_SCHEMA = '8';

/**
 * Sets the mark where there is none, and renames an adoptable one, in one step however many
 * processes start at once. KEYS: mark, another adapter's metadata. ARGV: format, layout, schema.
 * Replies {1} when the mark is right, or {0, what was found}.
 */
const CLAIM_NAMESPACE = script(`
local format, schema, layout = unpack(redis.call('HMGET', KEYS[1], 'format_version',
	'schema_version', 'layout'))
if redis.call('EXISTS', KEYS[2]) == 1 then return {0, 'unversioned'} end
if layout and layout ~= ARGV[2] then return {0, 'layout ' .. layout} end
if format then return format == ARGV[1] and {1} or {0, format} end
if schema and schema ~= ARGV[3] then return {0, schema} end
if layout and not schema then return {0, 'unversioned'} end
if schema then redis.call('HDEL', KEYS[1], 'schema_version') end
redis.call('HSET', KEYS[1], 'format_version', ARGV[1], 'layout', ARGV[2])
return {1}
`);

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
