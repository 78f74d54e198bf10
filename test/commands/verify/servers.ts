// Real servers for the probe, and servers that misbehave; all of them on free loopback ports, all of them stopped.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { onTestFinished } from 'vitest';
import { until } from '../../../adapter/test/patience.ts';
import {
	freePort,
	type ServerKind,
	startServer,
	type TestServer,
} from '../../../adapter/test/servers.ts';

export { freePort, type ServerKind, type TestServer };

/** A server for one test. Durable as recommended, unless the settings say otherwise. */
export async function serve(
	kind: ServerKind,
	settings: Record<string, string> = {},
): Promise<TestServer> {
	const server = await startServer(kind, { appendonly: 'yes', ...settings });
	onTestFinished(() => server.stop());
	return server;
}

/** Sends commands as the default user. */
export async function tell(port: number, ...commands: string[][]): Promise<unknown[]> {
	const client = createClient({ url: `redis://127.0.0.1:${port}` });
	client.on('error', () => {});
	await client.connect();
	const replies: unknown[] = [];
	try {
		for (const words of commands) replies.push(await client.sendCommand(words));
	} finally {
		client.destroy();
	}
	return replies;
}

/** A port on which a program answers each connection in its own way. */
export async function listen(answer: (socket: Socket) => void): Promise<number> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {}).resume();
		answer(socket);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return (server.address() as { port: number }).port;
}

/** A server that answers each command as a provider would that cannot be had here: a line of the protocol, from its words. */
export function answering(reply: (words: string[]) => string): Promise<number> {
	return listen((socket) =>
		socket.on('data', (bytes) => {
			const text = bytes.toString();
			if (!text.startsWith('*')) return void socket.write('+PONG\r\n');
			const commands = text.split(/^\*\d+\r\n/m).slice(1);
			for (const command of commands) {
				const words = command.split('\r\n').filter((_, index) => index % 2 === 1);
				socket.write(`${reply(words)}\r\n`);
			}
		}),
	);
}

export interface Certificate {
	folder: string;
	ca: string;
	settings: Record<string, string>;
}

/** A certificate for localhost, made for the test and trusted by nobody. */
export function makeCertificate(): Certificate {
	const folder = mkdtempSync(join(tmpdir(), 'flue-tls-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const [key, ca] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
	const form = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', ca];
	execFileSync('openssl', ['req', '-x509', ...form, ...names], { stdio: 'ignore' });
	const settings = {
		'tls-cert-file': ca,
		'tls-key-file': key,
		'tls-ca-cert-file': ca,
		'tls-auth-clients': 'no',
	};
	return { folder, ca, settings };
}

/** A server that has data to load and takes long over it. */
export async function serveLoading(kind: ServerKind): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'flue-loading-'));
	const port = await freePort();
	const words = [
		'--port',
		`${port}`,
		'--bind',
		'127.0.0.1',
		'--dir',
		folder,
		'--save',
		'',
		'--rdbcompression',
		'no',
	];
	const start = (more: string[]) =>
		spawn(`${kind}-server`, [...words, ...more], { stdio: 'ignore' });
	const answered = (commands: string[][]) =>
		until(`a server on port ${port}`, () => tell(port, ...commands).catch(() => null));
	const first = start([]);
	// A value is longer than what is read between two looks at the network, so that the server answers after each of them.
	const fill = "for i = 1, 10000 do redis.call('SET', 'k' .. i, string.rep('x', 1100)) end";
	await answered([['EVAL', fill, '0'], ['SAVE']]);
	const ended = new Promise((resolve) => first.once('exit', resolve));
	first.kill('SIGKILL');
	await ended;
	// Microseconds for each key: 200 s in all, far longer than a test.
	const second = start([
		'--key-load-delay',
		'20000',
		'--loading-process-events-interval-bytes',
		'1024',
	]);
	onTestFinished(async () => {
		const over = new Promise((resolve) => second.once('exit', resolve));
		second.kill('SIGKILL');
		await over;
		rmSync(folder, { recursive: true, force: true });
	});
	// What it answers is that it is loading.
	await answered([['CONFIG', 'GET', 'port']]);
	return port;
}
