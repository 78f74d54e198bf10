import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFlueConfig } from '../../../src/inspect/flue/flue-config.ts';
import { viteConfigPaths } from '../../../src/inspect/flue/scripts.ts';
import { detectTarget } from '../../../src/inspect/flue/target.ts';
import { readOtherViteConfigs, readViteConfig } from '../../../src/inspect/flue/vite-config.ts';
import { findProject } from '../../../src/inspect/project.ts';
import type { FlueLine } from '../../../src/model/facts.ts';
import { makeTree } from '../../tree.ts';

const IMPORTS =
	"import { flue, flueWorkerConfig } from '@flue/vite'; import { cloudflare } from '@cloudflare/vite-plugin';\n";
const NODE_VITE = `${IMPORTS}export default { plugins: [flue()] };`;
const CLOUDFLARE_VITE = `${IMPORTS}export default { plugins: [flue(), cloudflare({ config: flueWorkerConfig() })] };`;

type Files = Record<string, string>;

function detect(files: Files, line: FlueLine = '2.x') {
	const root = makeTree({ 'package.json': '{}', ...files });
	const { manifest } = findProject(root);
	return detectTarget({
		root,
		gitRoot: null,
		line,
		manifest,
		flueConfig: readFlueConfig(root),
		viteConfig: readViteConfig(root),
		otherViteConfigs: line === '2.x' ? readOtherViteConfigs(root, viteConfigPaths(manifest)) : [],
	});
}

/** `node` or `cloudflare place`, or `? node place, cloudflare place`. */
function told(files: Files, line?: FlueLine): string {
	const { fact } = detect(files, line);
	if ('value' in fact) return fact.value === 'node' ? 'node' : `${fact.value} ${fact.from}`;
	return `? ${fact.options.map(({ value, from }) => `${value} ${from}`).join(', ')}`;
}

const scripts = (commands: Files): string => JSON.stringify({ scripts: commands });

