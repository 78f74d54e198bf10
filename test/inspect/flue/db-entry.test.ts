import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectDbEntry } from '../../../src/inspect/flue/db-entry.ts';
import { readFlueConfig } from '../../../src/inspect/flue/flue-config.ts';
import { viteConfigPaths } from '../../../src/inspect/flue/scripts.ts';
import { detectSourceRoot, viteFolder } from '../../../src/inspect/flue/source-root.ts';
import { readOtherViteConfigs, readViteConfig } from '../../../src/inspect/flue/vite-config.ts';
import { findProject } from '../../../src/inspect/project.ts';
import type { FlueLine } from '../../../src/model/facts.ts';
import { makeTree } from '../../tree.ts';

type Files = Record<string, string>;

/** What `inspectBuild` hands on. */
function built(root: string, line: FlueLine, boundary = root) {
	const { manifest } = existsSync(join(root, 'package.json'))
		? findProject(root)
		: { manifest: {} };
	const viteConfig = readViteConfig(root);
	const folder = line === '2.x' ? viteFolder({ root, boundary }, viteConfig) : '';
	const flueConfig = readFlueConfig(root, folder);
	const otherViteConfigs = readOtherViteConfigs(root, viteConfigPaths(manifest));
	return { root, boundary, folder, line, manifest, flueConfig, viteConfig, otherViteConfigs };
}

function sourceRootOf(root: string, line: FlueLine = '2.x') {
	return detectSourceRoot(built(root, line));
}

function entryOf(root: string, line: FlueLine = '2.x', boundary = root) {
	const project = built(root, line, boundary);
	return detectDbEntry({ ...project, sourceRoot: detectSourceRoot(project) });
}

const config = (fields: string): Files => ({ 'flue.config.ts': `export default { ${fields} };` });

describe('detectSourceRoot', () => {
	it.each<[string, Files, string]>([
		['.flue before src', { '.flue/': '', 'src/': '' }, '.flue'],
		['src', { 'src/': '' }, 'src'],
		['the project root', { 'agents/hello.ts': '' }, ''],
		['src where .flue is a file', { '.flue': '', 'src/': '' }, 'src'],
		[
			'src although 2.x has a root key',
			{ 'src/': '', 'app/': '', ...config("root: './app'") },
			'src',
		],
	])('is %s', (_, files, expected) => {
		expect(sourceRootOf(makeTree(files)).value).toBe(expected);
	});

	it.each<[string, Files, string]>([
		['./src', { 'src/agents/': '' }, 'src'],
		['./src/', { 'src/src/': '' }, 'src/src'],
		['agent', { 'agent/.flue/': '', 'src/': '' }, 'agent/.flue'],
		['.', { 'src/': '' }, 'src'],
		['.', {}, ''],
	])('follows root %j of a beta config', (folder, files, expected) => {
		const root = makeTree({ ...files, ...config(`target: 'node', root: '${folder}'`) });
		expect(sourceRootOf(root, '1.0-beta').value).toBe(expected);
	});

	it.each([
		['no package.json', {}, 'apps/bot/src'],
		['one without Flue', { 'apps/bot/package.json': '{ "name": "bot" }' }, 'apps/bot/src'],
		[
			'one with Flue',
			{ 'apps/bot/package.json': '{ "dependencies": { "@flue/cli": "1" } }' },
			null,
		],
	])('is that of --root in a script of a beta, where there is %s', (_, files, expected) => {
		const manifest = { scripts: { build: 'flue build --target node --root apps/bot' } };
		const text = JSON.stringify(manifest);
		const root = makeTree({ 'package.json': text, 'apps/bot/src/a.ts': '', ...files });
		const found = () => sourceRootOf(root, '1.0-beta').value;
		if (expected !== null) expect(found()).toBe(expected);
		else expect(found).toThrowError(expect.objectContaining({ code: 'NEEDS_ANSWER' }));
	});

	it('says when it is the project root itself', () => {
		expect(sourceRootOf(makeTree({}))).toEqual({
			value: '',
			from: 'no folder .flue or src, so the project root itself',
		});
	});

	it('refuses a beta root that leaves the project', () => {
		const root = makeTree(config("root: '../other'"));
		expect(() => sourceRootOf(root, '1.0-beta')).toThrowError(
			expect.objectContaining({ code: 'UNSAFE_PATH' }),
		);
	});

	it('refuses a beta root that is an expression', () => {
		const root = makeTree(config('root: process.env.ROOT'));
		expect(() => sourceRootOf(root, '1.0-beta')).toThrowError(
			expect.objectContaining({
				code: 'UNREADABLE_PROJECT',
				message: expect.stringContaining('flue.config.ts:1'),
			}),
		);
	});
});

