import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/errors.ts';
import { flue } from '../program.ts';

const cwd = '.';

/** `flue verify` is described in the same words, whatever else it takes. */
async function knownFlags(): Promise<Set<string>> {
	const { stdout } = await flue(['add', '--help'], { cwd });
	return new Set(stdout.match(/--[a-z-]+/g));
}

describe('flue help agent', async () => {
	const { stdout: text, stderr, status } = await flue(['help', 'agent'], { cwd });

	it('prints a text of under 60 lines that fit a terminal', () => {
		expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
		const lines = text.trimEnd().split('\n');
		expect(lines.length).toBeLessThan(60);
		expect(lines.filter((line) => line.length > 122)).toEqual([]);
		expect(lines[0]).toMatch(/^# flue/);
	});

	it('names only flags that exist', async () => {
		const known = await knownFlags();
		const named = text.match(/--[a-z]+(-[a-z]+)*/g) ?? [];
		expect(named.length).toBeGreaterThan(10);
		expect(named.filter((flag) => !known.has(flag))).toEqual([]);
	});

	it('names only error codes that exist', () => {
		// REDIS_URL and its like are no codes; every code has a line of its own.
		const named = [...text.matchAll(/^- ([A-Z]+(?:_[A-Z]+)+(?:, [A-Z]+(?:_[A-Z]+)*)*):/gm)];
		const codes = named.flatMap(([, list = '']) => list.split(', '));
		expect(codes).toContain('NEEDS_ANSWER');
		expect(codes.filter((code) => !(code in ERROR_CODES))).toEqual([]);
	});

	it('names only commands that exist, beside the framework and verify', async () => {
		const named = [...text.matchAll(/(?:npx flue-blueprints|`flue) ([a-z]+)/g)].map(
			([, one]) => one,
		);
		const { stdout } = await flue(['--help'], { cwd });
		const known = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, one]) => one);
		expect(new Set(named)).toEqual(new Set(['add', 'verify', 'help']));
		expect(named.filter((one) => !known.includes(one) && one !== 'verify')).toEqual([]);
	});
});
