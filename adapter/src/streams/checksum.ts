// The checksum of a batch: 24 bits that a single wrong character always changes. Pure.

/** Characters of a checksum as text. */
export const CHECK_LENGTH = 4;

/** FNV-1a over the characters from one on; goes on from the checksum of another text. */
export function checksum(text: string, start: number, from = 0x811c9dc5): number {
	let hash = from;
	for (let index = start; index < text.length; index += 1) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return hash;
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
