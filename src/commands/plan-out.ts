// What --plan-out keeps: a run that only plans, the files that it looked at, and no secret.
import { writePlanFile } from '../apply/plan-file.ts';
import { FlueError } from '../errors.ts';
import { digestLooks, ignoredPaths } from '../inspect/looks.ts';
import { fromRoot } from '../inspect/paths.ts';
import { findProject } from '../inspect/project.ts';
import { readCommitted } from '../inspect/removal.ts';
import { absolutePath } from '../inspect/typed-path.ts';
import { watchLooks } from '../inspect/watch.ts';
import type { Account } from '../model/account.ts';
import type { Outcome, Plan, Step } from '../model/plan.ts';
import type { PlanFile } from '../model/plan-file.ts';
import type { NextCommand } from '../model/start.ts';
import { keepPlan } from '../plan/file/keep.ts';
import { isVendored } from '../plan/vendor.ts';
import { redact } from '../terminal/diff.ts';
import { nextCommand } from '../terminal/next.ts';
import type { Surroundings } from '../terminal/output.ts';
import { shellWord } from '../terminal/words.ts';
import type { CommonTools } from './tools.ts';

/** What a plan is kept for. */
export interface Keeping {
	/** As it was typed behind --plan-out; undefined: it is not to be kept. */
	file: string | undefined;
	command: PlanFile['command'];
	/** The world of the run, as far as a plan needs it. */
	surroundings: Pick<Surroundings, 'version' | 'plans'>;
	account: Account;
	askGit: CommonTools['askGit'];
}

/** The name and the place by which a project is known again on another clone. */
export function projectIdentity(root: string, boundary: string): PlanFile['project'] {
	const { name } = findProject(root).manifest;
	return { name: typeof name === 'string' ? name : null, place: fromRoot(boundary, root) };
}

/** What the last commit holds of the files that become an older text of theirs. */
async function committedTexts(
	{ root, steps }: Plan,
	askGit: CommonTools['askGit'],
): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	for (const step of steps) {
		if (step.kind !== 'write' || step.before === null || step.shown !== 'nothing') continue;
		const text = await readCommitted(root, { path: step.path, text: step.before }, askGit);
		if (text !== null) found.set(step.path, text);
	}
	return found;
}

/** The lines of a file that were not there before: an edit is cut to what differs, and may begin in the middle of an address. */
function newLines(step: Step): string[] {
	if (step.kind !== 'write' || step.shown === 'nothing') return [];
	const before = new Set(step.before?.split('\n'));
	return step.after.split('\n').filter((line) => !before.has(line));
}

/** What would be repeated in the file, and may be read by whoever reviews it. */
function refuseSecrets({ steps }: PlanFile, planned: readonly Step[]): void {
	const kept = steps.flatMap((step): string[] => {
		if (step.kind === 'install') return step.args;
		return step.kind === 'write' ? step.edits.map(({ text }) => text) : [];
	});
	const texts = [...kept, ...planned.flatMap(newLines)];
	if (texts.every((text) => redact(text) === text)) return;
	throw new FlueError(
		'BAD_USAGE',
		'The plan would hold a password or a token of an address. It was not kept.',
		{
			hint: 'Leave it out of the address (of --adapter, say) and give it to the package manager in its own settings, or do without --plan-out.',
		},
	);
}

/** Does some planning and, where it is asked for, keeps the plan in a file. Nothing is written into the project. */
export async function keepingPlan(
	keeping: Keeping,
	plan: () => Promise<Outcome>,
): Promise<Outcome> {
	const { file, command, surroundings, account, askGit } = keeping;
	if (file === undefined) return plan();
	const { value: outcome, looks } = await watchLooks(plan);
	const { blueprint, choices, facts } = account;
	if (!blueprint || !facts || outcome.status === 'declined') return outcome;
	const { root, boundary } = outcome.plan;
	const { randomBytes } = await import('node:crypto');
	const salt = randomBytes(16).toString('hex');
	const own = outcome.plan.steps.flatMap((step) => (step.kind === 'write' ? [step.path] : []));
	const kept = keepPlan({
		plan: outcome.plan,
		blueprint,
		program: surroundings.version,
		command,
		project: projectIdentity(root, boundary),
		promised: {
			oneRuntime: choices?.alignRuntime ?? null,
			isVendored: isVendored(facts.packages, choices?.adapter),
		},
		...(await digestLooks({ root, boundary }, looks, { askGit, salt })),
		salt,
		ignored: await ignoredPaths(root, own, askGit),
		committed: await committedTexts(outcome.plan, askGit),
	});
	refuseSecrets(kept, outcome.plan.steps);
	const text = `${JSON.stringify(kept, null, 2)}\n`;
	if (surroundings.plans) surroundings.plans.keep(file, text);
	else writePlanFile(absolutePath(file), text);
	account.planFile = file;
	return outcome;
}

/** The command that does what was kept; null when nothing was. */
export function nextAfterKeeping(file: string | undefined): NextCommand | null {
	if (file === undefined) return null;
	return nextCommand(
		`flue apply ${shellWord(file)}`,
		'It does what was planned, where nothing has changed.',
	);
}
