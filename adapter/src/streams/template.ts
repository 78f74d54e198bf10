// What is remembered of the records of one kind: the last one, and which of its fields usually change. A
// template is never changed: who goes on from it makes another.
import type { Program } from './program.ts';

/** A record as an object. */
export type Fields = Record<string, unknown>;

/** The last record of one kind. */
export interface Template {
	readonly keys: readonly string[];
	readonly type: unknown;
	readonly last: Fields;
	/** The texts of its objects and lists, by field; nothing where there are none, or they are long. */
	readonly texts: readonly (string | undefined)[] | undefined;
	/** The fields of it that are an object, a list, or too long to be remembered. */
	readonly specials: readonly number[];
	/** Every program that was used, in order. */
	readonly programs: readonly Program[];
	/** The same, those with the fewest steps first. */
	readonly shortest: readonly Program[];
	/** The one that was used last. */
	readonly program: Program | undefined;
}

/** What a batch is read and written against: the templates after another batch. */
export interface Context {
	readonly templates: readonly Template[];
	/** How many templates were made, which says where the next one stands. */
	readonly count: number;
	/** Where the template of the last record stands. */
	readonly recent: number;
	/** The checksum of the batch, and whose it is. */
	readonly check: number;
	readonly mark: string;
	/** How many batches have to be read before it. */
	readonly depth: number;
}

/** Characters that stand for templates: control characters, but for tab, line ends and the signs below. */
export const PLACES: readonly string[] = Array.from({ length: 27 }, (_unused, code) => code + 1)
	.filter((code) => code !== 9 && code !== 10 && code !== 13)
	.map((code) => String.fromCharCode(code));

/** Before a record that is written out. */
export const WHOLE = '\x1e';
/** Before the first record of a kind, written as what it adds to the last record of another one. */
export const LIKE = '\x1d';
/** Between values. */
export const NEXT = '\x1f';
/** Before a program. */
export const PROGRAM = '\x1c';

/** A value whose text is longer than this is remembered as an empty text. */
const MOST_REMEMBERED = 1000;

/** Programs that a template knows; one digit says which. */
const MOST_PROGRAMS = 10;

/** Records with more fields than this are written out. */
const MOST_FIELDS = 60;

/** Stands for an object or list of which nothing is remembered. */
const NESTED = Object.freeze({});

/** Makes the template of a record; nothing for what is no record, or has a name that an object keeps for itself. */
export function templateOf(value: unknown): Template | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	const keys = Object.keys(value);
	if (keys.length === 0 || keys.length > MOST_FIELDS || keys.includes('__proto__'))
		return undefined;
	const last = value as Fields;
	const texts = keys.map((key) => (isNested(last[key]) ? JSON.stringify(last[key]) : undefined));
	const blank = { keys, type: last.type, programs: [], shortest: [], program: undefined };
	return { ...blank, last, ...specialOf(keys, last, texts) };
}

/** The template after one more record. */
export function follow(
	template: Template,
	last: Fields,
	texts: readonly (string | undefined)[] | undefined,
	program: Program,
): Template {
	const { keys, type } = template;
	let { programs, shortest } = template;
	if (
		program !== template.program &&
		!programs.includes(program) &&
		programs.length < MOST_PROGRAMS
	) {
		programs = [...programs, program];
		shortest = programs.toSorted((left, right) => left.steps.length - right.steps.length);
	}
	const special = isSpecialChange(template, last, program)
		? specialOf(keys, last, texts ?? [])
		: template;
	return {
		keys,
		type,
		last,
		texts: special.texts,
		specials: special.specials,
		programs,
		shortest,
		program,
	};
}

/** True when a field that changed is special or was. */
function isSpecialChange({ keys, specials }: Template, last: Fields, { steps }: Program): boolean {
	for (const { field } of steps) {
		const value = last[keys[field] as string];
		if (isNested(value) || isLong(value)) return true;
		if (specials.length > 0 && specials.includes(field)) return true;
	}
	return false;
}

function specialOf(
	keys: readonly string[],
	last: Fields,
	texts: readonly (string | undefined)[],
): Pick<Template, 'texts' | 'specials'> {
	const specials = [...keys.keys()].filter((field) => {
		const value = last[keys[field] as string];
		return isNested(value) || isLong(value);
	});
	const kept =
		specials.length > 0 ? texts.map((text) => (isLong(text) ? undefined : text)) : undefined;
	return { texts: kept, specials };
}

/** True for an object or a list. */
export function isNested(value: unknown): boolean {
	return typeof value === 'object' && value !== null;
}

function isLong(value: unknown): boolean {
	return typeof value === 'string' && value.length > MOST_REMEMBERED;
}

/** What is remembered of a field that is no object and no list. */
export function remembered(value: unknown): unknown {
	return isNested(value) || isLong(value) ? '' : value;
}

/** A copy of what JSON may hold, all the way down. */
export function cloneOf(value: unknown): unknown {
	if (!isNested(value)) return value;
	if (Array.isArray(value)) return value.map(cloneOf);
	const copy: Fields = { ...(value as Fields) };
	for (const key of Object.keys(copy)) {
		if (isNested(copy[key])) copy[key] = cloneOf(copy[key]);
	}
	return copy;
}

/** A context that shares nothing with the records that were given or taken. */
export function keep(context: Context): Context {
	const templates = context.templates.map((template) => {
		const last: Fields = { ...template.last };
		for (const field of template.specials) {
			const key = template.keys[field] as string;
			// What the text says and nothing else: a moment as an object, say, is another value than its text.
			const text = template.texts?.[field];
			last[key] = text !== undefined ? JSON.parse(text) : isNested(last[key]) ? NESTED : '';
		}
		return { ...template, last };
	});
	return { ...context, templates };
}
