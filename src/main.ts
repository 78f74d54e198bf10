// The edge of the program: argv, environment and streams come in, an exit status goes out. Beside `apply`, which runs and stops
// programs, the only user of `process`.
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { maskedCommand } from './cli/masked.ts';
import { COMMAND_NAMES, type Invocation, parseArguments } from './cli/parse.ts';
import { FlueError } from './errors.ts';
import type { Start } from './model/start.ts';
import { readStart } from './package/start.ts';
import { asDefect, plainWords } from './terminal/defect.ts';
import type { Surroundings } from './terminal/output.ts';

/** DECTCEM, https://vt100.net/docs/vt510-rm/DECTCEM.html */
const SHOW_CURSOR = '\u001b[?25h';

function version(): string {
	const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
	return (JSON.parse(manifest) as { version: string }).version;
}

function asFlueError(error: unknown, args: string[]): FlueError {
	if (error instanceof FlueError && error.code !== 'INTERNAL') return error;
	return asDefect(error, {
		program: version(),
		node: process.versions.node,
		system: `${process.platform} ${process.arch} ${release()}`,
		command: maskedCommand(args),
		root: fileURLToPath(new URL('..', import.meta.url)),
	});
}

/** Aborted when the system or the person asks the program to stop. */
function watchSignals(): AbortSignal {
	const controller = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(name, () => controller.abort(name));
	return controller.signal;
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
	return new Promise((resume) => stream.write('', () => resume()));
}

async function carryOut(
	invocation: Invocation,
	surroundings: Surroundings,
	{ account, args }: { account: object; args: string[] },
): Promise<number> {
	if (invocation.command === 'add')
		return (await import('./commands/add/session.ts')).runAdd(
			invocation.request,
			surroundings,
			account,
		);
	if (invocation.command === 'verify')
		return (await import('./commands/verify/session.ts')).runVerify(
			invocation.request,
			surroundings,
			account,
		);
	const { answer } = await import('./commands/help/index.ts');
	await answer(invocation, surroundings, args.includes('--json'));
	return 0;
}

/** Each command speaks of its own failures. */
async function speakFailure(
	error: FlueError,
	surroundings: Surroundings,
	{ account, args }: { account: object; args: string[] },
): Promise<void> {
	const told = { account, args };
	if (args[0] === 'verify')
		return (await import('./commands/verify/session.ts')).speakVerifyError(
			error,
			surroundings,
			told,
		);
	return (await import('./terminal/speak.ts')).speakError(error, surroundings, told);
}

/** Where the words of a failure cannot be had either, because a file of this package is broken. */
function speakPlainly(error: FlueError, args: string[]): Promise<void> {
	const json = args.includes('--json');
	const command = args[0] === 'verify' ? 'verify' : 'add';
	const stream = json ? process.stdout : process.stderr;
	return new Promise((resume) =>
		stream.write(`${plainWords(error, { command, json })}\n`, () => resume()),
	);
}

/** What is thrown where nobody waits for it: the run cannot go on, and nothing else may be said of it. */
function watchUncaught(args: string[]): void {
	process.once('uncaughtException', (error) => {
		const known = asFlueError(error, args);
		// A question that was open has hidden it.
		if (process.stderr.isTTY) process.stderr.write(SHOW_CURSOR);
		void speakPlainly(known, args).then(() => process.exit(known.status));
	});
}

/** Where the program was started; the root where that folder is gone. */
function workingFolder(): string {
	try {
		return process.cwd();
	} catch {
		return '/';
	}
}

/**
 * Lets the framework's command take this process over, with its arguments, streams and terminal as they are; true when
 * it did. Only where the program was called by that command's name.
 */
async function handOver({ name }: Start, args: string[]): Promise<boolean> {
	if (name !== 'flue') return false;
	const { isForFramework } = await import('./commands/framework/command-line.ts');
	if (!isForFramework(args, COMMAND_NAMES)) return false;
	const { findFrameworkCommand } = await import('./commands/framework/find-command.ts');
	const file = findFrameworkCommand(workingFolder());
	if (file === null) return false;
	process.argv[1] = file;
	// A file that cannot be loaded ends as if Node had been told to run it.
	import(pathToFileURL(file).href).catch((error) => setImmediate(() => raise(error)));
	return true;
}

function raise(error: unknown): never {
	throw error;
}

/** Runs the program. The exit status is a failure until an outcome says otherwise. */
export async function run(): Promise<void> {
	const start = readStart({
		file: process.argv[1] ?? '',
		folder: workingFolder(),
		environment: process.env,
	});
	const args = process.argv.slice(2);
	if (await handOver(start, args)) return;
	process.exitCode = await runOwn(start, args);
	// An interrupted prompt still holds the terminal; and taking the parser's memory apart takes a tenth of a whole run.
	process.exit();
}

/** Runs one of our own commands to its end and gives the exit status. */
async function runOwn(start: Start, args: string[]): Promise<number> {
	process.exitCode = 1;
	const { stdin, stdout, stderr, env: environment } = process;
	// A reader that went away (`flue add | head`) is no reason to stop half-way; an answer that got lost is a failure.
	let lost: Error | undefined;
	stderr.on('error', () => {});
	stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') lost = error;
	});
	const node = { path: process.execPath, version: process.versions.node };
	const signal = watchSignals();
	const world = { stdin, stdout, stderr, environment, signal, node, start };
	const surroundings: Surroundings = { ...world, version: version() };
	const account = {};
	watchUncaught(args);
	let status: number;
	try {
		const invocation = parseArguments(args, surroundings.version);
		status = await carryOut(invocation, surroundings, { account, args });
	} catch (error) {
		const known = asFlueError(error, args);
		status = known.status;
		await speakFailure(known, surroundings, { account, args }).catch(() =>
			speakPlainly(known, args),
		);
	}
	await flushed(stdout);
	if (lost) {
		status = 1;
		stderr.write(
			`error WRITE_FAILED: The output could not be written (${lost.message}); what was done stays done.\n`,
		);
	}
	await flushed(stderr);
	return status;
}
