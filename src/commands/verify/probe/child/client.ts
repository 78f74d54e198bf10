// The project's own client: found from its db entry, connected once, closed. It never connects again by itself.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { refusalOf } from '../../../../adapter-words.ts';
import { Stopped, within } from './reach.ts';

/** As much of `redis` 4 to 6 as is used. */
interface Client {
	readonly isOpen: boolean;
	on(event: 'error', listener: () => void): void;
	connect(): Promise<unknown>;
	sendCommand(words: string[]): Promise<unknown>;
	destroy?(): void;
	disconnect?(): Promise<void>;
}

export interface Session {
	/** Sends one command; rejects with the server's own text, or a stop after five seconds. */
	send(...words: string[]): Promise<unknown>;
	close(): void;
}

interface Found {
	/** E.g. `redis 5.12.1`. */
	name: string;
	/** What db.ts tells the client of the protocol. */
	protocol: { RESP?: 2 };
	createClient(options: object): Client;
}

/** Finds the client as the db entry does. @throws Stopped */
export async function findClient(entry: string): Promise<Found> {
	const require = createRequire(entry);
	try {
		const module = await import(pathToFileURL(require.resolve('redis')).href);
		const { version } = require('redis/package.json') as { version: string };
		return {
			name: `redis ${version}`,
			protocol: /\bRESP:\s*2\b/.test(readFileSync(entry, 'utf8')) ? { RESP: 2 } : {},
			createClient: module.createClient ?? module.default.createClient,
		};
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? 'ERROR';
		throw new Stopped('client', code, 'the redis client of this project could not be loaded');
	}
}

/** The code of a refusal, such as `WRONGPASS`, stands for its kind. */
export function stopOf(error: unknown): Stopped {
	if (error instanceof Stopped) return error;
	const { message } = error as Error;
	const refusal = refusalOf(message);
	const code = /^[A-Z]+(?= )/.exec(message)?.[0] ?? 'ERROR';
	if (
		refusal?.kind === 'database' ||
		/DB index is out of range|SELECT is not allowed/.test(message)
	)
		return new Stopped('database', code, message);
	if (refusal?.kind === 'protocol') return new Stopped('auth', 'NOPROTO', message);
	if (refusal?.kind === 'login') return new Stopped('auth', refusal.code, message);
	if (refusal?.kind === 'right') return new Stopped('auth', code, message);
	return new Stopped('commands', code, message);
}

/** A connection that never came about fails where it is accepted, unless the server says what else is wrong. */
function connectStopOf(error: unknown): Stopped {
	const stopped = stopOf(error);
	if (stopped.stop.stage !== 'commands' || refusalOf(stopped.message)) return stopped;
	const { code } = error as NodeJS.ErrnoException;
	const isClosed = /closed|timeout/i.test(stopped.message);
	const cause = typeof code === 'string' ? code : isClosed ? 'CLOSED' : stopped.stop.code;
	return new Stopped('auth', cause, stopped.message);
}

/** A server's refusal of this command to this user; everything else is true of every command, and stops the probe. */
export function isDenied(error: unknown): error is Error {
	if (!(error instanceof Error) || error instanceof Stopped) return false;
	const kind = refusalOf(error.message)?.kind;
	return kind === 'right' || kind === 'command' || kind === 'protocol';
}

/** Any word of a server that is not what was asked for. */
export function isRefusal(error: unknown): error is Error {
	return error instanceof Error && !(error instanceof Stopped) && /^[A-Z]+ /.test(error.message);
}

/** Connects with the address of the environment. @throws Stopped */
export async function openSession(
	{ createClient, protocol }: Found,
	url: string,
): Promise<Session> {
	const socket = { connectTimeout: 5000, reconnectStrategy: false };
	const client = createClient({ url, socket, ...protocol });
	client.on('error', () => {});
	const close = (): void => {
		if (!client.isOpen) return;
		if (client.destroy) client.destroy();
		else void client.disconnect?.().catch(() => {});
	};
	try {
		await within('auth', client.connect()).catch((error: unknown) => {
			throw connectStopOf(error);
		});
		// redis 5 connects to a server that wants a password and was given none. A server that loads its data, or whose disk
		// is full, refuses PING too, and has more to say.
		const stop = await within('auth', client.sendCommand(['PING'])).catch(stopOf);
		if (stop instanceof Stopped && stop.stop.stage !== 'commands') throw stop;
	} catch (error) {
		close();
		throw stopOf(error);
	}
	return { send: (...words) => within('commands', client.sendCommand(words)), close };
}
