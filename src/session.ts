// One `flue add` from request to exit status: finds out whether there is a person, tells the story, speaks the outcome.
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { Account, Person } from './add.ts';
import { BLUEPRINTS, checkKind } from './blueprints/index.ts';
import { equivalentCommand } from './cli.ts';
import { FlueError } from './errors.ts';
import type { AddOptions, AddRequest, Outcome } from './model.ts';
import { addDocument, listDocument } from './terminal/json.ts';
import type { Speaker } from './terminal/person.ts';
import { showProgress } from './terminal/progress.ts';
import {
	type Colors,
	colorsFor,
	errorLines,
	factLines,
	listLines,
	outcomeLines,
	planLines,
	warningLines,
} from './terminal/report.ts';

export type Output = Writable & { isTTY?: boolean; columns?: number };

/** The world as values: nothing below this reaches for `process`. */
export interface Surroundings {
	stdin: { isTTY?: boolean };
	stdout: Output;
	stderr: Output;
	environment: Record<string, string | undefined>;
	/** Aborted when the system or the person asks the program to stop. */
	signal: AbortSignal;
}

interface Session {
	request: AddRequest;
	options: AddOptions;
	speaker: Speaker | null;
	account: Account;
	surroundings: Surroundings;
}

function write(output: Output, lines: string[]): void {
	output.write(`${lines.join('\n')}\n`);
}

/** Colours for a stream, by the usual conventions (NO_COLOR, FORCE_COLOR, a terminal that is not dumb). */
export function colorsOf(
	output: Output,
	{ NO_COLOR, FORCE_COLOR, TERM }: Surroundings['environment'],
): Colors {
	if (NO_COLOR) return colorsFor(false);
	if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return colorsFor(true);
	return colorsFor(output.isTTY === true && TERM !== 'dumb');
}

async function findSpeaker(
	options: AddOptions,
	surroundings: Surroundings,
): Promise<Speaker | null> {
	if (options.yes || options.json || options.print || options.dryRun) return null;
	const { stdin, stderr, environment } = surroundings;
	if (!stdin.isTTY || !stderr.isTTY) return null;
	const { isInteractive } = await import('./terminal/interactive.ts');
	if (!(await isInteractive(environment))) return null;
	const { meetPerson } = await import('./terminal/person.ts');
	return meetPerson(stderr, colorsOf(stderr, environment));
}

function asPerson(speaker: Speaker): Person {
	return {
		showFacts: ({ facts, secrets }) => facts && secrets && speaker.showFacts({ facts, secrets }),
		ask: speaker.ask,
		confirm: async ({ plan }) => plan !== undefined && speaker.confirm(plan),
	};
}

/** What to add; null when a list was the answer. */
async function chooseName({
	request,
	options,
	speaker,
	surroundings,
}: Session): Promise<{ kind: string; name: string } | null> {
	const { kind, name } = request;
	if (kind && name) return { kind, name };
	if (kind) checkKind(kind);
	const listed = BLUEPRINTS.filter((blueprint) => !kind || blueprint.kind === kind);
	if (kind && speaker) {
		const rows = listed.map(({ name: value, title: label, description: hint }) => ({
			value,
			label,
			hint,
		}));
		return { kind, name: await speaker.pick(`Which ${kind}?`, rows) };
	}
	if (options.yes) {
		const commands = listed.map((blueprint) => `flue add ${blueprint.kind} ${blueprint.name}`);
		throw new FlueError('NEEDS_ANSWER', 'Nothing was named to add.', {
			hint: `Name one: ${commands.join(', or ')}.`,
		});
	}
	write(surroundings.stdout, options.json ? [listDocument(listed)] : listLines(listed));
	return null;
}

