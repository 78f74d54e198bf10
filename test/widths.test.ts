// The same session at terminals of several widths: no line is wider, no word is cut that has room, the frame is whole.
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flueEnvironment, makeSubject } from './commands/verify/subject.ts';
import { fakeManager, INSTALLS } from './fake-manager.ts';
import { ENTER, open } from './screen.ts';
import { makeTree } from './tree.ts';

/** What `flue init` has made. */
function stockProject(cwd: string): void {
	cpSync('fixtures/projects/init-node/before', cwd, { recursive: true });
	renameSync(join(cwd, '_gitignore'), join(cwd, '.gitignore'));
}

/** Wide enough that nothing is wrapped. */
const UNWRAPPED = 500;
const FRAME = /^(?:[┌│◇◆■▲└](?: {2}|$))/;

/** The words of some rows, without the frame and the signs that break a command. */
function wordsOf(rows: string[]): string[] {
	const inner = rows.map((row) => row.replace(FRAME, '').replace(/ \\$/, ''));
	return inner.join(' ').split(/\s+/).filter(Boolean);
}

/** How often each word is there. */
function counts(words: string[]): Map<string, number> {
	const found = new Map<string, number>();
	for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
	return found;
}

/** The words of the wide rows that the narrow ones have cut, although they had room for them. */
function cutWords(narrow: string[], wide: string[], room: number): string[] {
	const there = counts(wordsOf(narrow));
	return [...counts(wordsOf(wide))]
		.filter(([word, number]) => word.length <= room && (there.get(word) ?? 0) < number)
		.map(([word]) => word);
}

interface Journey {
	rows: string[];
	/** How many rows stood there when the plan was to be confirmed. */
	confirmed: number;
}

/** From the picker to the end, with a registry that lacks the adapter. */
async function journey(cwd: string, columns: number): Promise<Journey> {
	rmSync(cwd, { recursive: true, force: true });
	stockProject(cwd);
	const PATH = fakeManager(makeTree({}), 'npm', INSTALLS, true);
	const session = open(['add'], cwd, { columns, rows: 50, env: { PATH } });
	await session.when('What shall be added?', ENTER);
	await session.when('Reconnect when the connection drops?', ENTER);
	await session.when('in its registry', ENTER);
	await session.when('Apply this plan?', '');
	const confirmed = (await session.rows()).length;
	await session.when('', ENTER);
	const { status, rows, hasCursor } = await session.end;
	expect([status, hasCursor]).toEqual([0, true]);
	return { rows, confirmed };
}

describe('flue add', async () => {
	it('says the same at 120, 80 and 40 columns, in a whole frame', async () => {
		const cwd = join(makeTree({}), 'app');
		const { rows: wide } = await journey(cwd, UNWRAPPED);
		for (const columns of [120, 80, 40]) {
			const { rows, confirmed } = await journey(cwd, columns);
			expect(rows.filter((row) => row.length > columns)).toEqual([]);
			expect(cutWords(rows, wide, columns - 8)).toEqual([]);
			const text = (all: string[]): string => wordsOf(all).join('');
			expect(text(rows)).toBe(text(wide));
			const end = rows.findIndex((row) => row.startsWith('└'));
			expect(rows[0]).toMatch(/^┌ {2}flue-blueprints \d+\.\d+\.\d+ · add$/);
			expect(rows.slice(1, end).filter((row) => !FRAME.test(row))).toEqual([]);
			expect(rows.slice(end).join('\n')).toMatch(/Read more: `node\s/);
			if (columns >= 80) expect(confirmed).toBeLessThanOrEqual(50);
		}
	});
});

describe('what is printed to a terminal', () => {
	it.each([
		[['add', '--help']],
		[['verify', '--help']],
		[['--help']],
		[['help', 'errors']],
		[['help', 'agent']],
		[['add', '--yes']],
		[['add', 'database', 'redis', '--dry-run']],
		[['verify', 'database', '--yes', '--all']],
	])('has room at 120, 80 and 40 columns: %j', async (args) => {
		const cwd = args[0] === 'verify' ? await makeSubject({ url: '' }) : makeTree({});
		if (args.includes('--dry-run')) stockProject(cwd);
		const env = { ...flueEnvironment(), TERM: 'xterm-256color' };
		const run = async (columns: number) => (await open(args, cwd, { columns, env }).end).rows;
		const wide = await run(UNWRAPPED);
		expect(wide.length).toBeGreaterThan(1);
		for (const columns of [120, 80, 40]) {
			const rows = await run(columns);
			expect(rows.filter((row) => row.length > columns)).toEqual([]);
			expect(cutWords(rows, wide, columns - 8)).toEqual([]);
			expect(wordsOf(rows).join('')).toBe(wordsOf(wide).join(''));
		}
	});

	it.each([['--json'], ['--print']])('is not wrapped with %s', async (flag) => {
		const cwd = makeTree({});
		stockProject(cwd);
		const args = ['add', 'database', 'redis', '--dry-run', flag];
		const narrow = await open(args, cwd, { columns: 40 }).end;
		expect(narrow.printed).toBe((await open(args, cwd, { columns: UNWRAPPED }).end).printed);
	});
});
