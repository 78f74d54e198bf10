// A plan file and the project that is there -> the very plan that was kept, or a refusal that names what has changed. Pure.
import { FlueError } from '../../errors.ts';
import { isManager } from '../../managers/table.ts';
import type { BundledAdapter, Facts } from '../../model/facts.ts';
import type { Warning } from '../../model/found.ts';
import type { InstallStep, Plan, Step } from '../../model/plan.ts';
import type { DigestedFile, KeptStep, KeptWrite, PlanFile } from '../../model/plan-file.ts';
import { fileDigest } from '../../text/digest.ts';
import { withEdits } from '../../text/merge.ts';
import { planCleanup } from '../install.ts';
import { unreadablePlan } from './read.ts';

/** Path -> what is there; null when there is nothing. */
export type OnDisk = (path: string) => Uint8Array | null;

export interface RebuildSources {
	facts: Facts;
	onDisk: OnDisk;
	/** Path -> text in the last commit, with the line ends of today; null when it is in none. */
	committed: ReadonlyMap<string, string | null>;
	/** The copies of the adapter that this program brings along. */
	adapters: readonly BundledAdapter[];
}

/** A file, as the digest of it was made. */
type Known = DigestedFile & { isLocal?: boolean };

function isAs(known: Known, onDisk: OnDisk, salt: string): boolean {
	const bytes = onDisk(known.path);
	return bytes !== null && fileDigest(known, bytes, salt) === known.sha256;
}

/** The step is about a file that git ignores and that is not here. */
function isLeftOut(step: KeptStep, onDisk: OnDisk): boolean {
	return step.kind === 'write' && step.isLocal && onDisk(step.path) === null;
}

/** The files that are not what the plan was made from: path -> how it is told, with what became of it. */
function changesOf(
	{ files, absent, steps, salt }: PlanFile,
	onDisk: OnDisk,
): ReadonlyMap<string, string> {
	const local = steps.flatMap((step): Known[] =>
		step.kind === 'write' && step.base.from === 'file' && !isLeftOut(step, onDisk)
			? [{ ...step.base, isLocal: step.isLocal }]
			: [],
	);
	const gone = (path: string): string => (onDisk(path) === null ? `${path} (missing)` : path);
	return new Map([
		...[...files, ...local]
			.filter((one) => !isAs(one, onDisk, salt))
			.map(({ path }) => [path, gone(path)] as const),
		...absent
			.filter((path) => onDisk(path) !== null)
			.map((path) => [path, `${path} (new)`] as const),
	]);
}

/** Whether what a step is about is what it is to become. */
function isMade(step: Exclude<KeptStep, InstallStep>, onDisk: OnDisk, salt: string): boolean {
	if (step.kind === 'remove') return onDisk(step.path) === null;
	return isAs(step.kind === 'write' ? { ...step, sha256: step.after } : step, onDisk, salt);
}

/** The files that the steps are about and that are here, by whether each is already what it is to become. */
function progressOf({ steps, salt }: PlanFile, onDisk: OnDisk): Map<string, boolean> {
	const files = steps.filter((step) => step.kind !== 'install');
	const here = files.filter((step) => !isLeftOut(step, onDisk));
	return new Map(here.map((step) => [step.path, isMade(step, onDisk, salt)]));
}

/** Tells of the files that somebody else has changed, not of those that hold what was planned. */
function changedOnDisk(
	changed: ReadonlyMap<string, string>,
	progress: ReadonlyMap<string, boolean>,
): FlueError {
	const foreign = [...changed.keys()].filter((path) => progress.get(path) !== true);
	const told = (paths: readonly string[]): string =>
		paths.map((path) => changed.get(path) ?? path).join(', ');
	const open = [...progress.keys()].filter((path) => progress.get(path) === false);
	if (open.length < progress.size && open.every((path) => changed.has(path)))
		return new FlueError(
			'CHANGED_ON_DISK',
			`The plan is done but for ${told(open)}: neither as before nor as planned. Nothing was changed.`,
			{
				hint: 'Nothing is left to do where that was changed after the plan was done, e.g. by a value that was filled in. Otherwise plan again from what is there now.',
			},
		);
	const named = foreign.length === 0 ? [...changed.keys()] : foreign;
	return new FlueError(
		'CHANGED_ON_DISK',
		`${named.length === 1 ? 'A file is' : `${named.length} files are`} not what the plan was made from: ${told(named)}. Nothing was changed.`,
		{ hint: 'Plan again from what is there now.' },
	);
}

/**
 * Whether the project is what a plan was made from, or what it makes of it: `done`.
 * @throws PLAN_FOREIGN for a plan of another project; CHANGED_ON_DISK naming every file that somebody else changed
 */
