// How one record is made out of the last one of its kind, or of another one. Pure.
import { damaged } from './damage.ts';
import { NEW_FIELD, NEW_VALUE } from './encode.ts';
import { FIRST_FIELD, type Operation, type Program } from './program.ts';
import { cloneOf, type Fields, isNested, NEXT, remembered, type Template } from './template.ts';
import {
	isoMoment,
	isoOf,
	momentOf,
	numberFrom,
	PACKED_LENGTH,
	readShort,
	unescaped,
	unpackUlid,
} from './values.ts';

/** The first record of a kind, told by what it adds to the last record of another one. */
export function likeOf(template: Template | undefined, text: string): Fields {
	if (!template) throw damaged('it speaks of a record that there is not');
	const other = copyOf(template);
	const end = text.indexOf(NEXT);
	const values = JSON.parse(text.slice(end + 1)) as unknown[];
	const record: Fields = {};
	let told = 0;
	for (let index = 0; index < end; index += 1) {
		if (text.charAt(index) === NEW_FIELD) {
			record[String(values[told])] = values[told + 1];
			told += 2;
			continue;
		}
		const isOther = text.charAt(index) === NEW_VALUE;
		if (isOther) index += 1;
		const key = template.keys[text.charCodeAt(index) - FIRST_FIELD];
		if (key === undefined) throw damaged('it speaks of a field that there is not');
		record[key] = isOther ? values[told] : other[key];
		if (isOther) told += 1;
	}
	return record;
}

/** The last record again, with objects and lists of its own. */
function copyOf({ keys, last, texts, specials }: Template): Fields {
	const record: Fields = { ...last };
	for (const field of specials) {
		const text = texts?.[field];
		const key = keys[field] as string;
		record[key] = text === undefined ? '' : cloneOf(last[key]);
	}
	return record;
}

export interface Told {
	readonly program: Program;
	readonly entry: string;
	readonly from: number;
	readonly end: number;
}

/** The record that a program and its values tell, and the texts of its objects and lists. */
export function retell(template: Template, told: Told): { record: Fields; texts: Texts } {
	const record = copyOf(template);
	const cursor: Cursor = {
		entry: told.entry,
		at: told.from,
		end: told.end,
		moment: 0,
		numbers: [],
	};
	let { texts } = template;
	for (const { operation, field } of told.program.steps) {
		const key = template.keys[field] as string;
		const before = remembered(template.last[key]);
		const from = cursor.at;
		const value = nextValue(cursor, operation, before);
		record[key] = value;
		if (!isNested(value) && texts?.[field] === undefined) continue;
		const changed = texts ? texts.slice() : [];
		changed[field] = isNested(value) ? told.entry.slice(from, cursor.at - 1) : undefined;
		texts = changed;
	}
	if (cursor.at < told.end) throw damaged('it has too many values');
	return { record, texts };
}

type Texts = readonly (string | undefined)[] | undefined;

/** Where a record is read, and what was told with the last id. */
interface Cursor {
	readonly entry: string;
	at: number;
	readonly end: number;
	moment: number;
	numbers: string[];
}

/** The next value as text. */
function take(cursor: Cursor): string {
	if (cursor.at > cursor.end) throw damaged('a value is missing');
	const next = cursor.entry.indexOf(NEXT, cursor.at);
	const stop = next < 0 || next > cursor.end ? cursor.end : next;
	const text = cursor.entry.slice(cursor.at, stop);
	cursor.at = stop + 1;
	return text;
}

/** The next value: an id, and the moment and the numbers that are told with it. */
function takeId(cursor: Cursor, before: string): string {
	const { entry, at } = cursor;
	const packed = entry.slice(at, at + PACKED_LENGTH);
	const short = readShort(entry, at + PACKED_LENGTH);
	let later = 0;
	if (short) {
		later = short.value;
		cursor.numbers = [];
		cursor.at += PACKED_LENGTH + short.length;
	} else {
		cursor.numbers = take(cursor)
			.slice(PACKED_LENGTH + 1)
			.split('.');
		later = numberFrom(cursor.numbers.shift() ?? '');
	}
	cursor.moment = momentOf(before) + later;
	return before.slice(0, -26) + unpackUlid(cursor.moment, packed);
}

function nextValue(cursor: Cursor, operation: Operation, before: unknown): unknown {
	switch (operation) {
		case 'u':
			return takeId(cursor, String(before));
		case 'T':
			return isoOf(cursor.moment + numberFrom(cursor.numbers.shift() ?? ''));
		case 'P':
			return Number(before) + stepFrom(cursor.numbers.shift() ?? '');
		case 'j':
			return JSON.parse(take(cursor));
		case '+':
			return Number(before) + stepFrom(take(cursor));
		case 't':
			return isoOf(isoMoment(String(before)) + numberFrom(take(cursor)));
		case 'e': {
			const text = take(cursor);
			return String(before).slice(0, text.charCodeAt(0) - 48) + unescaped(text.slice(1));
		}
		default:
			return unescaped(take(cursor));
	}
}

/** How much a number grew; nothing stands for 1. */
function stepFrom(text: string): number {
	return text === '' ? 1 : numberFrom(text);
}
