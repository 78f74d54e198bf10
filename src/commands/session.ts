// What every session of a command does: finds out whether there is a person, ends when it is told to, and closes the frame.
import { cancelled, FlueError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Conversation } from '../terminal/ask.ts';
import type { Surroundings } from '../terminal/output.ts';
import type { Speaker } from '../terminal/person.ts';
import { speakError, wordsFor } from '../terminal/speak.ts';
import { planInWords } from '../terminal/words.ts';

/** The commands that change a project: each shows a plan before it does. */
export type ChangingCommand = 'add' | 'remove' | 'update' | 'apply';

/** Whether somebody at a terminal can be asked. `isQuiet`: the command line says that nobody is to be. */
export async function hasPerson(isQuiet: boolean, surroundings: Surroundings): Promise<boolean> {
	// Opening stdin takes a while: it is asked last.
	if (isQuiet || !surroundings.stderr.isTTY || !surroundings.stdin.isTTY) return false;
	const { isInteractive } = await import('../terminal/interactive.ts');
	return isInteractive(surroundings.environment);
}

/** The work, or a rejection as soon as a signal comes; where the work `isBusy` it ends itself, and rejects itself. */
export function untilStopped<T>(
	work: Promise<T>,
	signal: AbortSignal,
	isBusy: () => boolean,
): Promise<T> {
	const stopped = new Promise<never>((_, reject) => {
		const stop = () => (isBusy() ? undefined : reject(cancelled()));
		signal.addEventListener('abort', stop);
		if (signal.aborted) stop();
	});
	return Promise.race([work, stopped]);
}

/** Shows the plan of an account and asks whether to go on. */
export function confirmWith(speaker: Speaker, surroundings: Surroundings) {
	return async (account: Account): Promise<boolean> =>
		account.plan !== undefined &&
		speaker.confirm(planInWords(account.plan, wordsFor(surroundings, account)));
}

/** What ends an open frame: true when the error is told. A defect is told by the edge, which knows what may be told of it. */
async function closeFrame(
	error: unknown,
	conversation: Conversation | undefined,
	{ surroundings, account }: { surroundings: Surroundings; account: Account },
): Promise<boolean> {
	const isTold = error instanceof FlueError && error.code !== 'INTERNAL';
	if (isTold && conversation?.isOpen()) {
		await speakError(error, surroundings, { account, args: [], conversation });
		return true;
	}
	conversation?.end('');
	return false;
}

/** Runs a command that changes a project to its end and gives the exit status; files that are being changed are put back first. */
export async function runChanging(
	command: ChangingCommand,
	about: { isQuiet: boolean; surroundings: Surroundings; account: Account },
	tell: (speaker: Speaker | null) => Promise<number>,
): Promise<number> {
	const { isQuiet, surroundings, account } = about;
	// From here on a signal is told as one.
	const { signal } = surroundings;
	const isThere = await hasPerson(isQuiet, surroundings);
	const speaker = isThere
		? (await import('../terminal/person.ts')).meetPerson(surroundings, command)
		: null;
	try {
		return await untilStopped(tell(speaker), signal, () => account.applying === true);
	} catch (error) {
		if (await closeFrame(error, speaker?.conversation, about)) return (error as FlueError).status;
		throw error;
	}
}
