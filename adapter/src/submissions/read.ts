// From script replies to submissions, with their attachments. A row that cannot be read back is
// ended and reported instead of failing the listing it stands in.
import type { AgentSubmission } from '@flue/runtime/adapter';
import { decodePart, type Keys } from '../keys.ts';
import { END_MALFORMED } from '../lua/listings.ts';
import type { Connection } from '../script.ts';
import { readParts } from './parts.ts';
import { readRow, readRows, type StoredRow, toSubmission } from './row.ts';
import { errorText } from './settlements.ts';

/** Reads a reply that is one row or nothing; `view` is what the caller needs to be sure of. */
export async function readOne(
	connection: Connection,
	keys: Keys,
	reply: unknown,
	view = toSubmission,
): Promise<AgentSubmission | null> {
	const row = readRow(reply);
	if (!row) return null;
	if (row.state.bytes === undefined) return view(row, []);
	const parts = await readParts(connection, keys, [row]);
	return view(row, parts.get(row.state.key) ?? []);
}

/** Reads a reply that is a list of rows; malformed ones are ended if they are `expected`. */
export async function readListing(
	connection: Connection,
	keys: Keys,
	reply: unknown,
	expected: 'queued' | 'running',
): Promise<AgentSubmission[]> {
	const rows = readRows(reply);
	const parts = await readParts(connection, keys, rows);
	const found: AgentSubmission[] = [];
	for (const row of rows) {
		try {
			found.push(toSubmission(row, parts.get(row.state.key) ?? []));
		} catch (error) {
			await end(connection, keys, row, { expected, message: errorText(error) });
		}
	}
	return found;
}

async function end(
	connection: Connection,
	keys: Keys,
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
		[keys.base, Date.now(), expected, message],
	);
}
