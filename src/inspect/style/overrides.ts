// The parts of a formatter's config that are for some files alone.
import { relative, sep } from 'node:path';
import { objectOf, stringsOf } from '../../text/jsonc.ts';
import { matchesGlob } from '../globs.ts';

type Part = Record<string, unknown>;

/** Without a slash a pattern is for files of that name in any folder below. */
function matches(path: string, pattern: string): boolean {
	const glob = pattern.replace(/^\.\//, '');
	return matchesGlob(path, glob.includes('/') ? glob : `**/${glob}`, true);
}

/** The overrides of a config in `folder` that are for an absolute path, in order: the last one wins. */
export function overridesFor(config: Part | null, folder: string, path: string): Part[] {
	const own = relative(folder, path).split(sep).join('/');
	const all = Array.isArray(config?.overrides) ? config.overrides : [];
	return all.flatMap((one): Part[] => {
		const part = objectOf(one) ?? {};
		// Prettier and oxfmt say `files`; Biome `includes`, in which `!` leaves out, and before its version 2 `include`.
		const named = stringsOf(part.files ?? part.includes ?? part.include);
		const left = [
			...named.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)),
			...stringsOf(part.excludeFiles ?? part.ignore),
		];
		const taken = named.filter((pattern) => !pattern.startsWith('!'));
		const isMeant = taken.some((pattern) => matches(own, pattern));
		return isMeant && !left.some((pattern) => matches(own, pattern)) ? [part] : [];
	});
}
