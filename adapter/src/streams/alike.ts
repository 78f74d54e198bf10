// Whether two values have one text as JSON, without writing it. Pure; no is only a maybe.
import type { Fields } from './template.ts';

/** True when two values are sure to have one text as JSON, told without writing it: that takes longer. */
export function isAlike(one: unknown, other: unknown): boolean {
	if (typeof one === 'object' && one !== null && typeof other === 'object' && other !== null) {
		return isPlainAlike(one, other);
	}
	if (typeof one === 'number') return one === other && Number.isFinite(one);
	return one === other && (typeof one === 'string' || typeof one === 'boolean' || one === null);
}

/** The same of two objects or lists; one of a class may be written as anything. */
function isPlainAlike(one: object, other: object): boolean {
	const form = Object.getPrototypeOf(one);
	if (form !== Object.getPrototypeOf(other)) return false;
	if (form === Array.prototype) return isListAlike(one as unknown[], other as unknown[]);
	if (form !== Object.prototype) return false;
	const keys = Object.keys(one);
	const others = Object.keys(other);
	if (keys.length !== others.length) return false;
	for (let index = 0; index < keys.length; index += 1) {
		const key = keys[index] as string;
		if (key !== others[index]) return false;
		if (!isAlike((one as Fields)[key], (other as Fields)[key])) return false;
	}
	return true;
}

/** The same of two lists, of which JSON writes what has a place and nothing else, unless they say themselves what. */
function isListAlike(one: readonly unknown[], other: readonly unknown[]): boolean {
	if (one.length !== other.length || 'toJSON' in one || 'toJSON' in other) return false;
	for (let index = 0; index < one.length; index += 1) {
		if (!isAlike(one[index], other[index])) return false;
	}
	return true;
}
