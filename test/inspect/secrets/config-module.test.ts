import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasonAgainst, recogniseDialect } from '../../../src/dialects/index.ts';
import { readSources } from '../../../src/inspect/code/source-files.ts';
import {
	type ConfigModuleSearch,
	findConfigModule,
} from '../../../src/inspect/secrets/config-module.ts';
import { makeTree } from '../../tree.ts';

const ENV = 'export const env = schema.parse(process.env);\n';

/** Knows one style, as a dialect does. */
function recognise(_: string, text: string): string | null {
	return /schema\.parse\(process\.env\)|convict\(/.test(text) ? 'zod' : null;
}

function find(root: string, place: Partial<ConfigModuleSearch> = {}) {
	const full = { root, boundary: root, sourceRoot: 'src', manifest: {}, members: [], ...place };
	const { fact, warnings } = findConfigModule({
		recognise,
		reasonAgainst,
		...full,
		sources: readSources(full),
	});
	return { fact: fact.known, unknown: fact.unknown, warnings };
}

function pathIn(files: Record<string, string>, sourceRoot = 'src'): string | null {
	return find(makeTree(files), { sourceRoot }).fact?.path ?? null;
}

function codes({ warnings }: ReturnType<typeof find>): string[] {
	return warnings.map(({ code }) => code);
}

describe('by name', () => {
	it.each([
		'config/env.ts',
		'env.ts',
		'config.ts',
		'config/index.ts',
		'lib/env.ts',
		'lib/config.ts',
		'utils/env.ts',
		'server/env.ts',
		'shared/env.ts',
		'core/config.ts',
		'utils/validateEnv.ts',
		'settings.ts',
		'environment.ts',
		'env.server.ts',
		'env.mjs',
		'config.js',
		'env.mts',
		'lib/env/index.ts',
		'config/environment.ts',
		'config/app.config.ts',
		'config/redis.config.ts',
		'lib/server-env.ts',
		'utils/app_config.ts',
		'lib/env-vars.ts',
		'core/secrets.ts',
		'config/env.server.ts',
		'env/server.ts',
		'lib/appConfig.ts',
		'start/env.ts',
	])('finds src/%s', (name) => {
		expect(pathIn({ [`src/${name}`]: ENV })).toBe(`src/${name}`);
	});

	it.each([
		'env.d.ts',
		'env.test.ts',
		'config.spec.ts',
		'env.tsx',
		'config.json',
		'vite.config.ts',
		'vitest.config.ts',
		'drizzle.config.ts',
		'tests/env.ts',
		'lib/environmental.ts',
		'lib/reconfigure.ts',
		'deep/down/env.ts',
		'env.cjs',
	])('passes over src/%s', (name) => {
		expect(pathIn({ [`src/${name}`]: ENV })).toBeNull();
	});

	it.each([['config.ts'], ['config/env.ts'], ['lib/env.ts']])(
		'finds %s where the project root is the source root',
		(name) => {
			expect(pathIn({ [name]: ENV }, '')).toBe(name);
		},
	);

	it.each(['app.config.ts', 'vite.config.ts', 'next.config.mjs'])(
		'passes over %s at the project root',
		(name) => {
			expect(pathIn({ [name]: ENV }, '')).toBeNull();
		},
	);

	it('passes over eval/fixtures', () => {
		const files = {
			'src/eval/fixtures/a/config.ts': ENV,
			'src/app.ts': "import './eval/fixtures/a/config.ts';\n",
		};
		expect(pathIn(files)).toBeNull();
	});

	it('prefers the more usual name', () => {
		expect(pathIn({ 'src/config.ts': ENV, 'src/lib/env.ts': ENV, 'src/config/env.ts': ENV })).toBe(
			'src/config/env.ts',
		);
	});

	it('goes by what the module does, not by its name alone', () => {
		const files = { 'src/config.ts': 'export const routes = ["/"];\n', 'src/lib/settings.ts': ENV };
		expect(pathIn(files)).toBe('src/lib/settings.ts');
	});

	it('gives the text, the dialect and the evidence', () => {
		const { fact, warnings } = find(makeTree({ 'src/env.ts': ENV }));
		expect(fact).toEqual({
			path: 'src/env.ts',
			text: ENV,
			dialect: 'zod',
			from: 'src/env.ts',
			beside: { files: [], links: {}, users: [], importers: [] },
			through: null,
		});
		expect(warnings).toEqual([]);
	});

	it('finds a schema by which others validate, where nothing reads the environment', () => {
		const schema =
			"import { z } from 'zod';\nexport const envSchema = z.object({\n  NODE_ENV: z.string(),\n  DATABASE_URL: z.string(),\n});\n";
		const pathOf = (files: Record<string, string>) =>
			find(makeTree(files), { recognise: recogniseDialect }).fact?.path ?? null;
		expect(pathOf({ 'src/env.schema.ts': schema })).toBe('src/env.schema.ts');
		const refined = schema.replace('export const envSchema', 'const shape');
		const exported = 'export const envSchema = shape.superRefine(() => {});\n';
		expect(pathOf({ 'src/env.schema.ts': `${refined}${exported}` })).toBe('src/env.schema.ts');
		const bare =
			"import Joi from 'joi';\nexport default Joi.object({\n  PG_HOST: Joi.string(),\n  TOKEN_KEY: Joi.string(),\n});\n";
		expect(pathOf({ 'src/env.schema.ts': bare })).toBe('src/env.schema.ts');
		const json =
			"export const envSchema = {\n  type: 'object',\n  required: ['DB_URL'],\n  properties: {\n    DB_URL: { type: 'string' },\n    KEY_ID: { type: 'string' },\n  },\n};\n";
		expect(pathOf({ 'src/env.schema.ts': json })).toBe('src/env.schema.ts');
		const plain = 'export const config = { port: process.env.PORT };\n';
		expect(pathOf({ 'src/env.schema.ts': schema, 'src/config.ts': plain })).toBe('src/config.ts');
		expect(pathOf({ 'src/env.schema.ts': schema.replaceAll(/[A-Z]+_/g, 'x') })).toBeNull();
	});

	it('finds a module whose library reads the environment itself', () => {
		expect(
			pathIn({ 'src/config.ts': "import convict from 'convict';\nexport default convict({});\n" }),
		).toBe('src/config.ts');
	});
});

describe('by import', () => {
	it.each([
		["import { env } from '../config/env.ts';", 'config/env.ts'],
		["import { env } from '../config/env.js';", 'config/env.ts'],
		["import { env } from '../config/env';", 'config/env.ts'],
		["import env from '../config';", 'config/index.ts'],
		["import {\n  env,\n  other,\n} from '../shared/my-env';", 'shared/my-env.ts'],
		["export { env } from '../env.js';", 'env.js'],
		["import '../env.ts';", 'env.ts'],
		["import { env } from './deep/down/env.ts';", 'src/deep/down/env.ts'],
	])('follows %j', (line, path) => {
		expect(pathIn({ 'src/app.ts': `${line}\n`, [path]: ENV })).toBe(path);
	});

	it.each([
		["import type { Env } from '../config/env.ts';", 'config/env.ts'],
		["// import { env } from '../config/env.ts';", 'config/env.ts'],
		["import { env } from '../config/other.ts';", 'config/another.ts'],
		["import 'dotenv/config';", 'node_modules/dotenv/config.js'],
		["import { env } from '@acme/env';", 'packages/env/index.ts'],
	])('does not follow %j', (line, path) => {
		expect(pathIn({ 'src/app.ts': `${line}\n`, [path]: ENV })).toBeNull();
	});

	it('follows agents', () => {
		const root = makeTree({
			'src/agents/hello.ts': "import { env } from '../../shared/env.ts';\n",
			'shared/env.ts': ENV,
		});
		expect(find(root).fact).toMatchObject({
			path: 'shared/env.ts',
			from: 'shared/env.ts, imported by src/agents/hello.ts',
		});
	});

	it('reaches the web app beside .flue only through an import', () => {
		const files = { '.flue/agents/a.ts': '', 'src/env.ts': ENV };
		expect(pathIn(files, '.flue')).toBeNull();
		const line = "import { env } from '../../src/env.ts';\n";
		expect(pathIn({ ...files, '.flue/agents/a.ts': line }, '.flue')).toBe('src/env.ts');
	});

	it.each([
		['{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }', '@/deep/env'],
		[
			'{ /* ours */ "compilerOptions": { "baseUrl": "src", "paths": { "~env": ["deep/env.ts"], } } }',
			'~env',
		],
		['{ "compilerOptions": { "baseUrl": "." } }', 'src/deep/env'],
		['{ "extends": "./base.json" }', '#app/deep/env.js'],
	])('follows the alias of %j', (tsconfig, specifier) => {
		const base = '{ "compilerOptions": { "paths": { "#app/*": ["./src/*"] } } }';
		const files = {
			'tsconfig.json': tsconfig,
			'base.json': base,
			'src/app.ts': `import { env } from '${specifier}';\n`,
		};
		expect(pathIn({ ...files, 'src/deep/env.ts': ENV })).toBe('src/deep/env.ts');
	});

	it('follows the imports of package.json', () => {
		const root = makeTree({
			'src/app.ts': "import { env } from '#env';\n",
			'src/deep/env.ts': ENV,
		});
		const manifest = { imports: { '#env': { types: './x.d.ts', default: './src/deep/env.ts' } } };
		expect(find(root, { manifest: { imports: { '#env': './src/deep/env.ts' } } }).fact?.path).toBe(
			'src/deep/env.ts',
		);
		expect(find(root, { manifest }).fact?.path).toBe('src/deep/env.ts');
	});

	it('stays inside the boundary', () => {
		const boundary = makeTree({
			'env.ts': ENV,
			'repo/env.ts': ENV,
			'repo/app/src/a.ts': "import { env } from '../../env.ts';\n",
		});
		const root = join(boundary, 'repo/app');
		expect(find(root, { boundary: join(boundary, 'repo') }).fact?.path).toBe('../env.ts');
		expect(find(root).fact).toBeNull();
	});

	it('does not follow a link out of the boundary', () => {
		const outside = makeTree({ 'env.ts': ENV });
		const root = makeTree({ 'src/app.ts': "import './deep/env.ts';\n", 'src/deep/': '' });
		symlinkSync(join(outside, 'env.ts'), join(root, 'src/deep/env.ts'));
		expect(find(root).fact).toBeNull();
	});

	it('prefers what Flue code imports most, and names the other', () => {
		const root = makeTree({
			'src/config/env.ts': ENV,
			'src/lib/settings.ts': ENV,
			'src/env.ts': ENV,
			'src/app.ts': "import './lib/settings.ts';\nimport './config/env.ts';\n",
			'src/agents/a.ts': "import '../lib/settings.ts';\n",
		});
		const found = find(root);
		expect(found.fact?.path).toBe('src/lib/settings.ts');
		expect(found.fact?.from).toBe('src/lib/settings.ts, imported by src/app.ts and 1 more');
		expect(codes(found)).toEqual(['CONFIG_MODULE_AMBIGUOUS']);
		expect(found.warnings[0]?.message).toContain('src/config/env.ts');
		expect(found.warnings[0]?.message).not.toContain('src/env.ts');
	});

	it('says nothing of a second module that Flue code does not import', () => {
		const root = makeTree({
			'src/env.ts': ENV,
			'src/config.ts': ENV,
			'src/app.ts': "import './config.ts';\n",
		});
		const found = find(root);
		expect(found.fact?.path).toBe('src/config.ts');
		expect(found.warnings).toEqual([]);
	});
});

const SEVERAL =
	'export const env = schema.parse(process.env);\nexport type Keys = "DATABASE_URL" | "MODEL_KEY";\n';

describe('by what Flue code imports, whatever its name', () => {
	it.each([
		['lib/boot.ts', SEVERAL, 'src/lib/boot.ts'],
		['lib/boot.ts', ENV, null],
		[
			'lib/github.ts',
			`${ENV}// 'GITHUB_TOKEN'\nexport const a = ['GITHUB_ORG', 'GITHUB_KEY'];\n`,
			null,
		],
		['agents/b.ts', SEVERAL, null],
		['app.ts', SEVERAL, null],
	])('src/%s %j: %s', (name, text, path) => {
		const files = { [`src/${name}`]: text, 'src/agents/a.ts': `import '../${name}';\n` };
		expect(pathIn(files)).toBe(path);
	});

	it('prefers one whose name says it', () => {
		const files = {
			'src/lib/boot.ts': SEVERAL,
			'src/lib/env.ts': ENV,
			'src/agents/a.ts': "import '../lib/boot.ts';\n",
			'src/agents/b.ts': "import '../lib/boot.ts';\nimport '../lib/env.ts';\n",
		};
		expect(pathIn(files)).toBe('src/lib/env.ts');
	});

	it('is not named where no dialect knows its style', () => {
		const text = SEVERAL.replace('schema.parse', 'strange');
		const files = { 'src/lib/boot.ts': text, 'src/agents/a.ts': "import '../lib/boot.ts';\n" };
		expect(find(makeTree(files)).unknown).toBeNull();
	});
});

describe('by way of a file that gives names on', () => {
	const USE = {
		'src/agents/a.ts': "import { env } from '../shared/index.ts';\n",
		'shared/env.ts': ENV,
	};
	it.each([
		["export * from './env.ts';\nexport * from './other.ts';\n", null],
		["export { env, other } from './env.ts';\n", ['env', 'other']],
	])('follows %j', (text, names) => {
		const files = { ...USE, 'src/shared/index.ts': text, 'src/shared/env.ts': ENV };
		expect(find(makeTree(files)).fact).toMatchObject({
			path: 'src/shared/env.ts',
			from: 'src/shared/env.ts, imported by src/agents/a.ts through src/shared/index.ts',
			through: { path: 'src/shared/index.ts', specifier: null, names },
		});
	});

	it('follows two of them, and ends in a circle', () => {
		const files = {
			...USE,
			'src/shared/index.ts': "export * from './b.ts';\n",
			'src/shared/b.ts': "export { env } from './deep/env.ts';\nexport * from './index.ts';\n",
			'src/shared/deep/env.ts': ENV,
		};
		expect(find(makeTree(files)).fact).toMatchObject({
			path: 'src/shared/deep/env.ts',
			through: { path: 'src/shared/index.ts', names: ['env'] },
		});
	});
});

describe('in a package of the same repository', () => {
	const APP = {
		'apps/bot/src/agents/a.ts': "import { env } from '@acme/env';\n",
		'packages/env/src/index.ts': "export * from './server.ts';\n",
		'packages/env/src/server.ts': ENV,
		'packages/env/dist/index.js': ENV,
	};
	const dependencies = { '@acme/env': 'workspace:*' };
	const inRepository = (packaged: object, more: Partial<ConfigModuleSearch> = {}) => {
		const manifest = JSON.stringify({ name: '@acme/env', ...packaged });
		const boundary = makeTree({ ...APP, 'packages/env/package.json': manifest });
		const members = [join(boundary, 'apps/bot'), join(boundary, 'packages/env')];
		const place = { boundary, members, manifest: { dependencies } };
		return find(join(boundary, 'apps/bot'), { ...place, ...more }).fact;
	};

	it.each([
		[{ exports: './src/index.ts' }],
		[{ exports: { '.': { types: './x.d.ts', default: './src/index.ts' } } }],
		[{ main: 'src/index.ts' }],
		[{ module: './src/index' }],
	])('finds the source behind %j', (packaged) => {
		expect(inRepository(packaged)).toMatchObject({
			path: '../../packages/env/src/server.ts',
			through: { path: '../../packages/env/src/index.ts', specifier: '@acme/env', names: null },
		});
	});

	it.each([
		[{ exports: './dist/index.js' }],
		[{ exports: { './server': './src/server.ts' } }],
		[{ exports: '../../../outside.ts' }],
		[{}],
	])('leaves alone what is built, not exported or not there: %j', (packaged) => {
		expect(inRepository(packaged)).toBeNull();
	});

	it('needs the dependency, and the workspace', () => {
		const packaged = { exports: './src/index.ts' };
		expect(inRepository(packaged, { manifest: {} })).toBeNull();
		expect(inRepository(packaged, { members: [] })).toBeNull();
	});
});

describe('a module that cannot be used', () => {
	it.each([
		["import 'server-only';\n", 'server-only'],
		["'use client';\n", 'use client'],
		['const mode = import.meta.env.MODE;\n', 'import.meta.env'],
		["import { dev } from '$app/environment';\n", 'bundler'],
	])('is one that has %j', (line, reason) => {
		const found = find(makeTree({ 'src/env.ts': line + ENV }));
		expect(found.fact).toBeNull();
		expect(codes(found)).toEqual(['CONFIG_MODULE_UNUSABLE']);
		expect(found.warnings[0]?.message).toContain(reason);
		expect(found.warnings[0]?.message).toContain('src/env.ts');
	});

	const chain = (length: number) => {
		const names = Array.from({ length }, (_, at) => `export const a${at + 1} = a${at};\n`);
		const last = `export const config = { databaseUrl: a${length} };\n`;
		return `export const a0 = process.env.DATABASE_URL!;\n${names.join('')}${last}`;
	};
	const sum = (length: number) =>
		`export const config = { url: process.env.URL, x: 'a'${" + 'b'".repeat(length)} };\n`;

	it.each([
		['a long sum', sum(4999)],
		['a sum just too long', sum(400)],
		['a chain of names', chain(1199)],
		['a chain of names that is just too long', chain(60)],
		[
			'an operator before itself',
			`export const config = [process.env.URL, ${'!'.repeat(20_000)}1];\n`,
		],
	])('is one that nests too deeply: %s', (_, text) => {
		const found = find(makeTree({ 'src/config.ts': text }), { recognise: recogniseDialect });
		expect(found.fact).toBeNull();
		expect(codes(found)).toEqual(['CONFIG_MODULE_UNUSABLE']);
		expect(found.warnings[0]?.message).toContain('src/config.ts is not used because it nests too');
	});

	it.each([sum(380), chain(40)])('is not one that nests less', (text) => {
		const found = find(makeTree({ 'src/config.ts': text }), { recognise: recogniseDialect });
		expect(codes(found)).toEqual([]);
	});

	it('is not one beside which a file nests too deeply', () => {
		const text =
			"import { x } from './x.ts';\nexport const config = { url: process.env.URL, x };\n";
		const files = { 'src/config.ts': text, 'src/x.ts': sum(4999) };
		const found = find(makeTree(files), { recognise: recogniseDialect });
		expect(found.fact).toMatchObject({ path: 'src/config.ts', dialect: 'object' });
	});

	it.each<[reason: string, bytes: string | Uint8Array]>([
		['it is too long to be looked through', `${ENV}// ${'x'.repeat(2_000_000)}\n`],
		['it is not UTF-8 text', new Uint8Array([0x2f, 0x2f, 0xff, 0x0a])],
		['it nests too deeply to be understood', `${ENV}${'['.repeat(300)}${']'.repeat(300)}\n`],
		['it is no plain file', ''],
	])('is one of which is true: %s', (reason, bytes) => {
		const root = makeTree({ 'src/config.ts': '' });
		const path = join(root, 'src/config.ts');
		writeFileSync(path, bytes);
		if (bytes === '') {
			rmSync(path);
			execFileSync('mkfifo', [path]);
		}
		const found = find(root);
		expect(codes(found)).toEqual(['CONFIG_MODULE_UNUSABLE']);
		expect(found.warnings[0]?.message).toContain(`src/config.ts is not used because ${reason}:`);
	});

	it('is one that holds public values only', () => {
		const text =
			'export const publicEnv = { url: process.env.NEXT_PUBLIC_URL, mode: process.env.NODE_ENV };\n';
		expect(codes(find(makeTree({ 'src/lib/env.ts': text })))).toEqual(['CONFIG_MODULE_UNUSABLE']);
	});

	it('is not one that holds public values beside others', () => {
		const text = `export const publicEnv = { url: process.env.NEXT_PUBLIC_URL };\n${ENV}`;
		expect(pathIn({ 'src/env.ts': text })).toBe('src/env.ts');
	});

	it.each(["// import 'server-only';\n", '/* import.meta.env */\n'])(
		'is not one that mentions %j in a comment',
		(line) => {
			expect(pathIn({ 'src/env.ts': line + ENV })).toBe('src/env.ts');
		},
	);

	it('is not mentioned where another can be used', () => {
		const found = find(
			makeTree({ 'src/env.ts': `import 'server-only';\n${ENV}`, 'src/config.ts': ENV }),
		);
		expect(found.fact?.path).toBe('src/config.ts');
		expect(found.warnings).toEqual([]);
	});

	it('is one in a style that no dialect knows, and it is named', () => {
		const found = find(
			makeTree({ 'src/env.ts': 'export const x = strange(process.env.REDIS_URL);\n' }),
		);
		expect(found.fact).toBeNull();
		expect(found.unknown).toBe('src/env.ts');
		expect(found.warnings).toEqual([]);
	});
});

describe('a module in a style that no dialect knows', () => {
	const SMOKE = 'export const smoke = run(process.env.MODEL);\n';
	const GIVEN =
		'export function effectiveConfig(env: NodeJS.ProcessEnv = process.env) { return run(env); }\n';
	const CLASS = 'export class Runtime { constructor(private env = process.env) {} }\n';
	it.each([
		['src/agents/local-env-smoke.ts', SMOKE, null],
		['src/config/effective-config.ts', GIVEN, null],
		['src/config.ts', GIVEN, null],
		['src/config/runtime-env.ts', CLASS, null],
		['src/config/effective-config.ts', SMOKE, null],
		['src/config/effective-config.ts', `${SMOKE}${SMOKE.replace('smoke', 'b')}`, 'it'],
		['src/config/app-config.ts', SMOKE, 'it'],
		['src/config/serverEnv.ts', SMOKE, 'it'],
	])('is named for its name, or for its several values: %s %s', (path, text, named) => {
		const files = { [path]: text, 'src/agents/a.ts': `import '../${path.slice(4)}';\n` };
		expect(find(makeTree(files)).unknown).toBe(named && path);
	});
});

it('knows what users of a module ask its functions for', () => {
	const root = makeTree({
		'src/shared/env.ts':
			'export function requiredEnv(name: string) {\n  const value = process.env[name];\n  if (!value) throw new Error(name);\n  return value;\n}\n',
		'src/agents/a.ts': `import { requiredEnv } from '../shared/env.ts';\nrequiredEnv('MODEL');\n`,
	});
	const fact = find(root, { recognise: recogniseDialect }).fact;
	expect(fact).toMatchObject({ path: 'src/shared/env.ts', dialect: 'helper-functions' });
});

it('knows a module that asks a helper in another file', () => {
	const root = makeTree({
		'src/utils/get-env.ts':
			'export const getEnv = (name: string, fallback = "") => {\n  const value = process.env[name];\n  if (value === undefined) throw new Error(name);\n  return value;\n};\n',
		'src/config/config.ts': `import { getEnv } from '../utils/get-env.ts';\nexport const config = { databaseUrl: getEnv('DATABASE_URL'), key: getEnv('MODEL_KEY') };\n`,
		'src/agents/a.ts': `import { config } from '../config/config.ts';\n`,
	});
	const { fact } = find(root, { recognise: recogniseDialect });
	expect(fact).toMatchObject({ path: 'src/config/config.ts', dialect: 'helpers' });
});

describe('what is no config module', () => {
	it.each([
		['constants', 'export const chains = { main: 1 };\n'],
		[
			'a loader of env files',
			'export function load(text) { for (const [k, v] of parse(text)) process.env[k] ??= v; }\n',
		],
		[
			'a builder of a child environment',
			'export const childEnv = () => ({ ...process.env, CI: "1" });\n',
		],
		[
			'a builder of a child environment from some of the variables',
			'export const childEnv = () => { const env = {}; for (const [k, v] of Object.entries(process.env)) if (allowed(k)) env[k] = v; return env; };\n',
		],
		[
			'a loader that asks for the stage alone',
			"export function loadEnv() { config({ path: process.env.NODE_ENV === 'test' ? '.env.test' : '.env' }); }\n",
		],
		['a type', 'export interface Env { DB: D1Database }\n'],
		['a module that exports nothing', 'console.log(process.env.X);\n'],
		[
			'commented-out code',
			'// export const env = schema.parse(process.env);\nexport const a = 1;\n',
		],
		['an empty file', ''],
	])('is passed over in silence: %s', (_, text) => {
		expect(find(makeTree({ 'src/env.ts': text }))).toEqual({
			fact: null,
			unknown: null,
			warnings: [],
		});
	});

	it('is a file too large to be one', () => {
		expect(pathIn({ 'src/env.ts': ENV + ' '.repeat(300_000) })).toBeNull();
	});

	it('is a folder or a link to nothing', () => {
		const root = makeTree({ 'src/env.ts/': '' });
		symlinkSync('nowhere', join(root, 'src/config.ts'));
		expect(find(root)).toEqual({ fact: null, unknown: null, warnings: [] });
	});
});

it('asks a dialect only about what may be a config module', () => {
	const asked: string[] = [];
	const root = makeTree({
		'src/app.ts': ENV,
		'src/lib/routes.ts': ENV,
		'src/config.ts': 'export const a = 1;\n',
		'src/env.ts': ENV,
		'src/settings.ts': ENV,
	});
	find(root, {
		recognise: (path) => {
			asked.push(path);
			return 'object';
		},
	});
	expect(asked).toEqual(['src/env.ts']);
});
