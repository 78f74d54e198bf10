// Versions and ranges as package managers compare them. The only owner of semver. Pure.
// Its functions are taken one by one: what they do not need stays outside of the package.
import rsort from 'semver/functions/rsort.js';
import satisfies from 'semver/functions/satisfies.js';
import valid from 'semver/functions/valid.js';
import gtr from 'semver/ranges/gtr.js';
import intersects from 'semver/ranges/intersects.js';
import minVersion from 'semver/ranges/min-version.js';
import validRange from 'semver/ranges/valid.js';
import type { Declared } from '../model/runtime.ts';

/** The version that a text is; null when it is something else, a range for example. */
export function exactVersion(text: string): string | null {
	return valid(text);
}

/**
 * The range that a declared spec stands for, as written: its own text, or the range in an alias such as
 * `npm:redis@5.12.1`. null when it is for the manager to know: a tag, a file, `catalog:`, `workspace:*`, or a range that
 * takes anything.
 */
export function rangeOf(spec: string): string | null {
	const text = spec.replace(/^(npm|workspace):(@?[^@]*@)?/, '');
	const range = validRange(text);
	return range === null || range === '*' ? null : text;
}

/** The spec of a declaration: as it is written, or of the catalog that it names. */
export function askedFor({ range, catalog }: Declared): string {
	return catalog?.value ?? range;
}

/** The lowest version that a range lets in. */
export function lowestVersion(range: string): string | null {
	return minVersion(range)?.version ?? null;
}

/** Whether a range lets a version in; a prerelease only when the range names one. */
export function isIn(version: string, range: string): boolean {
	return satisfies(version, range);
}

/** As `isIn`, and any prerelease between the ends of the range too. */
export function isBetween(version: string, range: string): boolean {
	return satisfies(version, range, { includePrerelease: true });
}

/** Whether a version is above all that a range lets in. */
export function isAbove(version: string, range: string): boolean {
	return gtr(version, range);
}

/** Whether some version, prereleases included, is in both ranges. */
export function overlap(range: string, other: string): boolean {
	return intersects(range, other, { includePrerelease: true });
}

/** The highest of some versions; undefined when there is none. */
export function highest(versions: string[]): string | undefined {
	return rsort([...versions])[0];
}
