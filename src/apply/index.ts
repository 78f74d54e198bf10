// Carries out a plan, whole or not at all: checks, writes, installs, and puts every byte back when anything fails.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FlueError } from '../errors.ts';
import type { Warning } from '../model/found.ts';
import type {
	CopyStep,
	InstallStep,
	Plan,
	RemoveStep,
	Step,
	StepState,
	WriteStep,
} from '../model/plan.ts';
import { Refusals } from '../refusals.ts';
import { leftWarnings, mendKilled, removeEmptyVendor } from './clean-up.ts';
import { readBytes } from './files.ts';
import { type Journal, openJournal } from './journal.ts';
import { keepCopies, refuseTorn } from './kept.ts';
import { takeLock } from './lock.ts';
import { safePath } from './paths.ts';
import type { CommandResult } from './run.ts';
import { afterUndo } from './undone.ts';

export interface ApplySeams {
	/** Runs the package manager in `plan.root`; its output goes to the person. `onStart` is told its number. */
	install(step: InstallStep, onStart?: (pid: number) => void): Promise<CommandResult>;
	/** Throws when the installed packages are not what the plan promised. */
	checkInstalled(step: InstallStep, result: CommandResult): void;
	/** Told of every step that is reached, and again when it was taken back. */
	mark(step: Step, state: StepState): void;
	/** Set when the user or the system asks the program to stop. */
	signal: AbortSignal;
}

/** A step that puts a file into its place. */
type FileStep = CopyStep | WriteStep;

function before(step: FileStep): string | null {
	return step.kind === 'copy' ? null : step.before;
}

function after(step: FileStep): string | Uint8Array {
	return step.kind === 'copy' ? step.bytes : step.after;
}

function readOrNull(path: string): string | null {
	try {
		return readFileSync(path, 'utf8');
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw new FlueError('WRITE_FAILED', `${path} cannot be read any more.`, { path, cause });
	}
}

function isUnchanged(path: string, step: FileStep | RemoveStep): boolean {
	if (step.kind === 'remove') return readBytes(path)?.equals(step.bytes) ?? false;
	return readOrNull(path) === before(step);
}

/** The precondition of a write: the disk still says what the plan was made from. */
function checkUnchanged(plan: Plan, step: FileStep | RemoveStep): string {
	const path = safePath(plan, step.path);
	if (isUnchanged(path, step)) return path;
	throw new FlueError('CHANGED_ON_DISK', `${step.path} changed after the plan was made.`, {
		path: step.path,
		hint: 'Run the command again: it plans from what is there now.',
		again: [],
	});
}

function stopIfAborted(signal: AbortSignal): void {
	if (signal.aborted) throw new FlueError('CANCELLED', 'Stopped.');
}

async function install(
	plan: Plan,
	step: InstallStep,
	seams: ApplySeams,
	journal: Journal,
): Promise<void> {
	for (const path of plan.installTouches) journal.remember(resolve(plan.root, path));
	journal.rememberAbsentFolder(resolve(plan.root, 'node_modules'));
	journal.rememberAbsentFolder(resolve(plan.boundary, 'node_modules'));
	const result = await seams.install(step);
	stopIfAborted(seams.signal);
	seams.checkInstalled(step, result);
}

/** Writes several files: all of them beside their places first, then each into its place. */
function writeAll(plan: Plan, steps: FileStep[], journal: Journal): void {
	const staged = steps.map((step) =>
		journal.stage(checkUnchanged(plan, step), before(step), after(step)),
	);
	for (const [index, step] of steps.entries()) {
		checkUnchanged(plan, step);
		staged[index]?.();
	}
}

/** The steps in their order, neighbouring writes together. */
function inGroups(steps: Step[]): (InstallStep | RemoveStep | FileStep[])[] {
	const groups: (InstallStep | RemoveStep | FileStep[])[] = [];
	for (const step of steps) {
		const last = groups.at(-1);
		if (step.kind === 'install' || step.kind === 'remove') groups.push(step);
		else if (Array.isArray(last)) last.push(step);
		else groups.push([step]);
	}
	return groups;
}

async function carryOut(plan: Plan, seams: ApplySeams, journal: Journal): Promise<void> {
	for (const group of inGroups(plan.steps)) {
		stopIfAborted(seams.signal);
		for (const step of [group].flat()) seams.mark(step, 'done');
		// Writing takes milliseconds and lets no signal in between; one that comes then is seen at the next step.
		if (Array.isArray(group)) writeAll(plan, group, journal);
		else if (group.kind === 'remove') journal.remove(checkUnchanged(plan, group), group.bytes);
		else await install(plan, group, seams, journal);
	}
	confirmOnDisk(plan);
}

function isAsPlanned(path: string, step: FileStep | RemoveStep): boolean {
	const now = readBytes(path);
	return step.kind === 'remove' ? now === null : (now?.equals(Buffer.from(after(step))) ?? false);
}

/** Nothing is called done that is not there. What an install may rewrite is left out. */
function confirmOnDisk(plan: Plan): void {
	for (const step of plan.steps) {
		if (step.kind === 'install' || plan.installTouches.includes(step.path)) continue;
		if (isAsPlanned(safePath(plan, step.path), step)) continue;
		throw new FlueError(
			'CHANGED_ON_DISK',
			`${step.path} was changed by another program right after it was written.`,
			{ path: step.path },
		);
	}
}

/**
 * Checks that every file is still what the plan was made from, and that every path may be written to.
 * @throws CHANGED_ON_DISK, UNSAFE_PATH or WRITE_FAILED: the first, telling all of them
 */
export function checkPlan(plan: Plan): void {
	const refusals = new Refusals();
	for (const step of plan.steps)
		if (step.kind !== 'install') refusals.attempt(() => checkUnchanged(plan, step));
	refusals.end();
}

/**
 * Applies every step in order, and gives what is to be said of the disk afterwards.
 * @throws the first failure, after everything was put back; CANCELLED when `signal` is set.
 */
export async function applyPlan(plan: Plan, seams: ApplySeams): Promise<Warning[]> {
	const lock = takeLock(plan.root);
	const touched = plan.installTouches.map((path) => resolve(plan.root, path));
	const journal = openJournal(lock.note);
	const reached: Step[] = [];
	const noting: ApplySeams = {
		...seams,
		install(step) {
			keepCopies(lock.copies, touched);
			return seams.install(step, lock.noteProgram);
		},
		mark(step, state) {
			reached.push(step);
			seams.mark(step, state);
		},
	};
	try {
		// First: the copies go with the lock, also where the plan is refused.
		mendKilled(plan, lock);
		checkPlan(plan);
		if (plan.steps.some(({ kind }) => kind === 'install')) refuseTorn(plan, touched);
		await carryOut(plan, noting, journal);
		removeEmptyVendor(plan);
		return leftWarnings(journal.left);
	} catch (error) {
		const undone = journal.undo();
		for (const step of reached)
			seams.mark(step, undone.lost.length === 0 ? 'undone' : 'partly-undone');
		throw afterUndo(error, undone);
	} finally {
		lock.release();
	}
}
