// Values -> lines of text, in the marks of `page.ts`. Pure: who prints them, and where, is decided elsewhere.
import { ERROR_CODES, type FlueError } from '../errors.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Facts } from '../model/facts.ts';
import type { Found, Undecided, Warning } from '../model/found.ts';
import type { InstallStep, Plan, SecretPlan, Status, Step, WriteStep } from '../model/plan.ts';
import { reportLines } from './defect.ts';
import { diffOf } from './diff.ts';
import { block, ink, STOP } from './page.ts';

function aligned(rows: [string, string][]): string[] {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `${left.padEnd(width)}  ${STOP}${right}`);
}

/** The title of a conversation: whose it is, and what it is about. */
export function titleOf(version: string, command: string): string {
	return `${ink.bold('flue-blueprints')} ${version} · ${command}`;
}

/** The blueprints as a table. */
export function listLines(blueprints: readonly Blueprint[]): string[] {
	return [
		'Blueprints:',
		...aligned(
			blueprints.map(({ kind, name, description }) => [`  flue add ${kind} ${name}`, description]),
		),
	];
}

/** The error codes with their exit statuses, for `flue help errors`. */
export function errorCodeLines(): string[] {
	const rows = Object.entries(ERROR_CODES).map(([code, { status, meaning }]): [string, string] => [
		`  ${code}`,
		`${String(status).padStart(3)}  ${STOP}${meaning}`,
	]);
	return [
		'Exit status: 0 applied, unchanged, previewed, or verified; 1 failed, refused, declined, or a check that failed; 2 usage, or a question that nobody can be asked; 130 cancelled. With --json the code stands in `error.code`.',
		'',
		...aligned(rows),
	];
}

/** Evidence is the name of a thing, or now and then a clause. */
function reason(from: string): string {
	return /^(nothing|the command was) /.test(from) ? from : `of ${from}`;
}

function found<T>(fact: Found<T> | Undecided<T>, show: (value: T) => string = String): string {
	if (!('options' in fact)) return `${show(fact.value)}, because ${reason(fact.from)}`;
	return `open: ${fact.options.map(({ value, from }) => `${show(value)} (${from})`).join(' or ')}`;
}

/** Only of several copies is there anything to say. */
function copiesRow({ runtimes: { copies } }: Facts): [string, string][] {
	if (copies.length < 2) return [];
	const list = copies.map(({ path, version }) => `${version} (${path})`).join(', ');
	return [['runtime copies', `${copies.length}: ${list}`]];
}

function managerText({ foreignManager, packageManager }: Facts): string {
	return foreignManager
		? `${found(foreignManager)}; its install is left to you`
		: found(packageManager);
}

function hostRow({ host }: Facts): [string, string][] {
	return host?.isAlone
		? [['started by', `start() in ${host.from}; nothing here loads a db.ts`]]
		: [];
}

/** What was found, each with what it rests on. */
export function factLines(facts: Facts, secrets: SecretPlan): string[] {
	const { path, text } = facts.dbEntry.value;
	return aligned([
		['project', ink.cyan(facts.root)],
		['runtime', facts.runtime ? found(facts.runtime) : `unknown; ${facts.line.from}`],
		...copiesRow(facts),
		['target', found(facts.target)],
		['package manager', managerText(facts)],
		...hostRow(facts),
		['source root', found(facts.sourceRoot, (value) => value || '.')],
		['db entry', `${ink.cyan(path)}${text === null ? ' (new)' : ''}`],
		['secrets', `${found(secrets.convention)}; db.ts reads ${secrets.expression}`],
		['style', `as in ${facts.style.from}`],
	]);
}

/** Wrapped, a line goes on below its own first word. */
function diffLine(line: string): string {
	const [, start = '', rest = ''] = /^([+-]?\s*)(.*)$/.exec(line) ?? [];
	const paint = { '@': ink.dim, '+': ink.green, '-': ink.red }[line.charAt(0)];
	return paint ? `  ${paint(start)}${STOP}${paint(rest)}` : `  ${line}`;
}

function commandOf({ command, args, folder }: InstallStep): string {
	return [command, ...args, ...(folder ? [`(in ${folder})`] : [])].join(' ');
}

/** How much of a plan is shown: every line of every diff, or the first few of each. */
export type Extent = 'whole' | 'head';

/** So that what was found, the questions and the plan stand on one screen. */
const HEAD = 6;

