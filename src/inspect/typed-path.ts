// A path as somebody typed it -> where it leads.
import { resolve } from 'node:path';
import { FlueError } from '../errors.ts';

/**
 * A path as it was typed, made absolute.
 * @throws NOT_A_PROJECT when it is relative to a folder that is gone.
 */
export function absolutePath(typed: string): string {
	try {
		return resolve(typed);
	} catch (cause) {
		throw new FlueError('NOT_A_PROJECT', 'The folder in which the command was started is gone.', {
			hint: 'Change into the folder of a Flue project, or name it with --cwd and its whole path.',
			cause,
		});
	}
}
