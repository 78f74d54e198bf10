// A server of the drill's own: on a free loopback port, with a password nobody knows, with the persistence that a trial asks for.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, connectTo } from './resp.ts';
import type { Ended, Running, Throwaway } from './throwaway.ts';

export interface Server {
	/** With its password: for the environment of db.ts alone. */
	address: string;
	/** To ask it what db.ts cannot tell. */
	connection: Connection;
	/** SIGKILL: a crash of the server. Resolves when it is gone. */
	kill(): Promise<Ended>;
}

export interface ServerPlan {
	/** Absolute path of redis-server or valkey-server. */
	file: string;
	/** Of its folder, in the drill's own: two servers with the same name have the same data. */
	name: string;
	/** Lines of its configuration that say what it keeps. */
	persistence: string[];
	environment: Record<string, string | undefined>;
}

/** Ports that another program took in the moment between. */
const ATTEMPTS = 5;
/** How long a server may take until it answers, in milliseconds; one that cannot start ends before. */
const PATIENCE = 60_000;

/** A port that the kernel says is free. */
async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve, reject) => {
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', resolve);
	});
	const { port } = probe.address() as { port: number };
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

/** A whole configuration: no file of the machine is read. */
function configText(
	server: { port: number; password: string; folder: string },
	persistence: string[],
): string {
	return [
		'bind 127.0.0.1',
		`port ${server.port}`,
		'protected-mode yes',
		`requirepass ${server.password}`,
		'daemonize no',
		'supervised no',
		`dir "${server.folder.replace(/["\\]/g, '\\$&')}"`,
		'logfile ""',
		'loglevel notice',
		'maxmemory 0',
		'maxmemory-policy noeviction',
		'timeout 0',
		...persistence,
		'',
	].join('\n');
}

/** Connects as soon as it answers; null when it ended instead. */
async function waitFor(address: string, running: Running): Promise<Connection | null> {
	let ended = false;
	void running.ended.then(() => {
		ended = true;
	});
	for (const start = Date.now(); !ended && Date.now() - start < PATIENCE; ) {
		try {
			return await connectTo(address);
		} catch {
			await sleep(15);
		}
	}
	return null;
}

/** The last lines that a server printed which did not start, or by what it was ended. */
function lastWords({ status, tail }: Ended, password: string): string {
	if (/^SIG/.test(String(status))) return `it was ended (${status}) before it answered`;
	const last = tail.replaceAll(password, '***').trim().split('\n').slice(-3).join(' ');
	return last || 'it printed nothing';
}

/** Starts a server, or starts one again on the data that is there. Rejects with what it printed when it does not start. */
export async function startServer(throwaway: Throwaway, plan: ServerPlan): Promise<Server> {
	const { file, name, environment, persistence } = plan;
	const folder = `${throwaway.folder}/${name}`;
	const password = randomBytes(24).toString('hex');
	let ended: Ended = { status: 0, tail: '' };
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const port = await freePort();
		const text = configText({ port, password, folder }, persistence);
		const running = throwaway.start({
			file,
			args: [`${folder}.conf`],
			cwd: throwaway.folder,
			environment,
			talks: false,
			config: { folder: name, text },
		});
		const address = `redis://:${password}@127.0.0.1:${port}`;
		const connection = await waitFor(address, running);
		if (connection) return { address, connection, kill: () => running.kill() };
		ended = await running.kill();
		// The wording of Redis and Valkey, for a port that somebody else has taken.
		if (!/in use|Failed listening/i.test(ended.tail)) break;
	}
	throw new Error(`The server did not start: ${lastWords(ended, password)}.`);
}
