// Asks the server, before anything is written, whether it can keep what it is given. Reads only.
import { isDenied } from './faults.ts';
import { LEAST_REDIS } from './least.ts';
import type { Connection } from './script.ts';

/** What a server says of itself; a name is missing when it did not say. */
type Settings = ReadonlyMap<string, string>;

/**
 * Refuses a server on which Flue would lose or misplace data.
 *
 * @throws Error that names the setting: Cluster mode, an eviction policy, a read-only replica, a
 * server that is still loading or too old, or that nothing could be learned.
 */
export async function inspectServer(connection: Connection): Promise<void> {
	const info = await readInfo(connection);
	if (info?.get('loading') === '1') {
		throw new Error('The server is still loading its data into memory. Try again later.');
	}
	if (info?.get('role') === 'slave') throw new Error(replica(info.get('slave_read_only') !== '0'));
	checkVersion(info?.get('redis_version'));
	const learn = (question: Question) => learnSetting(connection, info, question);
	checkCluster(
		await learn({
			what: 'that Redis Cluster is disabled',
			config: 'cluster-enabled',
			line: 'cluster_enabled',
		}),
	);
	checkPolicy(
		await learn({
			what: 'that maxmemory-policy is noeviction',
			config: 'maxmemory-policy',
			line: 'maxmemory_policy',
		}),
	);
}

function replica(isReadOnly: boolean): string {
	return isReadOnly
		? 'The server is a read-only replica. Connect to the primary.'
		: 'The server is a replica, and what is written to a replica is lost when it synchronises. Connect to the primary.';
}

function checkCluster(value: string): void {
	if (value === 'yes' || value === '1') {
		throw new Error('Redis Cluster is not supported by @flue/redis.');
	}
}

function checkPolicy(value: string): void {
	if (value === 'noeviction') return;
	throw new Error(
		`@flue/redis requires maxmemory-policy noeviction. The server has ${value}, which may delete durable state.`,
	);
}

function checkVersion(version: string | undefined): void {
	if (version === undefined || Number.parseInt(version, 10) >= Number(LEAST_REDIS)) return;
	throw new Error(
		`The server is too old for @flue/redis: it is ${version}, and Redis ${LEAST_REDIS} or any Valkey is the least.`,
	);
}

/** What is to be learned, and where: a setting of CONFIG, and the line of INFO that says the same. */
interface Question {
	readonly what: string;
	readonly config: string;
	readonly line: string;
}

/**
 * What the server says of one setting. Where INFO tells it, CONFIG may fail as it likes.
 *
 * @throws Error when neither tells it: the server's refusal, or what to do where a right is missing
 */
async function learnSetting(
	connection: Connection,
	info: Settings | undefined,
	{ what, config, line }: Question,
): Promise<string> {
	const told = info?.get(line);
	let value: string | undefined;
	try {
		value = await readConfig(connection, config);
	} catch (error) {
		if (told !== undefined) return told;
		if (isDenied(error)) throw denied(what, info === undefined);
		throw error;
	}
	const found = value ?? told;
	if (found !== undefined) return found;
	throw new Error(
		`@flue/redis could not verify ${what}: the server answers CONFIG GET and INFO, and neither says it. Ask its provider, or use a server that says it.`,
	);
}

function denied(what: string, both: boolean): Error {
	const [which, allow] = both
		? ['denies CONFIG and INFO', 'Allow one of them to this user']
		: ['denies CONFIG, and its INFO does not say it', 'Allow CONFIG GET to this user'];
	return new Error(
		`@flue/redis could not verify ${what}: the server ${which}. ${allow}, or check the server yourself and pass { inspectServer: false }.`,
	);
}

/** CONFIG GET of one setting; nothing when the server does not know it. */
async function readConfig(connection: Connection, name: string): Promise<string | undefined> {
	const reply = await connection.send('CONFIG', 'GET', name);
	if (Array.isArray(reply)) {
		// valkey-glide shows a map as a list of pairs with names.
		const pair = reply.find((one) => one?.key === name) as { value?: unknown } | undefined;
		const value = pair ? pair.value : reply[1];
		return value === undefined ? undefined : String(value);
	}
	// RESP3 answers a map, which clients show as a Map or as a plain object.
	if (reply instanceof Map) return reply.get(name);
	if (reply && typeof reply === 'object') return (reply as Record<string, string>)[name];
	return undefined;
}

/** What INFO says; nothing when it is denied. Any other refusal is the true cause, and must not hide behind that. */
async function readInfo(connection: Connection): Promise<Settings | undefined> {
	const reply = await connection.send('INFO').catch((error: unknown) => {
		if (isDenied(error)) return undefined;
		throw error;
	});
	if (reply === undefined) return undefined;
	const settings = new Map<string, string>();
	for (const line of String(reply ?? '').split(/\r?\n/)) {
		const colon = line.indexOf(':');
		if (colon > 0) settings.set(line.slice(0, colon), line.slice(colon + 1));
	}
	return settings;
}
