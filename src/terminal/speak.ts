// An outcome or an error -> words on the right stream: the answer on stdout, conversation on stderr.
import type { FlueError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Outcome } from '../model/plan.ts';
import type { AddOptions } from '../model/request.ts';
import { checkLines } from './checks.ts';
import { addDocument } from './json.ts';
import { type Surroundings, writeLines, writeText } from './output.ts';
import { errorLines, factLines, outcomeLines, planLines, warningLines } from './report.ts';

/** What the words are about. `hasPerson`: somebody at a terminal has seen the plan already. */
export interface Spoken {
	options: AddOptions;
	/** The command line that does the same again; null when nothing was settled. */
	again: string | null;
	hasPerson: boolean;
	account: Account;
	surroundings: Surroundings;
}

/** What `--verify` found. */
function verifiedLines({ checks }: Account): string[] {
	return checks ? ['', 'Verified:', ...checkLines(checks)] : [];
}

/** What a person has not seen yet, on stderr: all of it is theirs. */
function speakToPerson({ again, account, surroundings }: Spoken, outcome: Outcome): void {
	const isNew = outcome.status === 'applied' || outcome.status === 'unchanged';
	const seen = outcome.status === 'unchanged' ? 0 : outcome.plan.warnings.length;
	writeLines(surroundings, 'stderr', [
		...warningLines(isNew ? outcome.warnings.slice(seen) : []),
		...outcomeLines(outcome),
		...verifiedLines(account),
	]);
	if (outcome.status !== 'applied' || again === null) return;
	writeLines(surroundings, 'stderr', ['', 'The same again, with nobody to ask:', `  ${again}`]);
}

/** Facts and warnings on stderr, the outcome on stdout. */
async function speakUnattended(
	{ options, account, surroundings }: Spoken,
	outcome: Outcome,
): Promise<void> {
	const { facts, secrets } = account;
	const known = facts && secrets ? factLines(facts, secrets) : [];
	writeLines(surroundings, 'stderr', [...known, ...warningLines(outcome.warnings)]);
	const plan = options.dryRun ? [...(await planLines(outcome.plan)), ''] : [];
	writeLines(surroundings, 'stdout', [
		...plan,
		...outcomeLines(outcome),
		...verifiedLines(account),
	]);
}

export async function speak(session: Spoken, outcome: Outcome): Promise<void> {
	const { options, account, surroundings, hasPerson } = session;
	if (options.print) writeText(surroundings, account.text ?? '');
	else if (options.json) writeText(surroundings, `${await addDocument(account, outcome)}\n`);
	else if (hasPerson) speakToPerson(session, outcome);
	else await speakUnattended(session, outcome);
}

/** Speaks an error: one JSON document on stdout, or code, message and hint on stderr. */
export async function speakError(
	error: FlueError,
	surroundings: Surroundings,
	told: { account: Account; json: boolean },
): Promise<void> {
	const { account, json } = told;
	if (json) {
		const warnings = account.plan?.warnings ?? account.facts?.warnings ?? [];
		const document = await addDocument(account, { status: 'failed', warnings, error });
		writeText(surroundings, `${document}\n`);
		return;
	}
	const debug = Boolean(surroundings.environment.DEBUG);
	writeLines(surroundings, 'stderr', errorLines(error, { debug }));
}
