// Starts real Redis and Valkey servers on free loopback ports, each with a folder of its own, and
// stops them by their process ids. A server that is not installed is a failure that says how to get it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './patience.ts';

export type ServerKind = 'redis' | 'valkey';

export interface TestServer {
	readonly kind: ServerKind;
	readonly port: number;
	readonly url: string;
	/** Where its data lies. */
	readonly directory: string;
	/** SIGKILL, as a crash does; the data folder stays. */
	readonly kill: () => Promise<void>;
	/**
	 * Start again on the same port and data, with further settings; resolves when the server listens,
	 * and unless told otherwise only when it has loaded its data.
	 */
	readonly restart: (
		settings?: Record<string, string>,
		state?: 'listening' | 'loaded',
	) => Promise<void>;
	/** End for good and remove the data. */
	readonly stop: () => Promise<void>;
}

/** Servers that still run; a process that ends early takes them with it. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
	for (const child of alive) child.kill('SIGKILL');
});

export const HOW_TO_GET: Record<ServerKind, string> = {
	redis: 'apt-get install redis-server',
	valkey: 'apt-get install -t bookworm-backports valkey-server',
};

/** The version that the installed server reports, such as `7.0.15`. */
export function versionOf(kind: ServerKind): string {
	try {
		const text = execFileSync(`${kind}-server`, ['--version'], { encoding: 'utf8' });
		return /v=(\S+)/.exec(text)?.[1] ?? text;
	} catch (cause) {
		throw new Error(`${kind}-server is not installed: ${HOW_TO_GET[kind]}`, { cause });
	}
}

export async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
	const { port } = probe.address() as { port: number };
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

/** Starts a server; `settings` are pairs of its configuration file's words. */
export async function startServer(
	kind: ServerKind,
	settings: Record<string, string> = {},
): Promise<TestServer> {
	versionOf(kind);
	const directory = mkdtempSync(join(tmpdir(), `flue-${kind}-`));
	const port = await freePort();
	const words = {
		port: String(port),
		bind: '127.0.0.1',
		dir: directory,
		save: '',
		'maxmemory-policy': 'noeviction',
		...settings,
	};
	let child = launch(kind, words);
	await waitForPort(port, child, 'loaded');
	return {
		kind,
		port,
		url: `redis://127.0.0.1:${port}`,
		directory,
		kill: () => end(child, 'SIGKILL'),
		async restart(further = {}, state = 'loaded') {
			child = launch(kind, { ...words, ...further });
			await waitForPort(port, child, state);
		},
		async stop() {
			await end(child, 'SIGKILL');
			rmSync(directory, { recursive: true, force: true });
		},
	};
}

function launch(kind: ServerKind, words: Record<string, string>): ChildProcess {
	const args = Object.entries(words).flatMap(([name, value]) => [`--${name}`, value]);
	const child = spawn(`${kind}-server`, args, { stdio: 'ignore' });
	alive.add(child);
	child.once('exit', () => alive.delete(child));
	return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill(signal);
	await ended;
}

async function waitForPort(
	port: number,
	child: ChildProcess,
	state: 'listening' | 'loaded',
): Promise<void> {
	await until(`a server on port ${port}`, async () => {
		if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
		const answer = await ping(port);
		return answer && (state === 'listening' || !answer.startsWith('-LOADING'));
	});
}

/** What the server answers PING, or nothing. */
function ping(port: number): Promise<string> {
	return new Promise((resolve) => {
		const socket = new Socket();
		const finish = (result: string) => {
			socket.destroy();
			resolve(result);
		};
		socket.once('error', () => finish(''));
		socket.once('data', (data) => finish(String(data)));
		socket.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
	});
}
