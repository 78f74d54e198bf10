// What was found out about a part of a tree: trees do not change, so it is found out once.

/** The same function, which asks once for each object. */
export function remembered<N extends object, T>(find: (node: N) => T): (node: N) => T {
	const known = new WeakMap<N, { found: T }>();
	return (node) => {
		const before = known.get(node);
		if (before) return before.found;
		const found = find(node);
		known.set(node, { found });
		return found;
	};
}

/** The same for a function of an object and a text. */
export function rememberedBy<N extends object, T>(
	find: (node: N, text: string) => T,
): (node: N, text: string) => T {
	const tableOf = remembered((_: N) => new Map<string, T>());
	return (node, text) => {
		const table = tableOf(node);
		const before = table.get(text);
		if (before !== undefined || table.has(text)) return before as T;
		const found = find(node, text);
		table.set(text, found);
		return found;
	};
}
