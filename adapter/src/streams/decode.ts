// Reads a batch back. Pure. What is damaged is an error: a wrong record is never given.
import { CHECK_LENGTH, checksum, checkText } from './checksum.ts';
import { damaged } from './damage.ts';
import { OWNER, SIGN } from './encode.ts';
import { type Program, readProgram } from './program.ts';
import { likeOf, retell } from './retell.ts';
import {
	type Context,
	follow,
	LIKE,
	NEXT,
	PLACES,
	PROGRAM,
	type Template,
	templateOf,
	WHOLE,
} from './template.ts';

/** A batch that was read, and what it leaves. It shares the records: {@link keep} it before they are given away. */
export interface Decoded {
	readonly records: unknown[];
	readonly mark: string;
	readonly context: () => Context;
}

const HEAD_LENGTH = SIGN.length + CHECK_LENGTH;

/** Places of templates by the codes of their characters. */
const PLACE_OF: readonly (number | undefined)[] = Array.from({ length: 32 }, (_unused, code) => {
	const place = PLACES.indexOf(String.fromCharCode(code));
	return place < 0 ? undefined : place;
});

/** True for a batch of layout 2. */
export function isPacked(entry: string): boolean {
	return entry.startsWith(SIGN);
}

/**
 * The offset of the batch that one at an offset goes on from; nothing for one that can be read alone.
 *
 * @throws DamagedBatch when that does not lie before it.
 */
export function baseOf(entry: string, offset: number): number | undefined {
	const end = endOfDigits(entry);
	if (end === HEAD_LENGTH) return undefined;
	const base = Number.parseInt(entry.slice(HEAD_LENGTH, end), 36);
	if (!(base < offset)) throw damaged('it goes on from none before it');
	return base;
}

/** Behind the digits of the base: the mark, or the first record. */
function endOfDigits(entry: string): number {
	let end = HEAD_LENGTH;
	while (entry.charCodeAt(end) >= 48 && entry.charCodeAt(end) !== 59) end += 1;
	return end;
}

/** Where the next record begins: a control character that stands nowhere else in one. */
function endOfRecord(entry: string, start: number): number {
	let end = start + 1;
	while (end < entry.length) {
		const code = entry.charCodeAt(end);
		if (code < 31 && code !== 28) return end;
		end += 1;
	}
	return end;
}

interface Work {
	templates: readonly Template[];
	count: number;
	/** The newest template, which is made when somebody needs it: most batches hold one record. */
	later: (() => Template) | undefined;
	place: number;
}

/** Puts the newest template to the others. */
function settle(work: Work): void {
	if (!work.later) return;
	const templates = work.templates.slice();
	templates[work.place] = work.later();
	work.templates = templates;
	work.later = undefined;
}

/**
 * Decodes a batch.
 *
 * @throws DamagedBatch when the batch or its base is damaged, or `base` is not the context it was written against.
 */
export function decode(entry: string, base?: Context): Decoded {
	if (!isPacked(entry)) throw damaged('it begins with another sign');
	const check = checksum(entry, HEAD_LENGTH, base?.check);
	if (!entry.startsWith(checkText(check), SIGN.length)) throw damaged('its checksum is another');
	const count = base ? base.count : 0;
	const work: Work = {
		templates: base?.templates ?? [],
		count,
		later: undefined,
		place: base?.recent ?? 0,
	};
	const records: unknown[] = [];
	const head = endOfDigits(entry);
	const hasOwner = entry.charAt(head) === OWNER;
	let start = hasOwner ? endOfRecord(entry, head) : head;
	const mark = hasOwner ? entry.slice(head + 1, start) : (base?.mark ?? '');
	while (start < entry.length) {
		const end = endOfRecord(entry, start);
		settle(work);
		records.push(decodeRecord(work, entry, { start, end }));
		start = end;
	}
	const context = () => {
		settle(work);
		const depth = base ? base.depth + 1 : 0;
		const { templates, count: made, place: recent } = work;
		return { templates, count: made, recent, check, mark, depth };
	};
	return { records, mark, context };
}

interface Span {
	readonly start: number;
	readonly end: number;
}

function decodeRecord(work: Work, entry: string, span: Span): unknown {
	const code = entry.charCodeAt(span.start);
	if (code === WHOLE.charCodeAt(0) || code === LIKE.charCodeAt(0)) {
		const text = entry.slice(span.start + 1, span.end);
		const isWhole = code === WHOLE.charCodeAt(0);
		return first(work, isWhole ? JSON.parse(text) : likeOf(work.templates[work.place], text));
	}
	const place = PLACE_OF[code] ?? -1;
	const template = work.templates[place];
	if (!template) throw damaged('it speaks of a record that there is not');
	const { program, from } = programAt(template, entry, span.start + 1);
	const { record, texts } = retell(template, { program, entry, from, end: span.end });
	work.place = place;
	work.later = () => follow(template, record, texts, program);
	return record;
}

/** The first record of a kind, which makes a template where it can be one. */
function first(work: Work, record: unknown): unknown {
	const template = templateOf(record);
	if (!template) return record;
	work.place = work.count % PLACES.length;
	work.later = () => template;
	work.count += 1;
	return record;
}

/** The program of a record, and where its values begin. */
function programAt(
	{ program, programs, keys }: Template,
	entry: string,
	from: number,
): { program: Program; from: number } {
	if (!entry.startsWith(PROGRAM, from) && program) return { program, from };
	const end = entry.indexOf(NEXT, from);
	const text = entry.slice(from + 1, end);
	const named = /^\d$/.test(text) ? programs[Number(text)] : readProgram(text, keys.length);
	if (!named) throw damaged('it has no such program');
	return { program: named, from: end + 1 };
}
