// Asks the server, before anything is written, whether it can keep what it is given. Reads only.
import { isRefusal } from './faults.ts';
import type { Connection } from './script.ts';

/** What a server says of itself; a name is missing when it did not say. */
type Settings = ReadonlyMap<string, string>;

/**
 * The least major version: HSET takes several fields since 4.0.0, and nothing else that is sent here is
 * younger (COMMAND DOCS; test/inspect.test.ts asks for it). Every Valkey is younger than that.
 */
export const LEAST_REDIS = 4;

/**
 * Refuses a server on which Flue would lose or misplace data.
 *
 * @throws Error that names the setting: Cluster mode, an eviction policy, a read-only replica, a
 * server that is still loading or too old, or that nothing could be learned.
 */
export async function inspectServer(connection: Connection): Promise<void> {
	const info = await readInfo(connection);
	if (info.get('loading') === '1') {
		throw new Error('The server is still loading its data into memory. Try again later.');
	}
	if (info.get('role') === 'slave') throw new Error(replica(info.get('slave_read_only') !== '0'));
	checkVersion(info);
	const cluster = (await readConfig(connection, 'cluster-enabled')) ?? info.get('cluster_enabled');
	checkCluster(cluster);
	const policy = (await readConfig(connection, 'maxmemory-policy')) ?? info.get('maxmemory_policy');
	checkPolicy(policy);
}

function replica(isReadOnly: boolean): string {
	return isReadOnly
		? 'The server is a read-only replica. Connect to the primary.'
		: 'The server is a replica, and what is written to a replica is lost when it synchronises. Connect to the primary.';
}

function checkCluster(value: string | undefined): void {
	if (value === undefined) throw unverified('that Redis Cluster is disabled');
	if (value === 'yes' || value === '1') {
		throw new Error('Redis Cluster is not supported by @flue/redis.');
	}
}

function checkPolicy(value: string | undefined): void {
	if (value === undefined) throw unverified('that maxmemory-policy is noeviction');
	if (value === 'noeviction') return;
	throw new Error(
		`@flue/redis requires maxmemory-policy noeviction. The server has ${value}, which may delete durable state.`,
	);
}

function checkVersion(info: Settings): void {
	const version = info.get('redis_version');
	if (version === undefined || Number.parseInt(version, 10) >= LEAST_REDIS) return;
	throw new Error(
		`The server is too old for @flue/redis: it is ${version}, and Redis ${LEAST_REDIS}.0 or any Valkey is the least.`,
	);
}

function unverified(what: string): Error {
	return new Error(
		`@flue/redis could not verify ${what}: the server denies CONFIG and INFO. Allow one of them to this user, or check the server yourself and pass { inspectServer: false }.`,
	);
}

/** CONFIG GET of one setting; nothing when this user may not ask or the server does not know it. */
async function readConfig(connection: Connection, name: string): Promise<string | undefined> {
	const reply = await unlessDenied(() => connection.send('CONFIG', 'GET', name));
	if (Array.isArray(reply)) return reply[1] === undefined ? undefined : String(reply[1]);
	// RESP3 answers a map, which clients show as a Map or as a plain object.
	if (reply instanceof Map) return reply.get(name);
	if (reply && typeof reply === 'object') return (reply as Record<string, string>)[name];
	return undefined;
}

async function readInfo(connection: Connection): Promise<Settings> {
	const reply = await unlessDenied(() => connection.send('INFO'));
	const settings = new Map<string, string>();
	for (const line of String(reply ?? '').split(/\r?\n/)) {
		const colon = line.indexOf(':');
		if (colon > 0) settings.set(line.slice(0, colon), line.slice(colon + 1));
	}
	return settings;
}

/**
 * Nothing when the server denies or does not know the command. Any other failure, such as a missing
 * password or a lost connection, is the true cause and must not hide behind "could not verify".
 */
async function unlessDenied(request: () => Promise<unknown>): Promise<unknown> {
	try {
		return await request();
	} catch (error) {
		if (isRefusal(error)) return undefined;
		throw error;
	}
}
