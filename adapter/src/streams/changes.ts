// What a record adds to the last one of its kind, as a program and the values that it asks for. Pure.
import { isAlike } from './alike.ts';
import { add, attach, type Line, put } from './line.ts';
import { type Operation, type Program, programOf, type Step } from './program.ts';
import { type Fields, remembered, type Template } from './template.ts';
import { escaped, isoMoment, momentOf, packUlid, textFrom } from './values.ts';

/** A record as it is written after another one. */
export interface Written {
	readonly program: Program;
	readonly text: string;
	/** The texts of its objects and lists, by field. */
	readonly texts: readonly (string | undefined)[] | undefined;
}

/** Steps that a program may have beside those that are needed. */
const MOST_UNNEEDED = 1;

type Texts = (string | undefined)[];

/** A record and the last one of its kind, by fields: to take them out of objects by name, one by one, costs more than all else. */
interface Pair {
	readonly was: readonly unknown[];
	readonly is: readonly unknown[];
	/** The texts of its objects and lists, by field. */
	readonly texts: Texts | undefined;
}

/** Writes a record with the names of the template; nothing for one that JSON would change, which has to be written out. */
export function write(template: Template, record: Fields): Written | undefined {
	const was = Object.values(template.last);
	const is = Object.values(record);
	const texts = textsOf(template, was, is);
	if (texts === null) return undefined;
	const pair = { was, is, texts };
	for (const program of template.shortest) {
		const text = valuesBy(template, program, pair);
		if (text !== undefined) return { program, text, texts };
	}
	const program = programOf(stepsOf(template, pair));
	const whole = valuesBy(template, program, pair);
	return whole === undefined ? undefined : { program, text: whole, texts };
}

/** The texts of objects and lists; null when JSON would leave a field out or make another one of it. */
function textsOf(
	template: Template,
	was: readonly unknown[],
	is: readonly unknown[],
): Texts | undefined | null {
	let texts: Texts | undefined;
	for (let field = 0; field < is.length; field += 1) {
		const value = is[field];
		if (typeof value === 'string' || value === null || typeof value === 'boolean') continue;
		if (typeof value !== 'object') {
			if (!Number.isFinite(value)) return null;
			continue;
		}
		const known = template.texts?.[field];
		const isKnown = known !== undefined && isAlike(was[field], value);
		const text = isKnown ? known : JSON.stringify(value);
		if (text?.[0] !== '{' && text?.[0] !== '[') return null;
		texts ??= [];
		texts[field] = text;
	}
	return texts;
}

/** True when a value that is no object and no list is what is remembered of a field. */
export function isKept({ specials, texts }: Template, field: number, was: unknown, is: unknown) {
	if (specials.length === 0 || !specials.includes(field)) return was === is;
	return is === '' && texts?.[field] === undefined;
}

/** True when a field is what is remembered of it. */
function isSame(template: Template, field: number, { was, is, texts }: Pair): boolean {
	const text = texts?.[field];
	if (text !== undefined) return template.texts?.[field] === text;
	return isKept(template, field, was[field], is[field]);
}

/** The values that a program asks for; nothing where it does not tell all changes, or much beside them. */
function valuesBy(template: Template, { steps }: Program, pair: Pair): string | undefined {
	let told = 0;
	let unneeded = 0;
	const line: Line = { out: '', isOpen: false, id: undefined, numbers: '', points: '' };
	for (let field = 0; field < pair.is.length; field += 1) {
		const step = steps[told];
		const isOld = isSame(template, field, pair);
		if (step === undefined || step.field !== field) {
			if (!isOld) return undefined;
			continue;
		}
		if (isOld) unneeded += 1;
		if (unneeded > MOST_UNNEEDED || !tell(line, step, pair)) return undefined;
		told += 1;
	}
	put(line);
	return line.out;
}

