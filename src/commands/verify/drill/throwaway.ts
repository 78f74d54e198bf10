// The drill's end of its keeper: a process that owns the drill's folder and programs, and ends them when this one is gone.
// With children/, the only file of the drill that uses `process`.
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlueError } from '../../../errors.ts';
import { ownPath } from '../../../package/own-path.ts';
import type { FromKeeper, FromWorker, Program, ToKeeper, ToWorker } from './messages.ts';
import type { Program as Node } from './programs.ts';
import { lost } from './resp.ts';

/** The modules that run in other processes. */
export const SCRIPTS = {
	keeper: ownPath('dist/drill/keeper.mjs'),
	worker: ownPath('dist/drill/worker.mjs'),
	guard: ownPath('dist/drill/guard.cjs'),
};

/** The Node that runs this program. */
export const OWN_NODE: Node = { path: process.execPath, version: process.versions.node };

/** How long the keeper may take to end its programs and remove its folder, in milliseconds. */
const PATIENCE = 5000;

export interface Ended {
	/** Exit status, the name of a signal, or why it did not start. */
	status: number | string;
	tail: string;
}

export interface Running {
	tell(message: ToWorker): void;
	/** Ends it and all it started, at once. Resolves when it is gone. */
	kill(): Promise<Ended>;
	ended: Promise<Ended>;
}

export interface Throwaway {
	/** Absolute path of the temporary folder. */
	folder: string;
	start(program: Omit<Program, 'id'>, onMessage?: (message: FromWorker) => void): Running;
	/** Ends every program and removes the folder. May be called twice. Returns what is left: nothing. */
	end(): Promise<string[]>;
}

interface Entry {
	onMessage: (message: FromWorker) => void;
	onEnd: (ended: Ended) => void;
	pid: number | null;
}

function killGroup(pid: number | null | undefined): void {
	try {
		if (pid) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
	} catch {
		// Nobody is left in it.
	}
}

function hear(entries: Map<number, Entry>, message: FromKeeper): void {
	if (message.event === 'ready') return;
	const entry = entries.get(message.id);
	if (message.event === 'started' && entry) entry.pid = message.pid;
	if (message.event === 'said') entry?.onMessage(message.message);
	if (message.event !== 'ended') return;
	entries.delete(message.id);
	entry?.onEnd({ status: message.status, tail: message.tail });
}

/** What the keeper leaves when it is killed itself: its programs are found by their groups. */
function sweep(entries: Map<number, Entry>, folder: string): void {
	for (const { pid, onEnd } of entries.values()) {
		killGroup(pid);
		onEnd({ status: 'SIGKILL', tail: '' });
	}
	entries.clear();
	rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/**
 * Waits for the keeper's first word.
 * @throws WRITE_FAILED when it cannot make the folder; what `isLost` knows when somebody ends it before
 */
function untilReady(keeper: ChildProcess): Promise<void> {
	return new Promise((resolve, reject) => {
		const refuse = (cause?: unknown) =>
			reject(
				new FlueError('WRITE_FAILED', 'The drill cannot make a temporary folder for its servers.', {
					hint: 'Let TMPDIR name a folder that can be written to.',
					cause,
				}),
			);
		keeper.once('error', refuse);
		keeper.once('exit', (status) =>
			status === 1 ? refuse() : reject(lost('The keeper was ended.')),
		);
		keeper.once('message', (message: FromKeeper) => {
			if (message.event === 'ready') resolve();
		});
	});
}

interface Held {
	keeper: ChildProcess;
	entries: Map<number, Entry>;
	hasEnded(): boolean;
}

function order({ keeper }: Held, message: ToKeeper): void {
	// One that has just ended does not hear it, and has ended everything.
	if (keeper.connected) keeper.send(message, () => {});
}

function startIn(held: Held, program: Program, onMessage: (message: FromWorker) => void): Running {
	const { id } = program;
	const ended = new Promise<Ended>((onEnd) => {
		if (held.hasEnded()) onEnd({ status: 'SIGKILL', tail: '' });
		else held.entries.set(id, { onMessage, onEnd, pid: null });
	});
	order(held, { order: 'start', program });
	return {
		tell: (message) => order(held, { order: 'tell', id, message }),
		kill() {
			order(held, { order: 'kill', id });
			return ended;
		},
		ended,
	};
}

/**
 * Starts the keeper, in a session of its own: a Ctrl-C at the terminal is not for it.
 * @throws WRITE_FAILED when it cannot make its folder; what `isLost` knows when it was ended before
 */
export async function openThrowaway(
	environment: Record<string, string | undefined>,
): Promise<Throwaway> {
	const { NODE_OPTIONS: _, ...env } = environment;
	const options = { env, execArgv: [], execPath: OWN_NODE.path, detached: true };
	const folder = join(tmpdir(), `flue-drill-${randomBytes(6).toString('hex')}`);
	const keeper = fork(SCRIPTS.keeper, [folder], {
		...options,
		stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
	});
	let hasEnded = false;
	const held: Held = { keeper, entries: new Map(), hasEnded: () => hasEnded };
	const gone = new Promise<void>((resolve) => keeper.once('exit', () => resolve()));
	await untilReady(keeper).catch((error) => {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	});
	keeper.on('message', (message: FromKeeper) => hear(held.entries, message));
	const swept = gone.then(() => {
		hasEnded = true;
		sweep(held.entries, folder);
	});
	let last = 0;
	return {
		folder,
		start: (program, onMessage = () => {}) => startIn(held, { ...program, id: ++last }, onMessage),
		async end() {
			order(held, { order: 'end' });
			const timer = setTimeout(() => killGroup(keeper.pid), PATIENCE);
			await swept;
			clearTimeout(timer);
			return existsSync(folder) ? [folder] : [];
		},
	};
}
