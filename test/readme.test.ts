// The README, `--help` and the code say the same.
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { redis } from '../src/blueprints/redis.ts';
import { ERROR_CODES } from '../src/errors.ts';
import type { Facts } from '../src/model.ts';
import { openQuestions } from '../src/plan/choices.ts';
import { flue } from './program.ts';
import { makeTree } from './tree.ts';

const README = readFileSync('README.md', 'utf8');

/** Rows of the README's tables whose first cell is in code marks: [first, second, third cell]. */
function rows(text: string): string[][] {
	return [...text.matchAll(/^\| `([^`]+)` \|(.+)\|$/gm)].map(([, first = '', rest = '']) => [
		first,
		...rest.split('|').map((cell) => cell.trim()),
	]);
}

async function helpOptions(): Promise<string[]> {
	const { stdout } = await flue(['add', '--help'], { cwd: '.' });
	return [...stdout.matchAll(/^ {2}(-.+?)(?: {2,}|$)/gm)].map(([, option = '']) => option).sort();
}

it('names every option in the README as in --help', async () => {
	const listed = rows(README)
		.map(([option = '']) => option)
		.filter((option) => option.startsWith('-'))
		.sort();
	expect(listed).toEqual(await helpOptions());
});

it('names every error code with its exit status, in the README and in `flue help errors`', async () => {
	const listed = rows(README).filter(([code = '']) => code in ERROR_CODES);
	const known = Object.entries(ERROR_CODES).map(([code, { status, meaning }]) => [
		code,
		String(status),
		meaning,
	]);
	expect(listed).toEqual(known);
	const { stdout } = await flue(['help', 'errors'], { cwd: '.' });
	for (const [code = '', status = '', meaning = ''] of known)
		expect(stdout).toMatch(new RegExp(`  ${code} +${status}  ${meaning.replaceAll('.', '\\.')}`));
});

it('has a flag for every question', async () => {
	const open = { options: [], from: '' };
	const facts = {
		target: open,
		packageManager: open,
		dbEntry: { value: { path: 'db.ts', text: '' }, from: '' },
		entryUse: null,
	} as unknown as Facts;
	const options = { replace: false, reconnect: undefined, print: false } as Parameters<
		typeof openQuestions
	>[1];
	const questions = openQuestions(facts, options, {
		blueprint: redis,
		writtenBy: null,
		state: 'other',
		render: () => '',
		reconnects: false,
	});
	const help = (await flue(['add', '--help'], { cwd: '.' })).stdout;
	expect(questions.map(({ id }) => id)).toEqual([
		'target',
		'package-manager',
		'replace',
		'reconnect',
	]);
	for (const { flag } of questions) expect(help).toContain(flag.split(' ')[0]);
});

it('names only tests and folders that exist', () => {
	for (const [, path = ''] of README.matchAll(/`((?:test|fixtures|src|templates)\/[\w./-]+)`/g))
		expect(() => readFileSync(path)).not.toThrow(/ENOENT/);
});

/** What the command prints in a project that `flue init` has just made, both streams in their order. */
async function transcript(): Promise<string> {
	const cwd = makeTree({});
	cpSync('fixtures/projects/init-node/before', cwd, { recursive: true });
	renameSync(join(cwd, '_gitignore'), join(cwd, '.gitignore'));
	const { stdout, stderr } = await flue(['add', 'database', 'redis', '--no-install'], { cwd });
	const text = `$ flue add database redis --no-install\n${stderr}\n${stdout}`;
	return `\`\`\`text\n${text.replaceAll(cwd, '/home/you/my-agents').trimEnd()}\n\`\`\``;
}

it('shows a transcript that the program prints today', async () => {
	const shown = await transcript();
	const section = /(<!-- transcript -->\n)([\s\S]*?)(\n<!-- \/transcript -->)/;
	// `UPDATE_README=1 npx vitest run test/readme.test.ts` writes it.
	if (process.env.UPDATE_README === '1')
		writeFileSync(
			'README.md',
			README.replace(section, (_, open, __, close) => open + shown + close),
		);
	else expect(section.exec(README)?.[2]).toBe(shown);
});
