// What a run loads: help and the version next to nothing, and with the same words as the whole program; an add only what it needs.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../src/cli/options.ts';
import { askedForText } from '../src/commands/help/ready.ts';
import { cleanEnvironment, flue } from './program.ts';
import { makeTree, readTree } from './tree.ts';

const ASKED = [
	[],
	['-h'],
	['--help'],
	['help'],
	['-V'],
	['--version'],
	['help', 'errors'],
	['help', 'agent'],
	...COMMAND_NAMES.flatMap((name) => [
		[name, '-h'],
		[name, '--help'],
		['help', name],
	]),
];

const PARSED = [
	['add'],
	['verify'],
	['help', '--json'],
	['help', 'errors', '--json'],
	['--version', '--json'],
	['add', '--help', '--json'],
	['help', 'help errors'],
	['add', '--help', 'database'],
	['help', '--help', '--help'],
	['--frobnicate'],
];

describe('askedForText', () => {
	it.each(ASKED.map((args) => [args.join(' '), args] as const))('knows `flue %s`', (_, args) => {
		expect(askedForText(args)).toMatch(/^flue( |$)/);
	});

	it.each(PARSED.map((args) => [args.join(' '), args] as const))('leaves `flue %s`', (_, args) => {
		expect(askedForText(args)).toBeNull();
	});
});

/** A project with the program installed, and with one beside it that parses whatever is said. */
function install(): { cwd: string; bin: string; parsing: string } {
	const cwd = makeTree({ 'node_modules/.bin/flue-blueprints': '' });
	const [home, other] = ['flue-blueprints', 'parsing'].map((name) => {
		const folder = join(cwd, 'node_modules', name);
		mkdirSync(folder);
		for (const part of ['bin', 'dist', 'templates', 'package.json'])
			cpSync(part, join(folder, part), { recursive: true });
		return folder;
	}) as [string, string];
	writeFileSync(join(other, 'dist/at-once.cjs'), 'exports.sayAtOnce = async () => false;\n');
	return { cwd, bin: join(home, 'bin/flue.js'), parsing: join(other, 'bin/flue.js') };
}

describe('help and the version', () => {
	it.each([{}, { FORCE_COLOR: '1' }])(
		'say the same as if they were parsed, with %j',
		async (more) => {
			const { cwd, bin, parsing } = install();
			const env = cleanEnvironment(more);
			const others = [
				['nothing', '--help'],
				['help', 'constructor'],
			];
			for (const args of [...ASKED.filter((one) => !one.includes('-h')), ...others]) {
				const [said, parsed] = [
					await flue(args, { cwd, env, bin }),
					await flue(args, { cwd, env, bin: parsing }),
				];
				expect(said, args.join(' ')).toEqual(parsed);
			}
		},
	);

	it('end well where the reader has gone, and say so where nothing can be written', async () => {
		const { cwd, bin } = install();
		const run = (command: string) =>
			spawnSync('bash', ['-c', command], { cwd, env: cleanEnvironment(), encoding: 'utf8' });
		const program = `'${process.execPath}' '${bin}' --help`;
		expect(run(`${program} | true; echo "\${PIPESTATUS[0]}"`)).toMatchObject({
			stdout: '0\n',
			stderr: '',
		});
		if (!existsSync('/dev/full')) return;
		const full = run(`${program} > /dev/full`);
		expect(full).toMatchObject({ status: 1, stderr: expect.stringContaining('WRITE_FAILED') });
	});
});

interface Loaded {
	/** Files of this package. */
	files: string[];
	/** Modules of Node's own. */
	builtin: string[];
}

/** What a run has loaded when it ends. */
async function loadedBy(
	args: string[],
	files: Record<string, string>,
	status = 0,
): Promise<Loaded> {
	const spy = `process.on('exit', () => require('fs').writeFileSync('loaded.json', JSON.stringify({
		files: Object.keys(require.cache), builtin: process.moduleLoadList })));\n`;
	const cwd = makeTree({ ...files, 'spy.cjs': spy });
	const env = cleanEnvironment({ NODE_OPTIONS: `--require "${join(cwd, 'spy.cjs')}"` });
	const ran = await flue(args, { cwd, env });
	expect(ran).toMatchObject({ status, stderr: expect.any(String) });
	const { files: all, builtin } = JSON.parse(readFileSync(join(cwd, 'loaded.json'), 'utf8'));
	return {
		files: all.filter((path: string) => /[\\/](?:bin|dist)[\\/]/.test(path)),
		builtin: builtin.map((name: string) => name.replace(/^NativeModule /, '')),
	};
}

const HEAVY = ['child_process', 'net', 'stream', 'crypto', 'tty'];

describe('a run loads', () => {
	it.each([['--help'], ['--version'], ['help', 'agent']])('for %s two files', async (...args) => {
		const { files, builtin } = await loadedBy(args, {});
		expect(files.length).toBe(2);
		expect(builtin.filter((name) => HEAVY.includes(name))).toEqual([]);
	});

	it.each([
		['add', '--nothing'],
		['remove', '--cwd'],
	])('for the slip %s %s two files', async (...args) => {
		const { files, builtin } = await loadedBy(args, {}, 2);
		expect(files.length).toBe(2);
		expect(builtin.filter((name) => HEAVY.includes(name))).toEqual([]);
	});

	it('for the list neither the parser nor what runs programs', async () => {
		const { files, builtin } = await loadedBy(['add'], {});
		expect(files.length).toBeLessThanOrEqual(3);
		expect(files.filter((path) => path.includes('vendor'))).toEqual([]);
		expect(builtin).not.toContain('child_process');
	});

	it.each([
		['add', 0, '--no-install'],
		// Nothing is installed there, which is what it finds; what walks folders is among what it loads.
		['verify', 1, '--yes'],
	] as const)('for %s no more than it needs', async (command, status, option) => {
		const args = [command, 'database', 'redis', option];
		const project = readTree('fixtures/projects/init-node/before');
		const { files, builtin } = await loadedBy(args, project, status);
		expect(files.length).toBeLessThanOrEqual(7);
		expect(builtin).not.toContain('child_process');
	});
});
