// Writes files so that every change can be taken back: the only place that creates, replaces or removes a file.
import {
	chmodSync,
	chownSync,
	constants,
	copyFileSync,
	linkSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	readlinkSync,
	realpathSync,
	renameSync,
	rmdirSync,
	rmSync,
	type Stats,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FlueError } from '../errors.ts';

export interface Journal {
	/**
	 * Writes the new text into a file beside `path` and waits until the disk has it: what can fail, fails here. The
	 * function that it gives puts the file in its place, in one step. `expected` null: there must be no file then.
	 */
	stage(path: string, expected: string | null, text: string): () => void;
	/** Remembers a file, or its absence, that somebody else is about to change. */
	remember(path: string): void;
	/** Remembers that a folder is absent, so that it is removed again. Does nothing when it exists. */
	rememberAbsentFolder(path: string): void;
	/** Takes everything back, newest first, and gives the paths that could not be restored. */
	undo(): string[];
}

interface Undo {
	path: string;
	restore(): void;
}

const HINTS: Record<string, string> = {
	ENOSPC: 'The disk is full: make room and run the command again.',
	EACCES: 'Make the file and its folder writable and run the command again.',
	EPERM: 'Make the file and its folder writable and run the command again.',
	EROFS: 'The file system is mounted read-only.',
};

function writeFailed(path: string, cause: NodeJS.ErrnoException): Error {
	if (cause.syscall === undefined) return cause;
	return new FlueError('WRITE_FAILED', `${path} could not be written (${cause.code}).`, {
		path,
		hint: HINTS[cause.code ?? ''] ?? 'See the cause and run the command again.',
		cause,
	});
}

function readBytes(path: string): Buffer | null {
	try {
		return readFileSync(path);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw cause;
	}
}

function siblingOf(path: string): string {
	return `${path}.${process.pid}.tmp`;
}

/**
 * Writes a file and waits until the disk has it; mode and owner are those of the file that it will replace. No library:
 * write-file-atomic 6.0 writes once and ignores how much was written, so that a full disk leaves a shortened file and no
 * error (measured).
 */
function writeDurably(path: string, content: string | Buffer, like: Stats | undefined): void {
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
function replace(sibling: string, path: string): void {
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
function appear(sibling: string, path: string): void {
	try {
		linkSync(sibling, path);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw cause;
		// Not every file system has links.
		copyFileSync(sibling, path, constants.COPYFILE_EXCL);
	}
	rmSync(sibling);
}

/** Puts a file back as it was, its owner and mode included; a file that is as it was is not touched. */
function restoreBytes(path: string, bytes: Buffer | null, like: Stats | undefined): void {
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

/** What a link says; null when there is none at `path`. */
function linkAt(path: string): string | null {
	return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : null;
}

/** A package manager writes through a link, or puts a file in its place: both are taken back. */
function restoreLink(path: string, target: string): void {
	if (linkAt(path) === target) return;
	rmSync(path, { force: true });
	symlinkSync(target, path);
}

/** The folders above `path` that do not exist yet, innermost first. */
function missingFolders(path: string): string[] {
	const folder = dirname(path);
	return statSync(folder, { throwIfNoEntry: false }) || folder === path
		? []
		: [folder, ...missingFolders(folder)];
}

/** A journal with nothing in it. Every path that it is given is absolute; one to stage is also real. */
export function openJournal(): Journal {
	const undos: Undo[] = [];
	const remember = (path: string): void => {
		const bytes = readBytes(path);
		const like = statSync(path, { throwIfNoEntry: false });
		const link = linkAt(path);
		const real = like ? realpathSync(path) : resolve(dirname(path), link ?? path);
		undos.push({
			path,
			restore() {
				restoreBytes(real, bytes, like);
				if (link !== null) restoreLink(path, link);
			},
		});
	};
	const makeFolders = (path: string): void => {
		for (const folder of missingFolders(path).reverse()) {
			mkdirSync(folder);
			undos.push({ path: folder, restore: () => rmdirSync(folder) });
		}
	};
	const place = (sibling: string, path: string, expected: string | null): void => {
		const done = undos.length;
		try {
			remember(path);
			if (expected === null) appear(sibling, path);
			else replace(sibling, path);
		} catch (cause) {
			// What has just appeared is somebody else's: it must not be taken back. A file half written must.
			if (expected === null) undos.length = done;
			throw writeFailed(path, cause as NodeJS.ErrnoException);
		}
	};
	return {
		remember,
		rememberAbsentFolder(path) {
			if (lstatSync(path, { throwIfNoEntry: false })) return;
			undos.push({ path, restore: () => rmSync(path, { recursive: true, force: true }) });
		},
		stage(path, expected, text) {
			const sibling = siblingOf(path);
			try {
				makeFolders(path);
				const like = statSync(path, { throwIfNoEntry: false });
				undos.push({ path: sibling, restore: () => rmSync(sibling, { force: true }) });
				writeDurably(sibling, text, like);
			} catch (cause) {
				throw writeFailed(path, cause as NodeJS.ErrnoException);
			}
			return () => place(sibling, path, expected);
		},
		undo() {
			const failed: string[] = [];
			for (const { path, restore } of undos.splice(0).reverse()) {
				try {
					restore();
				} catch {
					failed.push(path);
				}
			}
			return failed;
		},
	};
}
