// How one value of a record is written as what it adds to the value before it, and read back. Pure.

/** Digits of ULIDs, of five bits each. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Packed digits begin at this character code, and there are this many: four of them hold 25 bits. */
const FIRST_CODE = 48;
const PACKED_BASE = 77;

const ULID_LENGTH = 26;
const TIME_LENGTH = 10;

/** Length of the random part of a ULID when it is packed. */
export const PACKED_LENGTH = 13;

const DIGITS: readonly number[] = Array.from({ length: 128 }, (_unused, code) =>
	CROCKFORD.indexOf(String.fromCharCode(code)),
);

/** All texts of two digits, so that five digits are three look-ups. */
const PAIRS: readonly string[] = Array.from(
	{ length: 1024 },
	(_unused, value) => (CROCKFORD[value >> 5] as string) + CROCKFORD[value & 31],
);

/** The five digits of 25 bits. */
function digitsOf(value: number): string {
	return `${PAIRS[value >> 15]}${PAIRS[(value >> 5) & 1023]}${CROCKFORD[value & 31]}`;
}

/** The number that some digits stand for, or -1 where one of them is none. */
function numberOf(text: string, from: number, count: number): number {
	let value = 0;
	for (let index = from; index < from + count; index += 1) {
		const digit = DIGITS[text.charCodeAt(index)] ?? -1;
		if (digit < 0) return -1;
		value = value * 32 + digit;
	}
	return value;
}

/** The moment in the ULID that a text ends with, or -1. */
export function momentOf(text: string): number {
	return numberOf(text, text.length - ULID_LENGTH, TIME_LENGTH);
}

/** The random part of the ULID that a text ends with, packed; nothing where it ends with none. */
export function packUlid(text: string): string | undefined {
	let packed = '';
	for (let index = text.length - 16; index < text.length - 1; index += 5) {
		let value = numberOf(text, index, 5);
		if (value < 0) return undefined;
		const codes = [0, 0, 0, 0];
		for (let place = 3; place >= 0; place -= 1) {
			codes[place] = FIRST_CODE + (value % PACKED_BASE);
			value = Math.floor(value / PACKED_BASE);
		}
		packed += String.fromCharCode(...codes);
	}
	const last = numberOf(text, text.length - 1, 1);
	return last < 0 ? undefined : packed + String.fromCharCode(FIRST_CODE + last);
}

/** The ULID of a moment and a packed random part. */
export function unpackUlid(moment: number, packed: string): string {
	let text = digitsOf(Math.floor(moment / 33_554_432)) + digitsOf(moment % 33_554_432);
	for (let index = 0; index < PACKED_LENGTH - 1; index += 4) {
		let value = 0;
		for (let place = index; place < index + 4; place += 1) {
			value = value * PACKED_BASE + packed.charCodeAt(place) - FIRST_CODE;
		}
		text += digitsOf(value);
	}
	return text + CROCKFORD[packed.charCodeAt(PACKED_LENGTH - 1) - FIRST_CODE];
}

/** Digits of a short number: those that end it, and those that do not. */
const ENDING = 38;
const GOING_ON = 39;

/** Stands before a number that is no short one. */
export const OTHER = String.fromCharCode(FIRST_CODE + ENDING);

/** A small number in one or two characters that show where it ends; nothing for another number. */
export function shortFrom(value: number): string | undefined {
	if (value < 0 || value >= ENDING * GOING_ON) return undefined;
	const last = String.fromCharCode(FIRST_CODE + (value % ENDING));
	const first = Math.floor(value / ENDING);
	return first === 0 ? last : String.fromCharCode(FIRST_CODE + ENDING + 1 + first) + last;
}

/** Reads such a number: what it is, and its length; nothing where another one stands. */
export function readShort(text: string, at: number): { value: number; length: number } | undefined {
	const code = text.charCodeAt(at) - FIRST_CODE;
	if (code === ENDING) return undefined;
	if (code < ENDING) return { value: code, length: 1 };
	const value = (code - ENDING - 1) * ENDING + text.charCodeAt(at + 1) - FIRST_CODE;
	return { value, length: 2 };
}

/** A whole number in base 36 that stands in a text; `none` where nothing does. */
export function numberIn(text: string, from: number, to: number, none: number): number {
	if (from >= to) return none;
	const isLess = text.charCodeAt(from) === 45;
	let value = 0;
	for (let index = isLess ? from + 1 : from; index < to; index += 1) {
		const code = text.charCodeAt(index);
		value = value * 36 + (code < 58 ? code - 48 : code - 87);
	}
	return isLess ? -value : value;
}

/** The text of such a number; nothing stands for 0. */
export function textFrom(value: number): string {
	return value === 0 ? '' : value.toString(36);
}

let second = Number.NaN;
let upToSecond = '';

/** The text of a moment as `toISOString` has it. Moments come close to each other, so the last second is kept. */
export function isoOf(moment: number): string {
	const whole = Math.floor(moment / 1000);
	if (whole !== second) {
		upToSecond = new Date(whole * 1000).toISOString().slice(0, -4);
		second = whole;
	}
	const rest = moment - whole * 1000;
	return `${upToSecond}${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}Z`;
}

/** The moment that a text of that form stands for, or NaN when its form is another. */
export function isoMoment(text: string): number {
	if (text.length !== 24 || text[23] !== 'Z') return Number.NaN;
	const moment = Date.parse(text);
	return moment >= 0 && isoOf(moment) === text ? moment : Number.NaN;
}

/** A text as JSON has it between its quotes; never with a control character. */
export function escaped(text: string): string {
	return isPlain(text) ? text : JSON.stringify(text).slice(1, -1);
}

/** Undoes {@link escaped}. */
export function unescaped(text: string): string {
	return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}

/** True for a text that JSON would write as it is; long ones and those of other scripts are left to it. */
function isPlain(text: string): boolean {
	if (text.length > 64) return false;
	for (let index = 0; index < text.length; index += 1) {
		const code = text.charCodeAt(index);
		if (code < 32 || code > 126 || code === 34 || code === 92) return false;
	}
	return true;
}
