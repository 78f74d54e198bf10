// An outcome or an error -> words on the right stream: the answer on stdout, conversation on stderr.
import type { Writable } from 'node:stream';
import type { FlueError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Outcome } from '../model/plan.ts';
import type { AddOptions } from '../model/request.ts';
import { checkLines } from './checks.ts';
import { addDocument } from './json.ts';
import {
	type Colors,
	colorsFor,
	errorLines,
	factLines,
	outcomeLines,
	planLines,
	warningLines,
} from './report.ts';

export type Output = Writable & { isTTY?: boolean; columns?: number };

/** The world as values: nothing below this reaches for `process`. */
export interface Surroundings {
	stdin: { isTTY?: boolean };
	stdout: Output;
	stderr: Output;
	environment: Record<string, string | undefined>;
	/** Aborted when the system or the person asks the program to stop. */
	signal: AbortSignal;
	/** The node that runs this program. */
	node: { path: string; version: string };
}

/** What the words are about. `hasPerson`: somebody at a terminal has seen the plan already. */
export interface Spoken {
	options: AddOptions;
	/** The command line that does the same again; null when nothing was settled. */
	again: string | null;
	hasPerson: boolean;
	account: Account;
	surroundings: Surroundings;
}

export function writeLines(output: Output, lines: string[]): void {
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

/** What `--verify` found. */
function verifiedLines({ checks }: Account, colors: Colors): string[] {
	return checks ? ['', 'Verified:', ...checkLines(checks, colors)] : [];
}

/** What a person has not seen yet, on stderr: all of it is theirs. */
function speakToPerson({ again, account, surroundings }: Spoken, outcome: Outcome): void {
	const { stderr, environment } = surroundings;
	const colors = colorsOf(stderr, environment);
	const isNew = outcome.status === 'applied' || outcome.status === 'unchanged';
	const seen = outcome.status === 'unchanged' ? 0 : outcome.plan.warnings.length;
	writeLines(stderr, [
		...warningLines(isNew ? outcome.warnings.slice(seen) : [], colors),
		...outcomeLines(outcome, colors),
		...verifiedLines(account, colors),
	]);
	if (outcome.status !== 'applied' || again === null) return;
	writeLines(stderr, ['', `The same again, with nobody to ask:\n  ${again}`]);
}

/** Facts and warnings on stderr, the outcome on stdout. */
async function speakUnattended(
	{ options, account, surroundings }: Spoken,
	outcome: Outcome,
): Promise<void> {
	const { stdout, stderr, environment } = surroundings;
	const colors = colorsOf(stdout, environment);
	if (account.facts && account.secrets)
		writeLines(stderr, factLines(account.facts, account.secrets));
	if (outcome.warnings.length > 0)
		writeLines(stderr, warningLines(outcome.warnings, colorsOf(stderr, environment)));
	const plan = options.dryRun ? [...(await planLines(outcome.plan, colors)), ''] : [];
	writeLines(stdout, [
		...plan,
		...outcomeLines(outcome, colors),
		...verifiedLines(account, colors),
	]);
}

export async function speak(session: Spoken, outcome: Outcome): Promise<void> {
	const { options, account, surroundings, hasPerson } = session;
	if (options.print) surroundings.stdout.write(account.text ?? '');
	else if (options.json) writeLines(surroundings.stdout, [await addDocument(account, outcome)]);
	else if (hasPerson) speakToPerson(session, outcome);
	else await speakUnattended(session, outcome);
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
		writeLines(stdout, [await addDocument(account, { status: 'failed', warnings, error })]);
		return;
	}
	const colors = colorsOf(stderr, environment);
	writeLines(stderr, errorLines(error, { colors, debug: Boolean(environment.DEBUG) }));
}