describe('detectTarget on 2.x', () => {
	it.each<[string, Files, string]>([
		['nothing at all', {}, 'node'],
		['wrangler.jsonc alone', { 'wrangler.jsonc': '{}', 'vite.config.ts': NODE_VITE }, 'node'],
		[
			'a wrangler dependency',
			{ 'package.json': '{"devDependencies":{"wrangler":"4","@cloudflare/vite-plugin":"1"}}' },
			'node',
		],
		[
			'the word in a comment',
			{
				'vite.config.ts': `${IMPORTS}// cloudflare() and wrangler\nexport default { plugins: [flue()] };`,
			},
			'node',
		],
		[
			'flue.config',
			{ 'flue.config.ts': "export default {\n\ttarget: 'cloudflare',\n};" },
			'cloudflare flue.config.ts:2',
		],
		[
			'flue.config with node, and no Vite config',
			{ 'flue.config.ts': "export default { target: 'node' };" },
			'node',
		],
		[
			'the Cloudflare plugin, without a wrangler file',
			{ 'vite.config.ts': CLOUDFLARE_VITE },
			'cloudflare vite.config.ts:2',
		],
		[
			'flue.config before the plugin',
			{ 'vite.config.ts': CLOUDFLARE_VITE, 'flue.config.ts': "export default { target: 'node' };" },
			'node',
		],
		[
			'inline before flue.config',
			{
				'vite.config.ts': `${IMPORTS}export default { plugins: [flue({ target: 'node' })] };`,
				'flue.config.ts': "export default { target: 'cloudflare' };",
			},
			'node',
		],
		[
			'inline cloudflare',
			{
				'vite.config.ts': `${IMPORTS}export default { plugins: [\n  flue({ target: 'cloudflare' }), cloudflare()] };`,
			},
			'cloudflare vite.config.ts:3',
		],
		[
			'inline undefined, then flue.config',
			{
				'vite.config.ts': `${IMPORTS}export default { plugins: [flue({ target: undefined })] };`,
				'flue.config.ts': "export default { target: 'cloudflare' };",
			},
			'cloudflare flue.config.ts:1',
		],
		[
			'a Cloudflare web app beside flue run',
			{ 'vite.config.ts': `${IMPORTS}export default { plugins: [cloudflare()] };` },
			'node',
		],
		[
			'a literal in flue.config over an open plugin',
			{
				'vite.config.ts': `${IMPORTS}export default { plugins: [flue(), process.env.CF && cloudflare()] };`,
				'flue.config.ts': "export default { target: 'node' };",
			},
			'node',
		],
		[
			'an open plugin',
			{
				'vite.config.ts': `${IMPORTS}export default { plugins: [flue(),\n  process.env.CF && cloudflare()] };`,
			},
			'? node vite.config.ts:3, cloudflare vite.config.ts:3',
		],
		[
			'an expression',
			{ 'flue.config.ts': 'export default { target: process.env.T };' },
			'? node flue.config.ts:1, cloudflare flue.config.ts:1',
		],
		[
			'a ternary',
			{
				'flue.config.ts':
					"export default { target: process.env.CF\n  ? 'cloudflare'\n  : 'node' };",
			},
			'? node flue.config.ts:3, cloudflare flue.config.ts:2',
		],
		[
			'an inline expression before a literal in flue.config',
			{
				'vite.config.ts': `${IMPORTS}export default { plugins: [flue({ target: process.env.T })] };`,
				'flue.config.ts': "export default { target: 'node' };",
			},
			'? node vite.config.ts:2, cloudflare vite.config.ts:2',
		],
		[
			'two calls with different targets',
			{
				'vite.config.ts': `${IMPORTS}export default ({ mode }) => mode === 'cf'\n  ? { plugins: [flue({ target: 'cloudflare' }), cloudflare()] }\n  : { plugins: [flue({ target: 'node' })] };`,
			},
			'? node vite.config.ts:4, cloudflare vite.config.ts:3',
		],
		[
			'a dual build',
			{
				'vite.config.ts': CLOUDFLARE_VITE,
				'vite.node.config.ts': `${IMPORTS}export default { plugins: [flue({ db: 'src/db.node.ts' })] };`,
			},
			'? node vite.node.config.ts (no target, no Cloudflare plugin), cloudflare vite.config.ts:2',
		],
		[
			'a dual build with a literal',
			{
				'vite.config.ts': `${IMPORTS}export default { plugins: [flue({ target: 'cloudflare' }), cloudflare()] };`,
				'vite.node.config.ts': NODE_VITE,
			},
			'cloudflare vite.config.ts:2',
		],
		[
			'a Cloudflare config beside another one',
			{ 'vite.config.ts': CLOUDFLARE_VITE, 'vite.staging.config.ts': CLOUDFLARE_VITE },
			'cloudflare vite.config.ts:2',
		],
		[
			'a config of a name that only scripts know',
			{
				'package.json': scripts({ build: 'vite build -c vite.flue.config.ts' }),
				'vite.config.ts': 'export default {};',
				'vite.flue.config.ts': NODE_VITE,
			},
			'node',
		],
		[
			'only a second config for Cloudflare',
			{ 'vite.cloudflare.config.ts': CLOUDFLARE_VITE },
			'? node no target in a config, and no Vite config with flue() and the Cloudflare plugin, cloudflare vite.cloudflare.config.ts:2',
		],
	])('follows the framework: %s', (_, files, expected) => {
		expect(told(files)).toBe(expected);
	});

	it('says where node comes from', () => {
		const from = (files: Files) => detect(files).fact.from;
		expect(from({ 'vite.config.ts': NODE_VITE })).toBe(
			'vite.config.ts (no target, no Cloudflare plugin)',
		);
		expect(from({ 'flue.config.ts': "\nexport default { target: 'node' };" })).toBe(
			'flue.config.ts:2',
		);
	});

	it('says what leaves a target open', () => {
		expect(
			detect({ 'flue.config.ts': 'export default { target: process.env.T };' }).fact.from,
		).toBe('flue.config.ts:1 decides the target when it runs: process.env.T');
	});

	it('refuses a target that Flue does not have', () => {
		expect(() => detect({ 'flue.config.ts': "export default { target: 'vercel' };" })).toThrowError(
			expect.objectContaining({ code: 'UNREADABLE_PROJECT', path: 'flue.config.ts' }),
		);
	});

	const RIVET =
		"import * as all from '@rivet-dev/flue'; import { rivet } from '@rivet-dev/flue';\n";
	it.each<[string, Files]>([
		['rivet()', { 'flue.config.ts': `${RIVET}export default { target: rivet() };` }],
		['rivet({ … })', { 'flue.config.ts': `${RIVET}export default { target: rivet({ a: 1 }) };` }],
		[
			'rivet(options)',
			{
				'flue.config.ts': `${RIVET}const options = { a: 1 };\nexport default { target: rivet(options) };`,
			},
		],
		['all.rivet()', { 'flue.config.ts': `${RIVET}export default { target: all.rivet() };` }],
		[
			'a constant',
			{ 'flue.config.ts': `${RIVET}const target = await rivet();\nexport default { target };` },
		],
		[
			'another file',
			{
				'host.ts': `${RIVET}export const host = rivet();`,
				'flue.config.ts': "import { host } from './host';\nexport default { target: host };",
			},
		],
		[
			'flue() of Vite',
			{
				'vite.config.ts': `${IMPORTS}${RIVET}export default { plugins: [flue({ target: rivet() })] };`,
			},
		],
	])('refuses the host of a package: %s', (_, files) => {
		expect(() => detect(files)).toThrowError(
			expect.objectContaining({
				code: 'UNSUPPORTED_TARGET',
				message: expect.stringContaining('rivet(…)'),
			}),
		);
	});

	it.each([
		"import { pick } from 'chooser';\nexport default { target: pick('TARGET') };",
		"import { pick } from 'chooser';\nexport default { target: pick(process.env) };",
		"import { pick } from '@/chooser';\nexport default { target: pick() };",
		'export default { target: pick() };',
		`${RIVET}export default { target: process.env.T ? 'node' : rivet() };`,
	])('asks where a function may choose between its two: %s', (text) => {
		expect(detect({ 'flue.config.ts': text }).fact).toMatchObject({ options: [{}, {}] });
	});

	it.each<[string, Files, string]>([
		[
			'vite.config.cloudflare.ts',
			{ 'vite.config.cloudflare.ts': CLOUDFLARE_VITE },
			'vite.config.cloudflare.ts',
		],
		[
			'vite.cloudflare.config.mts',
			{ 'vite.cloudflare.config.mts': CLOUDFLARE_VITE },
			'vite.cloudflare.config.mts',
		],
		[
			'a worker config without flue()',
			{ 'vite.worker.config.ts': `${IMPORTS}export default { plugins: [cloudflare()] };` },
			'vite.worker.config.ts',
		],
		[
			'any name with the target inline',
			{
				'vite.edge.config.ts': `${IMPORTS}export default { plugins: [flue({ target: 'cloudflare' })] };`,
			},
			'vite.edge.config.ts',
		],
		[
			'a config in a folder that a script names',
			{
				'package.json': scripts({ cf: 'vite build --config ./build/cf.ts' }),
				'build/cf.ts': CLOUDFLARE_VITE,
			},
			'build/cf.ts',
		],
		[
			'wrangler deploy',
			{
				'package.json': scripts({
					build: 'vite build',
					deploy: 'npm run build && npx wrangler deploy --minify',
				}),
			},
			'scripts.deploy',
		],
		[
			'flue build --target cloudflare',
			{ 'package.json': scripts({ 'build:cf': 'flue build --target=cloudflare' }) },
			'scripts.build:cf',
		],
	])('warns of a second Cloudflare build: %s', (_, files, named) => {
		const { fact, warnings } = detect({ 'vite.config.ts': NODE_VITE, ...files });
		expect(fact).toMatchObject({ value: 'node' });
		expect(warnings.map(({ code }) => code)).toEqual(['SECOND_CLOUDFLARE_BUILD']);
		expect(warnings[0]?.message).toContain(named);
		expect(warnings[0]?.message).toContain('db.ts');
	});

	it('warns beside a literal node too', () => {
		const files = {
			'flue.config.ts': "export default { target: 'node' };",
			'vite.config.cloudflare.ts': CLOUDFLARE_VITE,
		};
		expect(detect(files)).toMatchObject({
			fact: { value: 'node' },
			warnings: [{ code: 'SECOND_CLOUDFLARE_BUILD' }],
		});
	});

	it.each<[string, Files]>([
		['a second Node config', { 'vite.node.config.ts': NODE_VITE }],
		[
			'a web app on Cloudflare',
			{ 'vite.web.config.ts': `${IMPORTS}export default { plugins: [cloudflare()] };` },
		],
		[
			'comments in a config of that name',
			{
				'vite.config.cloudflare.ts': '// @cloudflare/vite-plugin: cloudflare()\nexport default {};',
			},
		],
		[
			'wrangler for another folder',
			{
				'package.json': scripts({
					deploy: 'cd ../web && wrangler deploy',
					two: 'pnpm --filter web exec wrangler deploy',
				}),
			},
		],
		[
			'wrangler for pages, types and tails',
			{
				'package.json': scripts({
					a: 'wrangler pages deploy out',
					b: 'wrangler types',
					c: 'wrangler tail',
				}),
			},
		],
		['a broken config of that name', { 'vite.config.cloudflare.ts': `${CLOUDFLARE_VITE} {{{` }],
	])('does not warn of %s', (_, files) => {
		expect(detect({ 'vite.config.ts': NODE_VITE, ...files }).warnings).toEqual([]);
	});
});

