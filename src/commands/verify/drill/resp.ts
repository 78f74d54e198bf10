// Asks a Redis or Valkey server, in the second version of its protocol. As much of it as a drill needs: no third-party client, no state.
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { endpointOf } from './environment.ts';

/** https://redis.io/docs/latest/develop/reference/protocol-spec/ */
export type Reply = string | number | null | Reply[] | Error;

export interface Connection {
	/** The reply to one command. Rejects when the server refuses it, and when the connection is gone. */
	ask(...command: (string | number)[]): Promise<Reply>;
	close(): void;
}

const LOST = 'ServerLost';

/** An error that `isLost` knows. */
export function lost(message: string): Error {
	return Object.assign(new Error(message), { name: LOST });
}

/** Whether an error says that the server went away, rather than that it refused something. */
export function isLost(error: unknown): error is Error {
	return error instanceof Error && error.name === LOST;
}

/** How long a server may take to answer, in milliseconds. */
const PATIENCE = 5000;

function encode(command: (string | number)[]): string {
	const parts = command.map((part) => `$${Buffer.byteLength(String(part))}\r\n${part}\r\n`);
	return `*${command.length}\r\n${parts.join('')}`;
}

/** One reply at `at`, and where the next begins; null while bytes are missing. */
export function parseReply(bytes: Buffer, at = 0): { reply: Reply; next: number } | null {
	const end = bytes.indexOf('\r\n', at);
	if (end < 0) return null;
	const line = bytes.toString('utf8', at + 1, end);
	const kind = bytes.toString('latin1', at, at + 1);
	const next = end + 2;
	if (kind === '+') return { reply: line, next };
	if (kind === '-') return { reply: new Error(line), next };
	if (kind === ':') return { reply: Number(line), next };
	if (line === '-1') return { reply: null, next };
	const length = Number(line);
	if (kind === '*') return parseList(bytes, { length, next });
	if (kind !== '$') throw new Error('This is not the protocol of Redis.');
	if (bytes.length < next + length + 2) return null;
	return { reply: bytes.toString('utf8', next, next + length), next: next + length + 2 };
}

function parseList(bytes: Buffer, { length, next }: { length: number; next: number }) {
	const reply: Reply[] = [];
	let place = next;
	for (let index = 0; index < length; index++) {
		const part = parseReply(bytes, place);
		if (!part) return null;
		reply.push(part.reply);
		place = part.next;
	}
	return { reply, next: place };
}

interface Waiting {
	resolve(reply: Reply): void;
	reject(reason: Error): void;
}

/** Hands replies to those who wait, in order. */
function listen(socket: Socket, waiting: Waiting[]): void {
	let rest = Buffer.alloc(0);
	const lose = (reason: Error) => {
		for (const one of waiting.splice(0)) one.reject(reason);
		socket.destroy();
	};
	socket.on('data', (bytes: Buffer) => {
		rest = Buffer.concat([rest, bytes]);
		try {
			for (let read = parseReply(rest); read; read = parseReply(rest)) {
				rest = rest.subarray(read.next);
				const one = waiting.shift();
				if (read.reply instanceof Error) one?.reject(read.reply);
				else one?.resolve(read.reply);
			}
		} catch (error) {
			lose(error as Error);
		}
	});
	socket.setTimeout(
		PATIENCE,
		() => waiting.length > 0 && lose(lost('The server does not answer.')),
	);
	socket.on('error', ({ message }) => lose(lost(message)));
	socket.on('close', () => lose(lost('The connection is closed.')));
}

function open(address: string): Socket {
	const { host, port } = endpointOf(address);
	// SNI has no form for an IP address, and Node warns of one.
	const servername = /[a-z]/i.test(host) && !host.includes(':') ? host : undefined;
	if (address.startsWith('rediss:'))
		return connectTls({ host, port, ...(servername && { servername }) });
	return connectPlain({ host, port });
}

/** Connects, with the user, the password and the database of the address. Rejects when the server is not there or refuses. */
export async function connectTo(address: string): Promise<Connection> {
	const socket = open(address);
	const waiting: Waiting[] = [];
	listen(socket, waiting);
	const ask = (...command: (string | number)[]) =>
		new Promise<Reply>((resolve, reject) => {
			if (socket.destroyed) return reject(lost('The connection is closed.'));
			waiting.push({ resolve, reject });
			socket.write(encode(command));
		});
	const { username, password, pathname } = new URL(address);
	const user = username ? [decodeURIComponent(username)] : [];
	try {
		if (password) await ask('AUTH', ...user, decodeURIComponent(password));
		const database = pathname.replace(/^\//, '');
		if (database) await ask('SELECT', database);
		await ask('PING');
	} catch (error) {
		socket.destroy();
		throw error;
	}
	return { ask, close: () => socket.destroy() };
}
