// Writes files so that every change can be taken back: the only place that creates, replaces or removes a file.
import {
	chmodSync,
	chownSync,
	mkdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmdirSync,
	rmSync,
	type Stats,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { pid } from 'node:process';
import { FlueError } from '../errors.ts';

type Undo = { path: string; restore(): void };

function readBytes(path: string): Buffer | null {
	try {
		return readFileSync(path);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw cause;
	}
}

/** Gives a file the owner and the mode of the one that it is about to replace. */
function takeAfter(path: string, original: Stats): void {
	const { uid, gid } = statSync(path);
	if (uid !== original.uid || gid !== original.gid) chownSync(path, original.uid, original.gid);
	chmodSync(path, original.mode);
}

/**
 * Replaces a file in one step, through a sibling and a rename; a link stays a link. Not write-file-atomic: its 6.0
 * writes once and ignores how much was written, so that a full disk leaves a shortened file and no error (measured).
 */
function replaceFile(path: string, content: string | Buffer, original: Stats | undefined): void {
	const target = statSync(path, { throwIfNoEntry: false }) ? realpathSync(path) : path;
	const sibling = `${target}.${pid}.tmp`;
	try {
		writeFileSync(sibling, content, { flag: 'wx', flush: true });
		if (original) takeAfter(sibling, original);
		renameSync(sibling, target);
	} catch (cause) {
		rmSync(sibling, { force: true });
		throw cause;
	}
}

function writeFailed(path: string, cause: unknown): FlueError {
	const code = (cause as NodeJS.ErrnoException).code;
	const hints: Record<string, string> = {
		ENOSPC: 'The disk is full: make room and run the command again.',
		EACCES: 'Make the file and its folder writable and run the command again.',
		EPERM: 'Make the file and its folder writable and run the command again.',
		EROFS: 'The file system is mounted read-only.',
	};
	return new FlueError('WRITE_FAILED', `${path} could not be written (${code ?? cause}).`, {
		path,
		hint: hints[code ?? ''] ?? 'See the cause and run the command again.',
		cause,
	});
}

export interface Journal {
	/** Writes `text`: `expected` null creates a file and refuses an existing one, else the file is replaced in one step. */
	write(fullPath: string, expected: string | null, text: string): void;
	/** Remembers a file, or its absence, that somebody else is about to change. */
	remember(fullPath: string): void;
	/** Remembers that a folder is absent, so that it is removed again. Does nothing when it exists. */
	rememberAbsentFolder(fullPath: string): void;
	/** Takes everything back, newest first, and returns the paths that could not be restored. */
	undo(): string[];
}

/** The folders above `path` that do not exist yet, innermost first. */
function missingFolders(path: string): string[] {
	const folder = dirname(path);
	return statSync(folder, { throwIfNoEntry: false }) || folder === path ? [] : [folder, ...missingFolders(folder)];
}

function restoreBytes(path: string, bytes: Buffer | null, original: Stats | undefined): void {
	const now = readBytes(path);
	if (bytes === null) {
		if (now !== null) rmSync(path, { force: true });
		return;
	}
	if (now === null || !now.equals(bytes)) replaceFile(path, bytes, original);
}

/** A journal with nothing in it. */
export function openJournal(): Journal {
	const undos: Undo[] = [];
	const remember = (path: string) => {
		const bytes = readBytes(path);
		const original = statSync(path, { throwIfNoEntry: false });
		undos.push({ path, restore: () => restoreBytes(path, bytes, original) });
	};
	return {
		remember,
		rememberAbsentFolder(path) {
			if (statSync(path, { throwIfNoEntry: false })) return;
			undos.push({ path, restore: () => rmSync(path, { recursive: true, force: true }) });
		},
		write(path, expected, text) {
			try {
				for (const folder of missingFolders(path).reverse()) {
					mkdirSync(folder);
					undos.push({ path: folder, restore: () => rmdirSync(folder) });
				}
				remember(path);
				// Creating must not replace what has just appeared.
				if (expected === null) writeFileSync(path, text, { flag: 'wx', flush: true });
				else replaceFile(path, text, statSync(path));
			} catch (cause) {
				if (expected === null && (cause as NodeJS.ErrnoException).code === 'EEXIST') undos.pop();
				throw (cause as NodeJS.ErrnoException).syscall === undefined ? cause : writeFailed(path, cause);
			}
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
