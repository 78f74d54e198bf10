import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memberFolders } from '../../../src/inspect/packages/members.ts';
import { readRuntimes } from '../../../src/inspect/packages/runtimes.ts';
import { findProject } from '../../../src/inspect/project.ts';
import { makeTree } from '../../tree.ts';

function projectIn(files: Record<string, string>, folder = '') {
	const top = makeTree(files);
	return { top, ...findProject(join(top, folder)) };
}

type Found = ReturnType<typeof projectIn>;

/** Without the members of a workspace, unless they are given. */
function runtimesOf(project: Found, members: string[] = []) {
	return readRuntimes(project, { boundary: project.top, members });
}

function copiesOf(project: Found) {
	return runtimesOf(project).copies;
}

function copy(path: string, version: string, more: object = {}): Record<string, string> {
	return { [`${path}/package.json`]: JSON.stringify({ version, ...more }) };
}

function link(top: string, from: string, to: string): void {
	mkdirSync(dirname(join(top, from)), { recursive: true });
	symlinkSync(join(top, to), join(top, from), 'junction');
}

describe('the copies in folders', () => {
	test('it finds one copy however many use it', () => {
		const project = projectIn({
			'package.json': '{}',
			...copy('node_modules/@flue/runtime', '2.0.3'),
			...copy('node_modules/@flue/redis', '2.0.3'),
			...copy('node_modules/@flue/cli', '2.0.3'),
		});
		expect(copiesOf(project)).toEqual([{ path: 'node_modules/@flue/runtime', version: '2.0.3' }]);
	});

	test('it finds the copy that only the adapter loads', () => {
		const project = projectIn({
			'package.json': '{}',
			...copy('node_modules/@flue/runtime', '2.0.3'),
			...copy('node_modules/@flue/redis', '2.1.0'),
			...copy('node_modules/@flue/redis/node_modules/@flue/runtime', '2.1.0'),
		});
		expect(copiesOf(project)).toEqual([
			{ path: 'node_modules/@flue/runtime', version: '2.0.3' },
			{ path: 'node_modules/@flue/redis/node_modules/@flue/runtime', version: '2.1.0' },
		]);
	});

	test('it follows links, as pnpm lays packages out', () => {
		const store = 'node_modules/.pnpm';
		const project = projectIn({
			'package.json': '{}',
			...copy(`${store}/runtime@2.0.3/node_modules/@flue/runtime`, '2.0.3'),
			...copy(`${store}/redis@2.0.3/node_modules/@flue/redis`, '2.0.3'),
		});
		const runtime = `${store}/runtime@2.0.3/node_modules/@flue/runtime`;
		link(project.top, 'node_modules/@flue/runtime', runtime);
		link(project.top, 'node_modules/@flue/redis', `${store}/redis@2.0.3/node_modules/@flue/redis`);
		link(project.top, `${store}/redis@2.0.3/node_modules/@flue/runtime`, runtime);
		expect(copiesOf(project)).toEqual([{ path: runtime, version: '2.0.3' }]);
	});

	test('it finds none before anything is installed', () => {
		expect(copiesOf(projectIn({ 'package.json': '{}' }))).toEqual([]);
	});
});

