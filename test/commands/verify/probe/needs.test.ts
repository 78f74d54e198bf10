// What the probe asks for is what the adapter uses: read from its source and from its LAYOUT.md.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { needsOf } from '../../../../src/commands/verify/probe/needs.ts';

const LINES = ['2.x', '1.0-beta'] as const;

/** The adapter's source, as far as a line has it: the betas have what is shared and what is theirs. */
function sourceOf(line: (typeof LINES)[number]): string {
	const others = line === '2.x' ? /^lines\/beta/ : /^lines\/v2/;
	return readdirSync('adapter/src', { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.ts') && !others.test(path))
		.map((path) => readFileSync(`adapter/src/${path}`, 'utf8'))
		.join('\n');
}

/** It does without these: see their places in adapter/src. */
const NOT_NEEDED = ['CONFIG', 'INFO', 'SCRIPT'];

it.each(LINES)(
	'asks on %s for every command that the adapter sends, or calls in a script',
	(line) => {
		const patterns = [
			/\b(?:call\(|insist\(\w+, )'([A-Z]+)'/g,
			/\.send\(\s*'([A-Z]+)'/g,
			/\.command\('([A-Z]+)'/g,
		];
		const used = patterns.flatMap((pattern) =>
			[...sourceOf(line).matchAll(pattern)].map(([, name]) => name),
		);
		// runner.eval() is EVAL by its own contract.
		const needed = new Set([...used, 'EVAL'].filter((name) => !NOT_NEEDED.includes(name ?? '')));
		const asked = needsOf(line, true).commands.map(([name]) => name);
		expect([...needed].filter((name) => !asked.includes(name))).toEqual([]);
		// What 2.x alone needs the betas may be asked for too: their users have the same rights.
		if (line === '2.x') expect(asked.sort()).toEqual([...needed].sort());
	},
);

it.each(LINES)('asks on %s for WAIT only where replicas are waited for', (line) => {
	const names = needsOf(line, false).commands.map(([name]) => name);
	expect(names).not.toContain('WAIT');
});

it.each(LINES)('tries on %s a key of every kind in its layout, and no other', (line) => {
	const layout = readFileSync('adapter/LAYOUT.md', 'utf8').split('## Keys')[1]?.split('\n## ')[0];
	const tables = line === '2.x' ? layout?.split('\nThe rows, ')[0] : layout;
	const cells = [...(tables ?? '').matchAll(/^\| (`.+?) \|/gm)].map(([, cell = '']) => cell);
	const names = cells.flatMap((cell) =>
		[...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
	);
	expect(names.length).toBeGreaterThan(10);
	expect([...needsOf(line, false).keys].sort()).toEqual(
		names.map((name) => name.replace(/<\w+>/g, '0')).sort(),
	);
});
