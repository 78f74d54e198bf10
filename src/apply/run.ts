// Runs one program: no shell, no stdin but what is given, no survivors. The only owner of execa.
import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import type { ResultPromise } from 'execa';

interface RunResult {
	/** null when the program did not start, or was stopped. */
	exitCode: number | null;
	/** The end of what it printed on both streams, without colours. */
	tail: string;
	/** What stopped it, e.g. `SIGTERM`. */
	signal?: string;
}

export interface CommandResult extends RunResult {
	stdout: string;
}

export interface Command {
	/** A name to be found on PATH, or a path; `.cmd` shims work on Windows. */
	file: string;
	args: string[];
	cwd: string;
	/** The whole environment: nothing is inherited beside it. */
	environment: Record<string, string | undefined>;
	onOutput?: (chunk: string) => void;
	/** Told the number of the process, which leads a group of its own. */
	onStart?: ((pid: number) => void) | undefined;
	/** Stops the program and every program that it started. */
	signal?: AbortSignal;
	input?: string;
}

type Child = Pick<ResultPromise, 'pid' | 'stdout' | 'stderr' | 'once'>;

const TAIL_LENGTH = 16_000;
const PATIENCE = 5000;

/**
 * The environment of a child. With NODE_ENV=production a manager leaves out, or even removes, development
 * dependencies; corepack would ask before a download, and pin its choice in package.json.
 */
function childEnvironment(environment: Command['environment']): Record<string, string | undefined> {
	const { NODE_ENV: _, ...rest } = environment;
	return { ...rest, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0', COREPACK_ENABLE_AUTO_PIN: '0' };
}

/** Collects the end of both streams and all of the first, and passes each piece on. */
function collect(
	child: Child,
	onOutput: Command['onOutput'],
): { tail(): string; stdout(): string } {
	let tail = '';
	let stdout = '';
	for (const stream of [child.stdout, child.stderr]) {
		const decoder = new StringDecoder('utf8');
		stream?.on('data', (bytes: Buffer) => {
			const chunk = decoder.write(bytes);
			tail = (tail + chunk).slice(-2 * TAIL_LENGTH);
			if (stream === child.stdout) stdout += chunk;
			onOutput?.(chunk);
		});
	}
	return {
		tail: () => stripVTControlCharacters(tail).slice(-TAIL_LENGTH),
		stdout: () => stdout,
	};
}

/** So long what a program had written before its end may be on its way. */
const LAST_WORDS = 200;

/**
 * Ends with the program, not with what it left running: a server in the background holds the streams open for as long
 * as it lives.
 */
function endWith(child: Child): void {
	child.once('exit', () => {
		const close = (): void => {
			child.stdout?.destroy();
			child.stderr?.destroy();
		};
		// On a busy machine the time is up before what came within it was read: that is done between the two.
		setTimeout(() => setImmediate(close), LAST_WORDS).unref();
	});
}

/** Sends a signal to the program and all it started: its process group, which it leads. */
async function stopTree(child: Child, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		const { execa } = await import('execa');
		await execa('taskkill', ['/pid', String(child.pid), '/T', '/F'], { reject: false });
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch {
		// Nobody is left in the group.
	}
}

const running = new Set<Child>();

/** Whoever was stopped while git was asked something waits for no answer: at the end of this process git ends too. */
function leaveNobody(): void {
	for (const child of running) void stopTree(child, 'SIGKILL');
}

/** Stops the tree when asked to, forcibly after a while. The result ends the watch. */
function watch(child: Child, signal: AbortSignal | undefined): () => Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const stop = (): void => {
		void stopTree(child, 'SIGTERM');
		timer = setTimeout(() => void stopTree(child, 'SIGKILL'), PATIENCE);
	};
	signal?.addEventListener('abort', stop, { once: true });
	if (signal?.aborted) stop();
	return async () => {
		signal?.removeEventListener('abort', stop);
		clearTimeout(timer);
		// A program can end before those it started, which would go on writing while files are put back.
		if (signal?.aborted) await stopTree(child, 'SIGKILL');
	};
}

/** Runs a program to its end. Never throws: a program that cannot be started has no exit code, and the tail says why. */
export async function runCommand(command: Command): Promise<CommandResult> {
	const { execa } = await import('execa');
	const { file, args, cwd, environment, onOutput, signal, input } = command;
	const child = execa(file, args, {
		cwd,
		env: childEnvironment(environment),
		extendEnv: false,
		reject: false,
		buffer: false,
		stripFinalNewline: false,
		// A group of its own, so that all of it can be stopped. It also has no terminal on which to wait for an answer.
		detached: process.platform !== 'win32',
		windowsHide: true,
		...(input === undefined ? { stdin: 'ignore' as const } : { input }),
	});
	if (child.pid !== undefined) command.onStart?.(child.pid);
	const output = collect(child, onOutput);
	endWith(child);
	const endWatch = watch(child, signal);
	if (running.size === 0) process.once('exit', leaveNobody);
	running.add(child);
	const result = await child;
	running.delete(child);
	if (running.size === 0) process.off('exit', leaveNobody);
	await endWatch();
	return {
		exitCode: result.exitCode ?? null,
		tail: output.tail() || (result.failed ? (result.originalMessage ?? '') : ''),
		stdout: output.stdout(),
		...(result.signal === undefined ? {} : { signal: result.signal }),
	};
}
