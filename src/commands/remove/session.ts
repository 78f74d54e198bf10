// One `flue remove` from request to exit status: finds out whether there is a person, and tells the story.
import { resolve } from 'node:path';
import { checkKind, findBlueprint } from '../../blueprints/index.ts';
import { cancelled, FlueError } from '../../errors.ts';
import type { Account } from '../../model/account.ts';
import type { Outcome } from '../../model/plan.ts';
import type { RemoveOptions, RemoveRequest } from '../../model/request.ts';
import type { NextCommand } from '../../model/start.ts';
import { nextCommand } from '../../terminal/next.ts';
import type { Surroundings } from '../../terminal/output.ts';
import type { Speaker } from '../../terminal/person.ts';
import { showProgress } from '../../terminal/progress.ts';
import { speak, speakError, wordsFor } from '../../terminal/speak.ts';
import { planInWords, shellWord } from '../../terminal/words.ts';
import { type RemovePerson, remove } from './story.ts';
import { makeRemoveTools } from './tools.ts';

async function findSpeaker(
	options: RemoveOptions,
	surroundings: Surroundings,
): Promise<Speaker | null> {
	if (options.yes || options.json || options.dryRun) return null;
	const { stderr, stdin, environment } = surroundings;
	if (!stderr.isTTY || !stdin.isTTY) return null;
	const { isInteractive } = await import('../../terminal/interactive.ts');
	if (!(await isInteractive(environment))) return null;
	const { meetPerson } = await import('../../terminal/person.ts');
	return meetPerson(surroundings, 'remove');
}

function asPerson(speaker: Speaker, surroundings: Surroundings): RemovePerson {
	return {
		ask: speaker.ask,
		confirm: async (account) =>
			account.plan !== undefined &&
			speaker.confirm(planInWords(account.plan, wordsFor(surroundings, account))),
	};
}

/** Of a preview, the run that it was of; of an install that is left, that. */
function nextAfterRemove(
	{ status, plan }: Outcome,
	{ kind = 'database', name, options }: RemoveRequest,
): NextCommand | null {
	const flags: [boolean, string[]][] = [
		[options.cwd !== '.', ['--cwd', options.cwd]],
		[options.packageManager !== undefined, ['--package-manager', options.packageManager ?? '']],
		[options.envVar !== undefined, ['--env-var', options.envVar ?? '']],
		[options.keepPackages, ['--keep-packages']],
		[options.discard, ['--discard']],
		[options.removeValue, ['--remove-value']],
		[!options.install, ['--no-install']],
		[true, ['--yes']],
	];
	const said = flags.filter(([isSaid]) => isSaid).flatMap(([, words]) => words);
	const again = ['flue', 'remove', kind, ...(name ? [name] : []), ...said].map(shellWord).join(' ');
	if (status === 'previewed') return nextCommand(again, 'It does what was previewed.');
	return status === 'applied'
		? nextCommand(plan.installCommand, 'The install is left to you.')
		: null;
}

async function tellStory(
	request: RemoveRequest,
	surroundings: Surroundings,
	{ account, speaker }: { account: Account; speaker: Speaker | null },
): Promise<number> {
	const { kind = 'database', name, options } = request;
	if (name === undefined) checkKind(kind, 'remove');
	else findBlueprint(kind, name, 'remove');
	const { stderr, environment, signal } = surroundings;
	const isWatched = stderr.isTTY === true && !options.json;
	const outcome = await remove(
		name,
		{ ...options, cwd: resolve(options.cwd) },
		{
			person: speaker && asPerson(speaker, surroundings),
			tools: makeRemoveTools(
				environment,
				isWatched ? (label) => showProgress(stderr, label) : null,
			),
			signal,
			account,
		},
	);
	const next = nextAfterRemove(outcome, request);
	await speak(
		{ options, command: 'remove', account, surroundings, again: null, next, speaker },
		outcome,
	);
	return outcome.status === 'declined' ? 1 : 0;
}

/** Rejects on a signal, but not while files are being changed: then `applyPlan` puts them back and rejects itself. */
function stopped(signal: AbortSignal, account: Account): Promise<never> {
	return new Promise((_, reject) => {
		const stop = () => (account.applying ? undefined : reject(cancelled()));
		signal.addEventListener('abort', stop);
		if (signal.aborted) stop();
	});
}

/** Runs `remove` to its end and gives the exit status. `account` holds what is known, also after it throws. */
export async function runRemove(
	request: RemoveRequest,
	surroundings: Surroundings,
	account: Account,
): Promise<number> {
	account.cwd = request.options.cwd;
	const speaker = await findSpeaker(request.options, surroundings);
	try {
		return await Promise.race([
			tellStory(request, surroundings, { account, speaker }),
			stopped(surroundings.signal, account),
		]);
	} catch (error) {
		const conversation = speaker?.conversation;
		const isTold = error instanceof FlueError && error.code !== 'INTERNAL';
		if (isTold && conversation?.isOpen()) {
			await speakError(error, surroundings, { account, args: ['remove'], conversation });
			return error.status;
		}
		conversation?.end('');
		throw error;
	}
}
