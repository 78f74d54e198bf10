// Gives the server every script at start-up, so that no later call needs a second try. Only a
// courtesy: a server that refuses or forgets is handled where the scripts are run.
import * as admission from './lua/admission.ts';
import * as attempts from './lua/attempts.ts';
import * as files from './lua/files.ts';
import * as joins from './lua/joins.ts';
import * as listings from './lua/listings.ts';
import * as settlement from './lua/settlement.ts';
import * as streams from './lua/streams.ts';
import type { Connection } from './script.ts';

const ROOMS = [admission, attempts, files, joins, listings, settlement, streams];

/** Loads all scripts; the requests go out together, so this costs about one round trip. */
export async function preload(connection: Connection): Promise<void> {
	const programs = ROOMS.flatMap((room) => Object.values(room));
	await Promise.allSettled(
		programs.map((program) => connection.send('SCRIPT', 'LOAD', program.text)),
	);
}
