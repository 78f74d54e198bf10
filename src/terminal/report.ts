// Values -> lines of text. Pure: who prints them, and where, is decided elsewhere.
import { createColors } from 'picocolors';
import { ERROR_CODES, type FlueError } from '../errors.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Facts } from '../model/facts.ts';
import type { Found, Undecided, Warning } from '../model/found.ts';
import type { InstallStep, Plan, SecretPlan, Status, Step } from '../model/plan.ts';
import { reportLines } from './defect.ts';
import { diffOf, redact } from './diff.ts';

export type Colors = ReturnType<typeof createColors>;

/** Colours, or functions that leave the text as it is. */
export function colorsFor(enabled: boolean): Colors {
	return createColors(enabled);
}

function aligned(rows: [string, string][]): string[] {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`);
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
export function errorCodeText(): string {
	const rows = Object.entries(ERROR_CODES).map(([code, { status, meaning }]): [string, string] => [
		`  ${code}`,
		`${String(status).padStart(3)}  ${meaning}`,
	]);
	const lines = [
		'Exit status: 0 applied, unchanged, previewed, or verified; 1 failed, refused, declined, or a check that failed;',
		'2 usage, or a question that nobody can be asked; 130 cancelled. With --json the code stands in `error.code`.',
		'',
		...aligned(rows),
	];
	return `${lines.join('\n')}\n`;
}

/** Evidence is the name of a thing, or now and then a clause. */
function reason(from: string): string {
	return /^(nothing|the command was) /.test(from) ? from : `of ${from}`;
}

function found<T>(fact: Found<T> | Undecided<T>, show: (value: T) => string = String): string {
	if (!('options' in fact)) return `${show(fact.value)}, because ${reason(fact.from)}`;
	return `open: ${fact.options.map(({ value, from }) => `${show(value)} (${from})`).join(' or ')}`;
}

/** What was found, each with what it rests on. */
export function factLines(facts: Facts, secrets: SecretPlan): string[] {
	return aligned([
		['project', facts.root],
		['runtime', facts.runtime ? found(facts.runtime) : `unknown; ${facts.line.from}`],
		['target', found(facts.target)],
		['package manager', found(facts.packageManager)],
		['source root', found(facts.sourceRoot, (value) => value || '.')],
		['db entry', `${facts.dbEntry.value.path}${facts.dbEntry.value.text === null ? ' (new)' : ''}`],
		['secrets', `${found(secrets.convention)}; db.ts reads ${secrets.expression}`],
		['style', `as in ${facts.style.from}`],
	]);
}

function colorDiffLine(line: string, colors: Colors): string {
	if (line.startsWith('@@')) return colors.dim(line);
	if (line.startsWith('+')) return colors.green(line);
	return line.startsWith('-') ? colors.red(line) : line;
}

function commandOf({ command, args, folder }: InstallStep): string {
	return [command, ...args, ...(folder ? [`(in ${folder})`] : [])].join(' ');
}

async function stepLines(step: Step, colors: Colors): Promise<string[]> {
	if (step.kind === 'install') return [colors.bold(`run ${commandOf(step)}`)];
	if (step.kind === 'copy') {
		const size = (step.bytes.byteLength / 1024).toFixed(0);
		return [`${colors.bold(`create ${step.path}`)} (${size} KB)`];
	}
	const title = colors.bold(`${step.before === null ? 'create' : 'update'} ${step.path}`);
	const diff = (await diffOf(step)).split('\n').filter((line) => line !== '');
	// The title names the file already.
	const body = step.shown === 'changes' ? diff.slice(2) : diff;
	return [title, ...body.map((line) => `  ${colorDiffLine(line, colors)}`)];
}

/** The plan, step by step, in the order in which it is applied. */
export async function planLines(plan: Plan, colors: Colors): Promise<string[]> {
	const steps = await Promise.all(plan.steps.map((step) => stepLines(step, colors)));
	return steps.flat();
}

const HEADLINES: Record<Status, string> = {
	applied: 'Done.',
	unchanged: 'Unchanged: everything is already as it should be.',
	previewed: 'Nothing was changed: this is what would be done.',
	declined: 'Declined: nothing was changed.',
};

/** One line a step, for after the fact. */
function summary(plan: Plan): string[] {
	return plan.steps.map((step) => {
		if (step.kind === 'install') return `  ran ${commandOf(step)}`;
		const isNew = step.kind === 'copy' || step.before === null;
		return `  ${isNew ? 'created' : 'updated'} ${step.path}`;
	});
}

export function warningLines(warnings: Warning[], colors: Colors): string[] {
	return warnings.map(({ code, message }) => `${colors.yellow(`warning ${code}`)}: ${message}`);
}

/** How the run ended and what remains to be done. */
export function outcomeLines(end: { status: Status; plan: Plan }, colors: Colors): string[] {
	const lines = [colors.bold(HEADLINES[end.status])];
	if (end.status === 'applied') lines.push(...summary(end.plan));
	if (end.status === 'declined') return lines;
	return [
		...lines,
		'',
		'Next:',
		...end.plan.nextSteps.map((step, index) => `  ${index + 1}. ${step}`),
	];
}

/** An error with its code and its hint, a defect with its report; the cause only for whoever debugs. */
export function errorLines(error: FlueError, look: { colors: Colors; debug: boolean }): string[] {
	const lines = [`${look.colors.red(`error ${error.code}`)}: ${redact(error.message)}`];
	if (error.hint) lines.push(`hint: ${error.hint}`);
	if (error.report) lines.push(...reportLines(error.report));
	if (look.debug && error.cause)
		lines.push(redact(String(error.cause instanceof Error ? error.cause.stack : error.cause)));
	return lines;
}
