// Marks a namespace as ours before the first write, and refuses one that holds anything else. The
// mark is the hash `<prefix>:@flue/redis`; it exists before any other key of the namespace does.
import { escapeGlob, type Keys, STAMP } from './keys.ts';
import { CLAIM_NAMESPACE } from './lua/namespace.ts';
import type { Connection } from './script.ts';

/** Version of the key layouts that LAYOUT.md describes; a line's own version is the runtime's. */
const LAYOUT = '2';

/** Versions whose data this one reads as it is; the mark is raised before anything newer is written. */
const OLDER_LAYOUT = '1';

/** A field of the mark and what it must say. */
interface Stamp {
	readonly field: string;
	readonly version: string;
}

/** How one line of the runtime knows its own data. */
export interface Line {
	readonly stamp: Stamp;
	/** A mark of an earlier name that is the same data. */
	readonly adoptable?: Stamp;
	/** The runtime's error for a version that it does not know. */
	readonly refuse: (storedVersion: string) => Error;
}

/** Whose data a mark's field tells of, by its value. */
const WRITERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	schemaVersion: { 3: '1.0.0-beta.5 to beta.7', 4: '1.0.0-beta.8 and beta.9' },
	format_version: { 1: '2.x' },
};

/**
 * Makes the namespace ready.
 *
 * @throws the line's version error, before anything is written, when it holds newer, unreadable,
 * another line's or foreign data. Its message says what is there and what to do.
 */
export async function migrate(connection: Connection, keys: Keys, line: Line): Promise<void> {
	const mark = keys.one(STAMP);
	if (!(await isOurs(connection, keys, line)) && (await holdsForeignKeys(connection, keys))) {
		// Another process may have marked it and begun to write while this one was looking.
		if (!(await isOurs(connection, keys, line))) {
			throw await refusal(connection, keys, line, 'unversioned');
		}
	}
	const { stamp, adoptable = { field: '', version: '' } } = line;
	const reply = (await connection.run(
		CLAIM_NAMESPACE,
		[mark, keys.one('meta')],
		[
			stamp.field,
			stamp.version,
			LAYOUT,
			OLDER_LAYOUT,
			adoptable.field,
			adoptable.version,
			...Object.keys(WRITERS),
		],
	)) as [number, string?, string?, string?];
	if (reply[0] === 1) return;
	const [, found = 'unversioned', field, value] = reply;
	throw await refusal(connection, keys, line, found, field && value && { field, value });
}

/** The runtime's own error, with what is there and what to do about it after its own words. */
async function refusal(
	connection: Connection,
	keys: Keys,
	line: Line,
	...[found, other]: [string, ({ field: string; value: string } | '')?]
): Promise<Error> {
	const error = line.refuse(found);
	const writer = other && WRITERS[other.field]?.[other.value];
	const what = writer
		? `were written for @flue/runtime ${writer}`
		: await describeForeign(connection, keys);
	error.message += ` The keys below "${keys.base}" ${what}, and nothing of them was read or changed. Give this project another keyPrefix, or an empty database; they cannot be converted.`;
	return error;
}

async function describeForeign(connection: Connection, keys: Keys): Promise<string> {
	const meta = keys.one('meta');
	if ((await connection.send('TYPE', meta)) !== 'hash') return 'were not written by this adapter';
	const names = Object.keys(WRITERS);
	const values = (await connection.send('HMGET', meta, ...names)) as (string | null)[];
	const known = names.flatMap((name, index) => {
		const value = values[index] ?? '';
		return WRITERS[name]?.[value] ?? [];
	});
	const whose = known.length > 0 ? ` for @flue/runtime ${known.join(' or ')}` : '';
	return `were written by another adapter${whose}`;
}

async function isOurs(connection: Connection, keys: Keys, line: Line): Promise<boolean> {
	const reply = await connection.send('TYPE', keys.one(STAMP));
	if (reply === 'none') return false;
	if (reply === 'hash') return true;
	throw await refusal(connection, keys, line, 'unversioned');
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
