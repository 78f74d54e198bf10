// Values -> the one JSON document of `--json`. Its form is output.schema.json. Pure.
import type { FlueError } from '../errors.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Choices } from '../model/choices.ts';
import type { Facts } from '../model/facts.ts';
import type { Found, Undecided, Warning } from '../model/found.ts';
import type { InstalledProject } from '../model/installed.ts';
import type { Plan, SecretPlan, Status, Step, StepState } from '../model/plan.ts';
import type { NextCommand } from '../model/start.ts';
import type { Storage } from '../model/storage.ts';
import type { Check } from '../model/verification.ts';
import { diffOf, redact } from './diff.ts';

/** What a run learned, whole or cut short by a failure. */
export interface Learned {
	blueprint?: Blueprint;
	facts?: Facts;
	secrets?: SecretPlan;
	choices?: Choices;
	plan?: Plan;
	/** What became of its steps. */
	states?: Map<Step, StepState>;
	/** What `--verify` found. */
	checks?: Check[];
	/** Where the plan was kept. */
	planFile?: string;
}

function settled<T>(choice: Found<T> | undefined, fact: Found<T> | Undecided<T>): Found<T> | null {
	if (choice) return choice;
	return 'options' in fact ? null : fact;
}

function projectOf({ facts, secrets, choices }: Learned): unknown {
	if (!facts) return null;
	const { path, text } = facts.dbEntry.value;
	return {
		root: facts.root,
		target: settled(choices?.target, facts.target),
		packageManager: facts.foreignManager ?? settled(choices?.packageManager, facts.packageManager),
		sourceRoot: facts.sourceRoot,
		dbEntry: text === null ? null : { value: path, from: facts.dbEntry.from },
		runtime: facts.runtime,
		runtimeCopies: facts.runtimes.copies,
		secrets: secrets
			? {
					convention: secrets.convention.value,
					from: secrets.convention.from,
					expression: secrets.expression,
				}
			: null,
	};
}

async function stepOf(step: Step, state: StepState): Promise<unknown> {
	if (step.kind === 'install') return { ...step, state };
	if (step.kind === 'copy' || step.kind === 'remove') {
		return { kind: step.kind, path: step.path, size: step.bytes.byteLength, state };
	}
	const { kind, path, before } = step;
	const action = before === null ? 'create' : 'update';
	return { kind, path, action, diff: await diffOf(step), state };
}

/** A document, and in no string of it a password or a token, whichever field it came into. */
function documentOf(value: object): string {
	const mask = (_: string, one: unknown) => (typeof one === 'string' ? redact(one) : one);
	return JSON.stringify(value, mask, 2);
}

/** How a run ended. */
export interface End {
	/** Whose document it is. */
	command?: 'add' | 'remove' | 'update' | 'apply' | undefined;
	status: Status | 'failed';
	warnings: Warning[];
	/** Set for a failed run only. */
	error?: FlueError;
	next: NextCommand | null;
}

/** The document of the commands that change a project. */
export async function addDocument(learned: Learned, end: End): Promise<string> {
	const { blueprint, plan, states } = learned;
	const shown = (step: Step) => stepOf(step, states?.get(step) ?? 'planned');
	const steps = await Promise.all((plan?.steps ?? []).map(shown));
	return documentOf({
		version: 1,
		command: end.command ?? 'add',
		status: end.status,
		blueprint: blueprint
			? { kind: blueprint.kind, name: blueprint.name, version: blueprint.version }
			: null,
		project: projectOf(learned),
		steps,
		warnings: end.warnings,
		nextSteps: end.status === 'failed' || end.status === 'declined' ? [] : (plan?.nextSteps ?? []),
		next: end.next,
		...(learned.checks ? { checks: learned.checks } : {}),
		...(learned.planFile === undefined ? {} : { planFile: learned.planFile }),
		...(end.error ? { error: shownError(end.error) } : {}),
	});
}

function shownReason({ code, message, hint, flag }: FlueError): object {
	return { code, message, hint: hint ?? null, flag: flag ?? null };
}

function shownError(error: FlueError): object {
	const { code, message, hint, report, flag } = error;
	const own = flag === undefined ? [] : [error];
	const reasons = error.reasons.length > 0 ? error.reasons : own;
	return {
		code,
		message,
		hint: hint ?? null,
		...(reasons.length > 0 ? { reasons: reasons.map(shownReason) } : {}),
		...(report ? { report } : {}),
	};
}

/** The document of `verify`. `error` is set for a run that could not make its checks. */
export function verifyDocument(
	checks: Check[],
	{
		next,
		error,
		storage,
	}: { next: NextCommand | null; error?: FlueError; storage?: Storage | undefined },
): string {
	const isFailed = error !== undefined || checks.some(({ status }) => status === 'fail');
	return documentOf({
		version: 1,
		command: 'verify',
		status: isFailed ? 'failed' : 'passed',
		checks,
		...(storage ? { storage } : {}),
		next,
		...(error ? { error: shownError(error) } : {}),
	});
}

/** The document of a list. */
export function listDocument(blueprints: readonly Blueprint[]): string {
	const rows = blueprints.map(({ kind, name, version, title, description, variable }) => ({
		kind,
		name,
		version,
		title,
		description,
		variable,
	}));
	return documentOf({ version: 1, command: 'add', status: 'listed', blueprints: rows, next: null });
}

/** The document of `list`. `error` is set for a run that found no project. */
export function installedDocument(
	projects: readonly InstalledProject[],
	{ next, error }: { next: NextCommand | null; error?: FlueError },
): string {
	const shown = projects.map(({ error: failure, ...project }) => ({
		...project,
		...(failure ? { error: shownError(failure) } : {}),
	}));
	return documentOf({
		version: 1,
		command: 'list',
		status: error ? 'failed' : 'listed',
		projects: shown,
		next,
		...(error ? { error: shownError(error) } : {}),
	});
}

/** The document of help, whatever it is about. */
export function textDocument(text: string): string {
	return documentOf({ version: 1, command: 'help', text });
}

/** Help about what there is none about. */
export function helpErrorDocument(error: FlueError): string {
	return documentOf({ version: 1, command: 'help', status: 'failed', error: shownError(error) });
}

export function versionDocument(version: string): string {
	const about = { name: 'flue-blueprints', version };
	return documentOf({ version: 1, command: 'version', package: about });
}

/** The schemas of what is taken and of what is answered. Nothing in them is the user's. */
export function schemaDocument(input: object, output: object): string {
	return JSON.stringify({ version: 1, command: 'schema', input, output }, null, 2);
}
