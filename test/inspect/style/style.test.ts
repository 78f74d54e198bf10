import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources } from '../../../src/inspect/code/source-files.ts';
import { detectImportExtension as detectExtension } from '../../../src/inspect/style/neighbours.ts';
import { detectStyle } from '../../../src/inspect/style/style.ts';
import type { Style } from '../../../src/model/facts.ts';
import { makeTree } from '../../tree.ts';

const CANONICAL: Style = { indent: '  ', quote: "'", semicolons: true, lineEnding: '\n' };
const PRETTIER: Style = { ...CANONICAL, quote: '"' };
const BIOME: Style = { ...PRETTIER, indent: '\t' };

function detect(
	root: string,
	{
		sourceRoot = 'src',
		...place
	}: { sourceRoot?: string; boundary?: string; entryPath?: string } = {},
) {
	const { files } = readSources({ root, sourceRoot });
	return detectStyle({ root, boundary: root, entryPath: 'src/db.ts', files, ...place });
}

function detectImportExtension(place: { root: string; sourceRoot: string; manifest?: unknown }) {
	return detectExtension(place, readSources(place).files);
}

const TABBED = `import a from "a"\nexport function b() {\n\treturn a;\n}\n`;

describe('detectStyle', () => {
	const cases: [title: string, files: Record<string, string>, style: Style, from: string][] = [
		[
			'takes the documentation for want of anything',
			{ 'src/': '' },
			CANONICAL,
			'the documentation of Flue',
		],

		[
			'takes the defaults of a Prettier that is configured',
			{ '.prettierrc': '{}' },
			PRETTIER,
			'.prettierrc',
		],
		[
			'reads .prettierrc as JSON',
			{ '.prettierrc': '{ "singleQuote": true, "semi": false, "tabWidth": 4 }' },
			{ indent: '    ', quote: "'", semicolons: false, lineEnding: '\n' },
			'.prettierrc',
		],
		[
			'reads .prettierrc as YAML',
			{ '.prettierrc': '# style\nsingleQuote: true\nuseTabs: true\nendOfLine: crlf\n' },
			{ indent: '\t', quote: "'", semicolons: true, lineEnding: '\r\n' },
			'.prettierrc',
		],
		[
			'reads .prettierrc.json with a comment',
			{ '.prettierrc.json': '{ // ours\n"semi": false }' },
			{ ...PRETTIER, semicolons: false },
			'.prettierrc.json',
		],
		[
			'reads .prettierrc.yaml',
			{ '.prettierrc.yaml': 'semi: false\n' },
			{ ...PRETTIER, semicolons: false },
			'.prettierrc.yaml',
		],
		[
			'reads .prettierrc.yml',
			{ '.prettierrc.yml': 'tabWidth: 3\n' },
			{ ...PRETTIER, indent: '   ' },
			'.prettierrc.yml',
		],
		[
			'reads .prettierrc.json5',
			{ '.prettierrc.json5': '{ singleQuote: true, // why\n semi: false, }\n' },
			{ ...CANONICAL, semicolons: false },
			'.prettierrc.json5',
		],
		[
			'reads .prettierrc.toml',
			{
				'.prettierrc.toml': 'semi = false\nendOfLine = "crlf"\n[[overrides]]\nsingleQuote = true\n',
			},
			{ ...PRETTIER, semicolons: false, lineEnding: '\r\n' },
			'.prettierrc.toml',
		],
		[
			'reads the field of package.json',
			{ 'package.json': '{ "prettier": { "singleQuote": true } }' },
			CANONICAL,
			'package.json',
		],
		[
			'does not take a dependency for the field',
			{ 'package.json': '{ "devDependencies": { "prettier": "3" } }' },
			CANONICAL,
			'the documentation of Flue',
		],
		[
			'reads prettier.config.js as data',
			{ 'prettier.config.js': 'export default { semi: false, singleQuote: true };' },
			{ ...CANONICAL, semicolons: false },
			'prettier.config.js',
		],
		[
			'reads prettier.config.cjs',
			{ 'prettier.config.cjs': 'module.exports = { useTabs: true };' },
			{ ...PRETTIER, indent: '\t' },
			'prettier.config.cjs',
		],
		[
			'reads prettier.config.ts through a const and satisfies',
			{
				'prettier.config.ts':
					"import type { Config } from 'prettier';\nconst config = { semi: false } satisfies Config;\nexport default config;\n",
			},
			{ ...PRETTIER, semicolons: false },
			'prettier.config.ts',
		],
		[
			'does not use what would have to be run',
			{
				'prettier.config.mjs':
					'export default { semi: process.env.CI === "1", singleQuote: true };',
			},
			CANONICAL,
			'prettier.config.mjs',
		],
		[
			'trusts the files where the config is in a package',
			{ 'package.json': '{ "prettier": "@acme/style" }', 'src/app.ts': TABBED },
			{ ...BIOME, semicolons: false },
			'src/app.ts',
		],
		[
			'trusts the files where the config cannot be read',
			{ '.prettierrc': '{{{: [', 'src/app.ts': TABBED },
			PRETTIER,
			'.prettierrc',
		],
		[
			'trusts the files where the config spreads another',
			{
				'prettier.config.js': 'import base from "@acme/style";\nexport default base;',
				'src/app.ts': TABBED,
			},
			{ ...BIOME, semicolons: false },
			'src/app.ts',
		],
		[
			'leaves the line end to the files for auto',
			{ '.prettierrc': '{ "endOfLine": "auto" }', 'src/app.ts': 'let a = 1;\r\n' },
			{ ...PRETTIER, lineEnding: '\r\n' },
			'.prettierrc, src/app.ts',
		],

		[
			'takes the defaults of a Biome that is configured',
			{ 'biome.json': '{}' },
			BIOME,
			'biome.json',
		],
		[
			'reads biome.jsonc, the language over the rest',
			{
				'biome.jsonc':
					'{ /* ours */ "formatter": { "indentStyle": "space", "indentWidth": 4 }, "javascript": { "formatter": { "quoteStyle": "single", "semicolons": "asNeeded", "indentWidth": 2 } }, }',
			},
			{ ...CANONICAL, semicolons: false },
			'biome.jsonc',
		],
		[
			'reads the line end of Biome',
			{ 'biome.json': '{ "formatter": { "lineEnding": "crlf" } }' },
			{ ...BIOME, lineEnding: '\r\n' },
			'biome.json',
		],
		[
			'passes over a Biome that only lints',
			{ 'biome.json': '{ "formatter": { "enabled": false } }', '.prettierrc': '{}' },
			PRETTIER,
			'.prettierrc',
		],
		[
			'does not let .editorconfig overrule the defaults of a Biome that does not read it',
			{ 'biome.json': '{}', '.editorconfig': '[*]\nindent_style = space\n' },
			BIOME,
			'biome.json',
		],
		[
			'lets .editorconfig speak to a Biome that reads it',
			{
				'biome.json': '{ "formatter": { "useEditorconfig": true } }',
				'.editorconfig': '[*]\nindent_style = space\nindent_size = 4\n',
			},
			{ ...PRETTIER, indent: '    ' },
			'.editorconfig, biome.json',
		],

		[
			'lets .editorconfig fill what Prettier leaves open',
			{
				'.prettierrc': '{ "semi": false }',
				'.editorconfig': 'root = true\n[*]\nindent_style = tab\nend_of_line = crlf\n',
			},
			{ indent: '\t', quote: '"', semicolons: false, lineEnding: '\r\n' },
			'.editorconfig, .prettierrc',
		],
		[
			'does not let .editorconfig overrule Prettier',
			{
				'.prettierrc': '{ "useTabs": false, "tabWidth": 2 }',
				'.editorconfig': '[*]\nindent_style = tab\n',
			},
			PRETTIER,
			'.prettierrc, .editorconfig'.split(',')[0] ?? '',
		],
		[
			'reads .editorconfig by section',
			{
				'.editorconfig':
					'; ours\n[*]\nindent_style = tab\n\n[*.{ts,tsx}]\nIndent_Style = Space # two\nindent_size = 4\n\n[*.md]\nindent_size = 8\n',
			},
			{ ...CANONICAL, indent: '    ' },
			'.editorconfig, the documentation of Flue',
		],
		[
			'reads a section with a path',
			{ '.editorconfig': '[src/**]\nindent_style = tab\n[lib/**.ts]\nindent_style = space\n' },
			{ ...CANONICAL, indent: '\t' },
			'.editorconfig, the documentation of Flue',
		],
		[
			'reads quote_type',
			{ '.editorconfig': '[*.ts]\nquote_type = double\n' },
			PRETTIER,
			'the documentation of Flue, .editorconfig',
		],
		[
			'reads indent_size = tab',
			{ '.editorconfig': '[*]\nindent_style = space\nindent_size = tab\ntab_width = 3\n' },
			{ ...CANONICAL, indent: '   ' },
			'.editorconfig, the documentation of Flue',
		],
		[
			'takes unset for silence',
			{ '.editorconfig': '[*]\nindent_style = unset\nend_of_line = unset\n' },
			CANONICAL,
			'the documentation of Flue',
		],
		[
			'lets the nearer .editorconfig decide',
			{
				'.editorconfig': '[*]\nindent_style = tab\nend_of_line = crlf\n',
				'src/.editorconfig': '[*]\nindent_style = space\nindent_size = 4\n',
			},
			{ ...CANONICAL, indent: '    ', lineEnding: '\r\n' },
			'.editorconfig, the documentation of Flue',
		],
		[
			'stops at root = true',
			{
				'.editorconfig': '[*]\nindent_style = tab\n',
				'src/.editorconfig': 'root = true\n[*]\nend_of_line = lf\n',
			},
			CANONICAL,
			'the documentation of Flue, .editorconfig',
		],

		[
			'follows the neighbours',
			{ 'src/app.ts': TABBED },
			{ indent: '\t', quote: '"', semicolons: false, lineEnding: '\n' },
			'src/app.ts',
		],
		[
			'follows the agents',
			{ 'src/agents/hello.ts': 'import {\n    a,\n} from "a";\r\n' },
			{ indent: '    ', quote: '"', semicolons: true, lineEnding: '\r\n' },
			'src/agents/hello.ts',
		],
		[
			'follows most of the neighbours',
			{
				'src/a.ts': TABBED,
				'src/b.ts': TABBED,
				'src/agents/c.ts': "import a from 'a';\nlet b = [\n  1,\n];\n",
			},
			{ indent: '\t', quote: '"', semicolons: false, lineEnding: '\n' },
			'src/a.ts and 2 more',
		],
		[
			'is not misled by one odd line or by a doc comment',
			{
				'src/a.ts':
					'/**\n * a {\n */\nlet a = {\n  b: 1,\n};\nlet c = {\n\td: 1,\n};\nlet e = [\n  1,\n];\n',
			},
			CANONICAL,
			'src/a.ts, the documentation of Flue',
		],
		[
			'does not ask the file that it will write',
			{ 'src/db.ts': TABBED },
			CANONICAL,
			'the documentation of Flue',
		],
		[
			'does not read large files',
			{ 'src/a.ts': TABBED + ' '.repeat(30_000) },
			CANONICAL,
			'the documentation of Flue',
		],
	];
	it.each(cases)('%s', async (_, files, style, from) => {
		expect(await detect(makeTree(files))).toMatchObject({ value: style, from });
	});

	it.each<[title: string, files: Record<string, string>, fine: Partial<Style>]>([
		['none without a formatter', { 'src/app.ts': TABBED }, {}],
		['of .editorconfig', { '.editorconfig': '[*]\nmax_line_length = 60\n' }, { lineWidth: 60 }],
		['not said by .editorconfig', { '.editorconfig': '[*]\nmax_line_length = off\n' }, {}],
		['of Prettier by default', { '.prettierrc': '{}' }, { lineWidth: 80 }],
		[
			'of Prettier in code',
			{
				'prettier.config.mjs':
					"export default { printWidth: 70, trailingComma: 'es5', bracketSpacing: false, arrowParens: 'avoid', useTabs: true, tabWidth: 8 };",
			},
			{
				...{ lineWidth: 70, tabWidth: 8, trailingCommas: 'es5' },
				...{ isTight: true, hasBareParameters: true },
			},
		],
		['of Biome by default', { 'biome.json': '{}' }, { lineWidth: 80, tabWidth: 2 }],
		[
			'of Biome, the language over the rest',
			{
				'biome.json':
					'{ "formatter": { "lineWidth": 90, "indentStyle": "space" }, "javascript": { "formatter": { "lineWidth": 66, "trailingCommas": "none" } } }',
			},
			{ lineWidth: 66, trailingCommas: 'none' },
		],
		['of oxfmt by default', { '.oxfmtrc.json': '{}', '.prettierrc': '{}' }, { lineWidth: 100 }],
		[
			'of oxfmt',
			{ '.oxfmtrc.jsonc': '{ // ours\n"printWidth": 72, "singleQuote": true }' },
			{ lineWidth: 72, quote: "'" },
		],
		[
			'of dprint by default',
			{ 'dprint.json': '{ "typescript": {} }' },
			{ lineWidth: 120, indent: '  ', hasBlocks: undefined },
		],
		[
			'of dprint',
			{
				'dprint.json':
					'{ "lineWidth": 90, "typescript": { "lineWidth": 64, "quoteStyle": "preferSingle", "semiColons": "asi", "trailingCommas": "never" } }',
			},
			{ lineWidth: 64, quote: "'", semicolons: false, trailingCommas: 'none', hasBlocks: true },
		],
		[
			'not of a dprint for other files',
			{ 'dprint.json': '{ "lineWidth": 90, "plugins": ["json"] }' },
			{},
		],
		[
			'of a package that package.json names',
			{
				'package.json': '{ "prettier": "@we/style" }',
				'node_modules/@we/style/package.json': '{ "main": "index.json" }',
				'node_modules/@we/style/index.json': '{ "printWidth": 120, "bracketSpacing": false }',
			},
			{ lineWidth: 120, isTight: true, quote: '"' },
		],
		[
			'of a package that .prettierrc.json names',
			{
				'.prettierrc.json': '"@we/style"',
				'node_modules/@we/style/package.json': '{ "exports": { ".": { "import": "./a.mjs" } } }',
				'node_modules/@we/style/a.mjs':
					'const a = { printWidth: 110, semi: false };\nexport default a;',
			},
			{ lineWidth: 110, semicolons: false },
		],
		[
			'of a file of a package that is spread, the own ones over it',
			{
				'.prettierrc.cjs': "module.exports = { ...require('we/rc.json'), singleQuote: false };",
				'node_modules/we/package.json': '{}',
				'node_modules/we/rc.json':
					'{ "printWidth": 70, "singleQuote": true, "arrowParens": "avoid" }',
			},
			{ lineWidth: 70, quote: '"', hasBareParameters: true },
		],
		[
			'of a package that is imported, which takes over another',
			{
				'prettier.config.ts':
					"import shared from 'we';\nexport default { ...shared, useTabs: true, tabWidth: 4 };",
				'node_modules/we/package.json': '{ "main": "a.js" }',
				'node_modules/we/a.js': "module.exports = { ...require('they'), semi: false };",
				'node_modules/they/package.json': '{}',
				'node_modules/they/index.js': 'module.exports = { printWidth: 66, semi: true };',
			},
			{ lineWidth: 66, tabWidth: 4, semicolons: false },
		],
		[
			'of Biome configs that one takes over',
			{
				'biome.json':
					'{ "extends": ["they/core", "./own.json"], "javascript": { "formatter": { "quoteStyle": "single" } } }',
				'own.json': '{ "formatter": { "indentStyle": "space" } }',
				'node_modules/they/package.json': '{ "exports": { "./*": "./config/*/biome.jsonc" } }',
				'node_modules/they/config/core/biome.jsonc':
					'{ "formatter": { "lineWidth": 72, "indentStyle": "tab" }, "javascript": { "formatter": { "trailingCommas": "none" } } }',
			},
			{ lineWidth: 72, indent: '  ', quote: "'", trailingCommas: 'none' },
		],
		[
			'of an oxfmt.config.ts',
			{
				'oxfmt.config.ts':
					"import they from 'they/oxfmt';\nimport { defineConfig } from 'oxfmt';\nexport default defineConfig({ ...they, semi: false });",
				'node_modules/they/package.json': '{ "exports": { "./oxfmt": "./o.mjs" } }',
				'node_modules/they/o.mjs': 'export default { printWidth: 80, useTabs: true };',
			},
			{ lineWidth: 80, tabWidth: 2, indent: '\t', semicolons: false },
		],
	])('takes the width %s', async (_, files, fine) => {
		const { value } = await detect(makeTree(files));
		expect({ lineWidth: undefined, tabWidth: undefined, ...value }).toMatchObject({
			...{ lineWidth: undefined, tabWidth: undefined, trailingCommas: undefined },
			...{ isTight: undefined, hasBareParameters: undefined },
			...fine,
		});
	});

	it('asks the files before the defaults where what a config takes over is not there', async () => {
		const files = {
			'src/a.ts': TABBED,
			'prettier.config.mjs': "export default { ...(await import('x')) };",
		};
		const missing = { ...files, 'biome.json': '{ "extends": ["nowhere"] }' };
		expect((await detect(makeTree(missing))).value).toMatchObject({ semicolons: false });
	});

	it.each([
		['eslint.config.js', "rules: { curly: 'error' }"],
		['eslint.config.mjs', 'rules: {\n\tcurly: ["warn", "all"],\n}'],
		['.eslintrc.json', '{ "rules": { "curly": [2] } }'],
		['.eslintrc.yml', 'rules:\n  curly: error\n'],
		['.oxlintrc.json', '{ "rules": { "eslint/curly": "error" } }'],
		['biome.json', '{ "linter": { "rules": { "style": { "useBlockStatements": "error" } } } }'],
		['.prettierrc', '{ "plugins": ["prettier-plugin-curly"] }'],
	])('puts bodies into braces for %s: %s', async (name, text) => {
		expect((await detect(makeTree({ [name]: text }))).value.hasBlocks).toBe(true);
	});

	it.each([
		['eslint.config.js', "rules: { curly: 'off' }"],
		['eslint.config.js', "rules: { curly: ['error', 'multi-line'] }"],
		['eslint.config.js', "rules: { 'object-curly-spacing': 'error' }"],
		[
			'biome.json',
			'{ "linter": { "enabled": false, "rules": { "style": { "useBlockStatements": "on" } } } }',
		],
		['biome.json', '{ "linter": { "rules": { "style": { "useBlockStatements": "off" } } } }'],
	])('leaves bodies without braces for %s: %s', async (name, text) => {
		expect((await detect(makeTree({ [name]: text }))).value.hasBlocks).toBe(undefined);
	});

	it.each([
		['eslint.config.js', "rules: { 'sort-keys': 'error' }"],
		['.eslintrc.json', '{ "rules": { "sort-keys": ["error", "asc", { "natural": true }] } }'],
		['eslint.config.mjs', "rules: { 'perfectionist/sort-objects': ['warn', { type: 'natural' }] }"],
		['eslint.config.ts', 'extends: [perfectionist.configs["recommended-natural"], others]'],
		['.oxlintrc.json', '{ "rules": { "eslint/sort-keys": "error" } }'],
		['biome.json', '{ "assist": { "actions": { "source": { "useSortedKeys": "on" } } } }'],
	])('sorts the keys of objects for %s: %s', async (name, text) => {
		expect((await detect(makeTree({ [name]: text }))).value.hasSortedKeys).toBe(true);
	});

	it.each([
		['eslint.config.js', "rules: { 'sort-keys': 'off' }"],
		['eslint.config.js', "rules: { 'sort-keys': ['error', 'desc'] }"],
		['eslint.config.js', "rules: { 'jsonc/sort-keys': 'error' }"],
		['eslint.config.js', "extends: [perfectionist.configs['recommended-line-length']]"],
		[
			'eslint.config.js',
			"extends: [perfectionist.configs['recommended-natural']],\nrules: { 'perfectionist/sort-objects': 'off' }",
		],
		[
			'biome.json',
			'{ "assist": { "enabled": false, "actions": { "source": { "useSortedKeys": "on" } } } }',
		],
	])('leaves the keys as they are for %s: %s', async (name, text) => {
		expect((await detect(makeTree({ [name]: text }))).value.hasSortedKeys).toBe(undefined);
	});

	it('reads what a linter takes over from files and packages', async () => {
		const root = makeTree({
			'eslint.config.js':
				"import base from './lint/base.js';\nimport own from '@acme/eslint-config/node';\nexport default [...base, ...own];\n",
			'lint/base.js': "export default [{ rules: { curly: 'error' } }];\n",
			'node_modules/@acme/eslint-config/package.json':
				'{ "exports": { "./node": "./dist/node.js" } }',
			'node_modules/@acme/eslint-config/dist/node.js':
				"export default [{ rules: { 'sort-keys': [2], 'n/no-process-env': 'error' } }];\n",
		});
		expect((await detect(root)).value).toMatchObject({
			hasBlocks: true,
			hasSortedKeys: true,
			silence: 'eslint-disable-next-line n/no-process-env',
		});
	});

	it('separates the imports of own files as the project does', async () => {
		const text = (gap: string) => `import { z } from 'zod';\n${gap}import { env } from '@/env';\n`;
		const files = (gap: string) => [{ path: 'src/a.ts', text: text(gap) }];
		const root = makeTree({});
		const of = async (gap: string) =>
			(await detectStyle({ root, boundary: root, entryPath: 'src/db.ts', files: files(gap) })).value
				.separatesImports;
		expect([await of(''), await of('\n')]).toEqual([undefined, true]);
	});

	it('looks upward as far as the boundary', async () => {
		const top = makeTree({ '.prettierrc': '{ "semi": false }', 'repo/apps/a/src/': '' });
		const root = join(top, 'repo/apps/a');
		expect((await detect(root, { boundary: join(top, 'repo') })).from).toBe(
			'the documentation of Flue',
		);
		expect((await detect(root, { boundary: top })).value.semicolons).toBe(false);
	});

	it('takes the nearest config', async () => {
		const boundary = makeTree({ 'biome.json': '{}', 'apps/a/.prettierrc': '{}' });
		expect((await detect(join(boundary, 'apps/a'), { boundary })).value).toMatchObject(PRETTIER);
	});

	it('completes a nested Biome config with the one above', async () => {
		const boundary = makeTree({
			'biome.json':
				'{ "formatter": { "indentStyle": "space", "indentWidth": 4 }, "javascript": { "formatter": { "quoteStyle": "single" } } }',
			'apps/a/biome.json': '{ "root": false, "extends": "//", "formatter": { "indentWidth": 2 } }',
		});
		expect((await detect(join(boundary, 'apps/a'), { boundary })).value).toMatchObject(CANONICAL);
	});

	const TYPES =
		'{ "semi": false, "overrides": [{ "files": "*.ts", "options": { "singleQuote": true, "tabWidth": 4, "printWidth": 120 } }, { "files": ["*.md"], "options": { "useTabs": true } }] }';
	const CODE: Partial<Style> = { indent: '    ', quote: "'", semicolons: false, lineWidth: 120 };
	it.each<[title: string, files: Record<string, string>, style: Partial<Style>]>([
		['of .prettierrc', { '.prettierrc': TYPES }, CODE],
		['of package.json', { 'package.json': `{ "prettier": ${TYPES} }` }, CODE],
		['of .oxfmtrc.json', { '.oxfmtrc.json': TYPES }, CODE],
		[
			'of a config that is code',
			{
				'prettier.config.mjs':
					"export default { semi: false, overrides: [{ files: ['**/*.{ts,tsx}'], options: { singleQuote: true, tabWidth: 4, printWidth: 120 } }] };",
			},
			CODE,
		],
		[
			'of YAML',
			{ '.prettierrc.yml': 'overrides:\n  - files: src/**\n    options:\n      semi: false\n' },
			{ semicolons: false },
		],
		[
			'of TOML',
			{
				'.prettierrc.toml':
					'semi = true\n[[overrides]]\nfiles = ["*.md", "*.ts"]\n[overrides.options]\nsemi = false\n',
			},
			{ semicolons: false },
		],
		[
			'that leave the file out',
			{
				'.prettierrc':
					'{ "overrides": [{ "files": "*.ts", "excludeFiles": "db.ts", "options": { "semi": false } }] }',
			},
			{ semicolons: true },
		],
		[
			'of which the last one wins',
			{
				'.prettierrc':
					'{ "overrides": [{ "files": "./src/*.ts", "options": { "semi": false } }, { "files": "*.ts", "options": { "semi": true } }] }',
			},
			{ semicolons: true },
		],
		[
			'of Biome',
			{
				'biome.json':
					'{ "overrides": [{ "includes": ["**/*.ts", "!**/*.d.ts"], "formatter": { "lineWidth": 100 }, "javascript": { "formatter": { "quoteStyle": "single" } } }] }',
			},
			{ quote: "'", lineWidth: 100 },
		],
		[
			'of Biome before version 2',
			{
				'biome.json':
					'{ "overrides": [{ "include": ["src/**"], "ignore": ["src/db.ts"], "formatter": { "lineWidth": 100 } }] }',
			},
			{ lineWidth: 80 },
		],
	])('obeys the overrides %s', async (_, files, style) => {
		expect((await detect(makeTree({ ...files, 'src/': '' }))).value).toMatchObject(style);
	});

	it('reads the style of the source root .flue and of the project root', async () => {
		const flue = makeTree({ '.flue/app.ts': TABBED, 'src/app.ts': CANONICAL.quote });
		expect((await detect(flue, { sourceRoot: '.flue', entryPath: '.flue/db.ts' })).from).toBe(
			'.flue/app.ts',
		);
		const bare = makeTree({ 'app.ts': TABBED, 'vite.config.ts': 'x' });
		expect((await detect(bare, { sourceRoot: '', entryPath: 'db.ts' })).from).toBe('app.ts');
	});
});