describe('detectDbEntry', () => {
	it.each<[string, Files, string, string | null]>([
		['absent', { 'src/': '' }, 'src/db.ts', null],
		['absent in .flue', { '.flue/': '', 'src/db.ts': 'web' }, '.flue/db.ts', null],
		['absent in the root', {}, 'db.ts', null],
		['db.ts', { 'src/db.ts': 'a', 'src/db.mts': 'b' }, 'src/db.ts', 'a'],
		['db.mts before db.js', { 'src/db.mts': 'a', 'src/db.js': 'b' }, 'src/db.mts', 'a'],
		['db.js before db.mjs', { 'src/db.js': 'a', 'src/db.mjs': 'b' }, 'src/db.js', 'a'],
		[
			'a folder db.ts, which the framework takes',
			{ 'src/db.ts/': '', 'src/db.js': 'a' },
			'src/db.ts',
			null,
		],
		['db.mjs', { 'src/db.mjs': 'a' }, 'src/db.mjs', 'a'],
		['absent beside db.tsx', { 'src/db.tsx': 'a' }, 'src/db.ts', null],
		['absent beside db/index.ts', { 'src/db/index.ts': 'a' }, 'src/db.ts', null],
		[
			'in .flue, with src beside it',
			{ '.flue/db.ts': 'flue', 'src/db.ts': 'web' },
			'.flue/db.ts',
			'flue',
		],
		[
			'named by flue.config',
			{ 'src/': '', 'lib/store.ts': 'a', ...config("db: './lib/store.ts'") },
			'lib/store.ts',
			'a',
		],
		[
			'named and still missing',
			{ 'src/': '', ...config("db: 'src/db.node.ts'") },
			'src/db.node.ts',
			null,
		],
		[
			'named with an odd ending',
			{ 'src/': '', 'src/db.cts': 'a', ...config("db: 'src/db.cts'") },
			'src/db.cts',
			'a',
		],
		[
			'named through the folder itself',
			{ 'src/': '', ...config("db: 'src/../lib/db.ts'") },
			'lib/db.ts',
			null,
		],
		[
			'inline before flue.config',
			{
				'vite.config.ts':
					"import { flue } from '@flue/vite';\nexport default { plugins: [flue({ db: 'a.ts' })] };",
				...config("db: 'b.ts'"),
			},
			'a.ts',
			null,
		],
		[
			'of the Node config of a dual build',
			{
				'src/': '',
				'vite.config.ts':
					"import { flue } from '@flue/vite'; import { cloudflare } from '@cloudflare/vite-plugin';\nexport default { plugins: [flue(), cloudflare()] };",
				'vite.node.config.ts':
					"import { flue } from '@flue/vite';\nexport default { plugins: [flue({ db: 'src/db.node.ts' })] };",
			},
			'src/db.node.ts',
			null,
		],
	])('is %s', (_, files, path, text) => {
		expect(entryOf(makeTree(files)).fact.value).toEqual({ path, text });
	});

	it('says where the entry comes from', () => {
		expect(entryOf(makeTree({ 'src/': '' })).fact.from).toBe('no db entry in src');
		expect(entryOf(makeTree({ 'src/db.js': '' })).fact.from).toBe('src/db.js');
		expect(entryOf(makeTree(config("db: 'x.ts'"))).fact.from).toBe('flue.config.ts:1');
	});

	it('ignores a db key in the beta, which has none', () => {
		const root = makeTree({ 'src/': '', ...config("target: 'node', db: 'lib/db.ts'") });
		expect(entryOf(root, '1.0-beta').fact.value.path).toBe('src/db.ts');
	});

	it('lies in the root that a beta config names', () => {
		const root = makeTree({ 'src/db.ts': 'a', ...config("root: './src'") });
		expect(entryOf(root, '1.0-beta').fact.value).toEqual({ path: 'src/db.ts', text: 'a' });
	});

	it.each([
		['an expression', 'db: process.env.DB'],
		['a template with holes', `db: \`\${dir}/db.ts\``],
		['a call', "db: fileURLToPath(new URL('./db.ts', import.meta.url))"],
	])('refuses a db key that is %s, naming the line', (_, field) => {
		expect(() => entryOf(makeTree(config(field)))).toThrowError(
			expect.objectContaining({
				code: 'UNREADABLE_PROJECT',
				path: 'flue.config.ts',
				message: expect.stringContaining('flue.config.ts:1'),
				hint: expect.stringContaining('plain string'),
			}),
		);
	});

	it.each([
		['without an ending', "db: 'src/db'"],
		['of another kind', "db: 'src/db.json'"],
		['that is a folder', "db: 'src'"],
	])('refuses a db key for a missing file %s', (_, field) => {
		expect(() => entryOf(makeTree({ 'src/': '', ...config(field) }))).toThrowError(
			expect.objectContaining({ code: 'UNREADABLE_PROJECT' }),
		);
	});

	it.each([
		['..', "db: '../shared/db.ts'"],
		['an absolute path', "db: '/etc/db.ts'"],
		['.. in the middle', "db: 'src/../../db.ts'"],
	])('refuses a db key that leaves the project by %s', (_, field) => {
		expect(() => entryOf(makeTree({ 'src/': '', ...config(field) }))).toThrowError(
			expect.objectContaining({ code: 'UNSAFE_PATH' }),
		);
	});

	it('refuses an entry behind a link that leads out of the project', () => {
		const root = makeTree({ 'app/src/': '', 'outside/db.ts': 'a' });
		const app = join(root, 'app');
		symlinkSync(join(root, 'outside/db.ts'), join(app, 'src/db.ts'));
		expect(() => entryOf(app)).toThrowError(expect.objectContaining({ code: 'UNSAFE_PATH' }));
	});

	it('refuses a linked source root that leads out, also before there is an entry', () => {
		const root = makeTree({ 'app/': '', 'outside/': '' });
		symlinkSync(join(root, 'outside'), join(root, 'app/src'));
		expect(() => entryOf(join(root, 'app'))).toThrowError(
			expect.objectContaining({ code: 'UNSAFE_PATH' }),
		);
	});

	it('refuses a link to nothing', () => {
		const root = makeTree({ 'src/': '' });
		symlinkSync('/nowhere/db.ts', join(root, 'src/db.ts'));
		expect(() => entryOf(root)).toThrowError(expect.objectContaining({ code: 'UNSAFE_PATH' }));
	});

	it('follows a link that stays inside', () => {
		const root = makeTree({ 'lib/db.ts': 'a' });
		mkdirSync(join(root, 'src'));
		symlinkSync('../lib/db.ts', join(root, 'src/db.ts'));
		expect(entryOf(root).fact.value).toEqual({ path: 'src/db.ts', text: 'a' });
	});

	it.each<[string, Files, string]>([
		['db.tsx', { 'src/db.tsx': '' }, 'src/db.tsx'],
		['db/index.ts', { 'src/db/index.ts': '' }, 'src/db/index.ts'],
		['a later ending', { 'src/db.ts': '', 'src/db.js': '' }, 'src/db.js'],
		['src where .flue wins', { '.flue/': '', 'src/db.ts': '' }, 'src/db.ts'],
		['the root where src wins', { 'src/': '', 'db.ts': '' }, 'db.ts'],
		[
			'the usual place where a key names another',
			{ 'src/db.ts': '', ...config("db: 'lib/db.ts'") },
			'src/db.ts',
		],
	])('warns of a db file that is not loaded: %s', (_, files, path) => {
		const { warnings } = entryOf(makeTree(files));
		expect(warnings).toMatchObject([
			{ code: 'DB_ELSEWHERE', message: expect.stringContaining(` ${path}:`) },
		]);
	});

	it.each<[string, Files]>([
		['the entry alone', { 'src/db.ts': '' }],
		['lib/db.ts', { 'src/': '', 'lib/db.ts': '' }],
		['a test of it', { 'src/db.ts': '', 'src/db.test.ts': '' }],
	])('does not warn of %s', (_, files) => {
		expect(entryOf(makeTree(files)).warnings).toEqual([]);
	});

	const START =
		"import { sqlite, start } from '@flue/runtime/node';\nconst flue = await start({ agents: [], db: sqlite('./a.db') });";

	it.each<[string, Files, string]>([
		['src/main.ts', { 'src/main.ts': START }, 'src/main.ts:2'],
		['server.mjs in the root', { 'src/': '', 'server.mjs': START }, 'server.mjs:2'],
		[
			'the file of a script',
			{
				'src/': '',
				'tools/nightly.ts': START,
				'package.json': '{"scripts":{"nightly":"tsx --env-file=.env tools/nightly.ts"}}',
			},
			'tools/nightly.ts:2',
		],
		[
			'another name for start',
			{ 'src/app.ts': "import { start as boot } from '@flue/runtime/node';\nboot({ agents });" },
			'src/app.ts:2',
		],
		[
			'a namespace',
			{
				'src/app.ts':
					"import * as flue from '@flue/runtime/node';\n\nawait flue.start({ agents, db });",
			},
			'src/app.ts:3',
		],
	])('warns that start() does not load the entry: %s', (_, files, place) => {
		const { warnings } = entryOf(makeTree(files));
		expect(warnings).toMatchObject([
			{ code: 'DB_NOT_LOADED', message: expect.stringContaining(place) },
		]);
	});

	it.each<[string, Files]>([
		[
			'start() of something else',
			{
				'src/main.ts':
					"import { sqlite } from '@flue/runtime/node';\nimport { start } from './server';\nstart({ db: sqlite('x') });",
			},
		],
		[
			'a comment',
			{ 'src/main.ts': "import { sqlite } from '@flue/runtime/node';\n// start({ db })" },
		],
		[
			'a local function',
			{
				'src/main.ts': "import * as node from '@flue/runtime/node';\nfunction start() {}\nstart();",
			},
		],
		[
			'built files',
			{
				'src/': '',
				'dist/server.mjs': START,
				'package.json': '{"scripts":{"start":"node dist/server.mjs"}}',
			},
		],
	])('does not take %s for start()', (_, files) => {
		expect(entryOf(makeTree(files)).warnings).toEqual([]);
	});
});

