// Refuses a client that puts a prefix of its own before the names of keys. It does so in some requests and not in others, and
// never in what a script makes of a name, so that one part of the state would not find the other.
import { SAY_NAME } from './lua/names.ts';
import type { Connection } from './script.ts';

/** @throws Error that names the client's prefix, before anything is written. */
export async function checkNames(connection: Connection): Promise<void> {
	const { mark } = connection;
	const said = await connection.introduce(SAY_NAME, [mark], []);
	if (typeof said !== 'string' || said === mark) return;
	const prefix = said.endsWith(mark) ? said.slice(0, -mark.length) : said;
	throw new Error(
		`The client puts ${JSON.stringify(prefix)} before the names of keys, but not in every request. Take keyPrefix from the client's options, and give it to redis(…, { keyPrefix }) instead.`,
	);
}
