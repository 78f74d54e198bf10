// A drill on a server that somebody named: only on an empty database, nothing is killed, and what was written is deleted again.
import { parseAddress } from '../../../inspect/secrets/address.ts';
import type { Check } from '../../../model/verification.ts';
import { fail, pass, skip, warn } from './checks.ts';
import { endpointOf } from './environment.ts';
import { redact, secretsOf } from './redact.ts';
import { rehearse } from './rehearsal.ts';
import { type Connection, connectTo } from './resp.ts';
import { AGENT } from './sample.ts';
import type { Ground } from './trials.ts';

/** Set while a drill is at work, so that two do not write to one database; it ends by itself when the drill is killed. */
const LOCK = 'flue-drill-lock';
const LOCK_SECONDS = 300;
/** What the adapter of this repository keeps beside keys that bear a name: see the layout in adapter/README.md. */
const INDEXES = new Set(
	(
		'@flue/redis sequence unready runnable settling joins running ' +
		'receipts markers deletions runs runs/active runs/completed runs/errored'
	).split(' '),
);

const LOSSES = ['aof-always', 'aof-everysec', 'snapshots', 'nothing'] as const;

/** `host:port`, which holds no secret. */
function nameOf(address: string): string {
	const { host, port } = endpointOf(address);
	return `${host}:${port}`;
}

function unusable(reason: string): Check {
	const message = `The server of --drill-url cannot be used: ${reason}.`;
	return fail('drill.server', message, 'Give redis://user:password@host:port/number.');
}

/** The server and its check; the connection is null when the drill must not go on. */
async function open(address: string): Promise<{ connection: Connection | null; check: Check }> {
	let connection: Connection | undefined;
	// A part of the password would be taken for the host.
	const { problem } = parseAddress(address);
	if (problem !== null) return { connection: null, check: unusable(`its address ${problem}`) };
	try {
		const name = nameOf(address);
		connection = await connectTo(address);
		const isFree = (await connection.ask('SET', LOCK, 'drill', 'NX', 'EX', LOCK_SECONDS)) !== null;
		const size = Number(await connection.ask('DBSIZE')) - 1;
		if (isFree && size === 0)
			return {
				connection,
				check: pass('drill.server', `The database at ${name} is empty and is written to.`),
			};
		if (isFree) await connection.ask('DEL', LOCK);
		connection.close();
		const reason = isFree ? `is not empty (${size} keys)` : 'is in use by another drill';
		const message = `The database at ${name} ${reason}, so it is not written to.`;
		const hint =
			'Give --drill-url an empty database: another number at the end of the address, or a server of its own.';
		return { connection: null, check: fail('drill.server', message, hint) };
	} catch (error) {
		connection?.close();
		const said = redact((error as Error).message, secretsOf({ url: address })).replace(/\.+$/, '');
		return { connection: null, check: unusable(said) };
	}
}

/** Whether a drill of ours can have written a key: it bears the drill's name, or is one of the adapter's own. */
function isWritten(key: string, namespace: string, keys: readonly string[]): boolean {
	const rest = key.slice(namespace.length);
	// Other adapters have other names: theirs is the whole namespace.
	if (!keys.includes(`${namespace}@flue/redis`)) return true;
	return INDEXES.has(rest) || rest.startsWith('stage/') || rest.includes(AGENT);
}

/** Every key of the database. */
async function allKeys({ ask }: Connection): Promise<string[]> {
	const keys = new Set<string>();
	let cursor = '0';
	do {
		const [next, found] = (await ask('SCAN', cursor, 'COUNT', 500)) as [string, string[]];
		for (const key of found) keys.add(key);
		cursor = next;
	} while (cursor !== '0');
	return [...keys];
}

/**
 * What the keys of a Flue namespace begin with: what stands before its mark (`@flue/redis` in adapter/, `meta` elsewhere),
 * else what all keys have before their first colon. null when nothing tells.
 */
export function namespaceOf(keys: readonly string[]): string | null {
	const marks = keys.flatMap((key) => /^(.+:)(?:@flue\/redis|meta)$/.exec(key)?.[1] ?? []);
	if (marks.length === 1) return marks[0] ?? null;
	const firsts = new Set(keys.map((key) => /^[^:]+:/.exec(key)?.[0] ?? ''));
	const [only = ''] = firsts;
	return firsts.size === 1 && only !== '' ? only : null;
}

/** Deletes what the drill wrote; the database was empty before. */
async function clean(address: string): Promise<Check> {
	const id = 'drill.clean';
	const connection = await connectTo(address);
	try {
		await connection.ask('DEL', LOCK);
		const keys = await allKeys(connection);
		const namespace = namespaceOf(keys);
		const below = namespace === null ? [] : keys.filter((key) => key.startsWith(namespace));
		const ours = below.filter((key) => isWritten(key, namespace ?? '', keys));
		for (let at = 0; at < ours.length; at += 500)
			await connection.ask('DEL', ...ours.slice(at, at + 500));
		const left = keys.length - ours.length;
		const done = `${ours.length} keys were deleted again`;
		if (left === 0) return pass(id, `${done}; the database is empty.`);
		const message = `${done}; ${left} others are there, which somebody else wrote meanwhile: they stay.`;
		return warn(id, message, 'Drill on a database that nobody else uses.');
	} finally {
		connection.close();
	}
}

/** The check of the cleaning, which is done whatever happened before. */
function cleanAgain(address: string): Promise<Check> {
	return clean(address).catch((error: Error) => {
		const said = redact(error.message, secretsOf({ url: address }));
		const message = `What was written could not be deleted: ${said}.`;
		return fail('drill.clean', message, 'Delete the keys of the namespace by hand.');
	});
}

const NOT_KILLED =
	'A server that was named is not killed; leave --drill-url out to see what is lost with a server.';

/** The checks of a drill on the server at an address. Deletes only in a database that it has found empty. */
export async function drillGiven(ground: Ground, address: string): Promise<Check[]> {
	const { connection, check } = await open(address);
	if (!connection) return [check];
	const checks = [check];
	try {
		const stage = { address, connection, isOwn: false, next: null };
		const { checks: found, running } = await rehearse(ground, stage);
		await running?.close();
		checks.push(...found, ...LOSSES.map((name) => skip(`drill.loss.${name}`, NOT_KILLED)));
	} finally {
		connection.close();
		// Nobody writes any more when it is deleted.
		await ground.plan.throwaway.end();
		checks.push(await cleanAgain(address));
	}
	return checks;
}
