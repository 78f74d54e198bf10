// The checksum of a batch: 24 bits that a single wrong character always changes. Pure.

/** Characters of a checksum as text. */
export const CHECK_LENGTH = 4;

/** The checksum of no characters. */
export const FIRST_CHECK = 0x811c9dc5;

/** FNV-1a: the checksum after one more character. */
export function checkNext(check: number, code: number): number {
	return Math.imul(check ^ code, 0x01000193);
}

/** The checksum of a text; goes on from that of another one. */
export function checksum(text: string, from = FIRST_CHECK): number {
	let check = from;
	for (let index = 0; index < text.length; index += 1) {
		check = checkNext(check, text.charCodeAt(index));
	}
	return check;
}

/** The last 24 bits as text: a single wrong character always changes these. */
export function checkText(check: number): string {
	return String.fromCharCode(
		48 + (check & 63),
		48 + ((check >> 6) & 63),
		48 + ((check >> 12) & 63),
		48 + ((check >> 18) & 63),
	);
}

/** True when a text has these bits from a place on. */
export function hasCheck(text: string, at: number, check: number): boolean {
	for (let index = 0; index < CHECK_LENGTH; index += 1) {
		if (text.charCodeAt(at + index) !== 48 + ((check >> (6 * index)) & 63)) return false;
	}
	return true;
}
