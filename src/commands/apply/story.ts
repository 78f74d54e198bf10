// The story of `apply`: read the plan that was kept, see that nothing has changed, show, confirm, apply.
import { applyPlan, checkPlan } from '../../apply/index.ts';
import { findBlueprint } from '../../blueprints/index.ts';
import { cancelled, FlueError } from '../../errors.ts';
import { inspectBuild, inspectProject } from '../../inspect/index.ts';
import { readPlanned } from '../../inspect/looks.ts';
import { findWorkspace } from '../../inspect/packages/workspace.ts';
import { findProject, type Project } from '../../inspect/project.ts';
import { readCommitted } from '../../inspect/removal.ts';
import type { Account } from '../../model/account.ts';
import type { Blueprint } from '../../model/blueprint.ts';
import type { Facts } from '../../model/facts.ts';
import type { Warning } from '../../model/found.ts';
import type { Outcome, Plan, Step, StepState } from '../../model/plan.ts';
import type { PlanFile } from '../../model/plan-file.ts';
import type { ApplyRequest, PackageManager } from '../../model/request.ts';
import { listAdapterCopies, readAdapterCopy } from '../../package/bundled-adapter.ts';
import { checkPlanFile, type OnDisk, rebuildPlan } from '../../plan/file/rebuild.ts';
import { fittingCopy, VENDORED } from '../../plan/vendor.ts';
import type { Tools } from '../add/tools.ts';
import { projectIdentity } from '../plan-out.ts';
import type { RemoveTools } from '../remove/tools.ts';

export interface ApplyWorld {
	/** Shows the plan and asks whether to go on; null when there is nobody. */
	confirm: ((account: Account) => Promise<boolean>) | null;
	tools: Tools & RemoveTools;
	signal: AbortSignal;
	account: Account;
}

/** What the last commit holds of the texts that come from there. */
async function committedTexts(file: PlanFile, root: string, onDisk: OnDisk, tools: Tools) {
	const found = new Map<string, string | null>();
	for (const step of file.steps) {
		if (step.kind !== 'write' || step.base.from !== 'commit') continue;
		const { path } = step.base;
		const text = Buffer.from(onDisk(path) ?? '').toString();
		found.set(path, await readCommitted(root, { path, text }, tools.askGit));
	}
	return found;
}

/** The manager that the plan installs with; undefined when it installs nothing. */
function managerOf({ steps }: PlanFile): PackageManager | undefined {
	return steps.find((step) => step.kind === 'install')?.command;
}

/** The facts of the project; which manager it is was settled when the plan was made. */
async function factsFor(
	file: PlanFile,
	project: Project,
	{ tools, blueprint }: { tools: Tools; blueprint: Blueprint },
): Promise<Facts> {
	const said = managerOf(file);
	const facts = await inspectProject(project, await inspectBuild(project), blueprint, {
		userAgent: tools.userAgent,
		askGit: tools.askGit,
		said,
		isIdle: said === undefined,
	});
	return said ? { ...facts, packageManager: { value: said, from: 'the plan file' } } : facts;
}

/** A plan in which nothing is left to do. */
function nothingLeft({ root, boundary }: Pick<Facts, 'root' | 'boundary'>): Plan {
	const nothing = { steps: [], installTouches: [], warnings: [], nextSteps: [] };
	return { root, boundary, ...nothing, installCommand: null };
}

