// The story of `remove`: inspect, ask, plan, show, confirm, apply. The twin of `add`.
import { posix } from 'node:path';
import { applyPlan, checkPlan } from '../../apply/index.ts';
import { BLUEPRINTS } from '../../blueprints/index.ts';
import { cancelled } from '../../errors.ts';
import { inspectEntryUse, inspectRemoval } from '../../inspect/index.ts';
import type { Account } from '../../model/account.ts';
import type { Answers, Question } from '../../model/choices.ts';
import type { Warning } from '../../model/found.ts';
import type { Outcome, Plan, Step, StepState } from '../../model/plan.ts';
import type { PackageManager, RemoveOptions } from '../../model/request.ts';
import { joinSection, planSectionRemoval } from '../../plan/agents-section.ts';
import { flagged, managerQuestion, settle } from '../../plan/choices.ts';
import { readGenerated } from '../../plan/generated.ts';
import { makeRemoval } from '../../plan/removal/index.ts';
import { answerUnattended } from '../../plan/unattended.ts';
import { Refusals } from '../../refusals.ts';
import type { CommonTools } from '../tools.ts';
import { type Judged, judgeProject } from '../verify/project.ts';
import type { RemoveTools } from './tools.ts';

/** The person at the terminal; absent in an unattended run. */
export interface RemovePerson {
	ask(questions: Question[]): Promise<Answers>;
	/** Shows the plan and asks whether to go on. */
	confirm(account: Account): Promise<boolean>;
}

export interface RemoveWorld {
	person: RemovePerson | null;
	tools: CommonTools & RemoveTools;
	signal: AbortSignal;
	account: Account;
}

/** Whether there is an entry of the blueprint: by its marker, or by the adapter that it uses. */
function isInstalled({ known }: Judged, name: string | undefined): boolean {
	const { marker, blueprint, facts } = known;
	if (marker) return name === undefined || marker.name === name;
	return (facts.dbEntry.value.text ?? '').includes(`'${blueprint.adapter.name}'`);
}

/** What to do where the entry is of another blueprint than the one that was named. */
function othersSteps({ known: { marker, blueprint, facts } }: Judged): string[] {
	if (!marker) return [];
	const { kind } = blueprint;
	return [
		`${facts.dbEntry.value.path} is of the ${marker.name} blueprint, and stays: \`flue remove ${kind} ${marker.name}\` removes that.`,
	];
}

function discardQuestion({ known }: Judged, { discard }: RemoveOptions): Question[] {
	const { state, facts } = known;
	if (state === 'same' || discard) return [];
	const { path } = facts.dbEntry.value;
	const fate = facts.entryUse?.inGit ? 'git holds its text' : 'its text is kept beside it as .bak';
	const users = facts.entryUse?.importedBy ?? [];
	const loss = users.length > 0 ? `; it is imported by ${users.join(', ')}` : '';
	return [
		{
			id: 'discard',
			message: `Remove ${path}? It is not as this command writes it: ${fate}${loss}.`,
			flag: '--discard',
			options: [],
			noEnds: true,
			initial: false,
			unattended: null,
		},
	];
}

/** Settles what is open, and makes the plan; null when the entry is to stay. */
async function decide(judged: Judged, options: RemoveOptions, { person, tools }: RemoveWorld) {
	const { known } = judged;
	const { facts, blueprint, variable } = known;
	const questions = [...managerQuestion(facts, options), ...discardQuestion(judged, options)];
	const answers = person ? await person.ask(questions) : answerUnattended(questions);
	const isOurs = known.state === 'same';
	if (!isOurs && !options.discard && answers.discard !== true) return null;
	// As a part of any name that a module may give it.
	const [word = variable] = variable.split('_');
	const names = [variable, word.toLowerCase(), blueprint.client.name];
	const past = await inspectRemoval(facts, names, tools.askGit);
	const { path } = facts.dbEntry.value;
	const old = past.committed[path] ?? null;
	const manager = settle<PackageManager>(
		facts.packageManager,
		flagged(options.packageManager, '--package-manager'),
		answers['package-manager'],
	);
	// An older db.ts of this command would need what goes now.
	const isUsable = !past.backup?.text.includes(blueprint.adapter.name);
	const plan = makeRemoval({
		...past,
		backup: isUsable ? past.backup : null,
		facts,
		blueprint,
		variable,
		options: facts.foreignManager ? { ...options, install: false } : options,
		packageManager: manager.value,
		isOurs,
		canonical: known.canonical ?? '',
		usesModule: known.shape?.variable === null,
		isCommitOlder: past.hasCommit && readGenerated({ path, text: old }, BLUEPRINTS) === null,
		mentions: past.mentions?.filter((one) => posix.normalize(one.path) !== path) ?? null,
	});
	return { plan: joinSection(plan, planSectionRemoval(past.agentsFiles)), manager };
}

/** Applies the plan, and gives what the install had to say. */
async function carryOut(
	plan: Plan,
	{ known: { facts, blueprint } }: Judged,
	{ account, tools, signal }: RemoveWorld,
): Promise<Warning[]> {
	account.applying = true;
	const warnings: Warning[] = [];
	const states = new Map<Step, StepState>();
	account.states = states;
	const left = await applyPlan(plan, {
		...tools.removeSeams(facts.root, blueprint.adapter.name, { signal, warnings }),
		mark: (step, state) => states.set(step, state),
	});
	return [...warnings, ...left];
}

const NOTHING: Omit<Plan, 'root' | 'boundary'> = {
	steps: [],
	installTouches: [],
	warnings: [],
	nextSteps: [],
	installCommand: null,
};

/** Removes a blueprint from a project. `account` holds what is known, also after a failure. */
export async function remove(
	name: string | undefined,
	options: RemoveOptions,
	world: RemoveWorld,
): Promise<Outcome> {
	const { account, person, tools, signal } = world;
	const { cwd, envVar, packageManager } = options;
	const judged = await judgeProject({ cwd, envVar, name, packageManager }, tools);
	const { blueprint } = judged.known;
	judged.known.facts = {
		...judged.known.facts,
		entryUse: await inspectEntryUse(judged.known.facts, tools.askGit),
	};
	const { facts } = judged.known;
	Object.assign(account, { blueprint, facts });
	const { root, boundary } = facts;
	const end = (status: Outcome['status'], plan = account.plan): Outcome => {
		const shown = plan ?? { root, boundary, ...NOTHING };
		return { status, plan: shown, warnings: shown.warnings };
	};
	if (!isInstalled(judged, name)) {
		account.plan = { root, boundary, ...NOTHING, nextSteps: othersSteps(judged) };
		return end('unchanged');
	}
	const decided = await decide(judged, options, world);
	if (decided === null) return end('declined');
	const { plan, manager } = decided;
	account.plan = plan;
	const refusals = new Refusals();
	refusals.attempt(() => checkPlan(plan));
	const hasInstall = plan.steps.some(({ kind }) => kind === 'install');
	if (hasInstall && !options.dryRun) refusals.attempt(() => tools.requireManager(manager.value));
	refusals.end();
	if (options.dryRun) return end('previewed');
	if (person && !(await person.confirm(account))) return end('declined');
	if (signal.aborted) throw cancelled();
	const warnings = await carryOut(plan, judged, world);
	return { ...end('applied'), warnings: [...plan.warnings, ...warnings] };
}
