// Finds a server without its client: name, port, TLS, and whether it answers at all. Sends PING and nothing else.
import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ProbeStop } from '../../../../model/verification.ts';

export interface Place {
	host: string;
	port: number;
	tls: boolean;
	/** A socket of this machine, in the place of host and port. */
	path?: string;
	/** What may answer there, e.g. `Redis`. */
	products: string[];
}

const PATIENCE = 5000;

/** A failure that knows where it happened. Its message never holds what was sent. */
export class Stopped extends Error {
	readonly stop: ProbeStop;

	constructor(stage: ProbeStop['stage'], code: string, message: string) {
		super(message);
		this.stop = { stage, code, message };
	}
}

/** A host with several addresses fails with one error for each, and none of its own words. */
function wordsOf(error: Error): string {
	return error instanceof AggregateError
		? error.errors.map((one) => (one as Error).message).join('; ')
		: error.message;
}

function codeOf(error: unknown): string {
	const { code } = error as NodeJS.ErrnoException;
	return typeof code === 'string' ? code : 'ERROR';
}

/** The result, or a stop after five seconds. */
export async function within<T>(stage: ProbeStop['stage'], what: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		const stop = new Stopped(stage, 'TIMEOUT', 'no answer within 5 s');
		timer = setTimeout(() => reject(stop), PATIENCE);
	});
	try {
		return await Promise.race([what, late]);
	} finally {
		clearTimeout(timer);
	}
}

async function findHost(host: string): Promise<void> {
	if (isIP(host) !== 0) return;
	const found = lookup(host).catch((error: unknown) => {
		throw new Stopped('dns', codeOf(error), (error as Error).message);
	});
	await within('dns', found);
}

/** A socket that is open, with TLS or without. */
function opened(socket: Socket, event: 'connect' | 'secureConnect', stage: 'tcp' | 'tls') {
	const open = new Promise<void>((resolve, reject) => {
		socket.once(event, resolve);
		socket.once('error', (error) => reject(new Stopped(stage, codeOf(error), wordsOf(error))));
		socket.once('close', () =>
			reject(new Stopped(stage, 'CLOSED', 'the server closed the connection')),
		);
	});
	return within(stage, open);
}

async function openPort({ host, port, path }: Place): Promise<Socket> {
	const socket = path === undefined ? connect({ host, port }) : connect({ path });
	await opened(socket, 'connect', 'tcp').catch((error) => {
		socket.destroy();
		throw error;
	});
	return socket;
}

async function openTls(plain: Socket, { host }: Place): Promise<Socket> {
	const name = isIP(host) === 0 ? { servername: host } : {};
	const socket = connectTls({ socket: plain, host, ...name });
	await opened(socket, 'secureConnect', 'tls');
	return socket;
}

/** The first bytes that the server sends after a PING. */
function firstReply(socket: Socket): Promise<Buffer> {
	const reply = new Promise<Buffer>((resolve, reject) => {
		socket.once('data', resolve);
		socket.once('error', (error) => reject(new Stopped('answer', codeOf(error), error.message)));
		socket.once('close', () =>
			reject(new Stopped('answer', 'CLOSED', 'the server closed the connection')),
		);
		socket.write('PING\r\n');
	});
	return within('answer', reply);
}

/** A record of TLS begins with its kind (21, an alert) and 3, the version. */
function isTlsAlert(bytes: Buffer): boolean {
	return bytes[0] === 21 && bytes[1] === 3;
}

function tlsExpected(): Stopped {
	return new Stopped('tls', 'TLS_EXPECTED', 'the server speaks TLS, and the address does not');
}

function judge(bytes: Buffer, { products }: Place): void {
	const text = bytes.toString('latin1', 0, 200);
	if (isTlsAlert(bytes)) throw tlsExpected();
	if (text.startsWith('-DENIED'))
		throw new Stopped(
			'answer',
			'DENIED',
			'the server is in protected mode and takes local connections alone',
		);
	if (!/^[+-]/.test(text))
		throw new Stopped(
			'answer',
			'OTHER_PROTOCOL',
			`what answers there is neither ${products.join(' nor ')}`,
		);
	if (text.startsWith('-ERR max number of clients'))
		throw new Stopped(
			'answer',
			'MAXCLIENTS',
			'the server has no room for one more connection (maxclients)',
		);
}

/** Whether a server that hung up on plain text takes TLS: some say so with an alert, and some just close. */
async function speaksTls(place: Place): Promise<boolean> {
	const plain = await openPort(place);
	plain.on('error', () => {});
	const socket = connectTls({ socket: plain, host: place.host, rejectUnauthorized: false });
	try {
		await opened(socket, 'secureConnect', 'tls');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
		plain.destroy();
	}
}

async function hear(socket: Socket, place: Place): Promise<Buffer> {
	try {
		return await firstReply(socket);
	} catch (error) {
		const isClosed = error instanceof Stopped && /CLOSED|ECONNRESET|EPIPE/.test(error.stop.code);
		if (isClosed && !place.tls && (await speaksTls(place))) throw tlsExpected();
		throw error;
	}
}

/**
 * Reaches a server and hears it answer.
 * @throws Stopped where that fails
 */
export async function reach(place: Place): Promise<void> {
	if (place.path === undefined) await findHost(place.host);
	const plain = await openPort(place);
	// An error after the one that was waited for must not end the process.
	plain.on('error', () => {});
	try {
		const socket = place.tls ? await openTls(plain, place) : plain;
		socket.on('error', () => {});
		judge(await hear(socket, place), place);
		socket.destroy();
	} finally {
		plain.destroy();
	}
}
