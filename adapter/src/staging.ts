// Sends values too large for one request in pieces, under a name of their own. A piece carries the
// deadline with it, so what a crash leaves behind removes itself; a commit renames and keeps it.
import { randomUUID } from 'node:crypto';
import type { Keys } from './keys.ts';
import { STAGE } from './lua/files.ts';
import type { Connection } from './script.ts';

/** Text beyond this length is staged: a server serves nobody else while it reads one request. */
export const INLINE_LENGTH = 4 * 1024 * 1024;

/** Pieces of one request at most: a script passes them on as arguments, of which there may be less than 8,000. */
const MOST_PIECES = 5000;

/** How long staged pieces outlive the last one written, in milliseconds. */
const STAGING_MS = 15 * 60 * 1000;

/** Stages pieces in order and returns the key of the list that holds them. */
export async function stage(
	connection: Connection,
	keys: Keys,
	pieces: readonly string[],
): Promise<string> {
	const key = keys.of('stage', randomUUID());
	let batch: string[] = [];
	let length = 0;
	let isBegun = false;
	const send = async () => {
		await connection.run(STAGE, [key], [isBegun ? '' : STAGING_MS, ...batch]);
		if (isBegun) await connection.send('PEXPIRE', key, STAGING_MS);
		isBegun = true;
		[batch, length] = [[], 0];
	};
	for (const piece of pieces) {
		batch.push(piece);
		length += piece.length;
		if (length >= INLINE_LENGTH / 4 || batch.length === MOST_PIECES) await send();
	}
	if (batch.length > 0) await send();
	return key;
}
