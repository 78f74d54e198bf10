// What a package manager's end means: success, or the error to show. Pure.
import { FlueError } from '../errors.ts';
import type { Warning } from '../model/found.ts';
import type { PackageManager } from '../model/request.ts';
import {
	blockedBuilds,
	isFrozen,
	isHeldBack,
	missingPackage,
	tellingLines,
} from './install-output.ts';
import type { CommandResult } from './run.ts';

const SOURCES = 'a tarball, an alias such as npm:@scope/name@version, workspace:* or a git address';

/**
 * The error for a failed install; null when it succeeded, or when all that failed was a build script that pnpm blocks.
 * `hasCopy`: the adapter that this program brings along fits the project.
 */
export function failureOf(
	result: CommandResult,
	install: { command: PackageManager; adapter: string; hasCopy: boolean },
): FlueError | null {
	if (result.exitCode === 0 || blockedBuilds(install.command, result.tail) !== null) return null;
	const { command, adapter, hasCopy } = install;
	const isYoung = isHeldBack(command, result.tail);
	if (!isYoung && missingPackage(result.tail, adapter)) {
		return new FlueError(
			'INSTALL_FAILED',
			`The registry that ${command} uses does not have ${adapter}.`,
			{
				hint: hasCopy
					? `Say --adapter vendored for flue-blueprints' own implementation, whose layout of keys no other adapter reads, or name another source with --adapter SPEC: ${SOURCES}.`
					: `Name another source with --adapter SPEC: ${SOURCES}.`,
				flag: hasCopy ? '--adapter vendored' : '--adapter',
				...(hasCopy ? { again: ['--adapter', 'vendored'] } : {}),
				cause: result.tail,
			},
		);
	}
	const how =
		result.exitCode === null
			? `did not run${result.signal ? ` (${result.signal})` : ''}`
			: `ended with status ${result.exitCode}`;
	return new FlueError(
		'INSTALL_FAILED',
		`${command} ${how}:\n${tellingLines(command, result.tail)}\n`,
		{
			hint: hintFor(result, command),
			flag: '--no-install',
			cause: result.tail,
		},
	);
}

/** What helps after a failed install. */
function hintFor({ tail }: CommandResult, command: PackageManager): string {
	if (isFrozen(command, tail))
		return `Your settings forbid ${command} to change its lockfile (frozen-lockfile, frozenLockfile, immutable): allow it for this run, or use --no-install and install later.`;
	return isHeldBack(command, tail)
		? `Your settings let ${command} take no release that is younger than a date or an age (npm: before, min-release-age; pnpm, nub and bun: minimumReleaseAge; Yarn: npmMinimalAgeGate). Let these packages in, or use --no-install and install later.`
		: `Mend what ${command} complains about, or use --no-install and install later.`;
}

/** What to know of an install that left build scripts out and is taken as it is; else nothing. */
export function blockedWarnings(command: PackageManager, result: CommandResult): Warning[] {
	const names = result.exitCode === 0 ? null : blockedBuilds(command, result.tail);
	if (names === null) return [];
	const message = `${command} has installed everything and ran no build scripts of ${names}, for nobody has said whether they may run. Until somebody does, each of its installs ends with status 1, in CI too: run \`${command} approve-builds\`, and commit pnpm-workspace.yaml.`;
	return [{ code: 'BUILDS_BLOCKED', message }];
}
