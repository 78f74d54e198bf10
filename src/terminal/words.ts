// Commands in a text -> the same commands as this user can paste them. The one place that turns `flue …` into them. Pure.
import type { FlueError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Warning } from '../model/found.ts';
import type { Outcome, Plan } from '../model/plan.ts';
import type { PackageManager } from '../model/request.ts';
import type { ManagerAtHand, NextCommand, Start } from '../model/start.ts';
import type { Check } from '../model/verification.ts';

/** What stands before a command. */
export interface Words {
	/** This program, e.g. `npx flue-blueprints`. */
	own: string;
	/** The framework's own command, as the project has it, e.g. `pnpm exec flue`. */
	framework: string;
	/** A package that is fetched for one run, e.g. `pnpm dlx`. */
	fetched: string;
	/** The project where it is not the working directory, as one word of a shell; else null. */
	place: string | null;
}

/** What a run learns of the project. */
export interface At {
	/** The value of --cwd, as it was typed. */
	cwd?: string | undefined;
	/** The project's own manager. */
	manager?: ManagerAtHand | undefined;
}

/** A text as one word of a POSIX shell: as it is where no shell would change it, else in single quotes. */
export function shellWord(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

// Yarn 1 frames what a program prints with lines of its own, on stdout too, unless it is silenced; and it fetches nothing.
// Of a command that is not installed npx and bunx fetch the package of that name, and `flue` is a stranger's.
const WORDS: Record<
	PackageManager | 'yarn 1',
	{ installed: string; fetched: string; framework: string }
> = {
	npm: { installed: 'npx', fetched: 'npx', framework: 'npx @flue/cli' },
	pnpm: { installed: 'pnpm exec', fetched: 'pnpm dlx', framework: 'pnpm exec flue' },
	// `nubx` fetches nothing without a terminal.
	nub: { installed: 'nubx', fetched: 'nub dlx', framework: 'nub exec flue' },
	yarn: { installed: 'yarn', fetched: 'yarn dlx', framework: 'yarn flue' },
	'yarn 1': { installed: 'yarn -s', fetched: 'npx', framework: 'yarn -s flue' },
	bun: { installed: 'bunx', fetched: 'bunx', framework: 'bunx @flue/cli' },
};

/**
 * The words for one user: those of the manager that started the program, else of the project's own, else of npm.
 */
export function wordsOf(start: Start, at: At): Words {
	const manager = start.manager ?? at.manager;
	const isOld = manager?.name === 'yarn' && manager.yarnIsBerry === false;
	const words = WORDS[isOld ? 'yarn 1' : (manager?.name ?? 'npm')];
	const before = { installed: `${words.installed} `, fetched: `${words.fetched} `, direct: '' };
	return {
		framework: words.framework,
		fetched: words.fetched,
		own: before[start.way] + start.said.map(shellWord).join(' '),
		place: at.cwd === undefined || at.cwd === '.' ? null : shellWord(at.cwd),
	};
}

/** Our commands; any other word behind `flue` belongs to the framework's command. */
const OWN = '(?:add|verify|list|remove|update|apply|schema|mcp|help|completion)\\b';
const COMMAND = new RegExp(`^flue(?= ${OWN}| -)`);
const PROJECT_COMMAND = /^flue (?:add|verify|list|remove|update|apply)\b(?!.* --cwd\b)/;
/** Where a line is a command, or shows how to use one. */
const LINE = new RegExp(`^( *|Usage: )flue(?= ${OWN}| \\[| -)`, 'gm');

/** A command as it can be pasted: ours, one of the project, or one of a package that is fetched. */
export function pasteableCommand(command: string, words: Words): string {
	const place =
		words.place !== null && PROJECT_COMMAND.test(command) ? ` --cwd ${words.place}` : '';
	return (
		command
			.replace(COMMAND, () => words.own)
			.replace(/^npx flue(?= )/, () => words.framework)
			.replace(/^npx (?=@flue\/)/, () => `${words.fetched} `) + place
	);
}

/** A text with its commands as they can be pasted: in backticks, or at the start of a line. */
export function pasteable(text: string, words: Words): string {
	return text
		.replace(/`([^`\n]+)`/g, (_, command: string) => `\`${pasteableCommand(command, words)}\``)
		.replace(LINE, (_, before: string) => before + words.own);
}

/** Any command of a shell, to be pasted where the user is: a manager's runs in the project. */
export function nextInWords(next: NextCommand | null, words: Words): NextCommand | null {
	if (next === null) return null;
	const isElsewhere = words.place !== null && !next.command.startsWith('flue ');
	const way = isElsewhere ? `cd ${words.place} && ` : '';
	const command = way + pasteableCommand(next.command, words);
	return { command, why: pasteable(next.why, words) };
}

function warningsInWords(warnings: Warning[], words: Words): Warning[] {
	return warnings.map((one) => ({ ...one, message: pasteable(one.message, words) }));
}

export function planInWords(plan: Plan, words: Words): Plan {
	const nextSteps = plan.nextSteps.map((step) => pasteable(step, words));
	return { ...plan, nextSteps, warnings: warningsInWords(plan.warnings, words) };
}

export function outcomeInWords(outcome: Outcome, words: Words): Outcome {
	const warnings = warningsInWords(outcome.warnings, words);
	return { ...outcome, plan: planInWords(outcome.plan, words), warnings };
}

export function checksInWords(checks: Check[], words: Words): Check[] {
	return checks.map((one) => ({
		...one,
		message: pasteable(one.message, words),
		hint: one.hint && pasteable(one.hint, words),
	}));
}

/** What is said of a run, whole or cut short. */
export function accountInWords(account: Account, words: Words): Account {
	const { plan, checks, facts } = account;
	return {
		...account,
		...(plan ? { plan: planInWords(plan, words) } : {}),
		...(checks ? { checks: checksInWords(checks, words) } : {}),
		...(facts ? { facts: { ...facts, warnings: warningsInWords(facts.warnings, words) } } : {}),
	};
}

export function errorInWords(error: FlueError, words: Words): FlueError {
	const { message, hint, reasons } = error;
	const others = reasons.map((one) => errorInWords(one, words));
	return error.reworded(pasteable(message, words), hint && pasteable(hint, words), others);
}
