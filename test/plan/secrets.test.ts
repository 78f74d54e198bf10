import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/model/facts.ts';
import type { EnvFile } from '../../src/model/secrets.ts';
import { importSpecifier, planSecrets } from '../../src/plan/secrets.ts';
import { refusalOf } from '../refusal.ts';
import { makeFacts } from '../values.ts';

describe('importSpecifier', () => {
	it.each([
		['src/db.ts', 'src/env.ts', './env.ts', './env.js', './env'],
		['src/db.ts', 'src/config/index.ts', './config/index.ts', './config/index.js', './config'],
		['src/db.ts', 'src/index.ts', './index.ts', './index.js', './index'],
		['src/db.ts', 'src/env.mts', './env.mts', './env.mjs', './env.mjs'],
		['src/db.ts', 'src/env.cts', './env.cts', './env.cjs', './env.cjs'],
		['src/db.ts', 'src/env.js', './env.js', './env.js', './env'],
		['src/db.ts', 'src/env.mjs', './env.mjs', './env.mjs', './env.mjs'],
		['src/db.ts', 'env.ts', '../env.ts', '../env.js', '../env'],
		['src/db.ts', 'index.ts', '../index.ts', '../index.js', '../index'],
		['src/a/b/db.ts', 'src/lib/env.ts', '../../lib/env.ts', '../../lib/env.js', '../../lib/env'],
		['db.ts', 'env.ts', './env.ts', './env.js', './env'],
		['db.ts', '.flue/env.ts', './.flue/env.ts', './.flue/env.js', './.flue/env'],
		['.flue/db.ts', '.flue/env.ts', './env.ts', './env.js', './env'],
		['.flue/db.ts', 'src/env.ts', '../src/env.ts', '../src/env.js', '../src/env'],
		['src/db.ts', 'src/.env.config.ts', './.env.config.ts', './.env.config.js', './.env.config'],
		['src/db.ts', 'src/app.config.ts', './app.config.ts', './app.config.js', './app.config'],
		[
			'src/db.ts',
			'../shared/env.ts',
			'../../shared/env.ts',
			'../../shared/env.js',
			'../../shared/env',
		],
	])('from %s to %s', (from, to, ts, js, bare) => {
		expect(importSpecifier(from, to, '.ts')).toBe(ts);
		expect(importSpecifier(from, to, '.js')).toBe(js);
		expect(importSpecifier(from, to, '')).toBe(bare);
	});

	it('is relative and leads to the module, wherever both lie', () => {
		const name = fc.constantFrom('src', '.flue', 'a', '..b', 'index', '.x');
		const path = fc.array(name, { maxLength: 3 }).map((folders) => [...folders, 'm.ts'].join('/'));
		fc.assert(
			fc.property(path, path, (from, to) => {
				const specifier = importSpecifier(from, to, '.ts');
				expect(specifier).toMatch(/^\.{1,2}\//);
				expect(posix.join(posix.dirname(from), specifier)).toBe(to);
			}),
		);
	});
});

const ENV: EnvFile = { path: '.env', text: 'A=1\n', role: 'private', ignored: true };
const EXAMPLE: EnvFile = { path: '.env.example', text: 'A=\n', role: 'example', ignored: false };
const MODULE = {
	path: 'src/env.ts',
	dialect: 'object',
	from: 'src/env.ts',
	beside: { files: [], links: {}, users: [], importers: [] },
	through: null,
};
const UNDERSTOOD = 'export const env = {\n  A: process.env.A,\n};\n';
const NOT_UNDERSTOOD = 'export const env = load(process.env);\n';

function factsWith(
	convention: Facts['secrets']['convention']['value'],
	{ files = [ENV, EXAMPLE], module = null }: { files?: EnvFile[]; module?: string | null } = {},
): Facts {
	return makeFacts({
		secrets: {
			convention: { value: convention, from: 'what was found' },
			env: { files, present: {} },
			configModule: module === null ? null : { ...MODULE, text: module },
			unknownModule: null,
		},
	});
}

const WISH = { variable: 'REDIS_URL', convention: undefined, isSetInEnvironment: false };

describe('planSecrets', () => {
	it('gives the lines to paste for a module in a style that is not known', () => {
		const facts = factsWith('env');
		const unknown = { ...facts, secrets: { ...facts.secrets, unknownModule: 'src/env.ts' } };
		const plan = planSecrets(unknown, WISH);
		expect(plan.expression).toBe('process.env.REDIS_URL');
		expect(plan.warnings.map(({ code }) => code)).toEqual(['CONFIG_MODULE_NOT_UNDERSTOOD']);
		expect(plan.warnings[0]?.message).toContain('export const redisUrl = process.env.REDIS_URL;');
		expect(planSecrets(unknown, { ...WISH, convention: 'env' }).warnings).toEqual([]);
	});

	it.each([
		[
			"import { z } from 'zod';\nexport const env = z.object({\n  REDIS_URL: z.string().transform((text) => new URL(text)),\n}).parse(process.env);\n",
			null,
		],
		[
			"import { z } from 'zod';\nexport const config = loadSync(z.object({\n  DATABASE_URL: z.string(),\n}).parse(process.env));\n",
			'REDIS_URL: z.string()',
		],
		[
			'export const env = {\n  redisUrl: parse(process.env.REDIS_URL),\n  b: process.env.B,\n};\n',
			null,
		],
		['export const env = { a: process.env.A, ;\n', null],
	])(
		'proposes no key that is there already, and what the module’s own library says: %j',
		(text, added) => {
			const facts = factsWith('config-module', { module: text });
			const [warning] = planSecrets(facts, WISH).warnings;
			expect(warning?.message).toContain('src/env.ts was left alone: it');
			expect(/add: (.*)$/.exec(warning?.message ?? '')?.[1] ?? null).toBe(added && `${added},`);
		},
	);

	it('gives every env file the key', () => {
		const plan = planSecrets(factsWith('env'), WISH);
		expect(plan).toMatchObject({ expression: 'process.env.REDIS_URL', module: null, warnings: [] });
		expect(plan.steps.map(({ path }) => path).sort()).toEqual(['.env', '.env.example']);
		expect(plan.steps.every(({ shown }) => shown === 'additions')).toBe(true);
	});

	it('writes nothing without a convention', () => {
		expect(planSecrets(factsWith('none', { files: [] }), WISH)).toEqual({
			convention: { value: 'none', from: 'what was found' },
			expression: 'process.env.REDIS_URL',
			module: null,
			requiredBy: null,
			steps: [],
			warnings: [],
		});
	});

	it('spares the files when --secrets none is said, and says why', () => {
		const plan = planSecrets(factsWith('env'), { ...WISH, convention: 'none' });
		expect(plan.convention).toEqual({ value: 'none', from: '--secrets' });
		expect(plan.steps).toEqual([]);
	});

	it('puts the key into the config module and reads it from there', () => {
		const plan = planSecrets(factsWith('config-module', { module: UNDERSTOOD }), WISH);
		expect(plan.expression).toBe('env.REDIS_URL');
		expect(plan.module).toMatchObject({
			specifier: './env.ts',
			access: { import: { kind: 'named', name: 'env' } },
		});
		const step = plan.steps.find(({ path }) => path === 'src/env.ts');
		expect(step).toMatchObject({ before: UNDERSTOOD, shown: 'additions' });
		expect(step?.after).toContain('REDIS_URL: process.env.REDIS_URL');
		expect(plan.steps.map(({ path }) => path)).toContain('.env.example');
	});

	it.each([
		[{ path: 'src/index.ts', specifier: null, names: ['env'] }, './index.ts'],
		[{ path: 'src/index.ts', specifier: null, names: ['other'] }, './env.ts'],
		[{ path: 'packages/env/index.ts', specifier: '@acme/env', names: null }, '@acme/env'],
		[{ path: 'src/env.ts', specifier: '@acme/env', names: null }, '@acme/env'],
		[{ path: 'packages/env/index.ts', specifier: '@acme/env', names: ['other'] }, null],
	])('imports it as other Flue code does: %j', (through, specifier) => {
		const facts = factsWith('config-module', { module: UNDERSTOOD });
		const { configModule } = facts.secrets;
		const secrets = {
			...facts.secrets,
			configModule: configModule && { ...configModule, through },
		};
		const plan = planSecrets({ ...facts, secrets }, WISH);
		expect(plan.module?.specifier ?? null).toBe(specifier);
		if (specifier === null) expect(plan.warnings[0]?.message).toContain('does not export env');
	});

	it.each([
		['z.url().optional()', '# REDIS_URL='],
		['z.string().optional()', 'REDIS_URL='],
		['z.url()', 'REDIS_URL='],
	])('writes the key of %s as %s', (validator, line) => {
		const text = `import { z } from 'zod';\nexport const env = z.object({\n  DATABASE_URL: ${validator},\n}).parse(process.env);\n`;
		const { steps } = planSecrets(factsWith('config-module', { module: text }), WISH);
		const files = steps.filter(({ path }) => path.startsWith('.env'));
		expect(files.map(({ after }) => after.includes(`\n${line}\n`))).toEqual([true, true]);
	});

	it.each([
		['zod', 'z.string().min(1)', true],
		['zod', 'z.string().optional()', false],
		['zod', "z.string().default('redis://localhost')", false],
		['object', 'process.env.DATABASE_URL', false],
		['object', "required('DATABASE_URL')", true],
		['object', "process.env.DATABASE_URL ?? ''", false],
	])('knows whether the module ends without a value: %s with %s', (dialect, written, isAsked) => {
		const helper =
			'function required(name) { const v = process.env[name]; if (!v) throw 1; return v; }\n';
		const list = `{\n  DATABASE_URL: ${written},\n}`;
		const text =
			dialect === 'zod'
				? `import { z } from 'zod';\nexport const env = z.object(${list}).parse(process.env);\n`
				: `${helper}export const env = ${list};\n`;
		const { requiredBy } = planSecrets(factsWith('config-module', { module: text }), WISH);
		expect(requiredBy).toBe(isAsked ? 'src/env.ts' : null);
	});

	it('knows that a list of required names asks for the new one too', () => {
		const text =
			"const needed = ['DATABASE_URL', 'API_KEY'];\nfor (const name of needed) if (!process.env[name]) throw new Error(name);\nexport const env = {\n  DATABASE_URL: process.env.DATABASE_URL,\n  API_KEY: process.env.API_KEY,\n};\n";
		const { requiredBy } = planSecrets(factsWith('config-module', { module: text }), WISH);
		expect(requiredBy).toBe('src/env.ts');
	});

	it('writes nothing into a module that has the key', () => {
		const module = 'export const env = {\n  REDIS_URL: process.env.REDIS_URL,\n};\n';
		const plan = planSecrets(factsWith('config-module', { module, files: [] }), WISH);
		expect(plan).toMatchObject({ expression: 'env.REDIS_URL', steps: [] });
	});

	it.each([
		['env', [ENV]],
		['none', []],
	] as const)('leaves alone what it does not understand, and falls back to %s', (value, files) => {
		const facts = factsWith('config-module', { module: NOT_UNDERSTOOD, files: [...files] });
		const plan = planSecrets(facts, WISH);
		expect(plan.convention.value).toBe(value);
		expect(plan.expression).toBe('process.env.REDIS_URL');
		expect(plan.steps.map(({ path }) => path)).not.toContain('src/env.ts');
		expect(plan.warnings.map(({ code }) => code)).toEqual(['CONFIG_MODULE_NOT_UNDERSTOOD']);
	});

	it.each([
		['there is none', null],
		['it is not understood', NOT_UNDERSTOOD],
	])('refuses --secrets config-module when %s', (_, module) => {
		const error = refusalOf(() =>
			planSecrets(factsWith('env', { module }), { ...WISH, convention: 'config-module' }),
		);
		expect(error).toMatchObject({ code: 'BAD_USAGE', status: 2 });
		expect(error.hint).toContain('--secrets env');
	});

	it('does not touch the module when --secrets env is said', () => {
		const facts = factsWith('config-module', { module: UNDERSTOOD });
		const plan = planSecrets(facts, { ...WISH, convention: 'env' });
		expect(plan).toMatchObject({ expression: 'process.env.REDIS_URL', module: null });
		expect(plan.steps.map(({ path }) => path)).not.toContain('src/env.ts');
	});
});
