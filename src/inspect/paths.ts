// Ways between folders, and whether a path stays inside one.
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { FlueError } from '../errors.ts';
import { exists, realPath } from './files.ts';

/** Absolute real paths. */
export interface Place {
	/** The folder with the project's package.json. */
	root: string;
	/** The outermost folder that has a say and may be written to: the workspace root, else `root`. */
	boundary: string;
}

/** `path` as seen from `root`, with `/`, for reports. */
export function fromRoot(root: string, path: string): string {
	return relative(root, path).split(sep).join('/');
}

/** The folders above one, nearest first, up to the root of the file system. */
export function foldersAbove(folder: string): string[] {
	const parent = dirname(folder);
	return parent === folder ? [] : [parent, ...foldersAbove(parent)];
}

/** A folder and those above it, nearest first, up to `last`. */
export function foldersUpTo(folder: string, last: string): string[] {
	const folders = [folder, ...foldersAbove(folder)];
	const end = folders.indexOf(last);
	return end === -1 ? folders : folders.slice(0, end + 1);
}

/** True when `path` is `folder` or lies below it. */
export function isWithin(folder: string, path: string): boolean {
	const way = relative(folder, path);
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
 * The path relative to the project, with `/`. It must be written as one below the project; a link on the way may lead
 * anywhere inside the boundary.
 * @param from what names the path, for the message
 * @throws UNSAFE_PATH when it leads out, by `..`, an absolute path or a link.
 */
export function pathInside({ root, boundary }: Place, path: string, from: string): string {
	const full = resolve(root, path);
	const real = isWithin(root, full) ? realPlace(full) : null;
	if (real !== null && isWithin(boundary, real)) return fromRoot(root, full);
	if (real === null && isWithin(root, full)) {
		throw new FlueError('UNSAFE_PATH', `${path} (${from}) is a link that leads nowhere.`, {
			path,
			hint: 'Remove the link, or make the file that it names.',
		});
	}
	throw new FlueError('UNSAFE_PATH', `${path} (${from}) leads out of the project.`, {
		path,
		hint: `Name a file below ${join(root, sep)} that is not reached through a link out of it.`,
	});
}
