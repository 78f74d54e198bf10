// Sessions, saved whole by the runtime after every step and by this store only as far as they changed.
// What this process last saw of a session is remembered by digests; a token tells whether that is still
// what is there.
import { createHash, randomUUID } from 'node:crypto';
import type { SessionData, SessionStore } from '@flue/runtime/adapter';
import type { Keys } from '../../keys.ts';
import { REMOVE } from '../../lua/log.ts';
import { INLINE_LENGTH, stage } from '../../staging.ts';
import type { Together } from '../beta/together.ts';
import { type Change, changeBetween, NO_CHANGE, type Seen } from './difference.ts';
import { LOAD_SESSION, SAVE_SESSION, TRIM_SESSION } from './lua/sessions.ts';

/** Sessions that are remembered at once; far fewer are busy at the same time. */
const MOST_REMEMBERED = 500;

/** A session that does not exist, as far as anybody knows. */
const NOTHING: Seen = { token: '', head: '', entries: [] };

/** No session has this token: what is asked for with it is answered with what is there. */
const UNKNOWN: Seen = { ...NOTHING, token: '?' };

/** Characters of a session that are sent without asking first what of it is there already. */
const SHORT = 16 * 1024;

/** Opens the sessions of one namespace. */
export function createSessionStore(connection: Together, keys: Keys): SessionStore {
	const seen = new Map<string, Seen>();
	const remember = (id: string, what: Seen) => {
		seen.delete(id);
		const oldest = seen.keys().next().value;
		if (seen.size === MOST_REMEMBERED && oldest !== undefined) seen.delete(oldest);
		seen.set(id, what);
	};
	const keyOf = (id: string) => keys.of('snapshot', id);
	return {
		async save(id, { entries, ...rest }) {
			const head = JSON.stringify(rest);
			const texts = entries.map((entry) => JSON.stringify(entry));
			let step = { isSaved: false, seen: seen.get(id) ?? (isShort(texts) ? NOTHING : UNKNOWN) };
			// Until it is known to be written, it is not known what is there.
			seen.delete(id);
			while (!step.isSaved) step = await write(connection, keys, keyOf(id), step.seen, head, texts);
			remember(id, step.seen);
		},
		async load(id) {
			const reply = await connection.run(LOAD_SESSION, [keyOf(id)], []);
			if (!Array.isArray(reply)) return null;
			const [token, head, texts] = reply as [string, string, string[]];
			remember(id, { token, head: digest(head), entries: texts.map(digest) });
			const entries = texts.map((text) => JSON.parse(text) as SessionData['entries'][number]);
			return { ...(JSON.parse(head) as Omit<SessionData, 'entries'>), entries };
		},
		async delete(id) {
			seen.delete(id);
			await connection.run(REMOVE, [keyOf(id)], []);
		},
	};
}

function isShort(texts: readonly string[]): boolean {
	return texts.reduce((sum, text) => sum + text.length, 0) <= SHORT;
}

/** The same digest as the script's `redis.sha1hex`. */
function digest(text: string): string {
	return createHash('sha1').update(text).digest('hex');
}

function readSeen([, token, head, ...entries]: readonly unknown[]): Seen {
	return { token: String(token), head: String(head), entries: entries.map(String) };
}

/** Tries to make the known session the wanted one; else tells what is there instead. */
async function write(
	connection: Together,
	keys: Keys,
	...[sessionKey, known, head, texts]: [string, Seen, string, readonly string[]]
): Promise<{ isSaved: boolean; seen: Seen }> {
	const change = known === UNKNOWN ? NO_CHANGE : changeBetween(known, head, texts, digest);
	const token = change.isEmpty ? known.token : randomUUID();
	const reply = await send(connection, keys, sessionKey, { known, token, change });
	if (reply[0] === 1) return { isSaved: true, seen: { token, ...change.now } };
	return { isSaved: false, seen: reply[0] === 0 ? readSeen(reply) : known };
}

async function send(
	connection: Together,
	keys: Keys,
	...[sessionKey, { known, token, change }]: [
		string,
		{ known: Seen; token: string; change: Change },
	]
): Promise<readonly unknown[]> {
	const length = change.texts.reduce((sum, text) => sum + text.length, 0);
	const isLarge = length > INLINE_LENGTH;
	const staged = isLarge ? [await stage(connection, keys, change.texts)] : [];
	const { head, kept, positions, texts } = change;
	const reply = (await connection.run(
		SAVE_SESSION,
		[sessionKey, ...staged],
		[known.token, token, head, kept, positions.length, ...positions, ...(isLarge ? [] : texts)],
	)) as unknown[];
	if (isLarge) await connection.send('DEL', ...staged);
	const before = known.entries.length;
	if (reply[0] === 1 && kept < before) connection.rideAlong(TRIM_SESSION, sessionKey, before);
	return reply;
}
