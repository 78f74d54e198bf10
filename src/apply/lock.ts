// One run at a time for each project: a lock file outside the project that names the process which holds it.
import {
	appendFileSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlueError } from '../errors.ts';
import { isAlive, isGroupAlive } from './processes.ts';

/** Longer than any install: what is older belongs to a process whose number another one has by now. */
const STALE_MS = 60 * 60 * 1000;
/** So many folders of other people that have the name of ours are passed over. */
const NAMES = 10;

/** What a process that holds a lock says of itself: its number, and a line for each folder in which it stages files. */
export interface Holder {
	pid: number;
	staging: string[];
}

/** Before the number of a package manager; folders are absolute. */
const PROGRAM = 'program ';

function linesOf(path: string): string[] {
	return readFileSync(path, 'utf8').split('\n');
}

function read(path: string): Holder {
	const [pid, ...lines] = linesOf(path);
	const staging = lines.filter((line) => line !== '' && !line.startsWith(PROGRAM));
	return { pid: Number(pid), staging: [...new Set(staging)] };
}

function isOld(path: string): boolean {
	return Date.now() - statSync(path).mtimeMs > STALE_MS;
}

function isStale(path: string): boolean {
	try {
		const { pid } = read(path);
		return isOld(path) || !Number.isInteger(pid) || pid <= 0 || !isAlive(pid);
	} catch {
		return false;
	}
}

/** The package manager of a run that was killed, where it or what it has started lives: it leads a group of its own. */
function survivorOf(path: string): number | null {
	const programs = linesOf(path).filter((line) => line.startsWith(PROGRAM));
	const groups = programs.map((line) => Number(line.slice(PROGRAM.length)));
	const lives = process.platform === 'win32' ? isAlive : isGroupAlive;
	return groups.find((pid) => pid > 1 && lives(pid)) ?? null;
}

function stillAtWork(pid: number): FlueError {
	const end = process.platform === 'win32' ? `taskkill /pid ${pid} /T /F` : `kill -- -${pid}`;
	const message = `The package manager of a run that was killed is still at work (process ${pid}).`;
	const hint = `Wait for it to end, or end it (\`${end}\`), then run the command again.`;
	return new FlueError('BUSY', message, { hint, again: [] });
}

function noPlace(path: string, cause: unknown): FlueError {
	return new FlueError('WRITE_FAILED', `The lock ${path} cannot be made. Nothing was changed.`, {
		hint: 'Let TMPDIR name a folder that can be written to.',
		cause,
	});
}

function refusal(path: string, cause: unknown): FlueError {
	if (!existsSync(path)) return noPlace(path, cause);
	return new FlueError('BUSY', 'Another run is changing this project.', {
		hint: `Wait for it to end, then run the command again. If there is none, delete ${path}.`,
		again: [],
		cause,
	});
}

/** Whether a folder is this user's, and nobody else may write to it. */
function isOwn(folder: string): boolean {
	const stats = lstatSync(folder, { throwIfNoEntry: false });
	if (!stats?.isDirectory()) return false;
	return (
		process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o22) === 0)
	);
}

/** The folders that can be this user's for locks, the first one first. */
function lockFolders(): string[] {
	const first = join(tmpdir(), `flue-blueprints-${process.getuid?.() ?? 'locks'}`);
	const others = Array.from({ length: NAMES - 1 }, (_, index) => `${first}-${index + 2}`);
	return [first, ...others];
}

/**
 * The folder of this user's locks, made when there is none. The folder for temporary files is everybody's: where somebody
 * else has made one of the name, the next name is taken, so that nobody can block another.
 */
function lockFolder(): string {
	for (const folder of lockFolders()) {
		try {
			mkdirSync(folder, { mode: 0o700 });
		} catch (cause) {
			if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
				throw noPlace(folder, cause as NodeJS.ErrnoException);
		}
		if (isOwn(folder)) return folder;
	}
	throw noPlace(`${tmpdir()}/`, 'Every name for its folder is taken by somebody else.');
}

/** A file name for a folder. Of two long paths with the same end one waits for the other, which does no harm. */
function nameOf(root: string): string {
	return Buffer.from(root).toString('base64url').slice(-200);
}

export interface Lock {
	release(): void;
	/** Tells later runs of a folder in which this one is about to stage files. */
	note(folder: string): void;
	/** Tells them of a package manager that this one has started. */
	noteProgram(pid: number): void;
	/** Where copies may be kept for a later run; it goes with the lock. */
	copies: string;
	/** The process whose lock was taken over: it was killed in the middle of a run. */
	killed: Holder | null;
}

/** Makes the lock file; one that could not be filled is no lock. */
function hold(path: string): void {
	try {
		writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
	} catch (cause) {
		const isOurs = (cause as NodeJS.ErrnoException).code !== 'EEXIST';
		if (isOurs) rmSync(path, { force: true });
		throw cause;
	}
}

/**
 * Takes the lock of a project. The lock of a process that was killed is taken over. Two runs that take over at the same
 * moment could both get through: the check before each write, not the lock, is what keeps files whole. For that reason
 * each user has locks of his own.
 * @throws BUSY when a living process holds it, or what one that was killed has started lives; WRITE_FAILED when there is no place for a lock.
 */
export function takeLock(root: string): Lock {
	const path = join(lockFolder(), `${nameOf(root)}.lock`);
	const copies = path.replace(/lock$/, 'kept');
	try {
		const killed = isStale(path) ? read(path) : null;
		const survivor = killed && !isOld(path) ? survivorOf(path) : null;
		if (survivor !== null) throw stillAtWork(survivor);
		if (killed !== null) rmSync(path, { force: true });
		hold(path);
		return {
			release: () => {
				try {
					rmSync(copies, { force: true });
					rmSync(path, { force: true });
				} catch {
					// It names a process that is about to end: the next run takes it over.
				}
			},
			note: (folder) => appendFileSync(path, `${folder}\n`),
			noteProgram: (pid) => {
				try {
					appendFileSync(path, `${PROGRAM}${pid}\n`);
				} catch {
					// It runs already, and must not be left alone.
				}
			},
			copies,
			killed,
		};
	} catch (cause) {
		throw cause instanceof FlueError ? cause : refusal(path, cause);
	}
}

/** Whether a run on this project was killed in the middle, and no other has begun since. Changes nothing. */
export function wasKilled(root: string): boolean {
	const lock = `${nameOf(root)}.lock`;
	return lockFolders().some((folder) => isOwn(folder) && isStale(join(folder, lock)));
}
