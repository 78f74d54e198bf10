// Whether there is anything at the path that the adapter is to come from.
import { isAbsolute } from 'node:path';
import { FlueError } from '../../errors.ts';
import { exists } from '../../inspect/files.ts';

/** @throws BAD_USAGE when there is nothing at the path; a spec of another kind is for the package manager */
export function requireSource(spec: string | undefined): void {
	if (spec === undefined || !isAbsolute(spec) || exists(spec)) return;
	throw new FlueError('BAD_USAGE', `There is no ${spec} for --adapter.`, {
		flag: '--adapter',
		hint: 'Name a file or folder that exists, from where you type the command.',
	});
}