describe('a program that starts Flue itself', () => {
	const manifest = (more: object = {}): Files => ({
		'package.json': JSON.stringify({ dependencies: { '@flue/runtime': '2.0.3' }, ...more }),
	});
	const starts = (db: string, imported = "import db from './db.ts';"): string =>
		`import { start } from '@flue/runtime/node';\n${imported}\nawait start({ agents, ${db} });\n`;

	it.each<[string, string, string]>([
		['by its name', starts('db'), 'src/db.ts'],
		['under another name', starts('db: store', "import store from './store.ts';"), 'src/store.ts'],
		['as .js', starts('db', "import db from './db.js';"), 'src/db.ts'],
		['without an ending', starts('db', "import db from '../lib/db';"), 'lib/db.ts'],
		['under a condition', starts('db: process.env.X ? db : undefined'), 'src/db.ts'],
		['by a constant', starts('db: one', "import db from './db.ts';\nconst one = db;"), 'src/db.ts'],
		['loaded late', starts("db: (await import('./db.ts')).default", ''), 'src/db.ts'],
		[
			'in a constant object',
			"import * as flue from '@flue/runtime/node';\nimport db from './db.ts';\nconst options = { agents, db };\nflue.start(options);",
			'src/db.ts',
		],
	])('gives its db entry %s', (_, text, path) => {
		const { fact, host, warnings } = entryOf(makeTree({ ...manifest(), 'src/run.ts': text }));
		expect(fact.value.path).toBe(path);
		expect(host).toMatchObject({ path: 'src/run.ts', db: path, isAlone: true });
		expect(warnings).toEqual([]);
	});

	it.each<[string, string]>([
		['nothing', "import { start } from '@flue/runtime/node';\nawait start({ agents });"],
		['a database in place', starts("db: sqlite('a.db')")],
		['a name of a module', starts('db', "import { db } from './own.ts';")],
		['what a function makes', starts('db: make(db)')],
	])('passes no module with %s: one is proposed beside it', (_, text) => {
		const { fact, host, warnings } = entryOf(
			makeTree({ ...manifest(), 'src/': '', 'src/server/runtime.ts': text }),
		);
		expect(fact).toMatchObject({ value: { path: 'src/server/db.ts', text: null } });
		expect(host).toMatchObject({ db: null, isAlone: true });
		expect(warnings).toMatchObject([{ code: 'DB_NOT_LOADED' }]);
	});

	it('proposes no name that is taken, but an adapter that is there', () => {
		const files = { ...manifest(), 'src/server/runtime.ts': starts('x: 1', '') };
		const taken = entryOf(makeTree({ ...files, 'src/server/db.ts': "import pg from 'pg';" }));
		expect(taken.fact.value.path).toBe('src/server/flue-db.ts');
		const ours = entryOf(makeTree({ ...files, 'src/db.ts': "import { r } from '@flue/redis';" }));
		expect(ours.fact.value.path).toBe('src/db.ts');
	});

	it.each<[string, Files]>([
		['a test', { 'src/run.test.ts': starts('x: 1', '') }],
		['a folder of tests', { 'test/run.ts': starts('x: 1', '') }],
		['another package', { 'apps/a/package.json': '{}', 'apps/a/run.ts': starts('x: 1', '') }],
	])('is not %s', (_, files) => {
		expect(entryOf(makeTree({ ...manifest(), 'src/': '', ...files })).host).toBeUndefined();
	});

	it.each<[string, Files]>([
		['flue.config', { ...manifest(), ...config("target: 'node'") }],
		['the command line', manifest({ devDependencies: { '@flue/cli': '2.0.3' } })],
		['the Vite plugin', manifest({ devDependencies: { '@flue/vite': '2.0.3' } })],
		['a script', manifest({ scripts: { dev: 'npx @flue/cli dev' } })],
	])('leaves the entry where Flue looks if there is %s too', (_, files) => {
		const elsewhere = { ...files, 'src/index.ts': starts('db', "import db from './store.ts';") };
		const found = entryOf(makeTree(elsewhere));
		expect(found.fact.value.path).toBe('src/db.ts');
		expect(found.warnings).toMatchObject([{ code: 'DB_NOT_LOADED' }]);
		expect(entryOf(makeTree({ ...files, 'src/index.ts': starts('db') })).warnings).toEqual([]);
	});

	describe('with --entry', () => {
		const asked = (files: Files, path: string) => {
			const project = built(makeTree(files), '2.x');
			return detectDbEntry({ ...project, sourceRoot: detectSourceRoot(project), asked: path });
		};
		const host = { ...manifest(), 'src/run.ts': starts('x: 1', '') };

		it('has its adapter there', () => {
			expect(asked(host, './lib/flue.mts').fact).toEqual({
				value: { path: 'lib/flue.mts', text: null },
				from: '--entry',
			});
		});

		it.each([
			['leads out of the project', host, '../db.ts', 'UNSAFE_PATH'],
			['is a folder', { ...host, 'lib/db.ts/': '' }, 'lib/db.ts', 'BAD_USAGE'],
			['names what nothing loads', config("target: 'node'"), 'lib/db.ts', 'BAD_USAGE'],
		])('is refused where it %s', (_, files, path, code) => {
			expect(() => asked(files, path)).toThrowError(expect.objectContaining({ code }));
		});
	});
});

