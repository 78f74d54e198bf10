// A db.ts -> the line that says which blueprint wrote it, and what stands before and behind it. Pure.

/** A text at its marker. The three together are the text, but for a byte order mark, and a second marker, in the body. */
interface Parted {
	/** A byte order mark, and what the user wrote above the marker, such as a licence. */
	head: string;
	/** The whole line; empty where there is none, and then everything is body. */
	marker: string;
	body: string;
}

const COMMENT = /\s*(\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)/y;
const MARKER = /^\/\/ flue-blueprint: \S+@\S+[ \t]*(?:\r?\n|$)/;

/** Where markers stand among the comments before the first statement. */
function placesOf(text: string): { start: number; end: number }[] {
	const comment = new RegExp(COMMENT);
	const places: { start: number; end: number }[] = [];
	for (let found = comment.exec(text); found; found = comment.exec(text)) {
		const end = comment.lastIndex;
		const start = end - (found[1] ?? '').length;
		const isOwnLine = start === 0 || text[start - 1] === '\n';
		if (isOwnLine && MARKER.test(text.slice(start, end))) places.push({ start, end });
	}
	return places;
}

/** What of a marker says whose text it is: `database/redis`. */
function nameIn(marker: string): string {
	return marker.trim().replace(/@\S+$/, '');
}

/** Parts a text at its marker, which may stand behind other comments. Markers of several blueprints are none. */
export function partAtMarker(text: string): Parted {
	const [mark, plain] = text.startsWith('\uFEFF') ? ['\uFEFF', text.slice(1)] : ['', text];
	const places = placesOf(plain);
	const [first] = places;
	if (!first) return { head: mark, marker: '', body: plain };
	const names = places.map(({ start, end }) => nameIn(plain.slice(start, end)));
	const isOne = new Set(names).size === 1;
	const starts = [...(isOne ? [] : [0]), ...places.map(({ end }) => end)];
	const ends = [...(isOne ? places.slice(1) : places).map(({ start }) => start), plain.length];
	return {
		head: isOne ? mark + plain.slice(0, first.start) : mark,
		marker: isOne ? plain.slice(first.start, first.end) : '',
		body: starts.map((start, index) => plain.slice(start, ends[index])).join(''),
	};
}
