// One file at a time: written beside its place, put into it, put back; mode, owner and links are kept.
import {
	chmodSync,
	chownSync,
	closeSync,
	constants,
	copyFileSync,
	fsyncSync,
	linkSync,
	lstatSync,
	openSync,
	readFileSync,
	readlinkSync,
	renameSync,
	rmSync,
	type Stats,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { closeStaging, openStaging, stagedPath } from './staging.ts';

/** null when there is no file. */
export function readBytes(path: string): Buffer | null {
	try {
		return readFileSync(path);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw cause;
	}
}

/** What a file system says that has no such thing, as mounts of other machines and of other systems do. */
const NOT_HERE = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM']);

function where<T>(possible: () => T): T | undefined {
	try {
		return possible();
	} catch (cause) {
		if (NOT_HERE.has((cause as NodeJS.ErrnoException).code ?? '')) return undefined;
		throw cause;
	}
}

/** Writes into an open file, all of it, and waits until the disk has it, where the file system can tell. */
function writeOut(descriptor: number, content: string | Uint8Array): void {
	try {
		writeFileSync(descriptor, content);
		where(() => fsyncSync(descriptor));
	} finally {
		closeSync(descriptor);
	}
}

/**
 * Writes a new file and waits until the disk has it, with the mode and the owner of the file that it will replace, as far as
 * the file system has such. No library: write-file-atomic 6.0 writes once and ignores how much was written, so that a full
 * disk leaves a shortened file and no error (measured).
 */
export function writeDurably(
	path: string,
	content: string | Uint8Array,
	like: Stats | undefined,
): void {
	// Until it has the mode of the other, a copy of a private file is for nobody else.
	writeOut(openSync(path, 'wx', like ? 0o600 : 0o666), content);
	if (!like) return;
	// In a folder shared by a group, a file cannot be given away.
	if (!hasOwner(path, like)) where(() => chownSync(path, like.uid, like.gid));
	where(() => chmodSync(path, like.mode));
}

function hasOwner(path: string, { uid, gid }: Stats): boolean {
	const now = statSync(path);
	return now.uid === uid && now.gid === gid;
}

/** Renames a file over another. False where a file cannot be replaced: it is a mount of its own, as containers have them. */
function isRenamed(staged: string, path: string): boolean {
	try {
		renameSync(staged, path);
		return true;
	} catch (cause) {
		if (['EBUSY', 'EXDEV'].includes((cause as NodeJS.ErrnoException).code ?? '')) return false;
		throw cause;
	}
}

/**
 * Puts a staged file in the place of another, in one step; where it could not be given the other's owner and mode, or the
 * other cannot be replaced, its text is copied over instead, so that nobody loses his access.
 */
export function replace(staged: string, path: string): void {
	const original = statSync(path, { throwIfNoEntry: false });
	const isAlike =
		!original || (hasOwner(staged, original) && statSync(staged).mode === original.mode);
	if (isAlike && isRenamed(staged, path)) return;
	// Not copyFile: when it may not set the mode, it removes the file that it was to write to.
	writeOut(openSync(path, 'w'), readFileSync(staged));
}

/** Gives a staged file its name; fails when there is a file of that name. */
export function appear(staged: string, path: string): void {
	try {
		linkSync(staged, path);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw cause;
		// Not every file system has links.
		copyFileSync(staged, path, constants.COPYFILE_EXCL);
	}
}

/** Keeps a text that somebody put into a file meanwhile, beside it: `package.json.changed`, and gives the name. */
export function keepBeside(path: string, bytes: Buffer, like: Stats | undefined): string {
	let name = `${path}.changed`;
	for (let number = 2; lstatSync(name, { throwIfNoEntry: false }); number++) {
		name = `${path}.changed${number}`;
	}
	writeDurably(name, bytes, like);
	return name;
}

/** Puts a file back as it was, its owner and mode included; a file that is as it was is not touched. */
export function restoreBytes(path: string, bytes: Buffer | null, like: Stats | undefined): void {
	const now = readBytes(path);
	if (bytes === null) {
		if (now !== null) rmSync(path, { force: true });
		return;
	}
	if (now?.equals(bytes)) return;
	openStaging(path);
	writeDurably(stagedPath(path), bytes, like);
	replace(stagedPath(path), path);
	rmSync(stagedPath(path), { force: true });
	closeStaging(path);
}

/** The value of a JSON text without the empty objects at its top, which managers leave out; undefined when it is none. */
function meaningOf(bytes: Buffer): unknown {
	try {
		const value: unknown = JSON.parse(bytes.toString().replace(/^\uFEFF/, ''));
		const isEmpty = (one: unknown): boolean =>
			typeof one === 'object' && one !== null && Object.keys(one).length === 0;
		return Object.fromEntries(
			Object.entries(value as object).filter(([, entry]) => !isEmpty(entry)),
		);
	} catch {
		return undefined;
	}
}

/** Whether two texts are one and the same; of a package.json, which Yarn writes anew, whether they say the same. */
export function isSame(now: Buffer, ours: Buffer, path: string): boolean {
	if (now.equals(ours)) return true;
	if (basename(path) !== 'package.json') return false;
	const value = meaningOf(now);
	return value !== undefined && isDeepStrictEqual(value, meaningOf(ours));
}

/** What a link says; null when there is none at `path`. */
export function linkAt(path: string): string | null {
	return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : null;
}

/** A package manager writes through a link, or puts a file in its place: both are taken back. */
export function restoreLink(path: string, target: string): void {
	if (linkAt(path) === target) return;
	rmSync(path, { force: true });
	symlinkSync(target, path);
}
