// Ids in the shorter form that a settled row keeps them in: `attempt_` or `owner_` and a ULID. Pure but for its memory.
import { momentOf, PACKED_LENGTH, packUlid, unpackUlid } from '../streams/values.ts';

/** Digits of a moment, of base 77 from the character 48 on. */
const MOMENT_LENGTH = 8;
const FIRST_CODE = 48;
const BASE = 77;

export type IdField = 'attempt' | 'owner';

/** The shorter form; empty for an id of another form. */
function shortOf(field: IdField, id: string): string {
	if (id.length !== field.length + 27 || !id.startsWith(`${field}_`)) return '';
	const packed = packUlid(id);
	let moment = momentOf(id);
	if (packed === undefined || moment < 0) return '';
	let digits = '';
	for (let place = 0; place < MOMENT_LENGTH; place += 1) {
		digits = String.fromCharCode(FIRST_CODE + (moment % BASE)) + digits;
		moment = Math.floor(moment / BASE);
	}
	return moment === 0 ? digits + packed : '';
}

/** Undoes {@link shortOf}. */
export function longOf(field: IdField, short: string): string {
	let moment = 0;
	for (let place = 0; place < MOMENT_LENGTH; place += 1)
		moment = moment * BASE + short.charCodeAt(place) - FIRST_CODE;
	const packed = short.slice(MOMENT_LENGTH, MOMENT_LENGTH + PACKED_LENGTH);
	return `${field}_${unpackUlid(moment, packed)}`;
}

/** What a store knows of the ids that it is called with. */
export interface Ids {
	/** Remembers who claims here: one process has one owner, and settles what it has claimed. */
	readonly claimed: (owner: string) => void;
	/** An attempt, its shorter form, the owner and its shorter form. */
	readonly words: (attempt: string) => [string, string, string, string];
}

/** Opens the memory of one store. */
export function createIds(): Ids {
	let [owner, short] = ['', ''];
	return {
		claimed(id) {
			if (id === owner) return;
			owner = id;
			short = shortOf('owner', id);
		},
		words: (attempt) => [attempt, shortOf('attempt', attempt), owner, short],
	};
}
