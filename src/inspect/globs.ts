// Whether a path fits a glob. The only owner of picomatch.
import picomatch from 'picomatch';

/** A workspace asks the same of each of its members, and to read a glob takes longer than to compare it. */
const matchers = new Map<string, (path: string) => boolean>();

/** Whether a path with `/` fits a glob; `dot` lets wildcards take names that begin with a dot. */
export function matchesGlob(path: string, glob: string, dot = false): boolean {
	const key = `${dot} ${glob}`;
	const known = matchers.get(key) ?? picomatch(glob, { dot });
	matchers.set(key, known);
	return known(path);
}