describe('detectImportExtension', () => {
	const detectIn = (files: Record<string, string>) => {
		const { value, from } = detectImportExtension({
			root: makeTree(files),
			sourceRoot: 'src',
			manifest: {},
		});
		return [value, from];
	};

	it.each([
		["import { a } from './a.ts';\n", '.ts'],
		["import { a } from '../lib/a.js';\n", '.js'],
		["import { a } from './a';\n", ''],
		["export * from './a.mjs';\n", '.js'],
		["import {\n  a,\n  b,\n} from './a.ts';\n", '.ts'],
		["import './a.ts';\n", '.ts'],
		["import a from './user.service';\n", ''],
		["import a from './a.js';\nimport b from './b.js';\nimport c from './c';\n", '.js'],
	])('follows %j', (text, expected) => {
		expect(detectIn({ 'src/app.ts': text, 'src/agents/x.ts': '' })).toEqual([
			expected,
			'src/app.ts',
		]);
	});

	it.each([
		"import a from 'hono/a.js';\n",
		"import data from './data.json' with { type: 'json' };\n",
		"import './style.css';\n",
		"// import a from './a.js';\n",
		"/*\nimport a from './a.js';\n*/\n",
	])('learns nothing from %j', (text) => {
		const tsconfig = '{ "compilerOptions": { "allowImportingTsExtensions": true } }';
		expect(detectIn({ 'src/app.ts': text, 'tsconfig.json': tsconfig })).toEqual([
			'.ts',
			'tsconfig.json',
		]);
	});

	it.each([
		['{ "compilerOptions": { "module": "NodeNext" } }', '.js'],
		['{ "compilerOptions": { "moduleResolution": "node16" } }', '.js'],
		[
			'{ // ours\n "compilerOptions": { "module": "NodeNext", "rewriteRelativeImportExtensions": true, } }',
			'.ts',
		],
		['{ "compilerOptions": { "moduleResolution": "Bundler" } }', ''],
		['{ "extends": "./base.json" }', '.js'],
		['{ "extends": ["./other", "./base"], "compilerOptions": {} }', '.js'],
		['{ "extends": "@acme/tsconfig" }', '.ts'],
		['{ "extends": "./base.json", "compilerOptions": { "module": "esnext" } }', ''],
		['not json', ''],
	])('reads the compiler options %j', (text, expected) => {
		const files = {
			'tsconfig.json': text,
			'base.json': '{ "compilerOptions": { "module": "nodenext" } }',
			'other.json': '{ "compilerOptions": { "module": "esnext" } }',
			'node_modules/@acme/tsconfig/tsconfig.json':
				'{ "compilerOptions": { "allowImportingTsExtensions": true } }',
		};
		expect(detectIn(files)).toEqual([expected, 'tsconfig.json']);
	});

	it('writes no extension for want of anything', () => {
		expect(detectIn({ 'package.json': '{}' })).toEqual([
			'',
			'no relative import and no tsconfig.json',
		]);
	});

	it('prefers the tsconfig of the source root', () => {
		const files = {
			'tsconfig.json': '{ "compilerOptions": { "module": "nodenext" } }',
			'src/tsconfig.json': '{}',
		};
		expect(detectIn(files)).toEqual(['', 'src/tsconfig.json']);
	});
});