describe('detectTarget on 1.0-beta', () => {
	const config = (target: string): Files => ({
		'flue.config.ts': `export default { target: '${target}' };`,
	});
	const workflow = (run: string): Files => ({
		'.github/workflows/ci.yml': `jobs:\n  build:\n    steps:\n      - run: ${run}\n`,
	});

	it.each<[string, Files, string]>([
		['a script', { 'package.json': scripts({ build: 'flue build --target node' }) }, 'node'],
		[
			'a script before flue.config',
			{ 'package.json': scripts({ build: 'flue build --target cloudflare' }), ...config('node') },
			'cloudflare package.json (scripts.build)',
		],
		[
			'a script through npx and a variable',
			{ 'package.json': scripts({ build: 'cross-env A=1 npx flue build --target="cloudflare"' }) },
			'cloudflare package.json (scripts.build)',
		],
		[
			'several scripts that agree',
			{
				'package.json': scripts({
					build: 'tsc && flue build --target node',
					dev: 'flue dev --port 3 --target=node',
				}),
			},
			'node',
		],
		[
			'scripts that disagree',
			{
				'package.json': scripts({
					build: 'flue build --target node',
					cf: 'flue build --target cloudflare',
				}),
			},
			'? node package.json (scripts.build), cloudflare package.json (scripts.cf)',
		],
		[
			'a script and a bare script with flue.config',
			{
				'package.json': scripts({ build: 'flue build --target cloudflare', dev: 'flue dev' }),
				...config('node'),
			},
			'? node flue.config.ts:1, cloudflare package.json (scripts.build)',
		],
		[
			'a shell variable',
			{ 'package.json': scripts({ build: 'flue build --target $TARGET' }), ...config('node') },
			'? node package.json (scripts.build) says --target $TARGET, cloudflare package.json (scripts.build) says --target $TARGET',
		],
		[
			'flue init is not a build',
			{ 'package.json': scripts({ init: 'flue init --target cloudflare' }), ...config('node') },
			'node',
		],
		[
			'a target of another tool',
			{
				'package.json': scripts({ build: 'esbuild --target cloudflare && flue build' }),
				...config('node'),
			},
			'node',
		],
		['CI', workflow('npx flue build --target cloudflare'), 'cloudflare .github/workflows/ci.yml:4'],
		[
			'CI before flue.config',
			{ ...workflow('flue build --target cloudflare'), ...config('node') },
			'cloudflare .github/workflows/ci.yml:4',
		],
		[
			'scripts before CI',
			{
				...workflow('flue build --target cloudflare'),
				'package.json': scripts({ build: 'flue build --target node' }),
			},
			'node',
		],
		[
			'a comment in CI',
			{ ...workflow('npm test # flue build --target cloudflare'), ...config('node') },
			'node',
		],
		[
			'a Dockerfile',
			{ Dockerfile: 'FROM node\nRUN npx flue build --target cloudflare' },
			'cloudflare Dockerfile:2',
		],
		[
			'flue.config',
			{ 'package.json': scripts({ build: 'flue build' }), ...config('cloudflare') },
			'cloudflare flue.config.ts:1',
		],
		['a Vite config has no say', { 'vite.config.ts': CLOUDFLARE_VITE, ...config('node') }, 'node'],
		[
			'nothing',
			{ 'package.json': scripts({ dev: 'flue dev' }) },
			'? node no --target in package.json scripts or CI, and no target in flue.config, cloudflare no --target in package.json scripts or CI, and no target in flue.config',
		],
	])('follows the framework: %s', (_, files, expected) => {
		expect(told(files, '1.0-beta')).toBe(expected);
	});

	it('warns of wrangler deploy beside Node', () => {
		const files = {
			'package.json': scripts({ build: 'flue build --target node', deploy: 'wrangler deploy' }),
		};
		expect(detect(files, '1.0-beta').warnings).toMatchObject([{ code: 'SECOND_CLOUDFLARE_BUILD' }]);
	});
});

