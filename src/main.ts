// The edge of the program: argv, environment and streams come in, an exit status goes out. The only user of `process`.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Account, Person } from './add.ts';
import { type Invocation, parseArguments } from './cli.ts';
import { FlueError } from './errors.ts';
import type { AddOptions, AddRequest, Outcome } from './model.ts';

function version(): string {
	const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
	return (JSON.parse(manifest) as { version: string }).version;
}

function say(lines: string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}

function tell(lines: string[]): void {
	process.stderr.write(`${lines.join('\n')}\n`);
}

function wantsColor(stream: { isTTY?: boolean }): boolean {
	const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
	if (NO_COLOR) return false;
	return FORCE_COLOR !== undefined && FORCE_COLOR !== '0' ? true : stream.isTTY === true && TERM !== 'dumb';
}

function asFlueError(error: unknown): FlueError {
	if (error instanceof FlueError) return error;
	const message = error instanceof Error ? error.message : String(error);
	return new FlueError('INTERNAL', `This is a defect of flue-blueprints: ${message}.`, {
		hint: 'Run the command again with DEBUG=1 and report what it prints.',
		cause: error,
	});
}

/** Aborts when the system or the person asks the program to stop. */
function watchSignals(): AbortController {
	const controller = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort(name));
	return controller;
}

/** Rejects on a signal, but not while files are being changed: then `applyPlan` puts them back and rejects itself. */
function stopped(signal: AbortSignal, account: Account): Promise<never> {
	return new Promise((_, reject) => {
		signal.addEventListener('abort', () => {
			if (!account.applying) reject(new FlueError('CANCELLED', 'Stopped. Nothing was changed.'));
		});
	});
}

async function findPerson(options: AddOptions): Promise<ReturnType<typeof import('./terminal/person.ts').meetPerson> | null> {
	if (options.yes || options.json || options.print || options.dryRun) return null;
	const { isInteractive } = await import('./terminal/interactive.ts');
	if (!(await isInteractive({ stdin: process.stdin, stderr: process.stderr, environment: process.env }))) return null;
	const [{ meetPerson }, { colorsFor }] = await Promise.all([import('./terminal/person.ts'), import('./terminal/report.ts')]);
	return meetPerson(process.stderr, colorsFor(wantsColor(process.stderr)));
}

type Speaker = Awaited<ReturnType<typeof findPerson>>;

function asPerson(speaker: NonNullable<Speaker>): Person {
	return {
		showFacts: ({ facts, secrets }) => facts && secrets && speaker.showFacts({ facts, secrets }),
		ask: speaker.ask,
		confirm: async ({ plan }) => plan !== undefined && speaker.confirm(plan),
	};
}

/** Lists, or picks when there is somebody to pick. Null: the list was the answer. */
async function chooseName({ kind, name, options }: AddRequest, speaker: Speaker): Promise<{ kind: string; name: string } | null> {
	if (kind && name) return { kind, name };
	const { BLUEPRINTS, checkKind } = await import('./blueprints/index.ts');
	if (kind) checkKind(kind);
	const listed = BLUEPRINTS.filter((blueprint) => !kind || blueprint.kind === kind);
	if (kind && speaker) {
		const rows = listed.map(({ name: value, title: label, description: hint }) => ({ value, label, hint }));
		return { kind, name: await speaker.pick('Which database?', rows) };
	}
	if (options.yes) {
		throw new FlueError('NEEDS_ANSWER', 'Nothing was named to add.', {
			hint: `Name one: ${listed.map((blueprint) => `flue add ${blueprint.kind} ${blueprint.name}`).join(', or ')}.`,
		});
	}
	if (options.json) say([(await import('./terminal/json.ts')).listDocument(listed)]);
	else say((await import('./terminal/report.ts')).listLines(listed));
	return null;
}

async function reportOutcome(request: AddRequest, account: Account, end: { outcome: Outcome; speaker: Speaker }): Promise<number> {
	const { outcome, speaker } = end;
	const { options } = request;
	const status = outcome.status === 'declined' ? 1 : 0;
	if (options.print) {
		process.stdout.write(account.text ?? '');
	} else if (options.json) {
		const { addDocument } = await import('./terminal/json.ts');
		say([await addDocument(account, outcome)]);
	} else {
		const { colorsFor, factLines, outcomeLines, planLines, warningLines } = await import('./terminal/report.ts');
		const colors = colorsFor(wantsColor(speaker ? process.stderr : process.stdout));
		if (!speaker && account.facts && account.secrets) tell(factLines(account.facts, account.secrets));
		const shown = speaker && outcome.status !== 'declined' ? outcome.warnings.slice(outcome.plan.warnings.length) : outcome.warnings;
		if (shown.length > 0) tell(warningLines(shown, colorsFor(wantsColor(process.stderr))));
		const lines = outcomeLines(outcome, colors);
		if (options.dryRun) lines.unshift(...(await planLines(outcome.plan, colors)), '');
		(speaker ? tell : say)(lines);
		if (speaker && outcome.status === 'applied' && account.choices) {
			const { equivalentCommand } = await import('./cli.ts');
			tell(['', `The same again, with nobody to ask:\n  ${equivalentCommand(request, account.choices)}`]);
		}
	}
	return status;
}

async function runAdd(request: AddRequest, account: Account): Promise<number> {
	const controller = watchSignals();
	const speaker = await findPerson(request.options);
	const options = { ...request.options, cwd: resolve(request.options.cwd) };
	const story = async () => {
		const named = await chooseName(request, speaker);
		if (!named) return 0;
		const [{ add }, { makeTools }, { showProgress }] = await Promise.all([
			import('./add.ts'),
			import('./tools.ts'),
			import('./terminal/progress.ts'),
		]);
		const watched = process.stderr.isTTY && !options.json;
		const tools = makeTools(process.env, watched ? (label) => showProgress(process.stderr, label) : null);
		const person = speaker && asPerson(speaker);
		const outcome = await add(named, options, { person, tools, signal: controller.signal, account });
		return reportOutcome(request, account, { outcome, speaker });
	};
	return Promise.race([story(), stopped(controller.signal, account)]);
}

async function carryOut(invocation: Invocation, account: Account): Promise<number> {
	if (invocation.command === 'add') return runAdd(invocation.request, account);
	if (invocation.command === 'text') process.stdout.write(invocation.text);
	else say((await import('./terminal/report.ts')).errorCodeLines());
	return 0;
}

async function reportError(error: FlueError, account: Account, json: boolean): Promise<number> {
	if (json) {
		const { addDocument } = await import('./terminal/json.ts');
		say([await addDocument(account, { status: 'failed', warnings: account.plan?.warnings ?? account.facts?.warnings ?? [], error })]);
	} else {
		const { colorsFor, errorLines } = await import('./terminal/report.ts');
		tell(errorLines(error, { colors: colorsFor(wantsColor(process.stderr)), debug: Boolean(process.env.DEBUG) }));
	}
	return error.status;
}

/** Runs the program. The exit status is a failure until an outcome says otherwise. */
export async function run(): Promise<void> {
	process.exitCode = 1;
	// A reader that went away (`flue add | head`) is no reason to stop half-way.
	process.stdout.on('error', () => {});
	const args = process.argv.slice(2);
	const account: Account = {};
	try {
		process.exitCode = await carryOut(parseArguments(args, version()), account);
	} catch (error) {
		const known = asFlueError(error);
		process.exitCode = await reportError(known, account, args.includes('--json'));
		// A prompt that was interrupted still holds the terminal open.
		if (known.code === 'CANCELLED') process.exit();
	}
}
