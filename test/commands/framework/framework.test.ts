import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../../src/cli/options.ts';
import { isForFramework } from '../../../src/commands/framework/command-line.ts';
import { findFrameworkCommand } from '../../../src/commands/framework/find-command.ts';
import { makeTree } from '../../tree.ts';

describe('isForFramework', () => {
	const isTheirs = (line: string): boolean =>
		isForFramework(line === '' ? [] : line.split(' '), COMMAND_NAMES);

	it.each([
		'run src/agents/hello.ts -m hi',
		'init',
		'docs search durable',
		'update channel slack',
		'dev',
		'build --target node',
		'add channel slack',
		'add sandbox boxd --print',
		'add database postgres',
		'add database https://example.invalid/db',
		'frobnicate',
	])('gives away `flue %s`', (line) => {
		expect(isTheirs(line)).toBe(true);
	});

	it.each([
		'',
		'--help',
		'--version',
		'add',
		'add --json',
		'add database',
		'add database redis --dry-run',
		'add database valkey',
		'add database reddis',
		'update database redis',
		'add databse redis',
		'add redis',
		'verify database',
		'verify channel',
		'help',
		'completion bash',
		'verfy',
	])('keeps `flue %s`', (line) => {
		expect(isTheirs(line)).toBe(false);
	});
});

describe('findFrameworkCommand', () => {
	const PACKAGE = 'node_modules/@flue/cli/package.json';
	const BIN = 'node_modules/@flue/cli/bin/flue.mjs';
	const manifest = (bin: unknown): string => JSON.stringify({ name: '@flue/cli', bin });

	it.each([
		['its own name', { flue: 'bin/flue.mjs' }],
		['one name for all', 'bin/flue.mjs'],
		['a path with a dot', { flue: './bin/flue.mjs' }],
	])('finds it by %s, at or above the folder', (_, bin) => {
		const root = makeTree({ [PACKAGE]: manifest(bin), [BIN]: '', 'apps/bot/src/': '' });
		expect(findFrameworkCommand(join(root, 'apps/bot/src'))).toBe(join(root, BIN));
		expect(findFrameworkCommand(root)).toBe(join(root, BIN));
	});

	it('finds it where pnpm links the package', () => {
		const real = 'node_modules/.pnpm/@flue+cli@2.0.3/node_modules/@flue/cli';
		const root = makeTree({
			[`${real}/package.json`]: manifest({ flue: 'bin/flue.mjs' }),
			[`${real}/bin/flue.mjs`]: '',
		});
		mkdirSync(join(root, 'node_modules/@flue'));
		symlinkSync(join(root, real), join(root, 'node_modules/@flue/cli'));
		expect(findFrameworkCommand(root)).toBe(join(root, real, 'bin/flue.mjs'));
	});

	it.each<[string, Record<string, string>]>([
		['there is none', {}],
		['it names no command', { [PACKAGE]: manifest({ other: 'bin/flue.mjs' }), [BIN]: '' }],
		['its file is missing', { [PACKAGE]: manifest({ flue: 'bin/flue.mjs' }) }],
		['its file is a folder', { [PACKAGE]: manifest({ flue: 'bin' }), [BIN]: '' }],
		['its package.json is broken', { [PACKAGE]: '{', [BIN]: '' }],
		['its command is no path', { [PACKAGE]: manifest({ flue: 1 }), [BIN]: '' }],
		[
			'its path leads out of the package',
			{ [PACKAGE]: manifest({ flue: '../../../evil.mjs' }), 'evil.mjs': '' },
		],
	])('finds none where %s', (_, files) => {
		expect(findFrameworkCommand(makeTree(files))).toBeNull();
	});

	it('finds none where a link leads out of the package', () => {
		const root = makeTree({ [PACKAGE]: manifest({ flue: 'flue.mjs' }), 'evil.mjs': '' });
		symlinkSync(join(root, 'evil.mjs'), join(root, 'node_modules/@flue/cli/flue.mjs'));
		expect(findFrameworkCommand(root)).toBeNull();
	});
});
