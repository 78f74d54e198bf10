// docs/public-surface.md is what the build offers; and the generator sees what it should.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPackedAdapter } from './surface/adapter.ts';
import { documentLines } from './surface/documents.ts';
import { literalsIn } from './surface/literals.ts';
import { SKILL, skillText } from './surface/skill.ts';
import { FILE, publicSurface } from './surface/surface.ts';
import { makeTree } from './tree.ts';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
	.map((name) => name.replaceAll('\\', '/'))
	.filter((name) => name.endsWith('.ts') && !/^model\/(warning-code|check-id)\.ts$/.test(name))
	.map((name) => readFileSync(`src/${name}`, 'utf8'))
	.join('\n');

it('is written down as it is: `npm run surface` writes it, and the difference is for review', async () => {
	await expect(publicSurface()).toMatchFileSnapshot(`../${FILE}`);
});

it('brings the words for coding agents along as a skill', async () => {
	await expect(skillText()).toMatchFileSnapshot(`../${SKILL}`);
});

it('lists only warnings that are given, each with what it says', () => {
	const warnings = literalsIn('src/model/warning-code.ts');
	expect(warnings.length).toBeGreaterThan(10);
	expect(warnings.filter(({ value }) => !sources.includes(`'${value}'`))).toEqual([]);
	expect(warnings.filter(({ comment }) => comment === '')).toEqual([]);
});

it('lists only checks that are made', () => {
	const ids = literalsIn('src/model/check-id.ts').map(({ value }) => value);
	expect(ids.length).toBeGreaterThan(40);
	// Some are put together: `server.` and the step at which the way to the server ended.
	const named = (id: string) =>
		sources.includes(`'${id}'`) || sources.includes(`'${id.replace(/^\w+\./, '')}'`);
	expect(ids.filter((id) => !named(id))).toEqual([]);
});

it('reads every entry of a packed package: names, what they rest on, and whence the rest comes', () => {
	const root = makeTree({
		'package/package.json': JSON.stringify({
			name: '@flue/redis',
			version: '3.0.0',
			engines: { node: '>=22' },
			exports: {
				'.': { import: { types: './dist/index.d.ts', default: './dist/index.js' } },
				'./beta': { types: './dist/beta.d.ts' },
				'./package.json': './package.json',
			},
		}),
		'package/dist/index.d.ts': `export { open as redis } from './lines/two.ts';\n`,
		'package/dist/beta.d.ts': `/** Old. */\nexport declare const VERSION: 'beta';\nexport type * from './lines/two.ts';\n`,
		'package/dist/lines/two.d.ts': `import type { Adapter } from '@flue/runtime/adapter';
import type { Hidden } from './hidden.ts';
/** Opens. */
export declare function open(given: {
    /** Why. */
    hidden: Hidden;
}): Adapter;
`,
		'package/dist/lines/hidden.d.ts': 'export interface Hidden {\n    readonly deep: number;\n}\n',
	});
	const tarball = join(root, 'packed.tgz');
	execFileSync('tar', ['-czf', tarball, '-C', root, 'package']);
	const { manifest, entries } = readPackedAdapter(tarball);
	expect(manifest).toMatchObject({ name: '@flue/redis', version: '3.0.0' });
	const rest = [
		'/* cannot be imported */ interface Hidden {\n\treadonly deep: number;\n}',
		"import type { Adapter } from '@flue/runtime/adapter'",
	];
	const open = 'function open(given: {\n\thidden: Hidden;\n}): Adapter;';
	expect(entries).toEqual([
		{ specifier: '@flue/redis', lines: [`export { open as redis }; ${open}`, ...rest] },
		{
			specifier: '@flue/redis/beta',
			lines: ["export const VERSION: 'beta';", `export ${open}`, ...rest],
		},
	]);
});

it('gives each field of a schema a line, and says what a document may lack or add', () => {
	const fields = documentLines({
		oneOf: [{ $ref: '#/$defs/answer' }],
		$defs: {
			answer: {
				type: 'object',
				required: ['list'],
				properties: {
					list: { type: 'array', items: { oneOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }] } },
					name: { type: ['string', 'null'] },
				},
				additionalProperties: false,
			},
			a: { type: 'object', properties: { kind: { const: 'a' } }, additionalProperties: false },
			b: { type: 'object', properties: { kind: { const: 'b' } } },
		},
	});
	expect(fields).toEqual([
		[
			'answer',
			[
				'list[]: object',
				'list[]<a>.kind?: "a"',
				'list[]<b>.kind?: "b"',
				'list[]<b>(more): any',
				'name?: string | null',
			],
		],
	]);
});
