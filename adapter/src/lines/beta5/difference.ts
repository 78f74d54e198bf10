// What of a session must be sent: pure, from the digests of what is there to the texts that are wanted.

/** What is known of a stored session. */
export interface Seen {
	/** Changes with every change of the session; empty for one that does not exist. */
	readonly token: string;
	/** Digest of everything but the entries. */
	readonly head: string;
	/** Digest of each entry, in order. */
	readonly entries: readonly string[];
}

/** What makes the stored session the wanted one. */
export interface Change {
	readonly isEmpty: boolean;
	/** The new head, or nothing to leave it. */
	readonly head: string;
	/** How many entries stay where they are, changed or not. */
	readonly kept: number;
	/** Positions among the kept ones whose text changes. */
	readonly positions: readonly number[];
	/** Texts of the changed entries, then of those after the kept ones. */
	readonly texts: readonly string[];
	/** What is there afterwards. */
	readonly now: Omit<Seen, 'token'>;
}

/** Compares position by position: a session grows at its end, and now and then an entry is rewritten. */
export function changeBetween(
	seen: Seen,
	head: string,
	texts: readonly string[],
	digest: (text: string) => string,
): Change {
	const entries = texts.map(digest);
	const now = { head: digest(head), entries };
	const kept = Math.min(seen.entries.length, texts.length);
	const positions = entries.flatMap((entry, index) =>
		index < kept && entry !== seen.entries[index] ? [index] : [],
	);
	const isSameHead = seen.token !== '' && now.head === seen.head;
	return {
		isEmpty: isSameHead && positions.length === 0 && seen.entries.length === texts.length,
		head: isSameHead ? '' : head,
		kept,
		positions,
		texts: [...positions.map((index) => texts[index] ?? ''), ...texts.slice(kept)],
		now,
	};
}
