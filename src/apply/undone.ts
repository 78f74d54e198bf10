// The words for a run that failed and was taken back. Pure.
import { FlueError } from '../errors.ts';
import type { Undone } from './journal.ts';

function fateOf({ lost, kept }: Undone): string {
	const fate =
		lost.length === 0
			? 'Every file is as it was.'
			: `These could not be put back: ${lost.join(', ')}.`;
	if (kept.length === 0) return fate;
	return `${fate} What somebody else wrote meanwhile is kept in ${kept.join(', ')}.`;
}

/** The same error, telling what became of the files. */
export function afterUndo(error: unknown, undone: Undone): FlueError {
	const known =
		error instanceof FlueError
			? error
			: new FlueError('INTERNAL', 'The plan could not be carried out.', { cause: error });
	return known.reworded(`${known.message} ${fateOf(undone)}`);
}
