// Reads files and folder listings. The only way `inspect` touches the disk, but for the one walk in
// flue/entry-use.ts; it never writes and never runs anything.
import {
	accessSync,
	constants,
	type Dirent,
	lstatSync,
	opendirSync,
	readFileSync,
	realpathSync,
	statSync,
} from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { FlueError } from '../errors.ts';
import { isTooDeep, TOO_DEEP } from '../text/nesting.ts';
import { noteLook } from './watch.ts';

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** Most of what is looked for is not there: to make an error of each takes longer than to look. */
const QUIETLY = { throwIfNoEntry: false } as const;

function unlessAbsent<T>(path: string, read: () => T): T | null {
	noteLook(path, 'seen');
	try {
		return read();
	} catch (cause) {
		if (cause instanceof FlueError) throw cause;
		const code = (cause as NodeJS.ErrnoException).code ?? '';
		if (ABSENT.has(code)) return null;
		throw new FlueError('UNREADABLE_PROJECT', `${path} cannot be read (${code || cause}).`, {
			path,
			cause,
		});
	}
}

/** The bytes of a regular file; null for anything else, without an error. */
export function readBytes(path: string): Uint8Array | null {
	noteLook(path, 'read');
	return ifReadable(() => (isFile(path) ? readFileSync(path) : null));
}

/**
 * The bytes of a file; null when there is none, or a folder. Nothing else is opened: a pipe can wait for ever, and a
 * device never end.
 */
function readFile(path: string): Uint8Array | null {
	noteLook(path, 'read');
	return unlessAbsent(path, () => {
		const stats = statSync(path, QUIETLY);
		if (stats?.isFile()) return readFileSync(path);
		if (stats === undefined || stats.isDirectory()) return null;
		throw new FlueError('UNREADABLE_PROJECT', `${path} is not a file.`, {
			path,
			hint: 'It is a pipe, a socket or a device: put a file in its place, or remove it.',
		});
	});
}

let decoder: InstanceType<typeof TextDecoder> | undefined;

function decode(path: string, bytes: Uint8Array): string {
	try {
		decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
		return decoder.decode(bytes);
	} catch (cause) {
		throw new FlueError('UNREADABLE_PROJECT', `${path} is not UTF-8 text.`, {
			path,
			hint: 'Save it as UTF-8 and run the command again.',
			cause,
		});
	}
}

/**
 * The text of a UTF-8 file with BOM and line endings untouched; null when there is no such file.
 * @throws UNREADABLE_PROJECT when it exists but cannot be read, is not UTF-8, or nests deeper than a parser can follow.
 */
export function readText(path: string): string | null {
	const bytes = readFile(path);
	return bytes && textOf(path, bytes);
}

function textOf(path: string, bytes: Uint8Array): string {
	const text = decode(path, bytes);
	if (!isTooDeep(text)) return text;
	throw new FlueError('UNREADABLE_PROJECT', `${path} nests too deeply to be understood.`, { path });
}

export function isFile(path: string): boolean {
	return unlessAbsent(path, () => statSync(path, QUIETLY))?.isFile() ?? false;
}

export function isDirectory(path: string): boolean {
	return unlessAbsent(path, () => statSync(path, QUIETLY))?.isDirectory() ?? false;
}

/** True for anything at the path, a dangling link included. */
export function exists(path: string): boolean {
	return (unlessAbsent(path, () => lstatSync(path, QUIETLY)) ?? null) !== null;
}

/** So many entries of a folder are looked at: a project may keep 50,000 files in its root, and a list of them is slow. */
const LISTED = 1000;

function firstEntries(path: string): Dirent[] {
	const folder = opendirSync(path, { bufferSize: 256 });
	try {
		const entries: Dirent[] = [];
		for (let entry = folder.readSync(); entry && entries.length < LISTED; entry = folder.readSync())
			entries.push(entry);
		return entries;
	} finally {
		folder.closeSync();
	}
}

/**
 * Names in a folder, sorted; empty when it does not exist. Of a folder with more than 1,000 entries some names are
 * missing; those of `known` never are.
 */
export function listNames(path: string, known: readonly string[] = []): string[] {
	const names = (unlessAbsent(path, () => firstEntries(path)) ?? []).map(({ name }) => name);
	if (names.length < LISTED) return names.sort();
	return [...new Set([...names, ...known.filter((name) => exists(join(path, name)))])].sort();
}

/** Those of the first 1,000 names in a folder, sorted, at which a folder may be: no file stands there. */
export function listFolders(path: string): string[] {
	const entries = unlessAbsent(path, () => firstEntries(path)) ?? [];
	return entries
		.filter((entry) => !entry.isFile())
		.map(({ name }) => name)
		.sort();
}

/** The path with every link followed; null when there is nothing at it. */
export function realPath(path: string): string | null {
	return unlessAbsent(path, () => realpathSync(path));
}

/** For what only advises: null where reading it fails. */
export function ifReadable<T>(read: () => T): T | null {
	try {
		return read();
	} catch {
		return null;
	}
}

/** The text of a regular UTF-8 file; null for anything else, without an error. A pipe is never opened: it could wait for ever. */
export function readIfPossible(path: string): string | null {
	return ifReadable(() => {
		const look = () => (statSync(path, QUIETLY)?.isFile() ? readFileSync(path) : null);
		const bytes = unlessAbsent(path, look);
		if (bytes !== null) noteLook(path, 'read');
		return bytes && textOf(path, bytes);
	});
}

/** Why what is there gives no text, as the end of a sentence; null where it gives one. */
export function whyUnreadable(path: string): string | null {
	if (!seemsFile(path)) return 'it is no plain file';
	const bytes = readBytes(path);
	if (bytes === null) return 'it cannot be read';
	const text = ifReadable(() => decode(path, bytes));
	if (text === null) return 'it is not UTF-8 text';
	return isTooDeep(text) ? TOO_DEEP : null;
}

/** Whether there is a file that can be looked at; false, without an error, where nobody may look. */
export function seemsFile(path: string): boolean {
	return ifReadable(() => isFile(path)) ?? false;
}

function isExecutable(path: string): boolean {
	const isAllowed = () => {
		accessSync(path, constants.X_OK);
		return true;
	};
	return seemsFile(path) && ifReadable(isAllowed) === true;
}

/**
 * The absolute path of a program as a shell would find it, `.cmd` shims included, in folders of PATH that are named by
 * an absolute path; null when there is none. Runs nothing.
 */
export function findExecutable(
	name: string,
	environment: { PATH?: string | undefined; PATHEXT?: string | undefined },
): string | null {
	const listed = (environment.PATHEXT ?? '').split(';').filter(Boolean);
	const extensions = listed.flatMap((extension) => [extension.toLowerCase(), extension]);
	const endings = extensions.length > 0 ? extensions : [''];
	// `.` and its like would run what lies in the project.
	const folders = (environment.PATH ?? '').split(delimiter).filter(isAbsolute);
	const paths = folders.flatMap((folder) => endings.map((end) => join(folder, name + end)));
	return paths.find(isExecutable) ?? null;
}
