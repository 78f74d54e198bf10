// What was found of a sample, noun by noun, and in words. Pure.

/** What a store keeps: each is written, read back and told of by itself. */
export type Noun =
	| 'records'
	| 'submission'
	| 'attachment'
	| 'turn'
	| 'runs'
	| 'event-streams'
	| 'sessions';

/** What was found of one noun of a sample. */
export interface Finding {
	noun: Noun;
	/** `other`: a part is missing, or something is not what was written. */
	state: 'whole' | 'gone' | 'other';
	/** E.g. `12 of 12 records`. */
	words: string;
}

/** What was found of a sample, in the order in which it is told. */
export type Survival = Finding[];

/** The same text for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
	return JSON.stringify(value, (_, part) =>
		part !== null && typeof part === 'object' && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
			: part,
	);
}

/** A finding of things that are counted; `strange` are those beyond what was written: doubled, changed, out of place, not ours. */
export function counted(
	noun: Noun,
	name: string,
	{ same, of, strange }: { same: number; of: number; strange: number },
): Finding {
	const doubtful = strange > 0 ? [`${strange} doubled, changed or out of order`] : [];
	const words = [`${same} of ${of} ${name}`, ...doubtful].join(', ');
	if (strange > 0) return { noun, state: 'other', words };
	return { noun, state: same === of ? 'whole' : same === 0 ? 'gone' : 'other', words };
}

/** A finding of one thing, which is what was written, missing, or changed. */
export function single(noun: Noun, name: string, isSame: boolean | null): Finding {
	if (isSame === null) return { noun, state: 'gone', words: `no ${name}` };
	if (isSame) return { noun, state: 'whole', words: `the ${name} unchanged` };
	return { noun, state: 'other', words: `the ${name} changed` };
}

/** Everything is there, once, in order. */
export function isWhole(survival: Survival): boolean {
	return survival.every(({ state }) => state === 'whole');
}

/** Nothing is there. */
export function isGone(survival: Survival): boolean {
	return survival.every(({ state }) => state === 'gone');
}

/** E.g. `12 of 12 records, the submission still runnable, the attachment unchanged`. */
export function inWords(survival: Survival): string {
	return survival.map(({ words }) => words).join(', ');
}
