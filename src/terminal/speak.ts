// An outcome or an error -> words on the right stream: the answer on stdout, conversation on stderr.
import type { FlueError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Outcome } from '../model/plan.ts';
import type { AddOptions } from '../model/request.ts';
import type { ManagerAtHand, NextCommand } from '../model/start.ts';
import { checkLines } from './checks.ts';
import { addDocument } from './json.ts';
import { nextAfterError } from './next.ts';
import { type Surroundings, writeLines, writeText } from './output.ts';
import { errorLines, factLines, outcomeLines, planLines, warningLines } from './report.ts';
import {
	accountInWords,
	errorInWords,
	nextInWords,
	outcomeInWords,
	pasteableCommand,
	type Words,
	wordsOf,
} from './words.ts';

/** What the words are about. `hasPerson`: somebody at a terminal has seen the plan already. */
export interface Spoken {
	options: AddOptions;
	/** The command line that does the same again; null when nothing was settled. */
	again: string | null;
	hasPerson: boolean;
	/** The next action, as texts have it; null when it is not known. */
	next: NextCommand | null;
	account: Account;
	surroundings: Surroundings;
}

/** The project's own manager, as far as it is known. */
function managerOf({ choices, facts }: Account): ManagerAtHand | undefined {
	const found = choices?.packageManager ?? facts?.packageManager;
	if (!facts || !found || 'options' in found) return undefined;
	return { name: found.value, yarnIsBerry: facts.managerTraits.yarnIsBerry };
}

/** The words for the user of this run. */
export function wordsFor({ start }: Surroundings, account: Account): Words {
	return wordsOf(start, { cwd: account.cwd, manager: managerOf(account) });
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

export async function speak(spoken: Spoken, ended: Outcome): Promise<void> {
	const words = wordsFor(spoken.surroundings, spoken.account);
	const outcome = outcomeInWords(ended, words);
	const session: Spoken = {
		...spoken,
		account: accountInWords(spoken.account, words),
		again: spoken.again && pasteableCommand(spoken.again, words),
	};
	const next = nextInWords(spoken.next, words);
	const { options, account, surroundings, hasPerson } = session;
	if (options.print) writeText(surroundings, account.text ?? '');
	else if (options.json)
		writeText(surroundings, `${await addDocument(account, { ...outcome, next })}\n`);
	else if (hasPerson) speakToPerson(session, outcome);
	else await speakUnattended(session, outcome);
}

/** Speaks an error: one JSON document on stdout, or code, message and hint on stderr. */
export async function speakError(
	failure: FlueError,
	surroundings: Surroundings,
	told: { account: Account; args: string[] },
): Promise<void> {
	const words = wordsFor(surroundings, told.account);
	const account = accountInWords(told.account, words);
	const error = errorInWords(failure, words);
	if (told.args.includes('--json')) {
		const warnings = account.plan?.warnings ?? account.facts?.warnings ?? [];
		const next = nextInWords(nextAfterError(failure, told.args), words);
		const document = await addDocument(account, { status: 'failed', warnings, error, next });
		writeText(surroundings, `${document}\n`);
		return;
	}
	const debug = Boolean(surroundings.environment.DEBUG);
	writeLines(surroundings, 'stderr', errorLines(error, { debug }));
}
