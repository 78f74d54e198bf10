// Gives the server every script at start-up, so that no later call needs a second try. Only a
// courtesy: a server that refuses or forgets is handled where the scripts are run.
import { type Connection, isScript } from './script.ts';

/** Loads all scripts of some modules; the requests go out together, so this costs about one round trip. */
export async function preload(
	connection: Connection,
	modules: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
	const programs = modules.flatMap((module) => Object.values(module)).filter(isScript);
	await Promise.allSettled(
		programs.map((program) => connection.send('SCRIPT', 'LOAD', program.text)),
	);
}
