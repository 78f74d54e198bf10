import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectRuntime } from '../../../src/inspect/flue/runtime-version.ts';
import { readCatalogs } from '../../../src/inspect/packages/catalogs.ts';
import { memberFolders } from '../../../src/inspect/packages/members.ts';
import type { Manifest } from '../../../src/inspect/project.ts';
import { makeTree } from '../../tree.ts';

type Files = Record<string, string>;

function manifestOf(files: Files, member = ''): Manifest {
	return JSON.parse(files[`${member}package.json`] ?? '{}');
}

function detect(files: Files, member = '') {
	const boundary = makeTree(files);
	return detectRuntime({
		root: join(boundary, member),
		boundary,
		manifest: manifestOf(files, member),
	});
}

const declare = (spec: string, name = '@flue/runtime'): Files => ({
	'package.json': JSON.stringify({ dependencies: { [name]: spec } }),
});
const install = (version: string, folder = '', name = '@flue/runtime'): Files => ({
	[`${folder}node_modules/${name}/package.json`]: JSON.stringify({ version }),
});

const PNPM_9 = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@flue/runtime':
        specifier: ^2.0.0
        version: 2.0.3(hono@4.12.32)

  apps/agent:
    devDependencies:
      '@flue/runtime':
        specifier: catalog:flue
        version: 2.1.0

packages:

  '@flue/runtime@2.0.3':
    resolution: {integrity: sha512-x}

  '@flue/runtime@2.1.0':
    resolution: {integrity: sha512-y}