/** What a person has not seen yet, on stderr: all of it is theirs. */
function speakToPerson({ request, account, surroundings }: Session, outcome: Outcome): void {
	const { stderr, environment } = surroundings;
	const colors = colorsOf(stderr, environment);
	const isNew = outcome.status === 'applied' || outcome.status === 'unchanged';
	const seen = outcome.status === 'unchanged' ? 0 : outcome.plan.warnings.length;
	write(stderr, [
		...warningLines(isNew ? outcome.warnings.slice(seen) : [], colors),
		...outcomeLines(outcome, colors),
	]);
	if (outcome.status !== 'applied' || !account.choices) return;
	write(stderr, [
		'',
		`The same again, with nobody to ask:\n  ${equivalentCommand(request, account.choices)}`,
	]);
}

/** Facts and warnings on stderr, the outcome on stdout. */
async function speakUnattended(
	{ options, account, surroundings }: Session,
	outcome: Outcome,
): Promise<void> {
	const { stdout, stderr, environment } = surroundings;
	const colors = colorsOf(stdout, environment);
	if (account.facts && account.secrets) write(stderr, factLines(account.facts, account.secrets));
	if (outcome.warnings.length > 0)
		write(stderr, warningLines(outcome.warnings, colorsOf(stderr, environment)));
	const plan = options.dryRun ? [...(await planLines(outcome.plan, colors)), ''] : [];
	write(stdout, [...plan, ...outcomeLines(outcome, colors)]);
}

async function speak(session: Session, outcome: Outcome): Promise<void> {
	const { options, account, surroundings, speaker } = session;
	if (options.print) surroundings.stdout.write(account.text ?? '');
	else if (options.json) write(surroundings.stdout, [await addDocument(account, outcome)]);
	else if (speaker) speakToPerson(session, outcome);
	else await speakUnattended(session, outcome);
}

async function tellStory(session: Session): Promise<number> {
	const { options, speaker, account, surroundings } = session;
	const name = await chooseName(session);
	if (!name) return 0;
	// What follows reads and writes projects; a list needs none of it.
	const [{ add }, { makeTools }] = await Promise.all([import('./add.ts'), import('./tools.ts')]);
	const { stderr, environment, signal } = surroundings;
	const isWatched = stderr.isTTY === true && !options.json;
	const tools = makeTools(environment, isWatched ? (label) => showProgress(stderr, label) : null);
	const outcome = await add(name, options, {
		person: speaker && asPerson(speaker),
		tools,
		signal,
		account,
	});
	await speak(session, outcome);
	return outcome.status === 'declined' ? 1 : 0;
}

/** Rejects on a signal, but not while files are being changed: then `applyPlan` puts them back and rejects itself. */
function stopped(signal: AbortSignal, account: Account): Promise<never> {
	return new Promise((_, reject) => {
		signal.addEventListener('abort', () => {
			if (!account.applying) reject(new FlueError('CANCELLED', 'Stopped. Nothing was changed.'));
		});
	});
}

/** A path is meant from where the command was typed, and package.json would read it from where it lies. */
function fromHere(spec: string): string {
	return /^\.{1,2}[\\/]/.test(spec) ? resolve(spec) : spec;
}

/** Runs `add` to its end and gives the exit status. `account` holds what is known, also after it throws. */
export async function runAdd(
	request: AddRequest,
	surroundings: Surroundings,
	account: Account,
): Promise<number> {
	const { cwd, adapter } = request.options;
	const options = { ...request.options, cwd: resolve(cwd), adapter: adapter && fromHere(adapter) };
	const story = async () => {
		const speaker = await findSpeaker(options, surroundings);
		return tellStory({ request, options, speaker, account, surroundings });
	};
	return Promise.race([story(), stopped(surroundings.signal, account)]);
}

/** Speaks an error: one JSON document on stdout, or code, message and hint on stderr. */
export async function speakError(
	error: FlueError,
	surroundings: Surroundings,
	told: { account: Account; json: boolean },
): Promise<void> {
	const { stdout, stderr, environment } = surroundings;
	const { account, json } = told;
	if (json) {
		const warnings = account.plan?.warnings ?? account.facts?.warnings ?? [];
		write(stdout, [await addDocument(account, { status: 'failed', warnings, error })]);
		return;
	}
	const colors = colorsOf(stderr, environment);
	write(stderr, errorLines(error, { colors, debug: Boolean(environment.DEBUG) }));
}
