// The known name that a mistyped one is probably meant to be. Pure; the only owner of the distance.
import { closest, distance } from 'fastest-levenshtein';

/** The nearest of `known`, if it is at most two slips, or a third of its length, away; else null. */
export function nearest(name: string, known: string[]): string | null {
	const best = closest(name.toLowerCase(), known);
	return distance(name.toLowerCase(), best) <= Math.max(2, Math.floor(best.length / 3))
		? best
		: null;
}