/** The lines of a diff, behind the names of its file, which the title of the step says already. */
async function diffLines(step: WriteStep, extent: Extent): Promise<string[]> {
	const lines = (await diffOf(step)).split('\n').filter((line) => line !== '');
	const body = step.shown === 'changes' && lines[0]?.startsWith('---') ? lines.slice(2) : lines;
	if (extent === 'whole') return body.map(diffLine);
	const changed = body.filter((line) => /^[+-]/.test(line));
	const rest = changed.length - HEAD;
	// A few lines more take no more room than to say that they are there.
	if (rest <= 2) return changed.map(diffLine);
	const note = `  ${ink.dim(`… ${rest} more lines; --dry-run shows all of them`)}`;
	return [...changed.slice(0, HEAD).map(diffLine), note];
}

async function stepLines(step: Step, extent: Extent): Promise<string[]> {
	if (step.kind === 'install') return [`${ink.bold('run')} ${ink.cyan(commandOf(step))}`];
	if (step.kind === 'copy') {
		const size = (step.bytes.byteLength / 1024).toFixed(0);
		return [`${ink.bold('create')} ${ink.cyan(step.path)} (${size} KB)`];
	}
	if (step.kind === 'remove') return [`${ink.bold('remove')} ${ink.cyan(step.path)}`];
	const verb = step.before === null ? 'create' : 'update';
	const title = `${ink.bold(verb)} ${ink.cyan(step.path)}`;
	return [title, ...(await diffLines(step, extent))];
}

/** The plan, step by step, in the order in which it is applied. */
export async function planLines(plan: Plan, extent: Extent): Promise<string[]> {
	const steps = await Promise.all(plan.steps.map((step) => stepLines(step, extent)));
	return steps.flat();
}

const HEADLINES: Record<Status, string> = {
	applied: 'Done.',
	unchanged: 'Unchanged: everything is already as it should be.',
	previewed: 'Nothing was changed: this is what would be done.',
	declined: 'Declined: nothing was changed.',
};

/** How a run ended, in one sentence. */
export function headlineOf(status: Status): string {
	return HEADLINES[status];
}

/** One line a step, for after the fact. */
export function summaryLines(plan: Plan): string[] {
	return plan.steps.map((step) => {
		if (step.kind === 'install') return `ran ${ink.cyan(commandOf(step))}`;
		if (step.kind === 'remove') return `removed ${ink.cyan(step.path)}`;
		const isNew = step.kind === 'copy' || step.before === null;
		return `${isNew ? 'created' : 'updated'} ${ink.cyan(step.path)}`;
	});
}

/** What remains to be done, in its order. */
export function nextLines({ nextSteps }: Plan): string[] {
	return nextSteps.map((step, index) => `${index + 1}. ${STOP}${step}`);
}

export function warningLines(warnings: Warning[]): string[] {
	return warnings.flatMap(({ code, message }) =>
		block(`${ink.yellow(`warning ${code}`)}: ${message}`),
	);
}

/** How the run ended and what remains to be done. */
export function outcomeLines({ status, plan }: { status: Status; plan: Plan }): string[] {
	const headline = ink.bold(headlineOf(status));
	if (status === 'declined') return [headline];
	const done = status === 'applied' ? summaryLines(plan) : [];
	const indented = (lines: string[]): string[] => lines.map((line) => `  ${line}`);
	const next = plan.nextSteps.length > 0 ? ['', 'Next:', ...indented(nextLines(plan))] : [];
	return [headline, ...indented(done), ...next];
}

function refusalLines(word: string, { code, message, hint }: FlueError): string[] {
	const told = block(`${ink.red(`${word} ${code}`)}: ${message}`);
	return [...told, ...(hint ? block(`hint: ${STOP}${hint}`) : [])];
}

/** An error with its code and its hint, a defect with its report; the cause only for whoever debugs. */
export function errorLines(error: FlueError, { debug }: { debug: boolean }): string[] {
	const { cause, message, reasons } = error;
	// The message of the error itself may tell several.
	const others = reasons.filter((reason) => !message.includes(reason.message));
	const told = debug && cause ? String(cause instanceof Error ? cause.stack : cause) : '';
	return [
		...refusalLines('error', error),
		...others.flatMap((reason) => refusalLines('also', reason)),
		...(error.report ? reportLines(error.report) : []),
		...(told === '' ? [] : block(told)),
	];
}
