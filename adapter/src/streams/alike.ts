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
	if (form === Array.prototype) {
		if ((one as unknown[]).length !== (other as unknown[]).length) return false;
	} else if (form !== Object.prototype) return false;
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
