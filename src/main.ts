// The edge of the program: argv, environment and streams come in, an exit status goes out. Beside `apply`, which runs and stops
// programs, the only user of `process`.
import { pathToFileURL } from 'node:url';
import type { Invocation } from './cli/invocation.ts';
import type { FlueError } from './errors.ts';
import type { Start } from './model/start.ts';
import { openOutputs } from './output.ts';
import { readOwnStart, workingFolder } from './own-start.ts';
import { ownPath } from './package/own-path.ts';
import { readVersion } from './package/version.ts';
import type { Surroundings } from './terminal/output.ts';

/** DECTCEM, https://vt100.net/docs/vt510-rm/DECTCEM.html */
const SHOW_CURSOR = '\u001b[?25h';

async function asFlueError(error: unknown, args: string[]): Promise<FlueError> {
	const { FlueError, tooDeep } = await import('./errors.ts');
	if (error instanceof FlueError && error.code !== 'INTERNAL') return error;
	// What has no brackets to count can still nest deeper than a parser follows: `!!!!…`, `a ? b : a ? b : …`.
	if (error instanceof RangeError && /call stack/.test(error.message)) return tooDeep(error);
	const [{ asDefect }, { maskedCommand }, { release }] = await Promise.all([
		import('./terminal/defect.ts'),
		import('./cli/masked.ts'),
		import('node:os'),
	]);
	return asDefect(error, {
		program: readVersion(),
		node: process.versions.node,
		system: `${process.platform} ${process.arch} ${release()}`,
		command: maskedCommand(args),
		root: ownPath('.'),
	});
}

/** Aborted when the system or the person asks the program to stop; as long as nobody asks for it, that ends the program. */
function watchSignals(): AbortSignal {
	const controller = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(name, () => controller.abort(name));
	return controller.signal;
}

async function carryOut(
	invocation: Invocation,
	surroundings: Surroundings,
	{ account, args }: { account: object; args: string[] },
): Promise<number> {
	const about = [surroundings, account] as const;
	if (invocation.command === 'add')
		return (await import('./commands/add/session.ts')).runAdd(invocation.request, ...about);
	if (invocation.command === 'verify')
		return (await import('./commands/verify/session.ts')).runVerify(invocation.request, ...about);
	if (invocation.command === 'remove')
		return (await import('./commands/rarely.ts')).runRemove(invocation.request, ...about);
	if (invocation.command === 'update')
		return (await import('./commands/rarely.ts')).runUpdate(invocation.request, ...about);
	if (invocation.command === 'apply')
		return (await import('./commands/rarely.ts')).runApply(invocation.request, ...about);
	if (invocation.command === 'list')
		return (await import('./commands/list/session.ts')).runList(invocation.request, surroundings);
	if (invocation.command === 'mcp') {
		const { runMcp } = await import('./commands/mcp/session.ts');
		return runMcp(invocation.cwd, surroundings, perform);
	}
	const { answer } = await import('./commands/help/index.ts');
	await answer(invocation, surroundings, args.includes('--json'));
	return 0;
}

/** Each command speaks of its own failures. */
async function speakFailure(
	error: FlueError,
	surroundings: Surroundings,
	told: { account: object; args: string[] },
): Promise<void> {
	const { args } = told;
	const about = [surroundings, told] as const;
	if (args[0] === 'verify')
		return (await import('./commands/verify/session.ts')).speakVerifyError(error, ...about);
	if (args[0] === 'list')
		return (await import('./commands/list/session.ts')).speakListError(error, surroundings, args);
	if (args[0] === 'help' && args.includes('--json'))
		return (await import('./commands/help/index.ts')).speakHelpError(error, surroundings);
	return (await import('./terminal/speak.ts')).speakError(error, ...about);
}

/** Where the words of a failure cannot be had either, because a file of this package is broken. */
async function speakPlainly(
	error: FlueError,
	args: string[],
	{ stdout, stderr }: Pick<Surroundings, 'stdout' | 'stderr'>,
): Promise<void> {
	const { plainWords } = await import('./terminal/defect.ts');
	const json = args.includes('--json');
	const commands = ['verify', 'list', 'remove', 'update', 'apply'] as const;
	const command = commands.find((name) => name === args[0]) ?? 'add';
	const stream = json ? stdout : stderr;
	await new Promise<void>((resume) =>
		stream.write(`${plainWords(error, { command, json })}\n`, () => resume()),
	);
}

async function endUncaught(error: unknown, args: string[]): Promise<never> {
	const known = await asFlueError(error, args);
	await speakPlainly(known, args, openOutputs());
	process.exit(known.status);
}

/** What is thrown where nobody waits for it: the run cannot go on, and nothing else may be said of it. */
function watchUncaught(args: string[]): void {
	process.once('uncaughtException', (error) => {
		// A question that was open has hidden it.
		if (process.stderr.isTTY) process.stderr.write(SHOW_CURSOR);
		endUncaught(error, args).catch(() => process.exit(1));
	});
}

/**
 * Lets the framework's command take this process over, with its arguments, streams and terminal as they are; true when
 * it did. Only where the program was called by that command's name.
 */
async function handOver({ name }: Start, args: string[]): Promise<boolean> {
	if (name !== 'flue') return false;
	const [{ isForFramework }, { COMMAND_NAMES }] = await Promise.all([
		import('./commands/framework/command-line.ts'),
		import('./cli/options.ts'),
	]);
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
	const start = readOwnStart();
	const args = process.argv.slice(2);
	if (await handOver(start, args)) return;
	process.exitCode = await runOwn(start, args);
	// An interrupted prompt still holds the terminal; and taking the parser's memory apart takes a tenth of a whole run.
	process.exit();
}

/** Does what was asked, says how it ended, and gives the exit status. */
async function perform(typed: string[], surroundings: Surroundings): Promise<number> {
	const account = {};
	let args = typed;
	try {
		const [{ refuseSlips }, { withInput }] = await Promise.all([
			import('./cli/slips.ts'),
			import('./input.ts'),
		]);
		const given = await withInput(typed, surroundings);
		args = given.args;
		if (given.refusal !== undefined) throw given.refusal;
		refuseSlips(args);
		const { parseArguments } = await import('./cli/parse.ts');
		const invocation = parseArguments(args, surroundings.version);
		return await carryOut(invocation, surroundings, { account, args });
	} catch (error) {
		const known = await asFlueError(error, args);
		await speakFailure(known, surroundings, { account, args }).catch(() =>
			speakPlainly(known, args, surroundings),
		);
		return known.status;
	}
}

/** Runs one of our own commands to its end and gives the exit status. */
async function runOwn(start: Start, args: string[]): Promise<number> {
	process.exitCode = 1;
	const { stdout, stderr, settle } = openOutputs();
	let signal: AbortSignal | undefined;
	watchUncaught(args);
	const status = await perform(args, {
		// Opening it takes a while, and few ask for it.
		get stdin() {
			return process.stdin;
		},
		stdout,
		stderr,
		environment: process.env,
		get signal() {
			signal ??= watchSignals();
			return signal;
		},
		version: readVersion(),
		node: { path: process.execPath, version: process.versions.node },
		start,
	});
	return settle(status);
}
