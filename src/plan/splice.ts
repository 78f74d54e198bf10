// Puts replacements into a text, all given as offsets into the original. Pure.

export interface Splice {
	start: number;
	end: number;
	text: string;
}

/** Applies splices that do not overlap; those at the same place are applied in the order given. */
export function spliceText(original: string, splices: Splice[]): string {
	const ordered = splices.map((splice, order) => ({ ...splice, order }));
	ordered.sort((a, b) => a.start - b.start || a.order - b.order);
	let result = '';
	let position = 0;
	for (const { start, end, text } of ordered) {
		result += original.slice(position, start) + text;
		position = end;
	}
	return result + original.slice(position);
}
