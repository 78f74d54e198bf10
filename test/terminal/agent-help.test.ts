import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/options.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { flue } from '../program.ts';

const cwd = '.';

const known = new Set(
	COMMANDS.flatMap(({ options }) =>
		options.flatMap(({ flags }) => flags.match(/--[a-z-]+/g) ?? []),
	),
);

describe('flue help agent', async () => {
	const { stdout: text, stderr, status } = await flue(['help', 'agent'], { cwd });

	it('prints a text of under 60 lines that fit a terminal', () => {
		expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
		const lines = text.trimEnd().split('\n');
		expect(lines.length).toBeLessThan(60);
		expect(lines.filter((line) => line.length > 122)).toEqual([]);
		expect(lines[0]).toMatch(/^# flue/);
	});

	it('allows the edits that hints ask for, and tells where the next command stands', () => {
		const never = text.split('## Never')[1]?.split('\n## ')[0] ?? '';
		expect(never).toMatch(/One edit is allowed:[^.]*overrides or resolutions/);
		expect(text).toMatch(/^- next is the next action: the exact command/m);
		expect(text).toContain('undone (');
	});

	it('names only flags that exist', () => {
		const named = text.match(/--[a-z]+(-[a-z]+)*/g) ?? [];
		expect(named.length).toBeGreaterThan(10);
		expect(named.filter((flag) => flag !== '--help' && !known.has(flag))).toEqual([]);
	});

	it('names only error codes that exist', () => {
		// REDIS_URL and its like are no codes; every code has a line of its own.
		const named = [...text.matchAll(/^- ([A-Z]+(?:_[A-Z]+)+(?:, [A-Z]+(?:_[A-Z]+)*)*):/gm)];
		const codes = named.flatMap(([, list = '']) => list.split(', '));
		expect(codes).toContain('NEEDS_ANSWER');
		expect(codes.filter((code) => !(code in ERROR_CODES))).toEqual([]);
	});

	it('names only commands that exist', async () => {
		const named = [...text.matchAll(/(?:flue\.js) ([a-z]+)/g)].map(([, one]) => one);
		const { stdout } = await flue(['--help'], { cwd });
		const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, one]) => one);
		const all = ['add', 'verify', 'list', 'update', 'remove', 'apply', 'mcp', 'schema', 'help'];
		expect(new Set(named)).toEqual(new Set(all));
		expect(named.filter((one = '') => !commands.includes(one))).toEqual([]);
	});
});
