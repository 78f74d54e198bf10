// Reads YAML: small files whole, long ones such as lockfiles line by line for the one value that is wanted.
// The only owner of the yaml package.

interface Entry {
	indent: number;
	key: string;
	value: string;
}

function entryOf(line: string): Entry | null {
	const match = /^( *)(['"]?)([^\s'"#-].*?)\2:(?:\s+(.*))?$/.exec(line.replace(/\s+$/, ''));
	if (!match) return null;
	const [, spaces = '', , key = '', value = ''] = match;
	const quoted = /^(['"])(.*?)\1/.exec(value)?.[2];
	return { indent: spaces.length, key, value: quoted ?? value.replace(/\s+#.*$/, '') };
}

/** Where a key stands among the outermost ones of some lines; -1 when it is not there. */
function indexOf(lines: string[], key: string): number {
	const outermost = lines.map(entryOf).find((entry) => entry !== null)?.indent ?? 0;
	return lines.findIndex((line) => {
		if (!line.includes(key)) return false;
		const entry = entryOf(line);
		return entry?.indent === outermost && entry.key === key;
	});
}

/** The lines below a key; empty when it is not there. */
export function linesBelow(lines: string[], key: string): string[] {
	const start = indexOf(lines, key);
	if (start === -1) return [];
	const indent = entryOf(lines[start] ?? '')?.indent ?? 0;
	const rest = lines.slice(start + 1);
	const length = rest.findIndex((line) => line.trim() !== '' && line.search(/\S/) <= indent);
	return length === -1 ? rest : rest.slice(0, length);
}

/** The value written beside a key; null when it is not there or has lines below it instead. */
export function valueBeside(lines: string[], key: string): string | null {
	const entry = entryOf(lines[indexOf(lines, key)] ?? '');
	return entry?.value ? entry.value : null;
}

/** The value of a whole text. Rejects when it is not YAML. The parser is large, and few projects need it. */
export async function readYaml(text: string): Promise<unknown> {
	const { parse } = await import('yaml');
	// Package managers know `<<`, which YAML 1.2 no longer has.
	return parse(text, { merge: true });
}

/** Where `readYaml` gave up, e.g. `line 3, column 7`. The parser's own messages quote the lines around it. */
export function yamlFault(error: unknown): string {
	const { linePos } = error as { linePos?: { line: number; col: number }[] };
	return `line ${linePos?.[0]?.line ?? 1}, column ${linePos?.[0]?.col ?? 1}`;
}
