// The project's own client: found from its db entry, connected once, closed. It never connects again by itself.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
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
			createClient: module.createClient ?? module.default.createClient,
		};
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? 'ERROR';
		throw new Stopped('client', code, 'the redis client of this project could not be loaded');
	}
}

/** The first word of a server's refusal, such as `WRONGPASS`, stands for its kind. */
function stopOf(error: unknown): Stopped {
	if (error instanceof Stopped) return error;
	const { message } = error as Error;
	const code = /^[A-Z]+(?= )/.exec(message)?.[0] ?? 'ERROR';
	if (/DB index is out of range|SELECT is not allowed/.test(message))
		return new Stopped('database', code, message);
	if (/AUTH|^(WRONGPASS|NOPERM)|invalid (username-)?password/.test(message))
		return new Stopped('auth', code, message);
	return new Stopped('commands', code, message);
}

/** A connection that never came about fails where it is accepted, unless the server says what else is wrong. */
function connectStopOf(error: unknown): Stopped {
	const stopped = stopOf(error);
	if (stopped.stop.stage !== 'commands' || stopped.stop.code === 'LOADING') return stopped;
	const { code } = error as NodeJS.ErrnoException;
	const isClosed = /closed|timeout/i.test(stopped.message);
	const cause = typeof code === 'string' ? code : isClosed ? 'CLOSED' : stopped.stop.code;
	return new Stopped('auth', cause, stopped.message);
}

/** A refusal that is about one command; everything else stops the probe. */
export function isRefusal(error: unknown): error is Error {
	return (
		error instanceof Error &&
		!(error instanceof Stopped) &&
		/^(NOPERM|ERR|[A-Z]+) /.test(error.message) &&
		!/^(NOAUTH|LOADING)/.test(error.message)
	);
}

/** Connects with the address of the environment. @throws Stopped */
export async function openSession({ createClient }: Found, url: string): Promise<Session> {
	const client = createClient({ url, socket: { connectTimeout: 5000, reconnectStrategy: false } });
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
