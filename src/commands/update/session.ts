// One `flue update` from request to exit status.
import { checkKind, findBlueprint } from '../../blueprints/index.ts';
import { absolutePath } from '../../inspect/typed-path.ts';
import type { Account } from '../../model/account.ts';
import type { Outcome } from '../../model/plan.ts';
import type { UpdateRequest } from '../../model/request.ts';
import type { NextCommand } from '../../model/start.ts';
import { nextCommand } from '../../terminal/next.ts';
import type { Surroundings } from '../../terminal/output.ts';
import type { Speaker } from '../../terminal/person.ts';
import { showProgress } from '../../terminal/progress.ts';
import { speak } from '../../terminal/speak.ts';
import { shellWord } from '../../terminal/words.ts';
import { makeTools } from '../add/tools.ts';
import { keepingPlan, nextAfterKeeping } from '../plan-out.ts';
import { confirmWith, runChanging } from '../session.ts';
import { update } from './story.ts';

/** Of a preview, the run that it was of; of an install that is left, that; else a look at what was done. */
function nextAfterUpdate(
	{ status, plan, warnings }: Outcome,
	{ kind = 'database', name, options }: UpdateRequest,
): NextCommand | null {
	const flags: [boolean, string[]][] = [
		[options.packageManager !== undefined, ['--package-manager', options.packageManager ?? '']],
		[options.envVar !== undefined, ['--env-var', options.envVar ?? '']],
		[options.ours, ['--ours']],
		[options.theirs, ['--theirs']],
		[options.conflicts, ['--conflicts']],
		[!options.install, ['--no-install']],
		[true, ['--yes']],
	];
	const said = flags.filter(([isSaid]) => isSaid).flatMap(([, words]) => words);
	const again = ['flue', 'update', kind, ...(name ? [name] : []), ...said].map(shellWord).join(' ');
	if (status === 'previewed') return nextCommand(again, 'It does what was previewed.');
	if (status !== 'applied' || warnings.some(({ code }) => code === 'MERGE_MARKED')) return null;
	return plan.installCommand
		? nextCommand(plan.installCommand, 'The install is left to you.')
		: nextCommand(`flue verify ${kind}`, 'It checks what is there.');
}

async function tellStory(
	request: UpdateRequest,
	surroundings: Surroundings,
	{ account, speaker }: { account: Account; speaker: Speaker | null },
): Promise<number> {
	const { kind = 'database', name, options } = request;
	if (name === undefined) checkKind(kind, 'update');
	else findBlueprint(kind, name, 'update');
	const { stderr, environment, signal } = surroundings;
	const isWatched = stderr.isTTY === true && !options.json;
	const tools = makeTools(environment, isWatched ? (label) => showProgress(stderr, label) : null);
	const { planOut, dryRun } = options;
	const person = speaker && { ask: speaker.ask, confirm: confirmWith(speaker, surroundings) };
	const said = {
		...options,
		cwd: absolutePath(options.cwd),
		dryRun: dryRun || planOut !== undefined,
	};
	const outcome = await keepingPlan(
		{ file: planOut, command: 'update', surroundings, account, askGit: tools.askGit },
		() => update(name, said, { person, tools, signal, account }),
	);
	const next = nextAfterKeeping(account.planFile) ?? nextAfterUpdate(outcome, request);
	await speak(
		{ options, command: 'update', account, surroundings, again: null, next, speaker },
		outcome,
	);
	return outcome.status === 'declined' ? 1 : 0;
}

/** Runs `update` to its end and gives the exit status. `account` holds what is known, also after it throws. */
export async function runUpdate(
	request: UpdateRequest,
	surroundings: Surroundings,
	account: Account,
): Promise<number> {
	const { cwd, yes, json, dryRun, planOut } = request.options;
	account.cwd = cwd;
	const isQuiet = yes || json || dryRun || planOut !== undefined;
	return runChanging('update', { isQuiet, surroundings, account }, (speaker) =>
		tellStory(request, surroundings, { account, speaker }),
	);
}