describe('who asks for which', () => {
	const asking = (version: string) => ({ dependencies: { '@flue/runtime': version } });

	test('it takes exact versions for pins, also those of other packages of Flue that the project declares', () => {
		const project = projectIn({
			'package.json': JSON.stringify({
				dependencies: { '@flue/runtime': '^2.0.3', '@flue/mysql': '2.1.0', '@flue/react': '2.0.3' },
			}),
			...copy('node_modules/@flue/runtime', '2.1.0'),
			...copy('node_modules/@flue/mysql', '2.1.0', asking('2.1.0')),
			...copy('node_modules/@flue/react', '2.0.3'),
			...copy('node_modules/@flue/react/node_modules/@flue/runtime', '1.0.0'),
			...copy('node_modules/@flue/cli', '2.0.3', asking('2.0.3')),
			...copy('node_modules/@flue/cli/node_modules/@flue/runtime', '2.0.3'),
			...copy('node_modules/@flue/vite', '2.0.3', asking('^2.0.3')),
		});
		const { copies, pins, declared } = runtimesOf(project);
		expect(copies.map(({ version }) => version)).toEqual(['2.1.0', '2.0.3']);
		expect(pins).toEqual([
			{ by: '@flue/cli', version: '2.0.3' },
			{ by: '@flue/mysql', version: '2.1.0' },
		]);
		expect(declared).toEqual({ range: '^2.0.3', field: 'dependencies' });
	});

	test('it reads what the other members of a workspace ask for, and where all are told, only where there are several', async () => {
		const member = (range: string) => JSON.stringify({ dependencies: { '@flue/runtime': range } });
		const files = {
			'package.json': '{"workspaces":["apps/*"]}',
			'apps/api/package.json': member('^2.0.3'),
			'apps/web/package.json': member('^2.1.0'),
			'apps/docs/package.json': '{}',
			...copy('node_modules/@flue/runtime', '2.1.0'),
		};
		const one = projectIn(files, 'apps/api');
		expect(runtimesOf(one, await memberFolders(one.top))).toMatchObject({
			others: [],
			settings: null,
		});
		const two = projectIn(
			{
				...files,
				...copy('node_modules/@flue/cli/node_modules/@flue/runtime', '2.0.3'),
				...copy('node_modules/@flue/cli', '2.0.3'),
			},
			'apps/api',
		);
		expect(runtimesOf(two, await memberFolders(two.top))).toMatchObject({
			copies: [{ path: '../../node_modules/@flue/runtime' }, { version: '2.0.3' }],
			others: [{ by: 'apps/web', range: '^2.1.0' }],
			settings: {
				manifest: { path: '../../package.json', text: files['package.json'] },
				pnpm: { path: '../../pnpm-workspace.yaml', text: null },
			},
		});
	});
});

describe('memberFolders', () => {
	test('it finds what the globs list, and nothing that they refuse', async () => {
		const names = [
			'apps/api',
			'apps/web',
			'apps/old',
			'libs/deep/one',
			'tool',
			'apps/node_modules/x',
		];
		const top = makeTree({
			'package.json': '{"workspaces":{"packages":["./apps/*/","libs/**/*","tool","!apps/old"]}}',
			'apps/empty/': '',
			...Object.fromEntries(names.map((name) => [`${name}/package.json`, '{}'])),
		});
		const found = (await memberFolders(top)).map((path) => path.slice(top.length + 1));
		expect(found).toEqual(['apps/api', 'apps/web', 'libs/deep/one', 'tool']);
		expect(await memberFolders(makeTree({}))).toEqual([]);
	});
});

const MANIFEST = JSON.stringify({
	name: 'app',
	dependencies: { '@flue/runtime': '^2.0.3' },
	devDependencies: { '@flue/cli': '^2.0.3' },
});

