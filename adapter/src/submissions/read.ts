// From script replies to submissions, with their attachments. A row that cannot be read back is
// ended and reported instead of failing the listing it stands in.
import type { AgentSubmission } from '@flue/runtime/adapter';
import { decodePart } from '../keys.ts';
import { END_MALFORMED } from '../lua/listings.ts';
import { readParts } from './parts.ts';
import { errorText, readRow, readRows, type StoredRow, toSubmission } from './row.ts';
import type { Part, Place } from './shape.ts';

/** Reads a reply that is one row or nothing; `view` is what the caller needs to be sure of. */
export async function readOne(
	place: Place,
	reply: unknown,
	view = toSubmission,
): Promise<AgentSubmission | null> {
	const row = readRow(reply);
	return row && viewRow(place, row, view);
}

/** The contract's view of a row with its attachments; nothing when it has expired in between. */
export async function viewRow(
	place: Place,
	row: StoredRow,
	view = toSubmission,
): Promise<AgentSubmission | null> {
	if (row.state.bytes === undefined) return view(place.shape, row, []);
	const parts = (await readParts(place, [row])).get(row.state.key) ?? [];
	if (await hasExpired(place, row, parts)) return null;
	return view(place.shape, row, parts);
}

/** True when the row expired between the reading of it and of its attachments. */
export async function hasExpired(
	{ connection, keys }: Place,
	{ state }: StoredRow,
	parts: readonly Part[],
): Promise<boolean> {
	if (state.status !== 'settled' || state.bytes === undefined || parts.length > 0) return false;
	return Number(await connection.send('EXISTS', keys.one(`sub/${state.key}`))) === 0;
}

/** Reads a reply that is a list of rows; malformed ones are ended if they are `expected`. */
export async function readListing(
	place: Place,
	reply: unknown,
	expected: 'queued' | 'running',
): Promise<AgentSubmission[]> {
	const rows = readRows(reply);
	const parts = await readParts(place, rows);
	const found: AgentSubmission[] = [];
	for (const row of rows) {
		try {
			found.push(toSubmission(place.shape, row, parts.get(row.state.key) ?? []));
		} catch (error) {
			await end(place, row, { expected, message: errorText(error) });
		}
	}
	return found;
}

async function end(
	{ connection, keys, retention }: Place,
	row: StoredRow,
	{ expected, message }: { expected: string; message: string },
): Promise<void> {
	process.emitWarning(
		`[flue] Ending malformed submission "${decodePart(row.state.key)}": ${message}`,
	);
	const { unready, runnable, running, joins } = keys.index;
	const { key } = row.state;
	await connection.run(
		END_MALFORMED,
		[keys.one(`sub/${key}`), unready, runnable, running, joins, keys.one(`joins/${key}`)],
		[keys.base, Date.now(), retention, expected, message],
	);
}
