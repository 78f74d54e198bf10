import { describe, expect, it } from 'vitest';
import {
	readOtherViteConfigs,
	readViteConfig,
	type ViteConfig,
} from '../../../src/inspect/flue/vite-config.ts';
import { makeTree } from '../../tree.ts';

// One line, so that the line numbers below count from 2.
const IMPORTS =
	"import { defineConfig, mergeConfig } from 'vite'; import { flue, flueWorkerConfig } from '@flue/vite'; import { cloudflare } from '@cloudflare/vite-plugin'; import react from '@vitejs/plugin-react';\n";

function read(text: string, others: Record<string, string> = {}): ViteConfig | null {
	return readViteConfig(makeTree({ 'vite.config.ts': text, ...others }));
}

/** `yes 3`: certain, at line 3. */
function cloudflareIn(config: ViteConfig | null): string {
	if (!config?.cloudflare) return 'no';
	const { from, certain } = config.cloudflare;
	return `${certain ? 'yes' : 'maybe'} ${from.replace('vite.config.ts:', '')}`;
}

describe('readViteConfig', () => {
	it('is null without a config', () => {
		expect(readViteConfig(makeTree({ 'package.json': '{}' }))).toBeNull();
	});

	it.each([
		['beside flue()', 'export default defineConfig({ plugins: [flue(), cloudflare()] });', 'yes 2'],
		[
			'in a nested list',
			'export default { plugins: [flue(), [react(), [cloudflare()]]] };',
			'yes 2',
		],
		[
			'through a const',
			'const cf = cloudflare({ config: flueWorkerConfig() });\nexport default { plugins: [flue(), cf] };',
			'yes 2',
		],
		[
			'in a const list',
			'const plugins = [\n  flue(),\n  cloudflare(),\n];\nexport default defineConfig({ plugins });',
			'yes 4',
		],
		[
			'in a helper',
			'export default { plugins: make() };\nfunction make() {\n  return [flue(), cloudflare()];\n}',
			'yes 4',
		],
		[
			'in a spread helper',
			'const make = () => [cloudflare()];\nexport default { plugins: [flue(), ...make()] };',
			'yes 2',
		],
		[
			'in a function config',
			'export default defineConfig(({ mode }) => ({ plugins: [flue(), cloudflare()] }));',
			'yes 2',
		],
		[
			'in an async function config',
			'export default defineConfig(async () => {\n  const x = 1;\n  return { plugins: [flue(), cloudflare()] };\n});',
			'yes 4',
		],
		[
			'in mergeConfig',
			'const base = { plugins: [cloudflare()] };\nexport default mergeConfig(base, { plugins: [flue()] });',
			'yes 2',
		],
		[
			'in a spread config',
			'const base = { plugins: [flue(), cloudflare()] };\nexport default { ...base, server: {} };',
			'yes 2',
		],
		['in concat', 'export default { plugins: [flue()].concat([cloudflare()]) };', 'yes 2'],
		[
			'before filter',
			'export default { plugins: [flue(), cloudflare()].filter(Boolean) };',
			'yes 2',
		],
		[
			'pushed',
			'const plugins = [flue()];\nplugins.push(cloudflare());\nexport default { plugins };',
			'yes 3',
		],
		[
			'in both branches',
			'export default { plugins: [flue(), process.env.X ? cloudflare({ a: 1 }) : cloudflare()] };',
			'yes 2',
		],
		[
			'with flue() in a mode that is not test',
			"export default defineConfig(({ mode }) => ({ plugins: mode === 'test' ? [] : [flue(), cloudflare()] }));",
			'yes 2',
		],
		[
			'with flue() after an early return',
			"export default ({ mode }) => {\n  if (mode === 'test') return { test: {} };\n  return { plugins: [flue(), cloudflare()] };\n};",
			'yes 4',
		],
		['after await', 'export default { plugins: [flue(), await cloudflare()] };', 'yes 2'],
		[
			'with satisfies and as',
			'export default { plugins: [flue(), cloudflare() as Plugin] } satisfies UserConfig;',
			'yes 2',
		],
		[
			'under &&',
			'export default { plugins: [flue(), process.env.CF && cloudflare()] };',
			'maybe 2',
		],
		[
			'under a ternary',
			'export default { plugins: [flue(), process.env.CF ? cloudflare() : null] };',
			'maybe 2',
		],
		[
			'in a conditional spread',
			'export default { plugins: [flue(), ...(process.env.CF ? [cloudflare()] : [])] };',
			'maybe 2',
		],
		[
			'pushed under a condition',
			'const plugins = [flue()];\nif (process.env.CF) plugins.push(cloudflare());\nexport default { plugins };',
			'maybe 3',
		],
		[
			'pushed in a helper',
			'function make() {\n  const list = [flue()];\n  if (process.env.CF) {\n    list.push(cloudflare());\n  }\n  return list;\n}\nexport default { plugins: make() };',
			'maybe 5',
		],
		[
			'assigned later',
			'let plugins = [flue()];\nif (process.env.CF) plugins = [...plugins, cloudflare()];\nexport default { plugins };',
			'maybe 3',
		],
		[
			'in one return of two',
			'export default ({ mode }) => {\n  if (mode === "cf") return { plugins: [flue(), cloudflare()] };\n  return { plugins: [flue()] };\n};',
			'maybe 3',
		],
		[
			'in a table',
			'const table = {\n  node: [flue()],\n  cf: [flue(), cloudflare()],\n};\nexport default { plugins: table[process.env.T] };',
			'maybe 4',
		],
		[
			'in a list nobody can look into',
			'const all = [flue(), cloudflare()];\nexport default { plugins: pick(all) };',
			'maybe 2',
		],
		['only imported', 'export default { plugins: [flue()] };', 'no'],
		[
			'in a comment',
			'// cloudflare()\nexport default { plugins: [flue() /* cloudflare() */] };',
			'no',
		],
		[
			'in an ignore list',
			"export default { plugins: [flue()], server: { watch: { ignored: ['**/.wrangler/**', 'cloudflare'] } } };",
			'no',
		],
		[
			'in a config that is not the default export',
			'export const worker = { plugins: [cloudflare()] };\nexport default { plugins: [flue()] };',
			'no',
		],
		[
			'in plugins that are overridden',
			'const base = { plugins: [cloudflare()] };\nexport default { ...base, plugins: [flue()] };',
			'no',
		],
		[
			'only without flue()',
			"export default ({ mode }) => mode === 'test' ? { plugins: [cloudflare()] } : { plugins: [flue()] };",
			'no',
		],
	])('finds the Cloudflare plugin %s', (_, text, expected) => {
		const config = read(IMPORTS + text);
		expect(config?.flue).not.toBeNull();
		expect(cloudflareIn(config)).toBe(expected);
	});

	it.each([
		[
			'an alias',
			"import { cloudflare as cf } from '@cloudflare/vite-plugin';\nimport { flue as f } from '@flue/vite';\nexport default { plugins: [f(), cf()] };",
		],
		[
			'namespaces',
			"import * as cf from '@cloudflare/vite-plugin';\nimport * as f from '@flue/vite';\nexport default { plugins: [f.flue(), cf.cloudflare()] };",
		],
		[
			'require',
			"const { cloudflare } = require('@cloudflare/vite-plugin');\nconst { flue } = require('@flue/vite');\nmodule.exports = { plugins: [flue(), cloudflare()] };",
		],
		[
			'a whole require',
			"const cf = require('@cloudflare/vite-plugin');\nconst f = require('@flue/vite');\nmodule.exports = { plugins: [f.flue(), cf.cloudflare()] };",
		],
		[
			'a dynamic import',
			"export default async () => {\nconst { flue } = await import('@flue/vite'); const { cloudflare } = await import('@cloudflare/vite-plugin');\nreturn { plugins: [flue(), cloudflare()] }; };",
		],
		[
			'a const of the function',
			"import { flue } from '@flue/vite';\nimport * as cf from '@cloudflare/vite-plugin'; const make = cf.cloudflare;\nexport default { plugins: [flue(), make()] };",
		],
	])('knows the plugins under %s', (_, text) => {
		expect(cloudflareIn(read(text))).toBe('yes 3');
	});

	it.each([
		['another package', "import { cloudflare } from './mine';"],
		['a function of the same file', 'function cloudflare() { return { name: "mine" }; }'],
		[
			'a dev proxy',
			"import { cloudflareDevProxy as cloudflare } from '@react-router/dev/vite/cloudflare';",
		],
	])('does not take cloudflare() of %s for the plugin', (_, line) => {
		const text = `import { flue } from '@flue/vite';\n${line}\nexport default { plugins: [flue(), cloudflare()] };`;
		const mine = { 'mine.ts': "export const cloudflare = () => ({ name: 'mine' });" };
		expect(cloudflareIn(read(text, mine))).toBe('no');
	});

	it.each([
		[
			'a named function',
			"import { plugins } from './build/plugins';",
			'plugins()',
			'export function plugins() { return [flue(), cloudflare()]; }',
		],
		[
			'a default export',
			"import plugins from './build/plugins.js';",
			'plugins',
			'export default [flue(), cloudflare()];',
		],
		[
			'a namespace',
			"import * as shared from './build/plugins';",
			'shared.plugins',
			'export const plugins = [flue(), cloudflare()];',
		],
		[
			'an arrow function',
			"import { plugins as p } from './build/plugins.ts';",
			'p({ a: 1 })',
			'export const plugins = (options) => [flue(), cloudflare(options)];',
		],
	])('looks into a local helper: %s', (_, line, use, helper) => {
		const config = read(`${line}\nexport default { plugins: [${use}] };`, {
			'build/plugins.ts': IMPORTS + helper,
		});
		expect(config?.flue).not.toBeNull();
		expect(config?.cloudflare).toEqual({ from: 'build/plugins.ts:2', certain: true });
	});

	it('looks into a local file that only hands a plugin on', () => {
		const config = read(
			"import { flue, cloudflare } from './kit';\nexport default { plugins: [flue(), cloudflare()] };",
			{
				'kit.ts':
					"export { flue } from '@flue/vite';\nexport { cloudflare } from '@cloudflare/vite-plugin';",
			},
		);
		expect(cloudflareIn(config)).toBe('yes 2');
	});

	it('takes only what is used from a helper that has both kinds of build', () => {
		const config = read(
			"import { forNode } from './kit';\nexport default { plugins: forNode() };",
			{
				'kit.ts': `${IMPORTS}export const forNode = () => [flue()];\nexport const forCloudflare = () => [flue(), cloudflare()];`,
			},
		);
		expect(config?.flue).not.toBeNull();
		expect(cloudflareIn(config)).toBe('no');
	});

	it('is not certain about a helper that is missing', () => {
		const config = read(
			`${IMPORTS}import { extra } from './gone';\nexport default { plugins: [flue(), ...extra()] };`,
		);
		expect(config?.flue).not.toBeNull();
		expect(cloudflareIn(config)).toBe('maybe 3');
	});

	it.each([
		[
			'of a neighbouring web app',
			"import react from '@vitejs/plugin-react';\nexport default { plugins: [react()] };",
		],
		[
			'of a neighbouring web app on Cloudflare',
			`import { cloudflare } from '@cloudflare/vite-plugin';\nexport default { plugins: [cloudflare()] };`,
		],
		['that imports flue and does not use it', `${IMPORTS}export default { plugins: [react()] };`],
		[
			'with a function of that name',
			'const flue = () => ({});\nexport default { plugins: [flue()] };',
		],
		['that is not valid, and not about Flue', 'export default {{{'],
		[
			'on Cloudflare that is not valid',
			"import { cloudflare } from '@cloudflare/vite-plugin'; {{{",
		],
	])('finds no flue() in a config %s', (_, text) => {
		expect(read(text)?.flue).toBeNull();
	});

	it.each([
		['a literal', "flue({ target: 'node' })", 'node'],
		['a const', 'flue(options)', 'cloudflare'],
		['an imported object', 'flue(shared)', 'node'],
		['defineConfig', "flue(defineConfig({ target: 'node' }))", 'node'],
		['a spread', "flue({ ...options, target: 'node' })", 'node'],
		['nothing', 'flue()', undefined],
		['undefined', 'flue({ target: undefined })', undefined],
		['an expression', 'flue({ target: process.env.T })', null],
		['an unknown object', 'flue(load())', null],
		[
			'two that agree',
			"process.env.X ? flue({ target: 'node', db: 'a.ts' }) : flue({ target: 'node' })",
			'node',
		],
		[
			'two that differ',
			"process.env.X ? flue({ target: 'node' }) : flue({ target: 'cloudflare' })",
			null,
		],
		[
			'two of which one says nothing',
			"process.env.X ? flue({ target: 'cloudflare' }) : flue()",
			null,
		],
	])('reads the inline target: %s', (_, call, expected) => {
		const text = `${IMPORTS}import { shared } from './shared';\nconst options = { target: 'cloudflare' } as const;\nexport default { plugins: [${call}] };`;
		const config = read(text, { 'shared.ts': "export const shared = { target: 'node' };" });
		expect(config?.flue?.target?.value).toBe(expected);
	});

	it('reads the inline db', () => {
		const config = read(
			`${IMPORTS}export default { plugins: [flue({\n  db: 'src/db.node.ts',\n})] };`,
		);
		expect(config?.flue?.db).toEqual({
			value: 'src/db.node.ts',
			from: 'vite.config.ts:3',
			text: "'src/db.node.ts'",
		});
	});

	it('takes the db of the Node build where one file has both', () => {
		const text =
			"export default ({ mode }) => ({ plugins: mode === 'node' ? [flue({ db: 'src/db.node.ts' })] : [flue(), cloudflare()] });";
		const config = read(IMPORTS + text);
		expect(config?.flue?.db?.value).toBe('src/db.node.ts');
		expect(cloudflareIn(config)).toBe('maybe 2');
	});

	it('sees flue() under a condition', () => {
		const config = read(
			`${IMPORTS}export default ({ mode }) => ({ plugins: mode === 'test' ? [] : [flue()] });`,
		);
		expect(config?.flue).toEqual({ target: null, db: null });
	});

	it.each([
		['vite.config.js', 'vite.config.mjs'],
		['vite.config.mjs', 'vite.config.ts'],
		['vite.config.ts', 'vite.config.cjs'],
		['vite.config.cjs', 'vite.config.mts'],
		['vite.config.mts', 'vite.config.cts'],
	])('prefers %s to %s, as Vite does', (first, second) => {
		expect(readViteConfig(makeTree({ [second]: '', [first]: '' }))?.path).toBe(first);
	});

	it('refuses a syntax error in a config with flue(), naming file and line', () => {
		expect(() => read(`${IMPORTS}export default {\n  plugins: [flue(],\n};`)).toThrowError(
			expect.objectContaining({
				code: 'UNREADABLE_PROJECT',
				message: expect.stringContaining('vite.config.ts:3'),
			}),
		);
	});

	it('refuses a syntax error in a helper that holds flue()', () => {
		const helper = { 'kit.ts': `${IMPORTS}export const kit = [flue(;` };
		expect(() =>
			read("import { kit } from './kit';\nexport default { plugins: kit };", helper),
		).toThrowError(expect.objectContaining({ code: 'UNREADABLE_PROJECT', path: 'kit.ts' }));
	});
});

describe('readOtherViteConfigs', () => {
	it('reads the configs that Vite does not load by default, broken ones left out', () => {
		const flue = `${IMPORTS}export default { plugins: [flue()] };`;
		const root = makeTree({
			'vite.config.ts': flue,
			'vite.config.js': flue,
			'vite.node.config.ts': flue,
			'vite.config.cloudflare.mts': flue,
			'vite.broken.config.ts': `${flue} {{{`,
			'vitest.config.ts': flue,
			'build/vite.ts': flue,
		});
		const paths = readOtherViteConfigs(root, [
			'build/vite.ts',
			'build/gone.ts',
			'vite.node.config.ts',
		]).map(({ path }) => path);
		expect(paths).toEqual(['vite.config.cloudflare.mts', 'vite.node.config.ts', 'build/vite.ts']);
	});
});
