// An outcome or an error -> words on the right stream: the answer on stdout, conversation on stderr.
import type { FlueError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Outcome } from '../model/plan.ts';
import type { AddOptions } from '../model/request.ts';
import type { Conversation } from './ask.ts';
import { checkLines } from './checks.ts';
import { addDocument } from './json.ts';
import { pageOf, type Surroundings, writeLines, writeText } from './output.ts';
import { commandLines } from './page.ts';
import type { Speaker } from './person.ts';
import { errorLines, factLines, outcomeLines, planLines, warningLines } from './report.ts';

/** What the words are about. */
export interface Spoken {
	options: AddOptions;
	/** The command line that does the same again; null when nothing was settled. */
	again: string | null;
	/** Somebody at a terminal, who has seen the plan already; null when there is nobody. */
	speaker: Speaker | null;
	account: Account;
	surroundings: Surroundings;
}

/** What `--verify` found. */
function verifiedLines({ checks }: Account): string[] {
	return checks ? ['', 'Verified:', ...checkLines(checks, { all: false })] : [];
}

/** In the frame, and below it the command, which a person can copy there. */
function speakToPerson(
	speaker: Speaker,
	{ again, account, surroundings }: Spoken,
	outcome: Outcome,
): void {
	speaker.tell({ outcome, checks: account.checks });
	if (outcome.status !== 'applied' || again === null) return;
	const page = pageOf(surroundings.stderr, surroundings.environment);
	const lines = commandLines(again, page);
	writeLines(surroundings, 'stderr', ['', 'The same again, with nobody to ask:', ...lines]);
}

/** Facts and warnings on stderr, the outcome on stdout. */
async function speakUnattended(
	{ options, account, surroundings }: Spoken,
	outcome: Outcome,
): Promise<void> {
	const { facts, secrets } = account;
	const known = facts && secrets ? factLines(facts, secrets) : [];
	writeLines(surroundings, 'stderr', [...known, ...warningLines(outcome.warnings)]);
	const plan = options.dryRun ? [...(await planLines(outcome.plan, 'whole')), ''] : [];
	writeLines(surroundings, 'stdout', [
		...plan,
		...outcomeLines(outcome),
		...verifiedLines(account),
	]);
}

export async function speak(session: Spoken, outcome: Outcome): Promise<void> {
	const { options, account, surroundings, speaker } = session;
	if (options.print) writeText(surroundings, account.text ?? '');
	else if (options.json) writeText(surroundings, `${await addDocument(account, outcome)}\n`);
	else if (speaker) speakToPerson(speaker, session, outcome);
	else await speakUnattended(session, outcome);
}

interface ToldError {
	account: Account;
	json: boolean;
	/** Where a conversation goes on, the error ends it. */
	conversation?: Conversation | undefined;
}

/** Speaks an error: one JSON document on stdout, or code, message and hint to whoever reads. */
export async function speakError(
	error: FlueError,
	surroundings: Surroundings,
	{ account, json, conversation }: ToldError,
): Promise<void> {
	if (json) {
		const warnings = account.plan?.warnings ?? account.facts?.warnings ?? [];
		const document = await addDocument(account, { status: 'failed', warnings, error });
		writeText(surroundings, `${document}\n`);
		return;
	}
	const lines = errorLines(error, { debug: Boolean(surroundings.environment.DEBUG) });
	if (!conversation?.isOpen()) writeLines(surroundings, 'stderr', lines);
	else if (error.code === 'CANCELLED') conversation.end(error.message);
	else conversation.refuse(lines);
}
