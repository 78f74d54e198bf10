// The story of `update`: inspect, merge, ask what only a person can decide, plan, show, confirm, apply.
import { applyPlan, checkPlan } from '../../apply/index.ts';
import { cancelled, FlueError } from '../../errors.ts';
import { inspectEntryUse } from '../../inspect/index.ts';
import type { Account } from '../../model/account.ts';
import type { Answers, Question } from '../../model/choices.ts';
import type { Warning } from '../../model/found.ts';
import type { Outcome, Plan, Step, StepState } from '../../model/plan.ts';
import type { PackageManager, UpdateOptions } from '../../model/request.ts';
import { listAdapterCopies } from '../../package/bundled-adapter.ts';
import { joinSection } from '../../plan/agents-section.ts';
import { flagged, managerQuestion, settle } from '../../plan/choices.ts';
import { answerUnattended } from '../../plan/unattended.ts';
import { type EntryUpdate, makeUpdate } from '../../plan/update/index.ts';
import type { Decision } from '../../plan/update/merge.ts';
import { fittingCopy, isVendored, VENDORED } from '../../plan/vendor.ts';
import { sectionFor } from '../add/section.ts';
import type { Tools } from '../add/tools.ts';
import { type Judged, judgeProject } from '../verify/project.ts';
import { mergeFor, vendorPlaceFor } from './draft.ts';

/** The person at the terminal; absent in an unattended run. */
interface UpdatePerson {
	ask(questions: Question[]): Promise<Answers>;
	/** Shows the plan and asks whether to go on. */
	confirm(account: Account): Promise<boolean>;
}

export interface UpdateWorld {
	person: UpdatePerson | null;
	tools: Tools;
	signal: AbortSignal;
	account: Account;
}

/** Whether there is an entry of the blueprint: by its marker, or by the adapter that it uses. */
function isInstalled({ known }: Judged, name: string | undefined): boolean {
	const { marker, blueprint, facts } = known;
	if (marker) return name === undefined || marker.name === name;
	return (facts.dbEntry.value.text ?? '').includes(blueprint.adapter.name);
}

function decisionOf({ ours, theirs, conflicts }: UpdateOptions): Decision | null {
	if (ours) return 'ours';
	if (theirs) return 'theirs';
	return conflicts ? 'conflicts' : null;
}

/** Where both changed the same place, only a person can say who is right. */
function conflictQuestion(entry: EntryUpdate, path: string): Question[] {
	if (entry.kind !== 'merged' || entry.text !== null) return [];
	const { conflicts, from, to } = entry;
	const places = conflicts.map(({ where, ours }) => {
		const lines = ours.trimEnd();
		return `${where}, which version ${to} has ${lines === '' ? 'no more' : `as\n${lines}`}`;
	});
	return [
		{
			id: 'conflicts',
			message: `You and the blueprint have changed the same since version ${from} of ${path}: ${places.join('\n')}\nWhose text shall it be?`,
			flag: '--theirs, --ours or --conflicts',
			options: [
				{ value: 'theirs', label: 'mine', hint: 'your lines stay, where both changed' },
				{
					value: 'ours',
					label: `that of version ${to}`,
					hint: 'a .bak keeps what git does not hold',
				},
				{ value: 'conflicts', label: 'both, between marks', hint: 'to be settled by hand' },
			],
			initial: 'theirs',
			unattended: null,
		},
	];
}

function checkSound(entry: EntryUpdate, path: string): void {
	if (entry.kind !== 'merged' || entry.fault === null) return;
	throw new FlueError(
		'MERGE_UNSOUND',
		`What the merge makes of ${path} could not be loaded: ${entry.fault}. Nothing was changed.`,
		{
			path,
			hint: 'Undo that change of yours and run this again, or take the text of today with `flue add`, --replace, and make your changes in it.',
		},
	);
}

/** The section for agents, written anew where it is there. */
function sectionAfter({ facts, blueprint, variable }: Judged['known'], manager: PackageManager) {
	return sectionFor({ facts, blueprint, variable, manager, isAsked: false });
}

