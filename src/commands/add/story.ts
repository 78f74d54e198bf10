// The story of `add`: inspect, refuse, ask, plan, show, confirm, apply.
import { cleanUp } from '../../apply/clean-up.ts';
import { applyPlan, checkPlan } from '../../apply/index.ts';
import { wasKilled } from '../../apply/lock.ts';
import { BLUEPRINTS, findBlueprint } from '../../blueprints/index.ts';
import { cancelled } from '../../errors.ts';
import {
	inspectBuild,
	inspectEntryUse,
	inspectProject,
	inspectVendor,
} from '../../inspect/index.ts';
import { findProject } from '../../inspect/project.ts';
import { requireFlue } from '../../inspect/require-flue.ts';
import type { Account } from '../../model/account.ts';
import type { Answers, Choices, Question } from '../../model/choices.ts';
import type { Facts } from '../../model/facts.ts';
import type { Warning } from '../../model/found.ts';
import type { Outcome, Plan, Step, StepState } from '../../model/plan.ts';
import type { AddOptions } from '../../model/request.ts';
import { listAdapterCopies, readAdapterCopy } from '../../package/bundled-adapter.ts';
import { readTemplate } from '../../package/template.ts';
import { hasRelease } from '../../plan/adapter.ts';
import {
	answerUnattended,
	makeChoices,
	openQuestions,
	refuseCloudflare,
} from '../../plan/choices.ts';
import { draftEntry } from '../../plan/entry.ts';
import { makePlan } from '../../plan/index.ts';
import { type Lesson, learnEntry } from '../../plan/lesson.ts';
import { runtimeAfter } from '../../plan/runtime.ts';
import {
	checkRetention,
	fittingCopy,
	isFetched,
	requireCopy,
	VENDORED,
	vendorQuestion,
} from '../../plan/vendor.ts';
import type { Tools } from './tools.ts';

/** The person at the terminal; absent in an unattended run. */
export interface Person {
	showFacts(account: Account): void;
	ask(questions: Question[]): Promise<Answers>;
	/** Shows the plan and asks whether to go on. */
	confirm(account: Account): Promise<boolean>;
}

export interface AddWorld {
	person: Person | null;
	tools: Tools;
	signal: AbortSignal;
	account: Account;
}

/** What is known before anybody is asked. */
interface Known extends Lesson {
	/** The git work tree around the project. */
	gitRoot: string | null;
}

/** Gathers the facts and refuses what cannot be served, before anybody is asked anything. */
async function learn(
	name: { kind: string; name: string },
	options: AddOptions,
	world: AddWorld,
): Promise<Known> {
	const { account, tools } = world;
	const blueprint = findBlueprint(name.kind, name.name);
	account.blueprint = blueprint;
	const project = findProject(options.cwd);
	requireFlue(project);
	const build = await inspectBuild(project);
	refuseCloudflare(build.target);
	const facts = await inspectProject(project, build, blueprint, {
		userAgent: tools.userAgent,
		askGit: tools.askGit,
		said: options.packageManager,
		isIdle: !options.install,
		entry: options.entry,
	});
	account.facts = facts;
	const { isSet } = tools;
	const able = facts.foreignManager ? { ...options, install: false } : options;
	const lesson = learnEntry({ blueprint, facts, options: able, databases: BLUEPRINTS, isSet });
	account.secrets = lesson.secrets;
	return { ...lesson, gitRoot: build.workspace.gitRoot };
}

/**
 * Offers the copy of the adapter to a person whose registry has none: nothing was changed so far. null when it is declined:
 * what would be installed then is known not to be there.
 */
async function offerCopy(
	world: AddWorld,
	facts: Facts,
	known: { choices: Choices; options: AddOptions },
): Promise<Choices | null> {
	const { choices, options } = known;
	const { person, tools, signal } = world;
	if (!person || !options.install || !isFetched(facts, choices)) return choices;
	tools.requireManager(choices.packageManager.value);
	if (hasRelease(facts) && !(await tools.lacksAdapter({ facts, choices }, signal))) return choices;
	const { adapter } = await person.ask([vendorQuestion(choices, facts)]);
	return adapter === true ? { ...choices, adapter: VENDORED } : null;
}

