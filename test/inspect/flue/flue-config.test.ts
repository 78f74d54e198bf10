import { describe, expect, it } from 'vitest';
import { readFlueConfig } from '../../../src/inspect/flue/flue-config.ts';
import { makeTree } from '../../tree.ts';

const IMPORT = "import { defineConfig } from '@flue/runtime/config';\n";

function read(text: string, others: Record<string, string> = {}, name = 'flue.config.ts') {
	return readFlueConfig(makeTree({ [name]: text, ...others }));
}

describe('readFlueConfig', () => {
	it('is null without a config', () => {
		expect(readFlueConfig(makeTree({ 'package.json': '{}' }))).toBeNull();
	});

	it.each([
		['defineConfig', `${IMPORT}export default defineConfig({\n  target: 'node',\n});`, 3],
		[
			'defineConfig of another package',
			"import { defineConfig as d } from 'x';\nexport default d({ target: 'node' });",
			2,
		],
		['a plain object', "export default { target: 'node' };", 1],
		['satisfies', "export default { target: 'node' } satisfies FlueConfig;", 1],
		['as', "export default ({ target: 'node' } as const) as FlueConfig;", 1],
		['a const', "const config = {\n  target: 'node',\n};\nexport default config;", 2],
		[
			'a const through defineConfig',
			`${IMPORT}const config = { target: 'node' };\nexport default defineConfig(config);`,
			2,
		],
		['export as default', "const config = { target: 'node' };\nexport { config as default };", 1],
		['module.exports', "module.exports = { target: 'node' };", 1],
		['a value in a const', "const target = 'node' as const;\nexport default { target };", 2],
		['a template literal', 'export default { target: `node` };', 1],
		['a quoted key', "export default { 'target': 'node' };", 1],
		['a function', "export default defineConfig(() => ({ target: 'node' }));", 1],
		[
			'an async function with statements',
			"export default async () => {\n  const x = 1;\n  return { target: 'node' };\n};",
			3,
		],
		[
			'a local function',
			"function base() {\n  return { target: 'node' };\n}\nexport default base();",
			2,
		],
		['a spread', "const base = { target: 'node' };\nexport default { ...base, db: 'a.ts' };", 1],
		[
			'a spread that is overridden',
			"const base = { target: 'cloudflare' };\nexport default { ...base, target: 'node' };",
			2,
		],
		[
			'a member of a const',
			"const targets = { main: 'node' };\nexport default { target: targets.main };",
			2,
		],
		['the same in both branches', "export default { target: process.env.X ? 'node' : 'node' };", 1],
		['Object.freeze', "export default Object.freeze({ target: 'node' });", 1],
		[
			'a default after a constant',
			"const given = undefined;\nexport default { target: given ?? 'node' };",
			2,
		],
		['CRLF and a BOM', "\uFEFFexport default {\r\n\ttarget: 'node',\r\n};\r\n", 2],
	])('reads a target through %s', (_, text, line) => {
		expect(read(text)?.target).toMatchObject({ value: 'node', from: `flue.config.ts:${line}` });
	});

	it.each([
		[
			'an environment variable',
			'export default { target: process.env.FLUE_TARGET };',
			'process.env.FLUE_TARGET',
			[],
		],
		[
			'a ternary',
			"export default { target: process.env.CF\n  ? 'cloudflare'\n  : 'node' };",
			"process.env.CF ? 'cloudflare' : 'node'",
			['cloudflare flue.config.ts:2', 'node flue.config.ts:3'],
		],
		[
			'a variable with a default',
			"export default { target: process.env.T ?? 'node' };",
			"process.env.T ?? 'node'",
			['node flue.config.ts:1'],
		],
		[
			'a let that is assigned',
			"let target = 'node';\nif (process.env.CF) target = 'cloudflare';\nexport default { target };",
			'target',
			['node flue.config.ts:1', 'cloudflare flue.config.ts:2'],
		],
		['a template with holes', `export default { target: \`a\${x}\` };`, `\`a\${x}\``, []],
		['a spread of an unknown object', 'export default { ...shared() };', 'shared()', []],
		[
			'a conditional spread',
			"export default { ...(process.env.CF ? { target: 'cloudflare' } : {}) };",
			"'cloudflare'",
			['cloudflare flue.config.ts:1'],
		],
		[
			'a parameter',
			'export default (options) => ({ target: options.target });',
			'options.target',
			[],
		],
		[
			'a config of a package',
			"import { preset } from 'preset';\nexport default preset('node');",
			"preset('node')",
			[],
		],
	])('leaves a target open that is %s', (_, text, expression, candidates) => {
		const target = read(text)?.target;
		expect(target).toMatchObject({ value: null, text: expression });
		expect(target?.candidates?.map(({ value, from }) => `${value} ${from}`)).toEqual(candidates);
	});

	it('shows at most 80 characters of an expression, on one line', () => {
		const text = read(`export default { target: choose(\n  '${'x'.repeat(100)}') };`)?.target?.text;
		expect(text).toHaveLength(80);
		expect(text).not.toContain('\n');
	});

	it.each([
		['absent', 'export default {};'],
		['undefined', 'export default { target: undefined };'],
		['only in a comment', "// target: 'cloudflare'\nexport default {};"],
		['in another object', "export const other = { target: 'cloudflare' };\nexport default {};"],
	])('has no target when it is %s', (_, text) => {
		expect(read(text)?.target).toBeNull();
	});

	it('reads db and root with their own lines', () => {
		const config = read("export default {\n  db: 'lib/store.ts',\n  root: './src',\n};");
		expect(config?.db).toEqual({
			value: 'lib/store.ts',
			from: 'flue.config.ts:2',
			text: "'lib/store.ts'",
		});
		expect(config?.root).toMatchObject({ value: './src', from: 'flue.config.ts:3' });
	});

	it('follows a relative import, also one that is written with .js', () => {
		const text = "import { target } from './build/target.js';\nexport default { target };";
		const helper = { 'build/target.ts': "export const target = 'cloudflare';" };
		expect(read(text, helper)?.target).toMatchObject({
			value: 'cloudflare',
			from: 'flue.config.ts:2',
		});
	});

	it('names the imported file when the object stands there', () => {
		const text = "import base from './base';\nexport default { ...base };";
		const helper = { 'base/index.ts': "\nexport default { target: 'cloudflare' };" };
		expect(read(text, helper)?.target?.from).toBe('base/index.ts:2');
	});

	it('survives files that import each other', () => {
		const text = "import { a } from './a';\nexport const b = a;\nexport default { target: b };";
		const helper = { 'a.ts': "import { b } from './flue.config';\nexport const a = b;" };
		expect(read(text, helper)?.target?.value).toBeNull();
	});

	it.each([
		['flue.config.ts', 'flue.config.mts'],
		['flue.config.mts', 'flue.config.mjs'],
		['flue.config.mjs', 'flue.config.js'],
		['flue.config.js', 'flue.config.cjs'],
		['flue.config.cjs', 'flue.config.cts'],
	])('prefers %s to %s', (first, second) => {
		const tree = makeTree({ [second]: 'export default {};', [first]: 'export default {};' });
		expect(readFlueConfig(tree)?.path).toBe(first);
	});

	it.each([
		['flue.config.cjs', "module.exports = { target: 'node' };"],
		['flue.config.cts', "export = { target: 'node' };"],
		['flue.config.mjs', "export default { target: 'node' };"],
	])('reads %s', (name, text) => {
		expect(read(text, {}, name)?.target).toMatchObject({ value: 'node', from: `${name}:1` });
	});

	it('refuses a syntax error, naming file and line', () => {
		expect(() => read("export default {\n  target: 'node'\n  db: 'x',\n};")).toThrowError(
			expect.objectContaining({
				code: 'UNREADABLE_PROJECT',
				path: 'flue.config.ts',
				message: expect.stringContaining('flue.config.ts:3'),
			}),
		);
	});
});
