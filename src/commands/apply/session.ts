// One `flue apply` from request to exit status: reads the file, and tells the story.
import { FlueError } from '../../errors.ts';
import { exists, readText } from '../../inspect/files.ts';
import { absolutePath } from '../../inspect/typed-path.ts';
import type { Account } from '../../model/account.ts';
import type { Outcome } from '../../model/plan.ts';
import type { PlanFile } from '../../model/plan-file.ts';
import type { ApplyRequest } from '../../model/request.ts';
import type { NextCommand } from '../../model/start.ts';
import { readPlanFile, unreadablePlan } from '../../plan/file/read.ts';
import { nextCommand } from '../../terminal/next.ts';
import type { Surroundings } from '../../terminal/output.ts';
import type { Speaker } from '../../terminal/person.ts';
import { showProgress } from '../../terminal/progress.ts';
import { speak } from '../../terminal/speak.ts';
import { shellWord } from '../../terminal/words.ts';
import { makeTools } from '../add/tools.ts';
import { makeRemoveTools } from '../remove/tools.ts';
import { confirmWith, runChanging } from '../session.ts';
import { applyPlanFile } from './story.ts';

const NAME_IT = 'Name the file that --plan-out has written.';

/** The text of a file; null when there is none. What is not text is told as a plan is, and not as a file of the project. */
function textOf(path: string): string | null {
	try {
		return readText(absolutePath(path));
	} catch (error) {
		if (!(error instanceof FlueError) || error.code !== 'UNREADABLE_PROJECT') throw error;
		throw unreadablePlan(`${path} is no file that can be read`, NAME_IT);
	}
}

function readFrom(path: string, { plans }: Surroundings): PlanFile {
	const text = plans ? plans.read(path) : textOf(path);
	const what =
		!plans && exists(absolutePath(path)) ? 'is no file that can be read' : 'is not there';
	if (text === null) throw unreadablePlan(`${path} ${what}`, NAME_IT);
	return readPlanFile(text);
}

function nextAfterApply(
	{ status, plan }: Outcome,
	{ file }: ApplyRequest,
	{ command, blueprint }: PlanFile,
): NextCommand | null {
	if (status === 'previewed')
		return nextCommand(`flue apply ${shellWord(file)} --yes`, 'It does what was previewed.');
	if (status === 'declined') return null;
	if (plan.installCommand) return nextCommand(plan.installCommand, 'The install is left to you.');
	if (command === 'remove') return null;
	const { kind, name } = blueprint;
	return nextCommand(`flue verify ${kind} ${name}`, 'It checks what was set up.');
}

async function tellStory(
	request: ApplyRequest,
	surroundings: Surroundings,
	{ account, speaker }: { account: Account; speaker: Speaker | null },
): Promise<number> {
	const { file: path, options } = request;
	const { stderr, environment, signal } = surroundings;
	const progress =
		stderr.isTTY === true && !options.json ? (label: string) => showProgress(stderr, label) : null;
	const file = readFrom(path, surroundings);
	const outcome = await applyPlanFile(
		file,
		{ ...options, cwd: absolutePath(options.cwd) },
		{
			confirm: speaker && confirmWith(speaker, surroundings),
			tools: { ...makeRemoveTools(environment, progress), ...makeTools(environment, progress) },
			signal,
			account,
		},
	);
	const next = nextAfterApply(outcome, request, file);
	await speak(
		{ options, command: 'apply', account, surroundings, again: null, next, speaker },
		outcome,
	);
	return outcome.status === 'declined' ? 1 : 0;
}

/** Runs `apply` to its end and gives the exit status. `account` holds what is known, also after it throws. */
export async function runApply(
	request: ApplyRequest,
	surroundings: Surroundings,
	account: Account,
): Promise<number> {
	const { cwd, yes, json, dryRun } = request.options;
	account.cwd = cwd;
	const isQuiet = yes || json || dryRun;
	return runChanging('apply', { isQuiet, surroundings, account }, (speaker) =>
		tellStory(request, surroundings, { account, speaker }),
	);
}
