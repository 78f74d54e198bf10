// Finds `./config.ts` for `./config.js` and `./config`, as the bundler does that builds a Flue project; Node alone does not.

export type ResolveHook = (
	specifier: string,
	context: { parentURL?: string | undefined },
	next: (specifier: string, context: object) => unknown,
) => unknown;

const IS_RELATIVE = /^\.{1,2}(\/|$)/;
const MISSING = new Set(['ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT']);

/** Other names under which a relative import may lie. */
export function candidates(specifier: string): string[] {
	if (!IS_RELATIVE.test(specifier)) return [];
	const [, stem, m] = /^(.*)\.([mc]?)js$/.exec(specifier) ?? [];
	if (stem !== undefined) return [`${stem}.${m}ts`];
	const bare = specifier.replace(/\/$/, '');
	const names = ['.ts', '.mts', '.js', '.mjs', '.json'].map((end) => bare + end);
	return [...names, `${bare}/index.ts`, `${bare}/index.js`];
}

/** A hook for `module.registerHooks`: the other names are tried where the given one is not there. */
export const resolveAsBundlers: ResolveHook = (specifier, context, next) => {
	const attempt = (name: string) => {
		try {
			return { found: next(name, context) };
		} catch (error) {
			if (MISSING.has((error as NodeJS.ErrnoException).code ?? '')) return { error };
			throw error;
		}
	};
	const first = attempt(specifier);
	if ('found' in first) return first.found;
	for (const name of candidates(specifier)) {
		const other = attempt(name);
		if ('found' in other) return other.found;
	}
	throw first.error;
};
