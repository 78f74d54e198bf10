// Facts and flags -> what is known, and what is to be done: refuses, asks and plans. What keeps a run from going on is told at once.
import { checkPlan } from '../../apply/index.ts';
import { wasKilled } from '../../apply/lock.ts';
import { BLUEPRINTS, findBlueprint } from '../../blueprints/index.ts';
import {
	inspectBuild,
	inspectEntryUse,
	inspectProject,
	inspectVendor,
	uncommittedCopy,
} from '../../inspect/index.ts';
import { readVendored } from '../../inspect/packages/vendor-lock.ts';
import { findProject } from '../../inspect/project.ts';
import { requireFlue } from '../../inspect/require-flue.ts';
import type { Answers, Choices, Question } from '../../model/choices.ts';
import type { Facts } from '../../model/facts.ts';
import type { Plan } from '../../model/plan.ts';
import type { AddOptions } from '../../model/request.ts';
import { listAdapterCopies, readAdapterCopy } from '../../package/bundled-adapter.ts';
import { readTemplate } from '../../package/template.ts';
import { hasRelease } from '../../plan/adapter.ts';
import { joinSection } from '../../plan/agents-section.ts';
import { makeChoices, openQuestions, refuseCloudflare } from '../../plan/choices.ts';
import { draftEntry, type EntryDraft } from '../../plan/entry.ts';
import { makePlan } from '../../plan/index.ts';
import { type Lesson, learnEntry } from '../../plan/lesson.ts';
import { runtimeAfter } from '../../plan/runtime.ts';
import { answersIfSaid, answerUnattended } from '../../plan/unattended.ts';
import {
	checkRetention,
	fittingCopy,
	isFetched,
	isVendored,
	requireCopy,
	unfitCopy,
	VENDORED,
	vendorQuestion,
} from '../../plan/vendor.ts';
import { Refusals } from '../../refusals.ts';
import { sectionOfAdd } from './section.ts';
import { requireSource } from './source.ts';
import type { AddWorld } from './world.ts';

/** What is known before anybody is asked. */
interface Known extends Lesson {
	/** The git work tree around the project. */
	gitRoot: string | null;
	/** Those that can wait for the others. */
	refusals: Refusals;
}

/** Gathers the facts and refuses what cannot be served, before anybody is asked anything. */
export async function learn(
	name: { kind: string; name: string },
	options: AddOptions,
	world: AddWorld,
): Promise<Known> {
	const { account, tools } = world;
	const blueprint = findBlueprint(name.kind, name.name);
	account.blueprint = blueprint;
	const project = findProject(options.cwd);
	await requireFlue(project);
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
	const able = facts.foreignManager ? { ...options, install: false } : options;
	const known = { blueprint, facts, databases: BLUEPRINTS, isSet: tools.isSet };
	const refusals = new Refusals();
	refusals.attempt(() => requireSource(options.adapter));
	const lesson =
		refusals.attempt(() => learnEntry({ ...known, options: able })) ??
		learnEntry({ ...known, options: { ...able, secrets: undefined } });
	if (refusals.isEmpty) account.secrets = lesson.secrets;
	return { ...lesson, gitRoot: build.workspace.gitRoot, refusals };
}

/**
 * Offers the copy of the adapter to a person whose registry has none: nothing was changed so far. null when it is declined:
 * what would be installed then is known not to be there.
 */
async function offerCopy(
	{ person, tools, signal }: AddWorld,
	facts: Facts,
	{ choices, options }: { choices: Choices; options: AddOptions },
): Promise<Choices | null> {
	if (!person || !options.install || !isFetched(facts, choices)) return choices;
	tools.requireManager(choices.packageManager.value);
	if (hasRelease(facts) && !(await tools.lacksAdapter({ facts, choices }, signal))) return choices;
	const { adapter } = await person.ask([vendorQuestion(choices, facts)]);
	return adapter === true ? { ...choices, adapter: VENDORED } : null;
}

/** The answers: a person's, or those of a run in which nobody can be asked. */
async function answersTo(
	questions: Question[],
	{ person }: AddWorld,
	refusals: Refusals,
): Promise<Answers> {
	if (!person)
		return refusals.attempt(() => answerUnattended(questions)) ?? answersIfSaid(questions);
	refusals.end();
	return person.ask(questions);
}

