// Writes a batch of records as what they add to the records before them. Pure: the same records and context
// give the same text.
import { isKept, write } from './changes.ts';
import { checksum, checkText } from './checksum.ts';
import { FIRST_FIELD } from './program.ts';
import {
	type Context,
	type Fields,
	follow,
	isNested,
	keep,
	LIKE,
	NEXT,
	PLACES,
	PROGRAM,
	type Template,
	templateOf,
	WHOLE,
} from './template.ts';

/** First character of a batch of layout 2; the mark of layout 1 never begins with it. */
export const SIGN = '~';

/** Before whose batch it is, where that is not the same as of the batch it goes on from. */
export const OWNER = ';';

/** Before a field that the other record has too, but not with this value; and for one that it has not. */
export const NEW_VALUE = '!';
export const NEW_FIELD = '#';

/** Batches that have to be read before one; more would make reading from the middle slow. */
const MOST_DEPTH = 32;

/** What a batch goes on from: the context after the batch at an offset. */
export interface Base {
	readonly offset: number;
	readonly context: Context;
}

/** A batch as it is stored; what it leaves, where later ones should go on from it. */
export interface Encoded {
	readonly entry: string;
	readonly context: Context | undefined;
}

interface Work {
	readonly templates: Template[];
	count: number;
	recent: number;
	isNews: boolean;
}

/** Encodes a batch. Without a base, or with one that lies too deep, it can be read alone. */
export function encode(records: readonly unknown[], mark: string, base?: Base): Encoded {
	const from = base && base.context.depth < MOST_DEPTH ? base : undefined;
	const work: Work = {
		templates: from ? from.context.templates.slice() : [],
		count: from ? from.context.count : 0,
		recent: from ? from.context.recent : 0,
		isNews: from === undefined,
	};
	const isKnown = from?.context.mark === mark;
	let body = (from ? from.offset.toString(36) : '') + (isKnown ? '' : OWNER + mark);
	for (let index = 0; index < records.length; index += 1) {
		body += encodeRecord(work, records[index], index === records.length - 1);
	}
	const check = checksum(body, from?.context.check);
	const { templates, count, recent, isNews } = work;
	const depth = from ? from.context.depth + 1 : 0;
	return {
		entry: SIGN + checkText(check) + body,
		context: isNews ? keep({ templates, count, recent, check, mark, depth }) : undefined,
	};
}

function encodeRecord(work: Work, record: unknown, isLast: boolean): string {
	const place = placeOf(work.templates, record);
	const template = work.templates[place];
	const written = template && write(template, record as Fields);
	if (!written) return encodeWhole(work, record);
	const { program, text, texts } = written;
	const isKnown = template.programs.includes(program);
	const fewest = template.shortest[0]?.steps.length ?? 0;
	if (!isKnown || program.steps.length > fewest) work.isNews = true;
	work.recent = place;
	// Of the last record of a batch that nobody goes on from no template is needed.
	if (work.isNews || !isLast) {
		work.templates[place] = follow(template, record as Fields, texts, program);
	}
	if (program === template.program) return PLACES[place] + text;
	const name = isKnown ? String(template.programs.indexOf(program)) : program.text;
	return PLACES[place] + PROGRAM + name + NEXT + text;
}

function encodeWhole(work: Work, record: unknown): string {
	const text = JSON.stringify(record) ?? 'null';
	const template = templateOf(JSON.parse(text));
	work.isNews = true;
	if (!template) return WHOLE + text;
	const like = work.templates[work.recent];
	work.recent = work.count % PLACES.length;
	work.templates[work.recent] = template;
	work.count += 1;
	return like ? LIKE + difference(like, template) : WHOLE + text;
}

/**
 * The first record of a kind after one of another: a character for each field, which says which field of the
 * other one it is, with a sign before it where its value is another, or a sign alone; then values, and names.
 */
function difference(like: Template, { keys, last, texts }: Template): string {
	const values: unknown[] = [];
	let order = '';
	for (const [index, key] of keys.entries()) {
		const field = like.keys.indexOf(key);
		const code = String.fromCharCode(FIRST_FIELD + field);
		if (field < 0) values.push(key);
		if (field < 0) order += NEW_FIELD;
		else if (
			isNested(last[key])
				? texts?.[index] !== undefined && like.texts?.[field] === texts[index]
				: isKept(like, field, like.last[key], last[key])
		) {
			order += code;
			continue;
		} else order += NEW_VALUE + code;
		values.push(last[key]);
	}
	return order + NEXT + JSON.stringify(values);
}

/** Where the template of a record's kind stands: the same names in the same order, and the same type. */
function placeOf(templates: readonly Template[], record: unknown): number {
	if (typeof record !== 'object' || record === null) return -1;
	const names = Object.keys(record);
	const { type } = record as Fields;
	for (let place = 0; place < templates.length; place += 1) {
		const { keys, type: known } = templates[place] as Template;
		if (known === type && keys.length === names.length && isSame(keys, names)) return place;
	}
	return -1;
}

function isSame(keys: readonly string[], names: readonly string[]): boolean {
	for (let index = 0; index < keys.length; index += 1) {
		if (keys[index] !== names[index]) return false;
	}
	return true;
}