export function checkPlanFile(
	file: PlanFile,
	here: PlanFile['project'],
	onDisk: OnDisk,
): 'open' | 'done' {
	const called = ({ name, place }: PlanFile['project']): string =>
		`${name ?? 'a project without a name'}${place === '' ? '' : ` in ${place}`}`;
	if (file.project.name !== here.name || file.project.place !== here.place)
		throw new FlueError(
			'PLAN_FOREIGN',
			`The plan was made for ${called(file.project)}, and this is ${called(here)}.`,
			{ hint: 'Name the project that it was made for with --cwd.' },
		);
	const changed = changesOf(file, onDisk);
	if (changed.size === 0) return 'open';
	const progress = progressOf(file, onDisk);
	if (progress.size > 0 && [...progress.values()].every(Boolean)) return 'done';
	throw changedOnDisk(changed, progress);
}

function baseText(
	{ base, isLocal }: KeptWrite,
	{ onDisk, committed }: RebuildSources,
	salt: string,
): string | null {
	if (base.from === 'nothing') return '';
	const text =
		base.from === 'commit'
			? (committed.get(base.path) ?? null)
			: onDisk(base.path) && Buffer.from(onDisk(base.path) ?? '').toString();
	const isIt = text !== null && fileDigest({ ...base, isLocal }, text, salt) === base.sha256;
	return isIt ? text : null;
}

function rebuiltWrite(step: KeptWrite, sources: RebuildSources, salt: string): Step {
	const { path, shown } = step;
	const base = baseText(step, sources, salt);
	if (base === null)
		throw new FlueError('CHANGED_ON_DISK', `The text of which ${path} is made is not here.`, {
			path,
			hint: 'Check out the commit that the plan was made in, or plan again from what is there now.',
		});
	const after = withEdits(base, step.edits);
	if (after === null || fileDigest(step, after, salt) !== step.after)
		throw unreadablePlan(`does not make of ${path} what it promises`);
	const bytes = sources.onDisk(path);
	if ((bytes === null) !== step.isNew)
		throw unreadablePlan(`does not say of ${path} what is there`);
	return { kind: 'write', path, shown, after, before: bytes && Buffer.from(bytes).toString() };
}

/** Of an install only the manager is taken from the file: what it is told is this program's own. */
function rebuiltInstall(step: InstallStep, { facts }: RebuildSources): InstallStep {
	const plain = isManager(step.command) ? planCleanup(facts, step.command).install : null;
	const same = (args: readonly string[]): boolean => args.join('\n') === step.args.join('\n');
	const deduped = plain?.args.map((one) => (one === 'install' ? 'dedupe' : one)) ?? [];
	if (plain && plain.folder === step.folder && (same(plain.args) || same(deduped)))
		return { ...plain, args: step.args };
	throw unreadablePlan(`asks for an install that this command does not run in this project`);
}

function rebuiltStep(step: KeptStep, sources: RebuildSources, salt: string): Step {
	if (step.kind === 'install') return rebuiltInstall(step, sources);
	if (step.kind === 'write') return rebuiltWrite(step, sources, salt);
	const { kind, path } = step;
	if (kind === 'remove') return { kind, path, bytes: sources.onDisk(path) ?? new Uint8Array() };
	const adapter = sources.adapters.find(
		({ bytes }) => fileDigest(step, bytes, salt) === step.sha256,
	);
	if (adapter) return { kind, path, bytes: adapter.bytes };
	throw unreadablePlan(
		`puts ${path} into the project, a copy of the adapter that this version of the command does not bring along`,
		'Apply it with the version of this command that made it: `program` in the plan file names it.',
	);
}

/** The plan that was kept. `checkPlanFile` has been asked before. */
export function rebuildPlan(file: PlanFile, sources: RebuildSources): Plan {
	const { facts, onDisk } = sources;
	const left = file.steps.filter((step) => isLeftOut(step, onDisk));
	const steps = file.steps
		.filter((step) => !left.includes(step))
		.map((step) => rebuiltStep(step, sources, file.salt));
	const install = steps.find((step) => step.kind === 'install');
	const touches = install ? planCleanup(facts, install.command).touches : [];
	const leftOut = left.flatMap((step): Warning[] => {
		if (step.kind !== 'write') return [];
		const message = `${step.path} is not here, and git ignores it: what the plan does to it is left out.`;
		return [{ code: 'STEP_LEFT_OUT', message }];
	});
	return {
		root: facts.root,
		boundary: facts.boundary,
		steps,
		installTouches: touches,
		warnings: [...(file.warnings as Warning[]), ...leftOut],
		nextSteps: file.nextSteps,
		installCommand: file.installCommand,
	};
}
