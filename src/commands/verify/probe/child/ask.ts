// Asks a connected server what it is, and what it would refuse. Reads only: what is queued is always discarded.
import { refusalOf } from '../../../../adapter-words.ts';
import type { NamespaceFacts, ServerFacts } from '../../../../model/verification.ts';
import { type needsOf, SETTINGS } from '../needs.ts';
import { isDenied, isRefusal, type Session, stopOf } from './client.ts';

/** The reply, or null when the server does not give it to this user. */
async function unlessRefused<T>(request: Promise<T>, isNo = isDenied): Promise<T | null> {
	try {
		return await request;
	} catch (error) {
		if (isNo(error)) return null;
		throw error;
	}
}

/** A reply of pairs, in the shape of RESP2 (a flat list) or RESP3 (a map, or an object). */
function pairsOf(reply: unknown): Record<string, string> {
	const flat = Array.isArray(reply)
		? reply.flatMap((name, index): [unknown, unknown][] =>
				index % 2 === 0 ? [[name, reply[index + 1]]] : [],
			)
		: reply instanceof Map
			? [...reply]
			: Object.entries(reply ?? {});
	return Object.fromEntries(flat.map(([name, value]) => [String(name), String(value)]));
}

function linesOf(info: string): Record<string, string> {
	const lines = info.split(/\r?\n/).filter((line) => /^\w+:/.test(line));
	return Object.fromEntries(
		lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
	);
}

/** What the server says of itself, as far as this user may know it. */
export async function askServer(
	session: Session,
): Promise<Pick<ServerFacts, 'info' | 'config' | 'hello'>> {
	const info = await unlessRefused(session.send('INFO'));
	// Where INFO tells, these may be refused in whatever words: they only say the same once more.
	const isNo = info === null ? isDenied : isRefusal;
	const [hello, ...settings] = await Promise.all([
		unlessRefused(session.send('HELLO'), isNo),
		...SETTINGS.map((name) => unlessRefused(session.send('CONFIG', 'GET', name), isNo)),
	]);
	return {
		info: info === null ? null : linesOf(String(info)),
		hello: pairsOf(hello),
		config: Object.assign({}, ...settings.map(pairsOf)) as Record<string, string>,
	};
}

/** Faults of the server's state, which it tells of any write before it queues it; anything else is about the command. */
function isWriteFault(message: string): boolean {
	const refusal = refusalOf(message);
	return refusal?.kind === 'writes' || refusal?.code === 'MASTERDOWN';
}

/** Every command with the first key, then a read and a write of every other key. */
function trials(
	base: string,
	{ keys, commands }: ReturnType<typeof needsOf>,
): { words: string[]; key: string }[] {
	const withKey = (words: readonly string[], key: string) => ({
		words: words.map((word) => (word === 'key' ? base + key : word)),
		key: base + key,
	});
	const [first = '', ...others] = keys;
	const each = others.flatMap((key) => [
		withKey(['HMGET', 'key', 'field'], key),
		withKey(['HSET', 'key', 'field', 'value'], key),
	]);
	return [...commands.map((words) => withKey(words, first)), ...each];
}

/** What a server says of a command: that it is queued, that it takes no writes, or that it is not for this user. */
async function judged(session: Session, words: string[]): Promise<string> {
	try {
		return String(await session.send(...words));
	} catch (error) {
		const { message } = error as Error;
		if (isDenied(error) || isWriteFault(message)) return message;
		throw stopOf(error);
	}
}

/**
 * Lets the server judge every command without running one: between MULTI and DISCARD it checks the rights of the user,
 * its memory and its disk, and answers QUEUED. Nothing is sent before MULTI is accepted.
 */
export async function askRights(
	session: Session,
	base: string,
	needs: ReturnType<typeof needsOf>,
): Promise<Pick<ServerFacts, 'refused' | 'writeFault'>> {
	const opened = await judged(session, ['MULTI']);
	if (opened !== 'OK')
		return { refused: [{ command: 'MULTI', key: '', message: opened }], writeFault: null };
	const answers = await Promise.all(
		trials(base, needs).map(async ({ words, key }) => ({
			command: words[0] ?? '',
			key,
			message: await judged(session, words),
		})),
	);
	await session.send('DISCARD');
	const faults = answers.filter(({ message }) => message !== 'QUEUED');
	return {
		refused: faults.filter(({ message }) => !isWriteFault(message)),
		writeFault: faults.find(({ message }) => isWriteFault(message))?.message ?? null,
	};
}

/** A SCAN sees so many keys of the whole database at most, 1,000 a request. */
const REQUESTS = 100;
const NAMES = 3;

/** The hash at a key; an empty object when the key holds anything else, null when there is none. */
async function hashAt(session: Session, key: string): Promise<Record<string, string> | null> {
	const type = await session.send('TYPE', key);
	if (type === 'none') return null;
	if (type !== 'hash') return {};
	const fields = ['format_version', 'schemaVersion', 'schema_version', 'layout'];
	const values = (await session.send('HMGET', key, ...fields)) as (string | null)[];
	return Object.fromEntries(
		fields.flatMap((name, index) => (values[index] == null ? [] : [[name, String(values[index])]])),
	);
}

/** Whether a key belongs to a marked namespace nested in this one: its own names hold no colon. */
async function isNested(
	session: Session,
	base: string,
	key: string,
	known: Map<string, boolean>,
): Promise<boolean> {
	for (let end = key.indexOf(':', base.length); end >= 0; end = key.indexOf(':', end + 1)) {
		const mark = `${key.slice(0, end)}:@flue/redis`;
		if (!known.has(mark)) known.set(mark, Number(await session.send('EXISTS', mark)) === 1);
		if (known.get(mark)) return true;
	}
	return false;
}

/** What lies under the prefix. Refused requests leave it unknown: null. */
async function askNamespace(session: Session, prefix: string): Promise<NamespaceFacts | null> {
	const base = `${prefix}:`;
	const [stamp, meta] = await Promise.all([
		hashAt(session, `${base}@flue/redis`),
		hashAt(session, `${base}meta`),
	]);
	const pattern = `${base.replace(/[*?[\]^\\-]/g, (sign) => `\\${sign}`)}*`;
	const nested = new Map<string, boolean>();
	const found = new Set<string>();
	let cursor = '0';
	let requests = 0;
	do {
		const reply = await session.send('SCAN', cursor, 'MATCH', pattern, 'COUNT', '1000');
		const [next, keys] = reply as [string | number, string[]];
		for (const key of keys) if (!(await isNested(session, base, key, nested))) found.add(key);
		cursor = String(next);
	} while (cursor !== '0' && ++requests < REQUESTS);
	const examples = [...found].sort().slice(0, NAMES);
	return { prefix, stamp, meta, keys: found.size, complete: cursor === '0', examples };
}

/** As `askNamespace`, with null when this user may not look. */
export function askNamespaceIfAllowed(
	session: Session,
	prefix: string,
): Promise<NamespaceFacts | null> {
	return unlessRefused(askNamespace(session, prefix));
}
