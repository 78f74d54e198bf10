// A db.ts as the project's own formatter would leave it: real Prettier and real Biome find nothing to change.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import { blueprint as valkey } from '../../src/blueprints/valkey.ts';
import { detectStyle } from '../../src/inspect/style/style.ts';
import { readTemplate } from '../../src/package/template.ts';
import { sameProgram } from '../../src/plan/entry-state.ts';
import { type RenderOptions, renderDb } from '../../src/plan/render.ts';
import { CANONICAL_STYLE } from '../../src/plan/style-text.ts';
import { makeTree } from '../tree.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CANONICAL: RenderOptions = {
	blueprint: redis,
	variable: 'REDIS_URL',
	module: null,
	keyPrefix: undefined,
	inspectServer: true,
	reconnect: false,
	style: CANONICAL_STYLE,
};
const STRICT = { bracketAccess: true, exactOptional: true, typedExports: true };
const access = { import: { kind: 'named', name: 'env' }, expression: 'env.REDIS_URL' } as const;

const BRACED = {
	linter: { rules: { recommended: false, style: { useBlockStatements: 'error' } } },
};

const ORDERED = {
	assist: { actions: { source: { useSortedKeys: 'on', organizeImports: 'on' } } },
	linter: { rules: { recommended: false, style: { noProcessEnv: 'error' } } },
};

const FORMS: Record<string, Partial<RenderOptions>> = {
	canonical: {},
	valkey: { blueprint: valkey, variable: 'VALKEY_URL', reconnect: true },
	argument: { keyPrefix: 'app', inspectServer: false },
	module: { module: { specifier: '../config/env.ts', access }, reconnect: true },
	package: { module: { specifier: '@acme/env/server', access }, retain: '30d' },
	strict: { checks: STRICT, keyPrefix: 'a-prefix-that-is-long' },
};

/** Config file and text -> the forms of db.ts, in the style that is read from it. */
async function writtenFor(files: Record<string, string>): Promise<[name: string, text: string][]> {
	const root = makeTree({ ...files, 'src/': '' });
	const place = { root, boundary: root, entryPath: 'src/db.ts', files: [] };
	const style = (await detectStyle(place)).value;
	return Object.entries(FORMS).map(([name, form]) => {
		const text = renderDb(readTemplate(redis), { ...CANONICAL, ...form, style });
		const plain = renderDb(readTemplate(redis), { ...CANONICAL, ...form });
		expect(sameProgram(text, plain)).toBe(true);
		return [name, text];
	});
}

it.each([
	{ printWidth: 80 },
	{ printWidth: 60 },
	{ printWidth: 100, tabWidth: 4 },
	{ printWidth: 60, tabWidth: 4, singleQuote: true },
	{ printWidth: 70, useTabs: true, tabWidth: 8, semi: false },
	{ printWidth: 60, trailingComma: 'none', bracketSpacing: false, arrowParens: 'avoid' },
	{ printWidth: 80, trailingComma: 'es5', singleQuote: true, endOfLine: 'crlf' },
	{},
] as const)('is what Prettier writes with %j', async (options) => {
	for (const [name, text] of await writtenFor({ '.prettierrc': JSON.stringify(options) }))
		expect(await prettier.format(text, { ...options, parser: 'typescript' }), name).toBe(text);
});

it('is what Prettier writes with the width of .editorconfig', async () => {
	const editorconfig = 'root = true\n[*]\nmax_line_length = 72\nindent_style = tab\n';
	for (const [name, text] of await writtenFor({
		'.editorconfig': editorconfig,
		'.prettierrc': '{}',
	}))
		expect(
			await prettier.format(text, { printWidth: 72, useTabs: true, parser: 'typescript' }),
			name,
		).toBe(text);
});

it('is what Biome writes at any width', async () => {
	const root = makeTree({});
	const settings = [
		{ formatter: { lineWidth: 80 } },
		{
			formatter: { lineWidth: 60, indentStyle: 'space' },
			javascript: { formatter: { quoteStyle: 'single' } },
		},
		{
			formatter: { lineWidth: 60, bracketSpacing: false },
			javascript: { formatter: { trailingCommas: 'es5', arrowParentheses: 'asNeeded' } },
		},
		{},
		BRACED,
		{ ...ORDERED, formatter: { lineWidth: 80 } },
		{ ...BRACED, ...ORDERED, formatter: { lineWidth: 60, indentStyle: 'space', indentWidth: 4 } },
	];
	const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
	for (const [index, one] of settings.entries()) {
		const folder = join(root, String(index));
		const config = JSON.stringify({
			linter: { enabled: false },
			assist: { enabled: true },
			...one,
		});
		mkdirSync(folder);
		writeFileSync(join(folder, 'biome.json'), config);
		const written = await writtenFor({ 'biome.json': config });
		const names = written.map(([name]) => `${name}.ts`);
		for (const [name, text] of written) writeFileSync(join(folder, `${name}.ts`), text);
		const check = execFileSync(process.execPath, [biome, 'check', '--colors=off', ...names], {
			cwd: folder,
			encoding: 'utf8',
			stdio: 'pipe',
		});
		expect(check, config).toContain('No fixes applied');
	}
});
