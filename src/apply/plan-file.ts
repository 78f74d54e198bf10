// Writes a plan into a file of its own: in one step, and over nothing but an older plan.
import { lstatSync, renameSync, rmSync } from 'node:fs';
import { FlueError } from '../errors.ts';
import { readBytes, writeDurably } from './files.ts';

function isPlan(bytes: Buffer): boolean {
	return bytes.length === 0 || /^\s*\{\s*"kind":\s*"flue-blueprints\/plan"/.test(bytes.toString());
}

function refuse(path: string, reason: string, cause?: unknown): FlueError {
	return new FlueError(
		'WRITE_FAILED',
		`The plan cannot be kept in ${path}: ${reason}. Nothing was changed.`,
		{
			path,
			hint: 'Name another file behind --plan-out, in a folder that is there.',
			cause,
		},
	);
}

/**
 * Writes the text of a plan; `path` is absolute.
 * @throws WRITE_FAILED where there is something else than a plan, or no folder for it
 */
export function writePlanFile(path: string, text: string): void {
	const there = lstatSync(path, { throwIfNoEntry: false });
	if (there && !there.isFile()) throw refuse(path, 'what stands there is no file');
	if (there && !isPlan(readBytes(path) ?? Buffer.alloc(0)))
		throw refuse(path, 'what stands there is no plan');
	const staged = `${path}.${process.pid}`;
	try {
		writeDurably(staged, text, there);
		renameSync(staged, path);
	} catch (cause) {
		rmSync(staged, { force: true });
		throw refuse(path, `it could not be written (${(cause as NodeJS.ErrnoException).code})`, cause);
	}
}
