// An outcome or an error -> words on the right stream: the answer on stdout, conversation on stderr.
import type { FlueError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Outcome } from '../model/plan.ts';
import type { AddOptions } from '../model/request.ts';
import type { ManagerAtHand, NextCommand } from '../model/start.ts';
import type { Conversation } from './ask.ts';
import { checkLines } from './checks.ts';
import { nextAfterError } from './next.ts';
import { pageOf, type Surroundings, writeLines, writeText } from './output.ts';
import { commandLines } from './page.ts';
import type { Speaker } from './person.ts';
import { errorLines, factLines, outcomeLines, planLines, warningLines } from './report.ts';
import {
	accountInWords,
	errorInWords,
	nextInWords,
	outcomeInWords,
	pasteable,
	pasteableCommand,
	shellWord,
	type Words,
	wordsOf,
} from './words.ts';

/** What the words are about. */
export interface Spoken {
	options: Pick<AddOptions, 'json' | 'dryRun'> & Partial<Pick<AddOptions, 'print'>>;
	/** Absent: add. */
	command?: 'remove' | 'update' | 'apply';
	/** The command line that does the same again; null when nothing was settled. */
	again: string | null;
	/** Somebody at a terminal, who has seen the plan already; null when there is nobody. */
	speaker: Speaker | null;
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
	return checks ? ['', 'Verified:', ...checkLines(checks, { all: false })] : [];
}

/** Where the plan was kept, and what does it. */
function keptLines({ planFile }: Account): string[] {
	if (planFile === undefined) return [];
	const command = `flue apply ${shellWord(planFile)}`;
	return ['', `The plan is kept in ${planFile}: \`${command}\` does it.`];
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
		...keptLines(account).map((line) => pasteable(line, wordsFor(surroundings, account))),
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
	const { options, account, surroundings, speaker } = session;
	if (options.print) writeText(surroundings, account.text ?? '');
	else if (options.json) {
		const { addDocument } = await import('./json.ts');
		const end = { ...outcome, next, command: spoken.command };
		writeText(surroundings, `${await addDocument(account, end)}\n`);
	} else if (speaker) speakToPerson(speaker, session, outcome);
	else await speakUnattended(session, outcome);
}

/** The commands beside `add` whose documents tell of a plan. */
const changing = ['remove', 'update', 'apply'] as const;

interface ToldError {
	account: Account;
	/** The command line as typed. */
	args: string[];
	/** Where a conversation goes on, the error ends it. */
	conversation?: Conversation | undefined;
}

/** Speaks an error: one JSON document on stdout, or code, message and hint to whoever reads. */
export async function speakError(
	failure: FlueError,
	surroundings: Surroundings,
	told: ToldError,
): Promise<void> {
	const words = wordsFor(surroundings, told.account);
	const account = accountInWords(told.account, words);
	const error = errorInWords(failure, words);
	if (told.args.includes('--json')) {
		const warnings = account.plan?.warnings ?? account.facts?.warnings ?? [];
		const next = nextInWords(nextAfterError(failure, told.args), words);
		const command = changing.find((name) => name === told.args[0]) ?? ('add' as const);
		const end = { status: 'failed' as const, warnings, error, next, command };
		const { addDocument } = await import('./json.ts');
		const document = await addDocument(account, end);
		writeText(surroundings, `${document}\n`);
		return;
	}
	const lines = errorLines(error, { debug: Boolean(surroundings.environment.DEBUG) });
	const { conversation } = told;
	if (!conversation?.isOpen()) writeLines(surroundings, 'stderr', lines);
	else if (error.code === 'CANCELLED') conversation.end(error.message);
	else conversation.refuse(lines);
}