/** Sees that the project is the one, and as it was, and makes the plan again. Reads, and runs nothing but git. */
async function takeUp(file: PlanFile, cwd: string, { tools, account }: ApplyWorld) {
	const project = findProject(cwd);
	const { root } = project;
	const { root: boundary } = await findWorkspace(root);
	const onDisk: OnDisk = (path) => readPlanned({ root, boundary }, path);
	const state = checkPlanFile(file, projectIdentity(root, boundary), onDisk);
	const blueprint = findBlueprint(file.blueprint.kind, file.blueprint.name);
	account.blueprint = blueprint;
	const facts = await factsFor(file, project, { tools, blueprint });
	account.facts = facts;
	if (state === 'done') {
		account.plan = nothingLeft(facts);
		return { plan: account.plan, facts, blueprint };
	}
	const plan = rebuildPlan(file, {
		facts,
		onDisk,
		committed: await committedTexts(file, root, onDisk, tools),
		adapters: listAdapterCopies().map(readAdapterCopy),
	});
	account.plan = plan;
	return { plan, facts, blueprint };
}

/** The install and what it is held to, as in the run that made the plan. */
function seamsFor(
	file: PlanFile,
	known: { facts: Facts; blueprint: Blueprint },
	run: { tools: Tools & RemoveTools; signal: AbortSignal; warnings: Warning[] },
) {
	const { facts, blueprint } = known;
	const { tools, signal, warnings } = run;
	const manager = managerOf(file) ?? 'npm';
	if (file.command === 'remove')
		return tools.removeSeams(facts.root, blueprint.adapter.name, { signal, warnings });
	const choices = {
		blueprint,
		packageManager: { value: manager, from: 'the plan file' },
		copy: fittingCopy(listAdapterCopies(), facts),
		alignRuntime: file.promised.oneRuntime,
		adapter: file.promised.isVendored ? VENDORED : undefined,
	};
	return tools.applySeams({ facts, choices }, signal, warnings);
}

async function carryOut(
	file: PlanFile,
	known: { plan: Plan; facts: Facts; blueprint: Blueprint },
	{ account, tools, signal }: ApplyWorld,
): Promise<Warning[]> {
	account.applying = true;
	const warnings: Warning[] = [];
	const states = new Map<Step, StepState>();
	account.states = states;
	const left = await applyPlan(known.plan, {
		...seamsFor(file, known, { tools, signal, warnings }),
		mark: (step, state) => states.set(step, state),
	});
	return [...warnings, ...left];
}

/** The same error for somebody who applies: the option that would settle it is one of the command that made the plan. */
function asApplied(error: unknown): unknown {
	if (!(error instanceof FlueError) || error.flag === undefined) return error;
	const { code, message, path, cause } = error;
	const hint = `${error.hint} These are options of the command that makes the plan: make it again with them, and --plan-out.`;
	return new FlueError(code, message, { hint, ...(path === undefined ? {} : { path }), cause });
}

/** @throws MANAGER_MISSING where the plan installs, and its manager is not there */
function requireManager({ steps }: Plan, tools: Pick<Tools, 'requireManager'>): void {
	try {
		for (const step of steps) if (step.kind === 'install') tools.requireManager(step.command);
	} catch (error) {
		throw asApplied(error);
	}
}

/**
 * Applies a plan that was kept: exactly its bytes, or nothing. `account` holds what is known, also after a failure.
 * @throws PLAN_FOREIGN, CHANGED_ON_DISK, UNSAFE_PATH or PLAN_UNREADABLE before anything is written
 */
export async function applyPlanFile(
	file: PlanFile,
	{ cwd, dryRun }: Pick<ApplyRequest['options'], 'cwd' | 'dryRun'>,
	world: ApplyWorld,
): Promise<Outcome> {
	const { account, confirm, tools, signal } = world;
	const known = await takeUp(file, cwd, world);
	const { plan } = known;
	const end = (status: Outcome['status']): Outcome => ({ status, plan, warnings: plan.warnings });
	if (plan.steps.length === 0) return end('unchanged');
	checkPlan(plan);
	if (dryRun) return end('previewed');
	requireManager(plan, tools);
	if (confirm && !(await confirm(account))) return end('declined');
	if (signal.aborted) throw cancelled();
	const warnings = await carryOut(file, known, world).catch((error) => {
		throw asApplied(error);
	});
	return { ...end('applied'), warnings: [...plan.warnings, ...warnings] };
}