/** Tells one field; false where the operation cannot. */
function tell(line: Line, { operation, field }: Step, pair: Pair): boolean {
	const value = pair.is[field];
	const before = remembered(pair.was[field]);
	if (operation === 'T' || operation === 'P') {
		const number = attached(operation, before, { value, id: line.id?.value });
		if (number !== undefined) attach(line, number);
		return number !== undefined;
	}
	const nested = pair.texts?.[field];
	const text = valueBy(operation, before, nested ?? value, nested !== undefined);
	if (text === undefined) return false;
	put(line);
	if (operation === 'u') line.id = { text, before: before as string, value: value as string };
	else add(line, text, true);
	return true;
}

/** What is told with an id: how much later a moment is than its own, or how much a number grew. */
function attached(
	operation: Operation,
	before: unknown,
	{ value, id }: { value: unknown; id: string | undefined },
): string | undefined {
	if (id === undefined) return undefined;
	if (operation === 'P') return difference(before, value);
	const moment = typeof value === 'string' ? isoMoment(value) : Number.NaN;
	return Number.isNaN(moment) ? undefined : textFrom(moment - momentOf(id));
}

/** A value as an operation writes it; nothing where it cannot. */
function valueBy(
	operation: Operation,
	before: unknown,
	value: unknown,
	isText: boolean,
): string | undefined {
	if (operation === 'j') return isText ? (value as string) : JSON.stringify(value);
	if (isText) return undefined;
	if (operation === '+') return difference(before, value);
	if (typeof value !== 'string') return undefined;
	if (operation === 's') return escaped(value);
	if (typeof before !== 'string') return undefined;
	if (operation === 'u') return ulidAfter(before, value);
	if (operation === 't') {
		const later = isoMoment(value) - isoMoment(before);
		return Number.isNaN(later) ? undefined : textFrom(later);
	}
	const shared = sharedLength(before, value);
	return String.fromCharCode(48 + shared) + escaped(value.slice(shared));
}

/** How much a number grew; nothing stands for 1. */
function difference(before: unknown, value: unknown): string | undefined {
	if (!Number.isSafeInteger(before) || !Number.isSafeInteger(value)) return undefined;
	const more = (value as number) - (before as number);
	if (!Number.isSafeInteger(more)) return undefined;
	return more === 1 ? '' : more.toString(36);
}

function ulidAfter(before: string, value: string): string | undefined {
	const prefix = value.length - 26;
	if (value.length !== before.length || prefix < 0) return undefined;
	if (sharedLength(before, value) < Math.min(prefix, 60)) return undefined;
	if (prefix > 60) return undefined;
	const [was, is] = [momentOf(before), momentOf(value)];
	return was < 0 || is < 0 ? undefined : packUlid(value);
}

function sharedLength(before: string, value: string): number {
	const most = Math.min(before.length, value.length, 60);
	let length = 0;
	while (length < most && before.charCodeAt(length) === value.charCodeAt(length)) length += 1;
	return length;
}

/** How changes are told best: of ids and moments only what is new in them. */
function stepsOf(template: Template, pair: Pair): Step[] {
	const steps: Step[] = [];
	let isBehindId = false;
	for (const [field, value] of pair.is.entries()) {
		if (isSame(template, field, pair)) continue;
		const before = remembered(pair.was[field]);
		const operation: Operation =
			pair.texts?.[field] === undefined ? operationFor(before, value, isBehindId) : 'j';
		isBehindId = operation === 'u' || ('TP'.includes(operation) && isBehindId);
		steps.push({ operation, field });
	}
	return steps;
}

function operationFor(before: unknown, value: unknown, isBehindId: boolean): Operation {
	if (typeof value === 'string') return operationForText(before, value, isBehindId);
	if (difference(before, value) === undefined) return 'j';
	return isBehindId ? 'P' : '+';
}

function operationForText(before: unknown, value: string, isBehindId: boolean): Operation {
	if (typeof before !== 'string') return 's';
	const isMoment = !Number.isNaN(isoMoment(value));
	if (isMoment && isBehindId) return 'T';
	if (isMoment && !Number.isNaN(isoMoment(before))) return 't';
	if (ulidAfter(before, value) !== undefined) return 'u';
	return /^[\w.:/-]+$/.test(value) && sharedLength(before, value) >= 4 ? 'e' : 's';
}
