// One process that runs the project's db.ts against one server; it is let on only when its connection is the drill's own.
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreContract } from '../../../model/verification.ts';
import { workerEnvironment } from './environment.ts';
import type { Job, SafeError, Stage } from './messages.ts';
import { type Connection, isLost } from './resp.ts';
import type { Survival } from './survival.ts';
import { type Running, SCRIPTS, type Throwaway } from './throwaway.ts';
import { type State, type Watch, watch } from './watch.ts';

export interface DatabasePlan {
	throwaway: Throwaway;
	/** Absolute path of the Node that runs it. */
	node: string;
	/** Absolute path of the project. */
	root: string;
	/** Absolute path of db.ts. */
	entry: string;
	/** What the stores of db.ts have to be. */
	contract: StoreContract;
	/** Names of variables that get the address. */
	variables: string[];
	environment: Record<string, string | undefined>;
}

/** The server that it has to be connected to. */
export interface DatabaseServer {
	address: string;
	connection: Connection;
	/** Whether it is the drill's, on this machine; true unless said. */
	isOwn?: boolean;
}

/** Why a process of db.ts did not get as far as it should. */
export type Trouble =
	/** It asked for connections to something else, which were not made, and has none to our server. */
	| { kind: 'refused'; targets: string[]; loaded: boolean }
	/** It loaded and is connected to nothing. */
	| { kind: 'unconnected' }
	| { kind: 'failed'; stage: Stage; error: SafeError }
	/** It did not come to the end of a step. */
	| { kind: 'slow'; step: 'load' | 'open' | 'work' }
	/** There was no server for it. */
	| { kind: 'no-server'; said: string }
	/** The server went away in the middle: whatever came of that is no fault of db.ts. */
	| { kind: 'server-gone'; isOwn: boolean }
	| { kind: 'ended'; status: number | string };

export interface Database {
	/** Loads db.ts, and makes sure that it is connected to our server; null when it is. Nothing has been written then. */
	load(): Promise<Trouble | null>;
	/** Migrates, and gets the stores. */
	open(): Promise<Trouble | null>;
	/** May be told more than once, one after the other. */
	work(job: Job): Promise<{ survivals: Survival[] } | { trouble: Trouble }>;
	/** What goes wrong in a moment in which nothing is asked of it: a timer of db.ts may throw. */
	rest(): Promise<Trouble | null>;
	/** What it asked to be connected to, beside our server. */
	refused(): string[];
	/** Ends it as a Flue process ends. */
	close(): Promise<void>;
	kill(): Promise<void>;
}

/** Milliseconds for one step of a process: for one that hangs. On a busy machine an ordinary step takes ten seconds. */
export const PATIENCE = 60_000;
/** Milliseconds in which a client that connects in the background has done so. */
const BRIEFLY = 2000;

const isOver = ({ failure, ended }: State): boolean => failure !== null || ended !== null;

function troubleOf({ failure, ended, loaded, opened }: State): Trouble {
	if (failure) return { kind: 'failed', ...failure };
	if (ended) return { kind: 'ended', status: ended.status };
	return { kind: 'slow', step: opened ? 'work' : loaded ? 'open' : 'load' };
}

/** Whether the server itself knows a connection from one of the ports. It may not have accepted the newest yet. */
async function isKnown({ ask }: Connection, ports: number[]): Promise<boolean> {
	for (let attempt = 0; attempt < 10; attempt++) {
		if (databaseOf(String(await ask('CLIENT', 'LIST')), ports) !== null) return true;
		await sleep(30);
	}
	return false;
}

/** The number of the database that a connection from one of the ports has chosen; null when there is none in the list. */
function databaseOf(listed: string, ports: number[]): number | null {
	const line = listed
		.split('\n')
		.find((one) => ports.some((port) => new RegExp(`\\baddr=\\S+:${port}\\b`).test(one)));
	return line === undefined ? null : Number(/\bdb=(\d+)/.exec(line)?.[1]);
}

/**
 * Whether a connection to a server of somebody else has chosen the database of the address. Through a proxy the server sees
 * other ports than we do; then all other databases have to be empty, and the guard lets nothing out but to this address.
 */
