// One file at a time: written beside its place, put into it, put back; mode, owner and links are kept.
import {
	chmodSync,
	chownSync,
	constants,
	copyFileSync,
	linkSync,
	lstatSync,
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

/** null when there is no file. */
export function readBytes(path: string): Buffer | null {
	try {
		return readFileSync(path);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw cause;
	}
}

/** Where a file is written before it takes its place. */
export function siblingOf(path: string, pid: number = process.pid): string {
	return `${path}.${pid}.tmp`;
}

/** Removes what a process that is no more had staged for a path. */
export function removeSibling(path: string, pid: number): void {
	rmSync(siblingOf(path, pid), { force: true });
}

/**
 * Writes a file and waits until the disk has it; mode and owner are those of the file that it will replace. No library:
 * write-file-atomic 6.0 writes once and ignores how much was written, so that a full disk leaves a shortened file and no
 * error (measured).
 */
export function writeDurably(
	path: string,
	content: string | Uint8Array,
	like: Stats | undefined,
): void {
	// Until it has the mode of the other, a copy of a private file is for nobody else.
	const mode = like ? 0o600 : 0o666;
	writeFileSync(path, content, { flag: 'wx', flush: true, mode });
	if (!like) return;
	takeOwner(path, like);
	chmodSync(path, like.mode);
}

function hasOwner(path: string, { uid, gid }: Stats): boolean {
	const now = statSync(path);
	return now.uid === uid && now.gid === gid;
}

/** Gives a file another's owner, where the user may: in a folder shared by a group he may not. */
function takeOwner(path: string, like: Stats): void {
	if (hasOwner(path, like)) return;
	try {
		chownSync(path, like.uid, like.gid);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code !== 'EPERM') throw cause;
	}
}

/**
 * Puts a staged file in the place of another, in one step; where it could not be given the other's owner, its text is
 * copied over instead, so that nobody loses his access.
 */
export function replace(sibling: string, path: string): void {
	const original = statSync(path, { throwIfNoEntry: false });
	if (!original || hasOwner(sibling, original)) {
		renameSync(sibling, path);
		return;
	}
	// Not copyFile: when it may not set the mode, it removes the file that it was to write to.
	writeFileSync(path, readFileSync(sibling), { flush: true });
	rmSync(sibling);
}

/** Gives a staged file its name; fails when there is a file of that name. */
export function appear(sibling: string, path: string): void {
	try {
		linkSync(sibling, path);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw cause;
		// Not every file system has links.
		copyFileSync(sibling, path, constants.COPYFILE_EXCL);
	}
	rmSync(sibling);
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
	const sibling = siblingOf(path);
	rmSync(sibling, { force: true });
	writeDurably(sibling, bytes, like);
	replace(sibling, path);
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
