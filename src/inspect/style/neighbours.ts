// The style that the project's own Flue files show. A majority decides, so that one odd file does not.
import type { TextFile } from '../../model.ts';
import type { StyleClaim } from './claim.ts';

const FILES = 5;
const SMALL = 20_000;

/** A line that is indented once: the one after a line at the margin that opens a bracket. */
const FIRST_LEVEL = /^\S.*[{([]\r?\n(\t|[ ]+)(?=[^\s*])/gm;
const IMPORT_END =
	/^(?:import\b|export\b.*\bfrom\b|\}[ \t]*from\b).*?(['"])[^'"\n]*\1[ \t]*(;?)[ \t]*\r?$/gm;

/** The most frequent value; the first of equals; undefined when there is none. */
function majority<T>(values: T[]): T | undefined {
	const count = (value: T): number => values.filter((other) => other === value).length;
	return values.reduce<T | undefined>(
		(best, value) => (best === undefined || count(value) > count(best) ? value : best),
		undefined,
	);
}

function named([first, ...others]: TextFile[]): string {
	return `${first?.path ?? ''}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

/** What up to five small files show; null when there are none. */
export function readNeighbourStyle(files: TextFile[]): StyleClaim | null {
	const seen = files
		.filter(({ text }) => text.trim() !== '' && text.length <= SMALL)
		.slice(0, FILES);
	if (seen.length === 0) return null;
	const indents = seen.flatMap(({ text }) =>
		[...text.matchAll(FIRST_LEVEL)].map((match) => match[1] ?? ''),
	);
	const imports = seen.flatMap(({ text }) => [...text.matchAll(IMPORT_END)]);
	const indent = majority(indents);
	return {
		from: named(seen),
		tabs: indent === undefined ? undefined : indent === '\t',
		width: indent === '\t' ? undefined : indent?.length,
		quote: majority(imports.map((match) => (match[1] === '"' ? '"' : "'"))),
		semicolons: majority(imports.map((match) => match[2] === ';')),
		lineEnding: majority(seen.map(({ text }) => (text.includes('\r\n') ? '\r\n' : '\n'))),
	};
}
