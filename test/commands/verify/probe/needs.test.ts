// What the probe asks for is what the adapter uses: read from its source and from its README.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { COMMANDS, KEYS } from '../../../../src/commands/verify/probe/needs.ts';

const SOURCES = readdirSync('adapter/src', { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.ts'))
	.map((path) => readFileSync(`adapter/src/${path}`, 'utf8'))
	.join('\n');

/** It does without these: see their places in adapter/src. */
const NOT_NEEDED = ['CONFIG', 'INFO', 'SCRIPT'];

it('asks for every command that the adapter sends, or calls in a script, and for no other', () => {
	const patterns = [/\bcall\('([A-Z]+)'/g, /\.send\(\s*'([A-Z]+)'/g, /\.command\('([A-Z]+)'/g];
	const used = patterns.flatMap((pattern) =>
		[...SOURCES.matchAll(pattern)].map(([, name]) => name),
	);
	// runner.eval() is EVAL by its own contract.
	const needed = new Set([...used, 'EVAL'].filter((name) => !NOT_NEEDED.includes(name ?? '')));
	expect(COMMANDS.map(([name]) => name).sort()).toEqual([...needed].sort());
});

it('tries a key of every kind in the layout, and no other', () => {
	const layout = readFileSync('adapter/README.md', 'utf8').split('## Layout')[1]?.split('\n## ')[0];
	const cells = [...(layout ?? '').matchAll(/^\| (`.+?) \|/gm)].map(([, cell = '']) => cell);
	const names = cells.flatMap((cell) =>
		[...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
	);
	expect(names.length).toBeGreaterThan(10);
	expect([...KEYS].sort()).toEqual(names.map((name) => name.replace(/<\w+>/g, '0')).sort());
});
