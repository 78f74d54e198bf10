// One `flue remove` from request to exit status: finds out whether there is a person, and tells the story.
import { resolve } from 'node:path';
import { checkKind, findBlueprint } from '../../blueprints/index.ts';
import type { Account } from '../../model/account.ts';
import type { Outcome } from '../../model/plan.ts';
import type { RemoveRequest } from '../../model/request.ts';
import type { NextCommand } from '../../model/start.ts';
import { nextCommand } from '../../terminal/next.ts';
import type { Surroundings } from '../../terminal/output.ts';
import type { Speaker } from '../../terminal/person.ts';
import { showProgress } from '../../terminal/progress.ts';
import { speak } from '../../terminal/speak.ts';
import { shellWord } from '../../terminal/words.ts';
import { keepingPlan, nextAfterKeeping } from '../plan-out.ts';
import { confirmWith, runChanging } from '../session.ts';
import { type RemovePerson, remove } from './story.ts';
import { makeRemoveTools } from './tools.ts';

function asPerson(speaker: Speaker, surroundings: Surroundings): RemovePerson {
	return { ask: speaker.ask, confirm: confirmWith(speaker, surroundings) };
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
	const tools = makeRemoveTools(
		environment,
		isWatched ? (label) => showProgress(stderr, label) : null,
	);
	const { planOut, dryRun } = options;
	const outcome = await keepingPlan(
		{
			file: planOut,
			command: 'remove',
			surroundings,
			account,
			askGit: tools.askGit,
		},
		() =>
			remove(
				name,
				{ ...options, cwd: resolve(options.cwd), dryRun: dryRun || planOut !== undefined },
				{ person: speaker && asPerson(speaker, surroundings), tools, signal, account },
			),
	);
	const next = nextAfterKeeping(account.planFile) ?? nextAfterRemove(outcome, request);
	await speak(
		{ options, command: 'remove', account, surroundings, again: null, next, speaker },
		outcome,
	);
	return outcome.status === 'declined' ? 1 : 0;
}

/** Runs `remove` to its end and gives the exit status. `account` holds what is known, also after it throws. */
export async function runRemove(
	request: RemoveRequest,
	surroundings: Surroundings,
	account: Account,
): Promise<number> {
	const { cwd, yes, json, dryRun, planOut } = request.options;
	account.cwd = cwd;
	return runChanging(
		'remove',
		{ isQuiet: yes || json || dryRun || planOut !== undefined, surroundings, account },
		(speaker) => tellStory(request, surroundings, { account, speaker }),
	);
}
