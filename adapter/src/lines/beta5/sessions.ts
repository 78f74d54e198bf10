// Sessions, saved whole by the runtime after every step and by this store only as far as they changed.
// What this process last saw of a session is remembered by digests; a token tells whether that is still
// what is there.
import { createHash, randomUUID } from 'node:crypto';
import type { SessionData, SessionStore } from '@flue/runtime/adapter';
import type { Keys } from '../../keys.ts';
import type { Connection } from '../../script.ts';
import { INLINE_LENGTH, stage } from '../../staging.ts';
import { type Change, changeBetween, type Seen } from './difference.ts';
import { LOAD_SESSION, SAVE_SESSION } from './lua/sessions.ts';

/** Sessions that are remembered at once; far fewer are busy at the same time. */
const MOST_REMEMBERED = 500;

/** A session that does not exist, as far as anybody knows. */
const NOTHING: Seen = { token: '', head: '', entries: [] };

/** Opens the sessions of one namespace. */
export function createSessionStore(connection: Connection, keys: Keys): SessionStore {
	const seen = new Map<string, Seen>();
	const remember = (id: string, what: Seen) => {
		seen.delete(id);
		const oldest = seen.keys().next().value;
		if (seen.size === MOST_REMEMBERED && oldest !== undefined) seen.delete(oldest);
		seen.set(id, what);
	};
	const keysOf = (id: string) => [keys.of('snapshot', id), keys.of('entries', id)];
	return {
		async save(id, { entries, ...rest }) {
			const head = JSON.stringify(rest);
			const texts = entries.map((entry) => JSON.stringify(entry));
			let known = seen.get(id) ?? NOTHING;
			// Until it is known to be written, it is not known what is there.
			seen.delete(id);
			for (;;) {
				const change = changeBetween(known, head, texts, digest);
				const token = change.isEmpty ? known.token : randomUUID();
				const reply = await send(connection, keys, keysOf(id), { known, token, change });
				if (reply[0] === 1) return remember(id, { token, ...change.now });
				if (reply[0] === 0) known = readSeen(reply);
			}
		},
		async load(id) {
			const reply = await connection.run(LOAD_SESSION, keysOf(id), []);
			if (!Array.isArray(reply)) return null;
			const [token, head, texts] = reply as [string, string, string[]];
			remember(id, { token, head: digest(head), entries: texts.map(digest) });
			const entries = texts.map((text) => JSON.parse(text) as SessionData['entries'][number]);
			return { ...(JSON.parse(head) as Omit<SessionData, 'entries'>), entries };
		},
		async delete(id) {
			seen.delete(id);
			await connection.send('DEL', ...keysOf(id));
		},
	};
}

/** The same digest as the script's `redis.sha1hex`. */
function digest(text: string): string {
	return createHash('sha1').update(text).digest('hex');
}

function readSeen([, token, head, ...entries]: readonly unknown[]): Seen {
	return { token: String(token), head: String(head), entries: entries.map(String) };
}

async function send(
	connection: Connection,
	keys: Keys,
	...[sessionKeys, { known, token, change }]: [
		readonly string[],
		{ known: Seen; token: string; change: Change },
	]
): Promise<readonly unknown[]> {
	const length = change.texts.reduce((sum, text) => sum + text.length, 0);
	const isLarge = length > INLINE_LENGTH;
	const staged = isLarge ? [await stage(connection, keys, change.texts)] : [];
	const { head, kept, positions, texts } = change;
	const reply = (await connection.run(
		SAVE_SESSION,
		[...sessionKeys, ...staged],
		[known.token, token, head, kept, positions.length, ...positions, ...(isLarge ? [] : texts)],
	)) as unknown[];
	if (isLarge && reply[0] !== 1) await connection.send('DEL', ...staged);
	return reply;
}