/** As npm 11, pnpm 12, Yarn 1.22, Yarn 4.18 and Bun 1.4 wrote them for this package.json; cut. */
const LOCKFILES: Record<string, [string, string, string]> = {
	'package-lock.json': [
		JSON.stringify({
			lockfileVersion: 3,
			packages: {
				'': {},
				'node_modules/@flue/cli': { version: '2.0.3', dependencies: { '@flue/runtime': '2.0.3' } },
				'node_modules/@flue/cli/node_modules/@flue/runtime': { version: '2.0.3' },
				'node_modules/@flue/runtime': { version: '2.1.0' },
			},
		}),
		'node_modules/@flue/runtime',
		'node_modules/@flue/cli/node_modules/@flue/runtime',
	],
	'pnpm-lock.yaml': [
		`lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@flue/runtime':
        specifier: ^2.0.3
        version: 2.1.0(ws@8.23.0)(zod@4.6.7)
    devDependencies:
      '@flue/cli':
        specifier: ^2.0.3
        version: 2.0.3(@babel/core@8.1.3)(zod@4.6.7)

packages:

  '@flue/cli@2.0.3':
    resolution: {integrity: sha512-cRyj}

snapshots:

  '@flue/cli@2.0.3(@babel/core@8.1.3)(zod@4.6.7)':
    dependencies:
      '@flue/runtime': 2.0.3(ws@8.23.0)(zod@4.6.7)
      cac: 7.1.0

  '@flue/runtime@2.0.3(ws@8.23.0)(zod@4.6.7)':
    dependencies:
      hono: 4.12.32

  '@flue/runtime@2.1.0(ws@8.23.0)(zod@4.6.7)':
    dependencies:
      hono: 4.12.32
`,
		'@flue/runtime@2.1.0',
		'@flue/runtime@2.0.3',
	],
	'yarn.lock': [
		`# yarn lockfile v1


"@flue/cli@^2.0.3":
  version "2.0.3"
  resolved "https://registry.example/cli-2.0.3.tgz#0a5e"
  dependencies:
    "@flue/runtime" "2.0.3"
    cac "^7.0.0"

"@flue/runtime@2.0.3":
  version "2.0.3"

"@flue/runtime@^2.0.3":
  version "2.1.0"
`,
		'@flue/runtime@2.1.0',
		'@flue/runtime@2.0.3',
	],
	'bun.lock': [
		`{
  "lockfileVersion": 1,
  "packages": {
    "@flue/cli": ["@flue/cli@2.0.3", "", { "dependencies": { "@flue/runtime": "2.0.3" } }, "sha512-cR=="],
    "@flue/runtime": ["@flue/runtime@2.1.0", "", { "dependencies": { "hono": "4.12.32" } }, "sha512-wF=="],
    "@flue/cli/@flue/runtime": ["@flue/runtime@2.0.3", "", {}, "sha512-Rf=="],
  }
}
`,
		'@flue/runtime',
		'@flue/cli/@flue/runtime',
	],
};

describe('the copies in a lockfile, before anything is installed', () => {
	test.each(Object.entries(LOCKFILES))('it reads %s', (file, [text, own, other]) => {
		const project = projectIn({ 'package.json': MANIFEST, [file]: text });
		expect(runtimesOf(project)).toMatchObject({
			copies: [
				{ path: own, version: '2.1.0' },
				{ path: other, version: '2.0.3' },
			],
			pins: [{ by: '@flue/cli', version: '2.0.3' }],
		});
	});

	test.each(Object.keys(LOCKFILES))('it makes nothing of a broken %s', (file) => {
		for (const text of ['', '@flue/runtime', '{ "packages": ["@flue/runtime"] }']) {
			const project = projectIn({ 'package.json': MANIFEST, [file]: text });
			expect(copiesOf(project)).toEqual([]);
		}
	});

	test.each(Object.entries(LOCKFILES))(
		'it believes %s, where the folders hold one',
		(file, [text, own, other]) => {
			const folders = copy('node_modules/@flue/runtime', '2.0.3');
			const project = projectIn({ 'package.json': MANIFEST, [file]: text, ...folders });
			expect(copiesOf(project).map(({ path }) => path)).toEqual([own, other]);
		},
	);

	test('it reads the lockfile of the workspace from a member', () => {
		const packages = {
			'apps/api/node_modules/@flue/runtime': { version: '2.0.3' },
			'node_modules/@flue/runtime': { version: '2.1.0' },
			'node_modules/@flue/cli': { version: '2.0.3', dependencies: { '@flue/runtime': '2.0.3' } },
		};
		const project = projectIn(
			{
				'package.json': '{"workspaces":["apps/*"]}',
				'package-lock.json': JSON.stringify({ packages }),
				'apps/api/package.json': MANIFEST,
			},
			'apps/api',
		);
		expect(copiesOf(project)).toEqual([
			{ path: 'node_modules/@flue/runtime', version: '2.0.3' },
			{ path: '../../node_modules/@flue/runtime', version: '2.1.0' },
		]);
	});

	test('it takes one copy that all of them get for one', () => {
		const [text = ''] = LOCKFILES['pnpm-lock.yaml'] ?? [];
		const project = projectIn({
			'package.json': MANIFEST,
			'pnpm-lock.yaml': text.replaceAll('2.1.0', '2.0.3'),
		});
		expect(copiesOf(project)).toEqual([{ path: '@flue/runtime@2.0.3', version: '2.0.3' }]);
	});
});
