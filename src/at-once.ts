// The edge of the program where help or the version is all that was asked for: a file of its own, which starts faster than the rest.
import { answerReady, askedForText } from './commands/help/ready.ts';
import { openOutputs } from './output.ts';
import { readOwnStart } from './own-start.ts';

/** Answers and sets the exit status; false where there is more to do, and then nothing was said. The texts are ours by any name. */
export async function sayAtOnce(): Promise<boolean> {
	const args = process.argv.slice(2);
	if (askedForText(args) === null) return false;
	const { stdout, settle } = openOutputs();
	const reader = { stdout, environment: process.env, start: readOwnStart() };
	if (!answerReady(args, reader)) return false;
	process.exitCode = await settle(0);
	return true;
}
