// Turns a path of a plan into a place on disk that is safe to write to, or refuses it.
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { FlueError } from '../errors.ts';

function realPath(path: string): string | null {
	try {
		return realpathSync(path);
	} catch {
		return null;
	}
}

/** The real path of the deepest folder above `path` that exists, with the missing rest appended. */
function realPlace(path: string): string {
	const real = realPath(path);
	if (real !== null) return real;
	const parent = dirname(path);
	return parent === path ? path : join(realPlace(parent), basename(path));
}

function isLink(path: string): boolean {
	return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** True when a file stands where a folder above `path` would have to be. */
function isBelowFile(path: string): boolean {
	const parent = dirname(path);
	if (realPath(parent) === null) return parent !== path && isBelowFile(parent);
	return !statSync(parent).isDirectory();
}

/** True when `path` is `folder` or lies below it; both absolute and real. */
export function isWithin(folder: string, path: string): boolean {
	const way = relative(folder, path);
	return way === '' || (!isAbsolute(way) && way.split(/[\\/]/)[0] !== '..');
}

/**
 * The absolute path to write for a path of the plan. Links are followed, so that a linked file stays a link.
 * @throws UNSAFE_PATH when it lies outside `boundary` (by `..`, an absolute path or a link), is a link that leads
 * nowhere, or a folder stands there or a file above it. WRITE_FAILED when the file is read-only.
 */
export function safePath(place: { root: string; boundary: string }, path: string): string {
	const full = resolve(place.root, path);
	const real = realPlace(full);
	if (!isWithin(realPlace(place.boundary), real)) {
		throw new FlueError('UNSAFE_PATH', `${path} leads out of the project, to ${real}.`, {
			path,
			hint: 'Point it at a file inside the project, or run the command in the project that owns the file.',
		});
	}
	if (isBelowFile(real)) {
		throw new FlueError('UNSAFE_PATH', `${path} lies below something that is not a folder.`, {
			path,
			hint: 'Move what stands there out of the way.',
		});
	}
	if (realPath(full) === null && isLink(full)) {
		throw new FlueError('UNSAFE_PATH', `${path} is a link that leads nowhere.`, {
			path,
			hint: 'Remove the link or create its target.',
		});
	}
	const status = statSync(real, { throwIfNoEntry: false });
	if (status && !status.isFile()) {
		throw new FlueError('UNSAFE_PATH', `${path} is not a file.`, {
			path,
			hint: 'Move what stands there out of the way.',
		});
	}
	if (status && (status.mode & 0o222) === 0) {
		throw new FlueError('WRITE_FAILED', `${path} is read-only.`, {
			path,
			hint: `Make it writable (chmod u+w ${path}) and run the command again.`,
		});
	}
	return real;
}
