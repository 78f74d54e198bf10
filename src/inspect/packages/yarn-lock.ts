// Looks packages up in the text of a Yarn berry lockfile: the only record of versions that a Plug'n'Play project has.

export interface LockedPackage {
	/** E.g. `@flue/runtime@npm:2.0.3`: what makes one copy different from another. */
	resolution: string;
	version: string;
	dependencies: Record<string, string>;
}

const PAIR = /^ {4}"?([^":]+)"?: "?(.*?)"?$/;

/** The pairs of an indented section such as `dependencies:`. */
function section(lines: string[], name: string): Record<string, string> {
	const start = lines.indexOf(`  ${name}:`);
	if (start === -1) return {};
	const length = lines.slice(start + 1).findIndex((line) => !line.startsWith('    '));
	const inside = lines.slice(start + 1, length === -1 ? undefined : start + 1 + length);
	const pairs = inside.map((line) => PAIR.exec(line)).filter((match) => match !== null);
	return Object.fromEntries(pairs.map(([, key, value]) => [key ?? '', value ?? '']));
}

function fieldOf(lines: string[], key: string): string {
	const line = lines.find((candidate) => candidate.startsWith(`  ${key}: `)) ?? '';
	return line.slice(key.length + 4).replace(/^"|"$/g, '');
}

/** A descriptor is `name@range`; Yarn adds `npm:` to plain ranges, and says after `::` who asked for a file. */
function asksFor(descriptor: string, name: string, range: string): boolean {
	const plain = descriptor.split('::')[0];
	return plain === `${name}@${range}` || plain === `${name}@npm:${range}`;
}

/** The package that a declared range was locked to; null when the lockfile has none, or several and none for that range. */
export function lockedPackage(text: string, name: string, range: string): LockedPackage | null {
	const blocks = text.split(/\r?\n\r?\n/).map((block) => block.split(/\r?\n/));
	const entries = blocks
		.map((lines) => ({ lines, names: (lines[0] ?? '').replace(/^"|"?:$/g, '').split(', ') }))
		.filter(({ names }) => names[0]?.startsWith(`${name}@`));
	const exact = entries.find(({ names }) => names.some((one) => asksFor(one, name, range)));
	const found = exact ?? (entries.length === 1 ? entries[0] : undefined);
	if (!found) return null;
	return {
		resolution: fieldOf(found.lines, 'resolution'),
		version: fieldOf(found.lines, 'version'),
		dependencies: section(found.lines, 'dependencies'),
	};
}
