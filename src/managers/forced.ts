// Whether an install kept to the versions that were asked for, and who may have forced another. Pure.
import type { PackageFact } from '../model/facts.ts';
import type { PackageManager } from '../model/request.ts';
import { askedFor, isBetween, rangeOf } from '../text/versions.ts';
import { MANAGERS } from './table.ts';

/** As inspection gives it for a package.json without a version, which says nothing. */
const UNTOLD = '0.0.0';

/** A package in another version than the one that was asked for, as a sentence with what to look at. */
export interface Forced {
	message: string;
	hint: string;
}

/**
 * The first package that an override, or a copy above the project, keeps from what was asked for; null when there is none.
 * @param versions what to hold a package to whose declaration, a file, names no version
 */
export function forcedVersion(
	manager: PackageManager,
	packages: PackageFact[],
	versions: Readonly<Record<string, string>>,
): Forced | null {
	for (const { name, installed, declared } of packages) {
		const range = versions[name] ?? (declared && rangeOf(askedFor(declared)));
		if (installed === null || installed === UNTOLD || !range) continue;
		if (isBetween(installed, range)) continue;
		const { overrides, why } = MANAGERS[manager];
		return {
			message: `${manager} finished, and put ${name} ${installed} where ${range} was asked for.`,
			hint: `An override may force it: look at ${overrides}, and at what \`${why} ${name}\` says.`,
		};
	}
	return null;
}
