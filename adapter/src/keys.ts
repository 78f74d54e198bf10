// Names every key of one namespace. A key is `<prefix>:<name>`, and <name> never holds a colon, so
// a nested prefix (`app:x` beside `app`) can never own, or be mistaken for, a key of its parent.

/** The keys of one namespace, by what they hold. */
export interface Keys {
	/** `<prefix>:`, what every key begins with. */
	readonly base: string;
	/** A key that exists once, such as `runnable`. */
	readonly one: (name: string) => string;
	/** A key that exists once per thing, such as `sub/<submission id>`. */
	readonly of: (kind: string, part: string, ...more: string[]) => string;
	/** What the conversation stream at a path is, and its batches. */
	readonly stream: (path: string) => readonly [stream: string, batches: string];
	/** What the event stream at a path is, and its events. */
	readonly feed: (path: string) => readonly [feed: string, events: string];
	/** The indexes of submissions that are not settled. */
	readonly index: Readonly<Record<Index, string>>;
}

/** `joins` lists what joined any host; every other index the rows in the state of its name. */
export const INDEXES = ['runnable', 'unready', 'running', 'settling', 'joins'] as const;

type Index = (typeof INDEXES)[number];

/** Name of the key that marks a namespace as ours; the first one written, always. */
export const STAMP = '@flue/redis';

/** Texts that are remembered at once; conversations that are busy at the same time are far fewer. */
const MOST_REMEMBERED = 1000;

/** Makes a prefix match itself only in `SCAN MATCH`; its signs are `*?[]^\-` (redis.io/commands/keys). */
export function escapeGlob(text: string): string {
	return text.replace(/[*?[\]^\\-]/g, (sign) => `\\${sign}`);
}

/** Makes text safe as one part of a key name: no colon (namespaces), no slash (parts). */
export function encodePart(text: string): string {
	return /[%:/]/.test(text) ? encoded(text) : text;
}

/** Undoes {@link encodePart}. */
export function decodePart(part: string): string {
	return part.includes('%') ? decoded(part) : part;
}

const encoded = remember((text) => text.replace(/[%:/]/g, (sign) => encodeURIComponent(sign)));
const decoded = remember(decodeURIComponent);

/**
 * Opens the namespace of a prefix.
 *
 * @throws Error when nothing but colons is left of the prefix.
 */
export function openNamespace(prefix: string): Keys {
	const stripped = prefix.replace(/:+$/, '');
	if (stripped === '') throw new Error('[flue] @flue/redis requires a non-empty keyPrefix.');
	const base = `${stripped}:`;
	const pair = (first: string, second: string) => (path: string) => {
		const part = encodePart(path);
		return [`${base}${first}/${part}`, `${base}${second}/${part}`] as const;
	};
	return {
		base,
		one: (name) => base + name,
		of: (kind, part, ...more) => {
			const key = `${base}${kind}/${encodePart(part)}`;
			return more.length === 0 ? key : `${key}/${more.map(encodePart).join('/')}`;
		},
		stream: remember(pair('stream', 'batches')),
		feed: remember(pair('feed', 'events')),
		index: Object.fromEntries(INDEXES.map((name) => [name, base + name])) as Keys['index'],
	};
}

/**
 * Remembers recent answers of a pure function. A conversation is appended to thousands of times, a session is listed
 * again and again, and to name their keys takes as long as everything else that is done on this side.
 */
function remember<Answer>(answer: (text: string) => Answer): (text: string) => Answer {
	const recent = new Map<string, Answer>();
	return (text) => {
		const known = recent.get(text);
		if (known !== undefined) return known;
		if (recent.size === MOST_REMEMBERED) recent.clear();
		const found = answer(text);
		recent.set(text, found);
		return found;
	};
}
