// Writes files so that every change can be taken back, newest first.
import { lstatSync, mkdirSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { FlueError } from '../errors.ts';
import {
	appear,
	isSame,
	keepBeside,
	linkAt,
	readBytes,
	replace,
	restoreBytes,
	restoreLink,
	writeDurably,
} from './files.ts';
import { closeStaging, openStaging, stagedPath, stagingFolder } from './staging.ts';

export interface Journal {
	/**
	 * Writes the new content into a file beside `path` and waits until the disk has it: what can fail, fails here. The
	 * function that it gives puts the file in its place, in one step. `expected` null: there must be no file then.
	 */
	stage(path: string, expected: string | null, content: string | Uint8Array): () => void;
	/** Removes a file that holds `expected`. */
	remove(path: string, expected: Uint8Array): void;
	/** Remembers a file, or its absence, that somebody else is about to change. */
	remember(path: string): void;
	/** Remembers that a folder is absent, so that it is removed again. Does nothing when it exists. */
	rememberAbsentFolder(path: string): void;
	/** Takes everything back, newest first. */
	undo(): Undone;
	/** Staging folders that could not be removed, although their files are in their places. */
	readonly left: readonly string[];
}

export interface Undone {
	/** Paths that could not be restored. */
	lost: string[];
	/** Copies of texts that somebody else wrote meanwhile. */
	kept: string[];
}

interface Undo {
	path: string;
	/** Gives the name of the copy, where what is there now is neither the old text nor ours. */
	restore(): string | undefined;
}

/** A restoring that leaves no copy. */
function gone(remove: () => void): () => undefined {
	return () => {
		remove();
		return undefined;
	};
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

/** The folders above `path` that do not exist yet, innermost first. */
function missingFolders(path: string): string[] {
	const folder = dirname(path);
	return statSync(folder, { throwIfNoEntry: false }) || folder === path
		? []
		: [folder, ...missingFolders(folder)];
}

/** Removes a staged file and its folder. */
function unstage(path: string): void {
	rmSync(stagedPath(path), { force: true });
	closeStaging(path);
}

/**
 * A journal with nothing in it. Every path that it is given is absolute; one to stage is also real.
 * @param note told of a folder before files are staged in it, so that a later run can clean up after one that was killed
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: it makes functions, and each of these is short.
export function openJournal(note: (folder: string) => void = () => {}): Journal {
	const undos: Undo[] = [];
	const left: string[] = [];
	/** `ours`: the text that the file will have; absent where a program is to change it as it likes. */
	const remember = (path: string, ours?: string | Uint8Array): void => {
		const bytes = readBytes(path);
		const like = statSync(path, { throwIfNoEntry: false });
		const link = linkAt(path);
		const real = like ? realpathSync(path) : resolve(dirname(path), link ?? path);
		undos.push({
			path,
			restore() {
				const now = ours === undefined ? null : readBytes(real);
				const isKnown =
					now === null ||
					(bytes?.equals(now) ?? false) ||
					isSame(now, Buffer.from(ours ?? ''), path);
				const copy = isKnown ? undefined : keepBeside(real, now, like);
				restoreBytes(real, bytes, like);
				if (link !== null) restoreLink(path, link);
				return copy;
			},
		});
	};
	const makeFolders = (path: string): void => {
		for (const folder of missingFolders(path).reverse()) {
			mkdirSync(folder);
			undos.push({ path: folder, restore: gone(() => rmdirSync(folder)) });
		}
	};
	const place = (
		path: string,
		step: { expected: string | null; content: string | Uint8Array },
	): void => {
		const { expected, content } = step;
		const done = undos.length;
		try {
			remember(path, content);
			if (expected === null) appear(stagedPath(path), path);
			else replace(stagedPath(path), path);
		} catch (cause) {
			// What has just appeared is somebody else's: it must not be taken back. A file half written must.
			if (expected === null) undos.length = done;
			throw writeFailed(path, cause as NodeJS.ErrnoException);
		}
		try {
			unstage(path);
		} catch {
			left.push(stagingFolder(path));
		}
	};
	return {
		// No install has a reason to write into package.json: a change there is the user's own.
		remember: (path) =>
			remember(path, basename(path) === 'package.json' ? (readBytes(path) ?? '') : undefined),
		rememberAbsentFolder(path) {
			if (lstatSync(path, { throwIfNoEntry: false })) return;
			undos.push({ path, restore: gone(() => rmSync(path, { recursive: true, force: true })) });
		},
		stage(path, expected, content) {
			try {
				makeFolders(path);
				const like = statSync(path, { throwIfNoEntry: false });
				note(stagingFolder(path));
				undos.push({ path: stagedPath(path), restore: gone(() => unstage(path)) });
				openStaging(path);
				writeDurably(stagedPath(path), content, like);
			} catch (cause) {
				throw writeFailed(path, cause as NodeJS.ErrnoException);
			}
			return () => place(path, { expected, content });
		},
		remove(path, expected) {
			remember(path, expected);
			try {
				rmSync(path);
			} catch (cause) {
				throw writeFailed(path, cause as NodeJS.ErrnoException);
			}
		},
		undo() {
			const undone: Undone = { lost: [], kept: [] };
			for (const { path, restore } of undos.splice(0).reverse()) {
				try {
					const copy = restore();
					if (copy) undone.kept.push(copy);
				} catch {
					undone.lost.push(path);
				}
			}
			return undone;
		},
		left,
	};
}
