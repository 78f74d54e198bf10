// What a package manager's end means: success, or the error to show. Pure.
import { FlueError } from '../errors.ts';
import type { PackageManager } from '../model/request.ts';
import { isOnlyBlockedBuilds, missingPackage } from './install-output.ts';
import type { CommandResult } from './run.ts';

/** How many of the manager's last lines an error repeats. */
const SHOWN_LINES = 12;

const SOURCES = 'a tarball, an alias such as npm:@scope/name@version, workspace:* or a git address';

function lastLines(tail: string): string {
	// Of a line that was written over, as bars of progress are, a terminal shows the last text.
	const seen = tail.split(/\r?\n/).map((line) => line.replace(/^.*\r(?=.)/, '').trimEnd());
	const lines = seen.filter((line) => line.trim() !== '');
	return lines.slice(-SHOWN_LINES).join('\n');
}

/**
 * The error for a failed install; null when it succeeded, or when all that failed was a build script that pnpm blocks.
 * `hasCopy`: the adapter that this program brings along fits the project.
 */
export function failureOf(
	result: CommandResult,
	install: { command: PackageManager; adapter: string; hasCopy: boolean },
): FlueError | null {
	if (result.exitCode === 0 || isOnlyBlockedBuilds(result.tail)) return null;
	const { command, adapter, hasCopy } = install;
	if (missingPackage(result.tail, adapter)) {
		return new FlueError(
			'INSTALL_FAILED',
			`The registry that ${command} uses does not have ${adapter}.`,
			{
				hint: hasCopy
					? `Say --adapter vendored for flue-blueprints' own implementation, whose layout of keys no other adapter reads, or name another source with --adapter SPEC: ${SOURCES}.`
					: `Name another source with --adapter SPEC: ${SOURCES}.`,
				...(hasCopy ? { again: ['--adapter', 'vendored'] } : {}),
				cause: result.tail,
			},
		);
	}
	const how =
		result.exitCode === null
			? `did not run${result.signal ? ` (${result.signal})` : ''}`
			: `ended with status ${result.exitCode}`;
	return new FlueError('INSTALL_FAILED', `${command} ${how}:\n${lastLines(result.tail)}\n`, {
		hint: `Mend what ${command} complains about, or use --no-install and install later.`,
		cause: result.tail,
	});
}
