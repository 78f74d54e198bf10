// Reads what a package manager printed, where its exit status does not say enough. Pure.
import { MANAGERS } from '../managers/table.ts';
import type { PackageManager } from '../model/request.ts';

/** pnpm 12 breaks long lines, with a rule before each. */
function joined(tail: string): string {
	return tail.replace(/\n[ │]+/g, ' ').replace(/(GET \S*\/) /g, '$1');
}

/**
 * The packages whose build scripts nobody has approved yet, when a pnpm install did everything but run these; else null.
 * pnpm 11 and 12 then exit with 1, although every package is in place.
 */
export function blockedBuilds(manager: PackageManager, tail: string): string | null {
	const codes = new Set(tail.match(/ERR_PNPM_[A-Z0-9_]+/g) ?? []);
	const { blocked } = MANAGERS[manager];
	if (blocked === null || codes.size !== 1 || !codes.has(blocked)) return null;
	return (
		/Ignored build scripts: ([^\n]+?)(?:\.?\s*(?:Run |$|\n))/m.exec(joined(tail))?.[1]?.trim() ??
		'packages'
	);
}

/** True when an install found only releases that are younger than the user's settings let in. */
export function isHeldBack(manager: PackageManager, tail: string): boolean {
	return MANAGERS[manager].heldBack.test(joined(tail));
}

/** True when the lockfile would have to change, and the user's settings forbid that. */
export function isFrozen(manager: PackageManager, tail: string): boolean {
	return MANAGERS[manager].frozen.test(joined(tail));
}

/** How many lines an error repeats. */
const SHOWN_LINES = 12;

/** What an error repeats of the output: its end, and before it the lines that say why, where the end does not have them. */
export function tellingLines(manager: PackageManager, tail: string): string {
	// Of a line that was written over, as bars of progress are, a terminal shows the last text.
	const seen = tail.split(/\r?\n/).map((line) => line.replace(/^.*\r(?=.)/, '').trimEnd());
	const lines = seen.filter((line) => line.trim() !== '');
	const end = lines.slice(-SHOWN_LINES);
	const causes = lines.slice(0, -SHOWN_LINES).filter((line) => MANAGERS[manager].cause.test(line));
	if (causes.length === 0) return end.join('\n');
	const first = causes.slice(0, SHOWN_LINES / 2);
	return [...first, '…', ...end.slice(first.length - SHOWN_LINES + 1)].join('\n');
}

// Yarn 2 does not say what it did not find.
const NAMELESS = /YN0001: │ HTTPError: Response code 404/;

/** True when an install failed because the registry has no such package, or not that version of it. */
export function missingPackage(tail: string, name: string): boolean {
	if (NAMELESS.test(tail)) return true;
	// The slash of a scoped name is encoded in addresses, by each manager in its own case.
	const pattern = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('/', '(?:/|%2[fF])');
	const text = joined(tail);
	const patterns = Object.values(MANAGERS).flatMap(({ lacks }) => lacks);
	return patterns.some((source) => new RegExp(source.replaceAll('NAME', pattern)).test(text));
}
