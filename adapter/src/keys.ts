// Names every key of one namespace. A key is `<prefix>:<name>`, and <name> never holds a colon, so
// a nested prefix (`app:x` beside `app`) can never own, or be mistaken for, a key of its parent.

/** The keys of one namespace, by what they hold. */
export interface Keys {
	/** `<prefix>:`, what every key begins with. */
	readonly base: string;
	/** A key that exists once, such as `runnable`. */
	readonly one: (name: string) => string;
	/** A key that exists once per thing, such as `sub/<submission id>`. */
	readonly of: (kind: string, ...parts: string[]) => string;
}

/** Name of the key that marks a namespace as ours; the first one written, always. */
export const STAMP = '@flue/redis';

/** Makes text safe as one part of a key name: no colon (namespaces), no slash (parts). */
export function encodePart(text: string): string {
	return /[%:/]/.test(text) ? text.replace(/[%:/]/g, (sign) => encodeURIComponent(sign)) : text;
}

/** Makes a prefix match itself only in `SCAN MATCH`; its signs are `*?[]^\-` (redis.io/commands/keys). */
export function escapeGlob(text: string): string {
	return text.replace(/[*?[\]^\\-]/g, (sign) => `\\${sign}`);
}

/**
 * Opens the namespace of a prefix.
 *
 * @throws Error when nothing but colons is left of the prefix.
 */
export function openNamespace(prefix: string): Keys {
	const stripped = prefix.replace(/:+$/, '');
	if (stripped === '') throw new Error('[flue] @flue/redis requires a non-empty keyPrefix.');
	const base = `${stripped}:`;
	return {
		base,
		one: (name) => base + name,
		of: (kind, ...parts) => `${base}${kind}/${parts.map(encodePart).join('/')}`,
	};
}
