// Reads files and folder listings. The only way `inspect` touches the disk; it never writes and never runs anything.
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { FlueError } from '../errors.ts';

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

function unlessAbsent<T>(path: string, read: () => T): T | null {
	try {
		return read();
	} catch (cause) {
		const code = (cause as NodeJS.ErrnoException).code ?? '';
		if (ABSENT.has(code)) return null;
		throw new FlueError('UNREADABLE_PROJECT', `${path} cannot be read (${code || cause}).`, {
			path,
			cause,
		});
	}
}

/**
 * The text of a UTF-8 file with BOM and line endings untouched; null when there is no such file.
 * @throws UNREADABLE_PROJECT when it exists but cannot be read or is not UTF-8.
 */
export function readText(path: string): string | null {
	const bytes = unlessAbsent(path, () => readFileSync(path));
	if (bytes === null) return null;
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch (cause) {
		throw new FlueError('UNREADABLE_PROJECT', `${path} is not UTF-8 text.`, {
			path,
			hint: 'Save it as UTF-8 and run the command again.',
			cause,
		});
	}
}

export function isFile(path: string): boolean {
	return unlessAbsent(path, () => statSync(path))?.isFile() ?? false;
}

export function isDirectory(path: string): boolean {
	return unlessAbsent(path, () => statSync(path))?.isDirectory() ?? false;
}

/** True for anything at the path, a dangling link included. */
export function exists(path: string): boolean {
	return unlessAbsent(path, () => lstatSync(path)) !== null;
}

/** Names in a folder, sorted; empty when it does not exist. */
export function listNames(path: string): string[] {
	return (unlessAbsent(path, () => readdirSync(path)) ?? []).sort();
}

/** The path with every link followed; null when there is nothing at it. */
export function realPath(path: string): string | null {
	return unlessAbsent(path, () => realpathSync(path));
}
