// Keeps paths that a config names inside the project, links included.
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { FlueError } from '../errors.ts';
import { exists, realPath } from './files.ts';
import { fromRoot } from './packages/workspace.ts';

function isWithin(root: string, path: string): boolean {
	const way = relative(root, path);
	return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where a path really leads, although its last parts may not exist yet; null for a link to nothing. */
function realPlace(path: string): string | null {
	const real = realPath(path);
	if (real !== null || exists(path)) return real;
	const parent = dirname(path);
	return parent === path ? path : realPlace(parent);
}

/**
 * The path relative to the project, with `/`.
 * @param root absolute real path of the project
 * @param from what names the path, for the message
 * @throws UNSAFE_PATH when it leads out of the project, by `..`, an absolute path or a link.
 */
export function pathInside(root: string, path: string, from: string): string {
	const full = resolve(root, path);
	const real = isWithin(root, full) ? realPlace(full) : null;
	if (real !== null && isWithin(root, real)) return fromRoot(root, full);
	throw new FlueError('UNSAFE_PATH', `${path} (${from}) leads out of the project.`, {
		path,
		hint: `Name a file below ${join(root, sep)} that is not reached through a link.`,
	});
}
