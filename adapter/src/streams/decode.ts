// Reads a batch back. Pure. What is damaged is an error: a wrong record is never given.
import { CHECK_LENGTH, checkNext, FIRST_CHECK, hasCheck } from './checksum.ts';
import { damaged } from './damage.ts';
import { OWNER, SIGN } from './encode.ts';
import { type Program, readProgram } from './program.ts';
import { type Cursor, likeOf, retell } from './retell.ts';
import {
	type Context,
	type Fields,
	follow,
	LIKE,
	NEXT,
	PLACES,
	PROGRAM,
	type Template,
	templateOf,
	WHOLE,
} from './template.ts';

/** A batch that was read. */
export interface Decoded {
	readonly records: unknown[];
	readonly mark: string;
}

const HEAD_LENGTH = SIGN.length + CHECK_LENGTH;

/** Places of templates by the codes of their characters. */
const PLACE_OF: readonly (number | undefined)[] = Array.from({ length: 32 }, (_unused, code) => {
	const place = PLACES.indexOf(String.fromCharCode(code));
	return place < 0 ? undefined : place;
});

/** The signs that stand before records, and the one within them that is a control character below these too. */
const WHOLE_CODE = WHOLE.charCodeAt(0);
const LIKE_CODE = LIKE.charCodeAt(0);
const PROGRAM_CODE = PROGRAM.charCodeAt(0);

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
	let base = 0;
	let at = HEAD_LENGTH;
	for (let code = entry.charCodeAt(at); isDigit(code); code = entry.charCodeAt(at)) {
		base = base * 36 + (code < 58 ? code - 48 : code - 87);
		at += 1;
	}
	if (at === HEAD_LENGTH) return undefined;
	if (!(base < offset)) throw damaged('it goes on from none before it');
	return base;
}

/** Of base 36. */
function isDigit(code: number): boolean {
	return (code >= 48 && code < 58) || (code >= 97 && code < 123);
}

/** A batch that is being read. The newest template is made when somebody needs it: most batches hold one record. */
interface Work extends Cursor, Decoded {
	mark: string;
	readonly base: Context | undefined;
	check: number;
	templates: readonly Template[];
	count: number;
	place: number;
	/** What the newest template follows, or that template itself where there is no program; nothing when it is made. */
	newest: Template | undefined;
	program: Program | undefined;
	record: Fields;
}

/** Puts the newest template to the others. */
function settle(work: Work): void {
	const { newest, program, record } = work;
	if (!newest) return;
	const templates = work.templates.slice();
	templates[work.place] = program ? follow(newest, record, work.texts, program) : newest;
	work.templates = templates;
	work.newest = undefined;
}

/**
 * Decodes a batch.
 *
 * @throws DamagedBatch when the batch or its base is damaged, or `base` is not the context it was written against.
 */
export function decode(entry: string, base?: Context): Decoded {
	if (!isPacked(entry)) throw damaged('it begins with another sign');
	const work = workOn(entry, base);
	const starts = startsOf(work);
	if (!hasCheck(entry, SIGN.length, work.check)) throw damaged('its checksum is another');
	work.mark = markOf(entry, starts[0] ?? entry.length) ?? work.mark;
	for (let index = 0; index < starts.length; index += 1) {
		settle(work);
		work.end = starts[index + 1] ?? entry.length;
		work.records.push(decodeRecord(work, starts[index] as number));
	}
	return work;
}

/** What a batch leaves. It shares the records: {@link keep} it before they are given away. */
export function contextAfter(batch: Decoded): Context {
	const work = batch as Work;
	settle(work);
	const { base, check, mark, templates, count, place: recent } = work;
	return { templates, count, recent, check, mark, depth: base ? base.depth + 1 : 0 };
}

/** Where the records of a batch begin; its checksum is made on the way. */
function startsOf(work: Work): number[] {
	const { entry } = work;
	const starts: number[] = [];
	let { check } = work;
	for (let at = HEAD_LENGTH; at < entry.length; at += 1) {
		const code = entry.charCodeAt(at);
		check = checkNext(check, code);
		// Below the sign between values no control character stands within a record but that before a program.
		if (code < 31 && code !== PROGRAM_CODE) starts.push(at);
	}
	work.check = check;
	return starts;
}

function workOn(entry: string, base: Context | undefined): Work {
	return {
		entry,
		at: 0,
		end: 0,
		moment: 0,
		point: 0,
		points: 0,
		texts: undefined,
		records: [],
		mark: base ? base.mark : '',
		base,
		check: base ? base.check : FIRST_CHECK,
		templates: base ? base.templates : [],
		count: base ? base.count : 0,
		place: base ? base.recent : 0,
		newest: undefined,
		program: undefined,
		record: NO_FIELDS,
	};
}

const NO_FIELDS: Fields = {};

/** Whose a batch is; nothing where it does not say. */
function markOf(entry: string, end: number): string | undefined {
	let at = HEAD_LENGTH;
	while (isDigit(entry.charCodeAt(at))) at += 1;
	if (at === end) return undefined;
	if (entry.charAt(at) !== OWNER) throw damaged('something else stands before its records');
	return entry.slice(at + 1, end);
}

function decodeRecord(work: Work, start: number): unknown {
	const code = work.entry.charCodeAt(start);
	work.at = start + 1;
	if (code === WHOLE_CODE || code === LIKE_CODE) {
		const text = work.entry.slice(work.at, work.end);
		return first(
			work,
			code === WHOLE_CODE ? JSON.parse(text) : likeOf(work.templates[work.place], text),
		);
	}
	const place = PLACE_OF[code] ?? -1;
	const template = work.templates[place];
	if (!template) throw damaged('it speaks of a record that there is not');
	const program = programAt(template, work);
	work.record = retell(template, program, work);
	work.place = place;
	work.newest = template;
	work.program = program;
	return work.record;
}

/** The first record of a kind, which makes a template where it can be one. */
function first(work: Work, record: unknown): unknown {
	const template = templateOf(record);
	if (!template) return record;
	work.place = work.count % PLACES.length;
	work.newest = template;
	work.program = undefined;
	work.count += 1;
	return record;
}

/** The program of a record; what is read next are its values. */
function programAt({ program, programs, keys }: Template, work: Work): Program {
	const { entry, at } = work;
	if (program && entry.charCodeAt(at) !== PROGRAM_CODE) return program;
	const end = entry.indexOf(NEXT, at);
	const text = entry.slice(at + 1, end);
	const named = /^\d$/.test(text) ? programs[Number(text)] : readProgram(text, keys.length);
	if (!named) throw damaged('it has no such program');
	work.at = end + 1;
	return named;
}
