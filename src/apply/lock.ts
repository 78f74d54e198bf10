// One run at a time for each project: a lock file outside the project that names the process which holds it.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlueError } from '../errors.ts';

/** Longer than any install: what is older belongs to a process whose number another one has by now. */
const STALE_MS = 60 * 60 * 1000;

function isAlive(holder: number): boolean {
	if (!Number.isInteger(holder) || holder <= 0) return false;
	try {
		return process.kill(holder, 0);
	} catch (error) {
		// EPERM: it lives, and belongs to somebody else.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function isStale(path: string): boolean {
	try {
		return (
			Date.now() - statSync(path).mtimeMs > STALE_MS || !isAlive(Number(readFileSync(path, 'utf8')))
		);
	} catch {
		return false;
	}
}

function refusal(path: string, cause: unknown): FlueError {
	if (existsSync(path)) {
		return new FlueError('BUSY', 'Another run is changing this project.', {
			hint: `Wait for it to end, then run the command again. If there is none, delete ${path}.`,
			again: [],
			cause,
		});
	}
	return new FlueError('WRITE_FAILED', `The lock ${path} cannot be made. Nothing was changed.`, {
		hint: 'Let TMPDIR name a folder that can be written to.',
		cause,
	});
}

/** A file name for a folder. Of two long paths with the same end one waits for the other, which does no harm. */
function nameOf(root: string): string {
	return Buffer.from(root).toString('base64url').slice(-200);
}

export interface Lock {
	release(): void;
	/** The process whose lock was taken over: it was killed in the middle of a run. */
	killed: number | null;
}

/**
 * Takes the lock of a project. The lock of a process that was killed is taken over. Two runs that take over at the same
 * moment could both get through: the check before each write, not the lock, is what keeps files whole. For that reason
 * each user has a lock of his own, and nobody can block another.
 * @throws BUSY when a living process holds it; WRITE_FAILED when there is no place for a lock.
 */
export function takeLock(root: string): Lock {
	const user = process.getuid?.() ?? '';
	const path = join(tmpdir(), `flue-blueprints-${user}-${nameOf(root)}.lock`);
	try {
		const killed = isStale(path) ? Number(readFileSync(path, 'utf8')) : null;
		if (killed !== null) rmSync(path, { force: true });
		writeFileSync(path, String(process.pid), { flag: 'wx' });
		return { release: () => rmSync(path, { force: true }), killed };
	} catch (cause) {
		throw refusal(path, cause);
	}
}