describe('scripts of the repository around a 1.0-beta project', () => {
	it.each([
		['flue build --target node --root apps/api', 'node'],
		['flue build --target cloudflare --root ./apps/api/', 'cloudflare'],
		['flue build --target node --root apps/other', undefined],
		['flue build --target node', undefined],
	])('%s', (build, target) => {
		const gitRoot = makeTree({
			'package.json': JSON.stringify({ scripts: { build } }),
			'apps/api/': '',
		});
		const root = join(gitRoot, 'apps/api');
		const none = { flueConfig: null, viteConfig: null, otherViteConfigs: [] };
		const { fact } = detectTarget({ root, gitRoot, manifest: {}, line: '1.0-beta', ...none });
		expect('value' in fact ? fact.value : undefined).toBe(target);
		if (target) expect(fact.from).toBe('../../package.json (scripts.build)');
	});
});

describe('CI of the repository around a 1.0-beta project', () => {
	const run = 'run: npx flue build --target cloudflare\n';

	it.each<[string, string, string]>([
		['its folder', `working-directory: apps/api\n${run}`, 'cloudflare'],
		['its name', `pnpm --filter @acme/api build\n${run}`, 'cloudflare'],
		['another project', `working-directory: apps/web\n${run}`, 'undecided'],
	])('has a say when the file names %s', (_, text, expected) => {
		const gitRoot = makeTree({
			'.github/workflows/ci.yml': text,
			'apps/api/package.json': '{"name":"@acme/api"}',
		});
		const root = join(gitRoot, 'apps/api');
		const { manifest } = findProject(root);
		const none = { flueConfig: null, viteConfig: null, otherViteConfigs: [] };
		const { fact } = detectTarget({ root, gitRoot, manifest, line: '1.0-beta', ...none });
		if ('value' in fact) expect(fact.from).toBe('../../.github/workflows/ci.yml:2');
		expect('value' in fact ? fact.value : 'undecided').toBe(expected);
	});
});
