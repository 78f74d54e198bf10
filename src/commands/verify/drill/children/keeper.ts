// Owns the drill's folder and programs, and outlives nobody: when the drill ends, however it ends, programs are killed and the folder goes.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FromKeeper, FromWorker, Program, ToKeeper } from '../messages.ts';

const TAIL = 2000;
/** Named by the drill, so that it can remove what is left of a keeper that was killed before its first word. */
const folder = process.argv[2] ?? '';
mkdirSync(folder, { mode: 0o700 });
const children = new Map<number, ChildProcess>();
let isEnding = false;

function tell(message: FromKeeper): void {
	// The drill may be gone already.
	if (process.connected) process.send?.(message, () => {});
}

function writeConfig({ folder: name, text }: { folder: string; text: string }): void {
	mkdirSync(join(folder, name), { recursive: true });
	writeFileSync(join(folder, `${name}.conf`), text, { mode: 0o600 });
}

function collectTail({ stdout, stderr }: ChildProcess): () => string {
	let tail = '';
	for (const stream of [stdout, stderr])
		stream?.on('data', (bytes: Buffer) => {
			tail = (tail + bytes).slice(-TAIL);
		});
	return () => tail;
}

/** Ends a program and all it started: a group of their own. Also what a wrapper script leaves behind when it ends. */
function kill({ pid }: ChildProcess): void {
	try {
		if (pid !== undefined) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
	} catch {
		// Nobody is left.
	}
}

function start({ id, file, args, cwd, environment, talks, config }: Program): void {
	if (config) writeConfig(config);
	const output = talks ? 'ignore' : 'pipe';
	const child = spawn(file, args, {
		cwd,
		env: environment,
		detached: process.platform !== 'win32',
		windowsHide: true,
		stdio: ['ignore', output, output, ...(talks ? (['ipc'] as const) : [])],
	});
	const readTail = collectTail(child);
	children.set(id, child);
	if (child.pid !== undefined) tell({ event: 'started', id, pid: child.pid });
	child.on('message', (message) => tell({ event: 'said', id, message: message as FromWorker }));
	const ended = (status: number | string) => {
		children.delete(id);
		tell({ event: 'ended', id, status, tail: readTail() });
		if (isEnding) leave();
	};
	child.on('error', (error) => child.pid === undefined && ended(error.message));
	child.on('exit', () => kill(child));
	child.on('close', (status, signal) => ended(status ?? signal ?? 'unknown'));
}

/** Ends this process once the last program has: only then can nobody write into the folder any more. */
function leave(): void {
	if (children.size > 0) return;
	rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
	process.exit(0);
}

function end(): void {
	isEnding = true;
	for (const child of children.values()) kill(child);
	leave();
}

process.on('message', (message: ToKeeper) => {
	if (isEnding) return;
	if (message.order === 'start') start(message.program);
	// A message to a process that has just ended is lost, and its end is reported.
	if (message.order === 'tell') children.get(message.id)?.send(message.message, () => {});
	const child = message.order === 'kill' ? children.get(message.id) : undefined;
	if (child) kill(child);
	if (message.order === 'end') end();
});
process.on('disconnect', end);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, end);
tell({ event: 'ready' });
