// Takes a unified diff back: the text of after -> the text of before. Anchored by its line numbers, and by every line of it. Pure.

interface Hunk {
	/** The index of its first line in the text of after. */
	start: number;
	/** Each with its mark. */
	lines: string[];
}

const HEAD = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/;

function hunksOf(diff: string): Hunk[] {
	const hunks: Hunk[] = [];
	for (const line of diff.split('\n')) {
		const [head, start, count = '1'] = HEAD.exec(line) ?? [];
		// Of a hunk that leaves no line, the number is that of the line before.
		if (head) hunks.push({ start: Number(start) - (count === '0' ? 0 : 1), lines: [] });
		else if (/^[ +-]/.test(line)) hunks.at(-1)?.lines.push(line);
	}
	return hunks;
}

/** The text that the diff was made from. @throws when the diff does not lead to this text */
export function unpatched(after: string, diff: string): string {
	const lines = after.split('\n');
	const before: string[] = [];
	let at = 0;
	for (const hunk of hunksOf(diff)) {
		before.push(...lines.slice(at, hunk.start));
		at = hunk.start;
		for (const line of hunk.lines) {
			const [mark, text] = [line.charAt(0), line.slice(1)];
			if (mark !== '-' && lines[at++] !== text)
				throw new Error(`The diff of a template does not fit its line ${at}.`);
			if (mark !== '+') before.push(text);
		}
	}
	return [...before, ...lines.slice(at)].join('\n');
}
