// A plan -> the document in which it is kept: edits and digests, and no text of a file that is there. Pure.
import type { Blueprint } from '../../model/blueprint.ts';
import type { Plan, Step, WriteStep } from '../../model/plan.ts';
import type { Base, DigestedFile, KeptStep, KeptWrite, PlanFile } from '../../model/plan-file.ts';
import { fileDigest, sha256 } from '../../text/digest.ts';
import { editsBetween } from '../../text/merge.ts';

/** Of this form of document. */
export const PLAN_VERSION = 2;

export interface KeepSources
	extends Pick<PlanFile, 'program' | 'command' | 'project' | 'promised' | 'salt'> {
	plan: Plan;
	blueprint: Blueprint;
	/** What the plan was made from, relative to the root; `node_modules` and what git ignores left out. */
	files: readonly DigestedFile[];
	absent: readonly string[];
	/** Files of the steps that git ignores. */
	ignored: ReadonlySet<string>;
	/** Path -> text in the last commit, with the line ends of today. */
	committed: ReadonlyMap<string, string>;
}

/** The text of a file before the plan; null when there is none, undefined when the step is about no text. */
function textBefore(step: Step): string | null | undefined {
	if (step.kind === 'write') return step.before;
	return step.kind === 'remove' ? Buffer.from(step.bytes).toString() : undefined;
}

/** Another file that holds the very text, as a copy of the db entry does. */
function twinOf({ path, after }: WriteStep, plan: Plan): string | undefined {
	const twin = plan.steps.find(
		(one) => one.kind !== 'install' && one.path !== path && textBefore(one) === after,
	);
	return twin && twin.kind !== 'install' ? twin.path : undefined;
}

/** Whether git ignores a file that is there. */
function isLocal({ path, before }: WriteStep, { ignored }: KeepSources): boolean {
	return before !== null && ignored.has(path);
}

function keptText(step: WriteStep, sources: KeepSources): Pick<KeptWrite, 'base' | 'edits'> {
	const { path, before, after } = step;
	const twin = twinOf(step, sources.plan);
	const from = (kind: 'file' | 'commit', place: string, text: string): Base => {
		const about = { path: place, isLocal: isLocal(step, sources) };
		return { from: kind, path: place, sha256: fileDigest(about, text, sources.salt) };
	};
	if (twin !== undefined) return { base: from('file', twin, after), edits: [] };
	if (sources.committed.get(path) === after)
		return { base: from('commit', path, after), edits: [] };
	const base: Base = before === null ? { from: 'nothing' } : from('file', path, before);
	return { base, edits: editsBetween(before ?? '', after) };
}

function keptStep(step: Step, sources: KeepSources): KeptStep {
	if (step.kind === 'install') return step;
	const { path } = step;
	const { salt } = sources;
	if (step.kind !== 'write')
		return { kind: step.kind, path, sha256: fileDigest({ path }, step.bytes, salt) };
	const about = { path, isLocal: isLocal(step, sources) };
	return {
		kind: 'write',
		shown: step.shown,
		isNew: step.before === null,
		...about,
		...keptText(step, sources),
		after: fileDigest(about, step.after, salt),
	};
}

/** The files that the steps change, as they are before it. */
function ownFiles({ plan, ignored, salt }: KeepSources): {
	files: DigestedFile[];
	absent: string[];
} {
	const files: DigestedFile[] = [];
	const absent: string[] = [];
	for (const step of plan.steps) {
		if (step.kind === 'install') continue;
		const { path } = step;
		const text = step.kind === 'remove' ? step.bytes : (textBefore(step) ?? null);
		if (text === null) absent.push(path);
		else if (step.kind === 'remove' || !ignored.has(path))
			files.push({ path, sha256: fileDigest({ path }, text, salt) });
	}
	return { files, absent };
}

/** The digest of all of a document but the digest itself. */
export function digestOf({ digest: _, ...document }: PlanFile): string {
	return sha256(JSON.stringify(document));
}

/** Makes the document. */
export function keepPlan(sources: KeepSources): PlanFile {
	const { plan, blueprint, program, command, project, promised, salt } = sources;
	const own = ownFiles(sources);
	const files = new Map([...sources.files, ...own.files].map((one) => [one.path, one]));
	const document: PlanFile = {
		kind: 'flue-blueprints/plan',
		version: PLAN_VERSION,
		program,
		command,
		blueprint: { kind: blueprint.kind, name: blueprint.name, version: blueprint.version },
		project,
		salt,
		promised,
		steps: plan.steps.map((step) => keptStep(step, sources)),
		installCommand: plan.installCommand,
		warnings: plan.warnings,
		nextSteps: plan.nextSteps,
		files: [...files.values()].sort((one, other) => (one.path < other.path ? -1 : 1)),
		absent: [...new Set([...sources.absent, ...own.absent])].sort(),
		digest: '',
	};
	return { ...document, digest: digestOf(document) };
}