interface Decision {
	choices: Choices;
	plan: Plan;
	/** Somebody's own entry stays, or no adapter can be had, as answered. */
	isDeclined: boolean;
}

/** Settles what is open, with the person or without, and makes the plan. */
async function decide(lesson: Known, world: AddWorld): Promise<Decision> {
	const { account, person, tools } = world;
	const { blueprint, secrets, options } = lesson;
	const draft = draftEntry({ ...lesson, template: readTemplate(blueprint) });
	// Only somebody's own work is worth the search for who depends on it.
	const isTheirs = draft.state === 'other';
	const entryUse = isTheirs ? await inspectEntryUse(lesson.facts, tools.askGit) : null;
	const facts = { ...lesson.facts, entryUse };
	account.facts = facts;
	person?.showFacts(account);
	const questions = openQuestions(facts, options, draft);
	const answers = person ? await person.ask(questions) : answerUnattended(questions);
	const copies = listAdapterCopies();
	const isAligned = options.alignRuntime ?? answers['align-runtime'] === true;
	const copy = fittingCopy(copies, { ...facts, runtime: runtimeAfter(facts, isAligned) });
	const settled = makeChoices({ blueprint, facts, options, draft, copy }, answers);
	const keepsTheirs = (isTheirs && !settled.replaceDb) || answers.entry === false;
	const known = { choices: settled, options };
	const offered = keepsTheirs ? null : await offerCopy(world, facts, known);
	const choices = offered ?? settled;
	account.choices = choices;
	if (!keepsTheirs) checkRetention(facts, choices.adapter, options.retain);
	const rendered = draft.render(choices.reconnect);
	const text = options.format ? await tools.format(facts, rendered) : rendered;
	const declared = facts.packages.adapter.declared?.range;
	const place = { root: facts.root, gitRoot: lesson.gitRoot, declared };
	const taken = choices.adapter === VENDORED ? requireCopy(copies, choices, facts) : null;
	const vendor = taken && (await inspectVendor(place, readAdapterCopy(taken), tools.askGit));
	const earlier = { wasKilled: wasKilled(facts.root) };
	const plan = makePlan({ facts, choices, options, secrets, draft, text, vendor, ...earlier });
	Object.assign(account, { plan, text });
	return { choices, plan, isDeclined: offered === null };
}

/** Adds a blueprint to a project. `account` holds what is known, also after a failure. */
export async function add(
	name: { kind: string; name: string },
	typed: AddOptions,
	world: AddWorld,
): Promise<Outcome> {
	const { account, person, tools } = world;
	const lesson = await learn(name, typed, world);
	const { choices, plan, isDeclined } = await decide(lesson, world);
	const { options } = lesson;
	const outcome = (status: Outcome['status']): Outcome => ({
		status,
		plan,
		warnings: plan.warnings,
	});

	if (options.print) return outcome('previewed');
	if (isDeclined) return outcome('declined');
	if (plan.steps.length === 0) {
		if (!options.dryRun) cleanUp(plan);
		return outcome('unchanged');
	}
	// A preview of what could not be applied would be no preview.
	checkPlan(plan);
	if (options.dryRun) return outcome('previewed');
	if (hasInstall(plan)) tools.requireManager(choices.packageManager.value);
	if (person && !(await person.confirm(account))) return outcome('declined');
	if (world.signal.aborted) throw cancelled();
	const warnings: Warning[] = [];
	account.applying = true;
	const facts = account.facts ?? lesson.facts;
	const states = new Map<Step, StepState>();
	account.states = states;
	const left = await applyPlan(plan, {
		...tools.applySeams({ facts, choices }, world.signal, warnings),
		mark: (step, state) => states.set(step, state),
	});
	return { ...outcome('applied'), warnings: [...plan.warnings, ...warnings, ...left] };
}

function hasInstall(plan: Plan): boolean {
	return plan.steps.some(({ kind }) => kind === 'install');
}
