// Sends values too large for one request in pieces, under a name of their own. A piece carries the
// deadline with it, so what a crash leaves behind removes itself; a commit renames and keeps it.
import { randomUUID } from 'node:crypto';
import type { Keys } from './keys.ts';
import { STAGE } from './lua/files.ts';
import type { Connection } from './script.ts';

/** Text beyond this length is staged: a server serves nobody else while it reads one request. */
export const INLINE_LENGTH = 4 * 1024 * 1024;

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
	for (const piece of pieces) {
		batch.push(piece);
		length += piece.length;
		if (length < INLINE_LENGTH / 4) continue;
		await connection.run(STAGE, [key], [STAGING_MS, ...batch]);
		batch = [];
		length = 0;
	}
	if (batch.length > 0) await connection.run(STAGE, [key], [STAGING_MS, ...batch]);
	return key;
}