async function hasChosen(
	{ address, connection }: DatabaseServer,
	ports: number[],
): Promise<boolean> {
	const wanted = Number(new URL(address).pathname.slice(1));
	const listed = await connection.ask('CLIENT', 'LIST').catch(() => '');
	const chosen = databaseOf(String(listed), ports);
	if (chosen !== null) return chosen === wanted;
	const others = await connection.ask('INFO', 'keyspace').catch(() => '');
	return [...String(others).matchAll(/^db(\d+):/gm)].every(
		([, number]) => Number(number) === wanted,
	);
}

/**
 * Waits for the connection. A client whose connections are refused may try again for ever, and one that connects in the
 * background is not there yet when db.ts has loaded. One that is connected and does not finish gets no more time for it.
 */
async function settle({ until }: Watch): Promise<void> {
	const end = Date.now() + PATIENCE;
	const isSettled = (state: State) => isOver(state) || state.loaded;
	await until((state) => isSettled(state) || state.refused.size > 0, PATIENCE);
	await until((state) => isSettled(state) || state.ports.length > 0, BRIEFLY);
	await until((state) => isSettled(state) || state.ports.length === 0, end - Date.now());
	await until((state) => isOver(state) || state.ports.length + state.refused.size > 0, BRIEFLY);
}

async function load(watched: Watch, prove: (ports: number[]) => Promise<boolean>) {
	await settle(watched);
	const { state } = watched;
	const isProven = state.ports.length > 0 && (await prove(state.ports).catch(() => false));
	if (!isProven && state.refused.size > 0)
		return { kind: 'refused' as const, targets: [...state.refused], loaded: state.loaded };
	if (!state.loaded || isOver(state)) return troubleOf(state);
	return isProven ? null : { kind: 'unconnected' as const };
}

function startWorker(plan: DatabasePlan, address: string, watched: Watch): Running {
	const { throwaway, node, root, variables, environment } = plan;
	const running = throwaway.start(
		{
			file: node,
			// As `flue run` reads it; what is set already stays.
			args: ['--env-file-if-exists=.env', SCRIPTS.worker],
			cwd: root,
			environment: workerEnvironment(environment, { variables, address, guard: SCRIPTS.guard }),
			talks: true,
		},
		watched.hear,
	);
	void running.ended.then(watched.end);
	return running;
}

/** What is wrong with the server, where it is that which went away; else the trouble as it is. */
async function causeOf(trouble: Trouble, server: DatabaseServer): Promise<Trouble> {
	const { connection, isOwn = true } = server;
	const isGone = await connection.ask('PING').then(() => false, isLost);
	return isGone ? { kind: 'server-gone', isOwn } : trouble;
}

/** Starts a process for db.ts. */
export function startDatabase(plan: DatabasePlan, server: DatabaseServer): Database {
	const { address, isOwn = true } = server;
	const causing = async (trouble: Trouble | null) => trouble && causeOf(trouble, server);
	const prove = (ports: number[]) =>
		isOwn ? isKnown(server.connection, ports) : hasChosen(server, ports);
	const watched = watch();
	const { state, until } = watched;
	const running = startWorker(plan, address, watched);
	return {
		async load() {
			running.tell({ order: 'load', entry: plan.entry });
			return causing(await load(watched, prove));
		},
		async open() {
			running.tell({ order: 'open', contract: plan.contract });
			await until((now) => isOver(now) || now.opened, PATIENCE);
			return state.opened ? null : causing(troubleOf(state));
		},
		async work(job) {
			state.survivals = null;
			running.tell({ order: 'work', job });
			await until((now) => isOver(now) || now.survivals !== null, PATIENCE);
			if (state.survivals) return { survivals: state.survivals };
			return { trouble: await causeOf(troubleOf(state), server) };
		},
		async rest() {
			await until(isOver, BRIEFLY);
			return isOver(state) ? causing(troubleOf(state)) : null;
		},
		refused: () => [...state.refused],
		async close() {
			running.tell({ order: 'close' });
			await until((now) => now.ended !== null, BRIEFLY);
			if (!state.ended) await running.kill();
		},
		async kill() {
			if (!state.ended) await running.kill();
		},
	};
}
