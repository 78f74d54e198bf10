// How one record is made out of the last one of its kind, or of another one. Pure.
import { damaged } from './damage.ts';
import { NEW_FIELD, NEW_VALUE } from './encode.ts';
import { FIRST_FIELD, type Operation, type Program, type Step } from './program.ts';
import { cloneOf, type Fields, isNested, NEXT, remembered, type Template } from './template.ts';
import {
	isoMoment,
	isoOf,
	momentOf,
	numberIn,
	PACKED_LENGTH,
	readShort,
	unescaped,
	unpackUlid,
} from './values.ts';

const POINT = '.'.charCodeAt(0);

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

type Texts = readonly (string | undefined)[] | undefined;

/** Where a record is read, and what was told with the last id. */
export interface Cursor {
	readonly entry: string;
	at: number;
	/** Where the record ends. */
	end: number;
	moment: number;
	/** Where the next number that was told with it stands, and where they all end. */
	point: number;
	points: number;
	/** The texts of the objects and lists of the record that was read last. */
	texts: Texts;
}

/** The record that a program and its values tell; the cursor has the texts of its objects and lists then. */
export function retell(template: Template, { steps }: Program, cursor: Cursor): Fields {
	const { keys, last } = template;
	const record = copyOf(template);
	let { texts } = template;
	for (let index = 0; index < steps.length; index += 1) {
		const { operation, field } = steps[index] as Step;
		const key = keys[field] as string;
		const from = cursor.at;
		const value = nextValue(cursor, operation, last[key]);
		record[key] = value;
		if (!isNested(value) && texts?.[field] === undefined) continue;
		const changed = texts ? texts.slice() : [];
		changed[field] = isNested(value) ? cursor.entry.slice(from, cursor.at - 1) : undefined;
		texts = changed;
	}
	if (cursor.at < cursor.end) throw damaged('it has too many values');
	cursor.texts = texts;
	return record;
}

/** Where the next value ends; what is read next is the one behind it. */
function pass(cursor: Cursor): number {
	if (cursor.at > cursor.end) throw damaged('a value is missing');
	const next = cursor.entry.indexOf(NEXT, cursor.at);
	const stop = next < 0 || next > cursor.end ? cursor.end : next;
	cursor.at = stop + 1;
	return stop;
}

/** The next value as text. */
function take(cursor: Cursor): string {
	const { entry, at } = cursor;
	return entry.slice(at, pass(cursor));
}

/** The next value as a number; `none` where there is nothing. */
function takeNumber(cursor: Cursor, none: number): number {
	const { entry, at } = cursor;
	return numberIn(entry, at, pass(cursor), none);
}

/** The next value: an id, and the moment and the numbers that are told with it. */
function takeId(cursor: Cursor, before: string): string {
	const { entry, at } = cursor;
	const packed = entry.slice(at, at + PACKED_LENGTH);
	const short = readShort(entry, at + PACKED_LENGTH);
	let later = 0;
	if (short) {
		later = short.value;
		cursor.at += PACKED_LENGTH + short.length;
		cursor.point = cursor.points = 0;
	} else {
		cursor.points = pass(cursor);
		cursor.point = at + PACKED_LENGTH;
		later = nextPoint(cursor, 0);
	}
	cursor.moment = momentOf(before) + later;
	return before.slice(0, -26) + unpackUlid(cursor.moment, packed);
}

/** The next of the numbers that are told with an id: it stands behind a point; `none` where there is nothing. */
function nextPoint(cursor: Cursor, none: number): number {
	const { entry, point, points } = cursor;
	let end = point + 1;
	while (end < points && entry.charCodeAt(end) !== POINT) end += 1;
	cursor.point = end;
	return numberIn(entry, point + 1, Math.min(end, points), none);
}

/** The end of a text, behind the character for how much of the one before stays. */
function takeEnd(cursor: Cursor, before: string): string {
	const text = take(cursor);
	return before.slice(0, text.charCodeAt(0) - 48) + unescaped(text.slice(1));
}

/** The next value, after the last one of its field. */
function nextValue(cursor: Cursor, operation: Operation, last: unknown): unknown {
	switch (operation) {
		case 's':
			return unescaped(take(cursor));
		case 'e':
			return takeEnd(cursor, String(remembered(last)));
		case 'u':
			return takeId(cursor, String(remembered(last)));
		case 'T':
			return isoOf(cursor.moment + nextPoint(cursor, 0));
		case 'P':
			return Number(remembered(last)) + nextPoint(cursor, 1);
		case 'j':
			return JSON.parse(take(cursor));
		case '+':
			return Number(remembered(last)) + takeNumber(cursor, 1);
		case 't':
			return isoOf(isoMoment(String(remembered(last))) + takeNumber(cursor, 0));
	}
}