/** Settles what is open, and makes the plan. */
async function decide(judged: Judged, options: UpdateOptions, { person, tools }: UpdateWorld) {
	const { facts, blueprint } = judged.known;
	const { path } = facts.dbEntry.value;
	const said = decisionOf(options);
	const first = mergeFor(judged, said);
	const vendor = await vendorPlaceFor(judged, tools);
	const needsManager = vendor !== null && vendor.state === 'absent';
	const questions = [
		...(needsManager ? managerQuestion(facts, options) : []),
		...conflictQuestion(first, path),
	];
	const answers = person ? await person.ask(questions) : answerUnattended(questions);
	const decision = said ?? (answers.conflicts as Decision | undefined) ?? null;
	const entry = said === decision ? first : mergeFor(judged, decision);
	checkSound(entry, path);
	const manager =
		needsManager || !('options' in facts.packageManager)
			? settle<PackageManager>(
					facts.packageManager,
					flagged(options.packageManager, '--package-manager'),
					answers['package-manager'],
				).value
			: 'npm';
	const install = options.install && !facts.foreignManager;
	const sources = { facts, blueprint, entry, decision, vendor, packageManager: manager };
	const plan = makeUpdate({ ...sources, install });
	// Without a manager nobody knows its words.
	const isKnown = needsManager || !('options' in facts.packageManager);
	const section = isKnown ? await sectionAfter(judged.known, manager) : undefined;
	return { plan: joinSection(plan, section), manager };
}

async function carryOut(
	plan: Plan,
	{ facts, blueprint }: Judged['known'],
	{ manager, world }: { manager: PackageManager; world: UpdateWorld },
): Promise<Warning[]> {
	const { account, tools, signal } = world;
	account.applying = true;
	const warnings: Warning[] = [];
	const states = new Map<Step, StepState>();
	account.states = states;
	const choices = {
		blueprint,
		packageManager: { value: manager, from: 'the project' },
		copy: fittingCopy(listAdapterCopies(), facts),
		alignRuntime: null,
		adapter: isVendored(facts.packages, undefined) ? VENDORED : undefined,
	};
	const left = await applyPlan(plan, {
		...tools.applySeams({ facts, choices }, signal, warnings),
		mark: (step, state) => states.set(step, state),
	});
	return [...warnings, ...left];
}

/** Brings a blueprint to its text of today. `account` holds what is known, also after a failure. */
export async function update(
	name: string | undefined,
	options: UpdateOptions,
	world: UpdateWorld,
): Promise<Outcome> {
	const { account, person, tools, signal } = world;
	const { cwd, envVar, packageManager } = options;
	const judged = await judgeProject({ cwd, envVar, name, packageManager }, tools);
	const { known } = judged;
	const entryUse = await inspectEntryUse(known.facts, tools.askGit);
	known.facts = { ...known.facts, entryUse };
	Object.assign(account, { blueprint: known.blueprint, facts: known.facts });
	const { root, boundary } = known.facts;
	const nothing = { steps: [], installTouches: [], warnings: [], nextSteps: [] };
	const end = (status: Outcome['status']): Outcome => {
		const plan = account.plan ?? { root, boundary, ...nothing, installCommand: null };
		return { status, plan, warnings: plan.warnings };
	};
	if (!isInstalled(judged, name)) return end('unchanged');
	const { plan, manager } = await decide(judged, options, world);
	account.plan = plan;
	if (plan.steps.length === 0) return end('unchanged');
	checkPlan(plan);
	if (options.dryRun) return end('previewed');
	if (plan.steps.some(({ kind }) => kind === 'install')) tools.requireManager(manager);
	if (person && !(await person.confirm(account))) return end('declined');
	if (signal.aborted) throw cancelled();
	const warnings = await carryOut(plan, known, { manager, world });
	return { ...end('applied'), warnings: [...plan.warnings, ...warnings] };
}
