// The completion scripts in the real shells: one table of command lines, and each shell must offer the same words.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BLUEPRINTS } from '../../../src/blueprints/index.ts';
import { COMMANDS } from '../../../src/cli/options.ts';
import type { Shell } from '../../../src/model/request.ts';
import { VENDORED } from '../../../src/plan/vendor.ts';
import { flue } from '../../program.ts';
import { makeTree } from '../../tree.ts';
import { offered } from './offered.ts';

const FILES = { 'apps/': '', 'packages/one/': '', 'redis.tgz': '', 'vendor-list.txt': '' };
const names = BLUEPRINTS.map(({ name }) => name).sort();

async function scriptFor(shell: Shell): Promise<string> {
	return (await flue(['completion', shell], { cwd: '.' })).stdout;
}

async function helpOf(...command: string[]): Promise<{ flags: string[]; commands: string[] }> {
	const { stdout } = await flue([...command, '--help'], { cwd: '.' });
	const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = '']) => flag);
	const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
	return { flags: flags.sort(), commands: commands.sort() };
}

/** Every command and flag that the help names, and every value of a flag that the table names. */
async function fromTables(): Promise<Record<string, string[]>> {
	const { commands, flags } = await helpOf();
	const expected: Record<string, string[]> = { 'flue ': commands, 'flue --': flags };
	for (const command of commands) expected[`flue ${command} --`] = (await helpOf(command)).flags;
	for (const { name, options } of COMMANDS)
		for (const { flags: notation, choices } of options) {
			const [flag = ''] = notation.split(' ');
			if (choices) expected[`flue ${name} database redis ${flag} `] = choices.toSorted();
			if (choices) expected[`flue ${name} ${flag}=`] = choices.toSorted();
		}
	return { ...expected, 'flue help ': [...commands, 'agent', 'errors'].sort() };
}

const WRITTEN_DOWN: Record<string, string[]> = {
	'flue ad': ['add'],
	'flue x': [],
	'flue add ': ['database'],
	'flue add database ': names,
	'flue add database v': names.filter((name) => name.startsWith('v')),
	'flue verify database ': names,
	'flue verify --server --drill-url redis://127.0.0.1:1/0 --strict database r': names.filter(
		(name) => name.startsWith('r'),
	),
	'flue add -y --cwd apps --secrets=env database ': names,
	'flue add --cwd apps database redis --dry': ['--dry-run'],
	'flue add database redis --cwd ': ['apps', 'packages'],
	'flue add database redis --cwd=': ['apps', 'packages'],
	'flue add --cwd packages/': ['one'],
	'flue add --cwd=packages/o': ['one'],
	'flue add database --adapter ': [
		'apps',
		'packages',
		'redis.tgz',
		VENDORED,
		'vendor-list.txt',
	].sort(),
	'flue add database --adapter vendored': [VENDORED],
	'flue add database --adapter r': ['redis.tgz'],
	'flue add database redis --env-var ': [],
	'flue apply ': ['apps', 'packages', 'redis.tgz', 'vendor-list.txt'],
	'flue completion ': ['bash', 'fish', 'zsh'],
};

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
	it('offers commands, kinds, names, flags and the values of flags', async () => {
		const expected = { ...(await fromTables()), ...WRITTEN_DOWN };
		const lines = Object.keys(expected);
		const cwd = makeTree(FILES);
		expect(await offered(shell, await scriptFor(shell), { lines, cwd })).toEqual(expected);
	});

	it('finds nothing to complain about in the script', async () => {
		const cwd = makeTree({ script: await scriptFor(shell) });
		expect(execFileSync(shell, ['-n', 'script'], { cwd, encoding: 'utf8' })).toBe('');
	});
});

/** Types a line and Tab into a real interactive bash, then Enter, and gives the words that `flue` was called with. */
async function typed(line: string, files: Record<string, string>): Promise<string[]> {
	const script = await scriptFor('bash');
	const start = `${script}\nflue() { printf '%s\\n' "$@" > called; exit; }\nPS1='ready> '\n`;
	const cwd = makeTree({ ...files, start });
	const env = { PATH: process.env.PATH ?? '', HOME: cwd, TERM: 'dumb' };
	const args = ['--noprofile', '--rcfile', 'start', '-i'];
	const terminal = spawn('bash', args, { cwd, cols: 200, env });
	onTestFinished(() => terminal.kill());
	await new Promise<void>((resolve) => {
		terminal.onData((chunk) => {
			if (chunk.includes('ready> ')) terminal.write(`${line}\t\r`);
		});
		terminal.onExit(() => resolve());
	});
	return readFileSync(join(cwd, 'called'), 'utf8').trimEnd().split('\n');
}

describe('bash at a terminal', () => {
	const files = { 'my apps/': '', 'my apps.txt': '', "it's here.tgz": '' };

	it.each([
		['flue add --cwd my', ['add', '--cwd', 'my apps/']],
		['flue add --cwd my\\ ', ['add', '--cwd', 'my apps/']],
		['flue add --cwd "my a', ['add', '--cwd', 'my apps/']],
		['flue add --cwd=my', ['add', '--cwd=my apps/']],
		['flue add --adapter it', ['add', '--adapter', "it's here.tgz"]],
		["flue add --adapter it\\'s", ['add', '--adapter', "it's here.tgz"]],
		['flue add --secrets=co', ['add', '--secrets=config-module']],
	])('completes %s', async (line, words) => {
		expect(await typed(line, files)).toEqual(words);
	});
});

it('refuses a shell that it has no script for, naming the ones it has', async () => {
	const { status, stdout, stderr } = await flue(['completion', 'tcsh'], { cwd: '.' });
	expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
	expect(stderr).toMatch(/^error BAD_USAGE: .*bash, zsh, fish\.\n/);
});