`;

describe('a member of a monorepo that holds the runtime', () => {
	it.each([
		['package.json', { 'package.json': '{ "workspaces": ["packages/*", "apps/*"] }' }],
		['pnpm-workspace.yaml', { 'pnpm-workspace.yaml': "packages:\n  - 'packages/*' # ours\n" }],
	])('takes its version, listed in %s', async (_, listed) => {
		const files: Files = {
			...listed,
			'packages/runtime/package.json': '{ "name": "@flue/runtime", "version": "1.0.0-beta.7" }',
			'apps/a/package.json': '{ "dependencies": { "@flue/runtime": "workspace:*" } }',
		};
		const boundary = makeTree(files);
		const members = await memberFolders(boundary);
		const place = { root: join(boundary, 'apps/a'), boundary, members };
		const found = detectRuntime({ ...place, manifest: manifestOf(files, 'apps/a/') });
		expect(found.line.value).toBe('1.0-beta');
		expect(found.runtime).toEqual({
			value: '1.0.0-beta.7',
			from: '../../packages/runtime/package.json',
		});
	});
});

describe('detectRuntime', () => {
	it('takes the installed version first', () => {
		const files = {
			...declare('^2.0.0'),
			...install('2.0.3'),
			'package-lock.json': '{"packages":{"node_modules/@flue/runtime":{"version":"2.0.1"}}}',
		};
		expect(detect(files)).toEqual({
			line: {
				value: '2.x',
				from: '@flue/runtime 2.0.3, from node_modules/@flue/runtime/package.json',
			},
			runtime: { value: '2.0.3', from: 'node_modules/@flue/runtime/package.json' },
		});
	});

	it('looks upward as Node does, beyond the boundary too', () => {
		const root = makeTree({ 'repository/app/package.json': '{}', ...install('2.0.2') });
		const boundary = join(root, 'repository');
		expect(detectRuntime({ root: join(boundary, 'app'), boundary, manifest: {} }).runtime).toEqual({
			value: '2.0.2',
			from: '../../node_modules/@flue/runtime/package.json',
		});
	});

	it('prefers the nearest copy', () => {
		expect(
			detect({ ...install('2.0.3', 'app/'), ...install('2.1.0') }, 'app/').runtime?.value,
		).toBe('2.0.3');
	});

	it.each<[string, Files, string, string, string]>([
		[
			'package-lock.json 3',
			{
				'package-lock.json':
					'{"packages":{"":{},"node_modules/@flue/runtime":{"version":"2.0.3"}}}',
			},
			'',
			'2.0.3',
			'package-lock.json',
		],
		[
			'package-lock.json 1',
			{ 'package-lock.json': '{"dependencies":{"@flue/runtime":{"version":"2.0.3"}}}' },
			'',
			'2.0.3',
			'package-lock.json',
		],
		[
			'npm-shrinkwrap.json',
			{ 'npm-shrinkwrap.json': '{"packages":{"node_modules/@flue/runtime":{"version":"2.0.3"}}}' },
			'',
			'2.0.3',
			'npm-shrinkwrap.json',
		],
		[
			'a member of an npm workspace',
			{
				'package-lock.json':
					'{"packages":{"node_modules/@flue/runtime":{"version":"2.0.3"},"apps/agent/node_modules/@flue/runtime":{"version":"2.1.0"}}}',
			},
			'apps/agent/',
			'2.1.0',
			'../../package-lock.json',
		],
		[
			'the root of an npm workspace for its member',
			{ 'package-lock.json': '{"packages":{"node_modules/@flue/runtime":{"version":"2.0.3"}}}' },
			'apps/agent/',
			'2.0.3',
			'../../package-lock.json',
		],
		['pnpm-lock.yaml', { 'pnpm-lock.yaml': PNPM_9 }, '', '2.0.3', 'pnpm-lock.yaml'],
		[
			'pnpm-lock.yaml for a member',
			{ 'pnpm-lock.yaml': PNPM_9 },
			'apps/agent/',
			'2.1.0',
			'../../pnpm-lock.yaml',
		],
		[
			'pnpm-lock.yaml with CRLF',
			{ 'pnpm-lock.yaml': PNPM_9.replaceAll('\n', '\r\n') },
			'',
			'2.0.3',
			'pnpm-lock.yaml',
		],
		[
			'pnpm-lock.yaml 6',
			{
				'pnpm-lock.yaml':
					"lockfileVersion: '6.0'\n\ndependencies:\n  '@flue/runtime':\n    specifier: ^2\n    version: 2.0.3(hono@4.0.0)\n",
			},
			'',
			'2.0.3',
			'pnpm-lock.yaml',
		],
		[
			'pnpm-lock.yaml 5',
			{
				'pnpm-lock.yaml':
					"lockfileVersion: 5.4\n\nspecifiers:\n  '@flue/runtime': ^2.0.0\n\ndependencies:\n  '@flue/runtime': 2.0.3_hono@4.0.0\n",
			},
			'',
			'2.0.3',
			'pnpm-lock.yaml',
		],
		[
			'pnpm-lock.yaml with a transitive one',
			{
				'pnpm-lock.yaml':
					"lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\npackages:\n\n  '@flue/runtime@1.0.0-beta.9':\n    resolution: {}\n",
			},
			'',
			'1.0.0-beta.9',
			'pnpm-lock.yaml',
		],
		[
			'yarn.lock, classic',
			{
				'yarn.lock':
					'# yarn lockfile v1\n\n\n"@flue/runtime@^2.0.0", "@flue/runtime@^2.0.3":\n  version "2.0.3"\n  resolved "https://x"\n',
			},
			'',
			'2.0.3',
			'yarn.lock',
		],
		[
			'yarn.lock, berry',
			{
				'yarn.lock':
					'__metadata:\n  version: 8\n\n"@flue/runtime@npm:2.1.0":\n  version: 2.1.0\n\n"@flue/runtime@npm:^2.0.0":\n  version: 2.0.3\n  resolution: "@flue/runtime@npm:2.0.3"\n',
			},
			'',
			'2.0.3',
			'yarn.lock',
		],
		[
			'bun.lock',
			{
				'bun.lock':
					'{\n  "packages": {\n    "@flue/runtime": ["@flue/runtime@2.0.3", "", { "dependencies": {} }, "sha512-x"],\n    "web/@flue/runtime": ["@flue/runtime@2.1.0", "", {}],\n  }\n}',
			},
			'',
			'2.0.3',
			'bun.lock',
		],
	])('reads %s', (_, files, member, version, from) => {
		const manifest = {
			[`${member}package.json`]: JSON.stringify({ dependencies: { '@flue/runtime': '^2.0.0' } }),
		};
		expect(detect({ ...manifest, ...files }, member).runtime).toEqual({ value: version, from });
	});

	it('reads the entry of this workspace in bun.lock', () => {
		const files = {
			'apps/web/package.json': JSON.stringify({
				name: 'web',
				dependencies: { '@flue/runtime': '2.1.0' },
			}),
			'bun.lock':
				'"@flue/runtime": ["@flue/runtime@2.0.3", ""],\n"web/@flue/runtime": ["@flue/runtime@2.1.0", ""],',
		};
		expect(detect(files, 'apps/web/').runtime?.value).toBe('2.1.0');
	});

	it.each<[string, Files, string | undefined, string | undefined]>([
		['a caret range', declare('^2.0.3'), '^2.0.3', 'package.json'],
		['an exact version', declare('2.1.0'), '2.1.0', 'package.json'],
		['a beta range', declare('^1.0.0-beta.5'), '^1.0.0-beta.5', 'package.json'],
		['a workspace range', declare('workspace:^2.0.3'), '^2.0.3', 'package.json'],
		['an alias', declare('npm:@mirror/flue-runtime@^2.0.3'), '^2.0.3', 'package.json'],
		[
			'a catalog',
			{
				...declare('catalog:'),
				'pnpm-workspace.yaml': "packages:\n  - '*'\ncatalog:\n  '@flue/runtime': ^2.0.1 # pinned\n",
			},
			'^2.0.1',
			'pnpm-workspace.yaml',
		],
		[
			'a named catalog',
			{
				...declare('catalog:next'),
				'pnpm-workspace.yaml':
					'catalogs:\n  old:\n    "@flue/runtime": 1.0.0-beta.9\n  next:\n    "@flue/runtime": 2.1.0\n',
			},
			'2.1.0',
			'pnpm-workspace.yaml',
		],
		['a bare workspace link', declare('workspace:*'), undefined, undefined],
		['a git address', declare('git+ssh://git@host/flue.git#main'), undefined, undefined],
		['a repository', declare('withastro/flue'), undefined, undefined],
		['a file', declare('file:../runtime'), undefined, undefined],
		['a tag', declare('latest'), undefined, undefined],
		['anything', declare('*'), undefined, undefined],
		['an open range', declare('>=0.1'), undefined, undefined],
		['a catalog that is missing', declare('catalog:gone'), undefined, undefined],
		[
			'a lockfile that links',
			{
				...declare('link:../runtime'),
				'pnpm-lock.yaml':
					"importers:\n\n  .:\n    dependencies:\n      '@flue/runtime':\n        specifier: link:../runtime\n        version: link:../runtime\n",
			},
			undefined,
			undefined,
		],
		[
			'a broken lockfile',
			{ ...declare('^2.0.3'), 'package-lock.json': '<<<<<<< HEAD "@flue/runtime"' },
			'^2.0.3',
			'package.json',
		],
		[
			'a broken installed package',
			{ ...declare('^2.0.3'), 'node_modules/@flue/runtime/package.json': '{' },
			'^2.0.3',
			'package.json',
		],
	])('falls back to what is declared: %s', async (_, files, value, from) => {
		const root = makeTree(files);
		const place = { root, boundary: root };
		const catalogs = await readCatalogs(place);
		const { runtime } = detectRuntime({ ...place, manifest: manifestOf(files, ''), catalogs });
		expect(runtime?.value).toBe(value);
		expect(runtime?.from).toBe(from);
	});

	it.each<[string, Files, string]>([
		['2.0.3', install('2.0.3'), '2.x'],
		['3.1.0', install('3.1.0'), '2.x'],
		['2.0.0-beta.1', install('2.0.0-beta.1'), '2.x'],
		['1.0.0-beta.9', install('1.0.0-beta.9'), '1.0-beta'],
		['1.0.0-beta.5', install('1.0.0-beta.5'), '1.0-beta'],
		['only @flue/cli', install('1.0.0-beta.5', '', '@flue/cli'), '1.0-beta'],
		['only a range of @flue/vite', declare('^2.0.3', '@flue/vite'), '2.x'],
		[
			'a runtime from git beside @flue/cli',
			{
				'package.json':
					'{"dependencies":{"@flue/runtime":"github:a/b","@flue/cli":"1.0.0-beta.9"}}',
			},
			'1.0-beta',
		],
		['nothing', {}, '2.x'],
	])('knows the line of %s', (_, files, line) => {
		expect(detect(files).line.value).toBe(line);
	});

	it('says so when the line is assumed', () => {
		expect(detect({})).toEqual({
			line: { value: '2.x', from: 'no version found, the current line is assumed' },
			runtime: null,
		});
	});

	it('has no runtime version when only the command line tells the line', () => {
		expect(detect(install('2.0.3', '', '@flue/cli'))).toEqual({
			line: { value: '2.x', from: '@flue/cli 2.0.3, from node_modules/@flue/cli/package.json' },
			runtime: null,
		});
	});

	// An install brings the newest version of a range.
	it.each([
		['^1.0.0-beta.1', '1.0-beta'],
		['^1.0.0-beta.1 || ^2.0.0', '2.x'],
		['>=1.0.0-beta.5', '2.x'],
	])('judges %s, not installed, by what an install would bring', (range, line) => {
		expect(detect(declare(range)).line.value).toBe(line);
	});

	it.each<[string, Files]>([
		['installed', install('0.4.0')],
		['a beta before what was measured', install('1.0.0-beta.4')],
		['declared', declare('^0.4.0')],
		['of the command line', install('0.9.1', '', '@flue/cli')],
	])('refuses a version that is too old: %s', (_, files) => {
		expect(() => detect(files)).toThrowError(
			expect.objectContaining({
				code: 'RUNTIME_TOO_OLD',
				message: expect.stringContaining('too old'),
			}),
		);
	});
});
