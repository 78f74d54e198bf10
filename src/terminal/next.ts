// What is to be done next, as one command to paste, where that is known exactly. Pure.
import type { FlueError } from '../errors.ts';
import type { NextCommand } from '../model/start.ts';
import type { Check } from '../model/verification.ts';
import { redact } from './diff.ts';
import { shellWord } from './words.ts';

/** A command of ours, or a package manager's, as texts have it between backticks. */
const COMMAND =
	/`((?:flue (?:add|verify|list|remove|update|apply)|npm|nub|pnpm|yarn|bun) [^`\n]+)`/g;
/** What stands for something that the reader puts in: alternatives, a word in capitals, a place in angle brackets. */
const OPEN = /[|<>…]| [A-Z]{2,}\b/;

/** The first command of a text that can be run as it stands; null when there is none. */
function commandIn(text: string): string | null {
	const found = [...text.matchAll(COMMAND)].map(([, command = '']) => command);
	return found.find((command) => !OPEN.test(command)) ?? null;
}

function inJson(command: string): string {
	return /^flue (?:add|verify|list|remove|update|apply)\b(?!.* --json\b)/.test(command)
		? `${command} --json`
		: command;
}

/** A command that would repeat a secret is not told. */
export function nextCommand(command: string | null, why: string): NextCommand | null {
	return command === null || redact(command) !== command ? null : { command: inJson(command), why };
}

/**
 * After a failure: the same command line with the flags that mend it, or the command that the hint names.
 * @param args the command line that failed, without the program
 */
export function nextAfterError({ hint, again }: FlueError, args: string[]): NextCommand | null {
	if (hint === undefined) return null;
	const same = again && ['flue', ...args, ...again].map(shellWord).join(' ');
	return nextCommand(same ?? commandIn(hint), hint);
}

/** What gives something of the user's up, or is the user's to choose: never the next thing to do unasked. */
const USERS = / --(?:reconnect|replace)\b/;

/**
 * After checks: what the first failure asks for that names a command; where nothing failed, what the first warning does.
 * null too where it is the user's to do or to decide.
 */
export function nextAfterChecks(checks: Check[]): NextCommand | null {
	const failed = checks.filter(({ status }) => status === 'fail');
	const telling = failed.length > 0 ? failed : checks.filter(({ status }) => status === 'warn');
	for (const { message, hint } of telling) {
		const command = hint && commandIn(hint);
		if (command && !USERS.test(command)) return nextCommand(command, message);
	}
	return null;
}