describe("Vite's root", () => {
	const vite = (root: string, options = ''): Files => ({
		'vite.config.ts': `import { flue } from '@flue/vite';\nconst here = dirname(fileURLToPath(import.meta.url));\nexport default defineConfig({ root: ${root}, plugins: [flue(${options})] });`,
	});

	it.each<[string, Files, string]>([
		['the source root below it', { 'app/src/': '', ...vite("'app'") }, 'app/src/db.ts'],
		['the folder itself', { 'app/': '', ...vite("'./app/'") }, 'app/db.ts'],
		[
			'flue.config in it',
			{ 'app/flue.config.ts': "export default { db: 'a.ts' };", ...vite("'app'") },
			'app/a.ts',
		],
		[
			'not flue.config beside it',
			{ 'app/': '', ...config("db: 'a.ts'"), ...vite("'app'") },
			'app/db.ts',
		],
		['flue() as seen from it', { 'app/': '', ...vite("'app'", "{ db: './b.ts' }") }, 'app/b.ts'],
	])('leads to %s', (_, files, path) => {
		expect(entryOf(makeTree({ 'src/': '', ...files })).fact.value.path).toBe(path);
	});

	it.each([
		"'.'",
		'undefined',
		'__dirname',
		'here',
		'import.meta.dirname',
		'process.cwd()',
		"fileURLToPath(new URL('.', import.meta.url))",
		'path.resolve(__dirname)',
		'undefined, ...preset',
	])('is the project itself: %s', (root) => {
		expect(entryOf(makeTree({ 'src/': '', ...vite(root) })).fact.value.path).toBe('src/db.ts');
	});

	it('has no say without flue()', () => {
		const files = { 'src/': '', 'vite.config.ts': "export default { root: resolve('web') };" };
		expect(entryOf(makeTree(files)).fact.value.path).toBe('src/db.ts');
	});

	it.each([
		["resolve(import.meta.dirname, 'app')", 'UNREADABLE_PROJECT'],
		["fileURLToPath(new URL('./app', import.meta.url))", 'UNREADABLE_PROJECT'],
		['process.env.ROOT', 'UNREADABLE_PROJECT'],
		['join(process.cwd(), folder)', 'UNREADABLE_PROJECT'],
		['dirname(here)', 'UNREADABLE_PROJECT'],
		["'../other'", 'UNSAFE_PATH'],
	])('is refused: %s', (root, code) => {
		expect(() => entryOf(makeTree({ 'src/': '', 'app/': '', ...vite(root) }))).toThrowError(
			expect.objectContaining({ code }),
		);
	});
});

it('follows a linked source root that stays inside the workspace', () => {
	const top = makeTree({ 'apps/api/': '', 'shared/db.ts': 'a' });
	const root = join(top, 'apps/api');
	symlinkSync(join(top, 'shared'), join(root, 'src'));
	expect(entryOf(root, '2.x', top).fact.value).toEqual({ path: 'src/db.ts', text: 'a' });
});