/** Makes the plan of what was chosen, and the text of db.ts. */
async function draw(
	{ facts, choices, draft }: { facts: Facts; choices: Choices; draft: EntryDraft },
	{ secrets, options, gitRoot, refusals }: Known,
	{ tools }: AddWorld,
): Promise<{ plan: Plan; text: string } | undefined> {
	const rendered = draft.render(choices.reconnect);
	const formatted = options.format
		? await tools.format(facts, rendered).catch((error) => refusals.keep(error))
		: rendered;
	const text = formatted ?? rendered;
	const declared = facts.packages.adapter.declared?.range;
	const place = { root: facts.root, gitRoot, declared };
	const isTaken = choices.adapter === VENDORED;
	const taken = isTaken && refusals.attempt(() => requireCopy(listAdapterCopies(), choices, facts));
	const vendor = taken ? await inspectVendor(place, readAdapterCopy(taken), tools.askGit) : null;
	const uncommitted = await uncommittedCopy(place, vendor?.path ?? null, tools.askGit);
	const earlier = { wasKilled: wasKilled(facts.root), uncommitted };
	const settled = { facts, choices, options };
	const section = await sectionOfAdd(settled).catch((error) => refusals.keep(error));
	const sources = { ...settled, secrets, draft, text, vendor, ...earlier };
	const plan = refusals.attempt(() => joinSection(makePlan(sources), section));
	return plan && { plan, text };
}

interface Decision {
	choices: Choices;
	plan: Plan;
	/** Somebody's own entry stays, or no adapter can be had, as answered. */
	isDeclined: boolean;
}

function hasInstall(plan: Plan): boolean {
	return plan.steps.some(({ kind }) => kind === 'install');
}

/** Whether what package.json takes from vendor/ is not there, or was made for another line of Flue. */
function needsCopy(facts: Facts): boolean {
	if (!isVendored(facts.packages, undefined)) return false;
	const vendored = readVendored(facts, facts.packages.adapter.declared?.range);
	return vendored?.isThere === false || unfitCopy(listAdapterCopies(), facts) !== null;
}

/** Refuses what could not be applied; a preview of it would be no preview. */
function checkApplicable(
	{ plan, choices, isDeclined }: Decision,
	{ options, refusals }: Known,
	{ tools }: AddWorld,
): void {
	if (options.print || isDeclined || plan.steps.length === 0) return;
	refusals.attempt(() => checkPlan(plan));
	// Which one it is may be what is open.
	const isGuess = choices.packageManager.from.startsWith('answered');
	if (options.dryRun || isGuess || !hasInstall(plan)) return;
	refusals.attempt(() => tools.requireManager(choices.packageManager.value));
}

/**
 * Settles what is open, with the person or without, and makes the plan.
 * @throws the first refusal, telling all of them and every open question
 */
export async function decide(lesson: Known, world: AddWorld): Promise<Decision> {
	const { account, person, tools } = world;
	const { blueprint, options, refusals } = lesson;
	const draft = draftEntry({ ...lesson, template: readTemplate(blueprint) });
	// Only somebody's own work is worth the search for who depends on it.
	const isTheirs = draft.state === 'other';
	const entryUse = isTheirs ? await inspectEntryUse(lesson.facts, tools.askGit) : null;
	const facts = { ...lesson.facts, entryUse };
	account.facts = facts;
	if (refusals.isEmpty) person?.showFacts(account);
	const answers = await answersTo(openQuestions(facts, options, draft), world, refusals);
	const isAligned = options.alignRuntime ?? answers['align-runtime'] === true;
	const runtime = runtimeAfter(facts, isAligned);
	const copy = fittingCopy(listAdapterCopies(), { ...facts, runtime });
	const adapter = copy && needsCopy({ ...facts, runtime }) ? VENDORED : undefined;
	const settled = makeChoices({ blueprint, facts, options, draft, copy, adapter }, answers);
	const keepsTheirs = (isTheirs && !settled.replaceDb) || answers.entry === false;
	const offered = keepsTheirs ? null : await offerCopy(world, facts, { choices: settled, options });
	const choices = offered ?? settled;
	const isSettled = refusals.isEmpty;
	if (isSettled) account.choices = choices;
	if (!keepsTheirs) refusals.attempt(() => checkRetention(facts, choices.adapter, options.retain));
	const drawn = await draw({ facts, choices, draft }, lesson, world);
	if (drawn && isSettled) Object.assign(account, drawn);
	const decision = drawn && { choices, plan: drawn.plan, isDeclined: offered === null };
	if (decision) checkApplicable(decision, lesson, world);
	return refusals.endWith(decision);
}
