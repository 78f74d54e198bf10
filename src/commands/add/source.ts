// Where the adapter is taken from, as it was typed: a path is one from where the command runs, and has to be there.
import { isAbsolute } from 'node:path';
import { FlueError } from '../../errors.ts';
import { exists } from '../../inspect/files.ts';
import { absolutePath } from '../../inspect/project.ts';

/** `./x`, `../x`, or the name of a tarball with no scheme before it. */
const PATH = /^(\.{1,2}[\\/]|[^:]+\.(tgz|tar\.gz)$)/;

/** A path is meant from where the command was typed, and package.json would read it from where it lies. */
export function fromHere(spec: string): string {
	return PATH.test(spec) ? absolutePath(spec) : spec;
}

/** @throws BAD_USAGE when there is nothing at the path */
export function requireSource(spec: string | undefined): void {
	if (spec === undefined || !isAbsolute(spec) || exists(spec)) return;
	throw new FlueError('BAD_USAGE', `There is no ${spec} for --adapter.`, {
		flag: '--adapter',
		hint: 'Name a file or folder that exists, from where you type the command.',
	});
}
