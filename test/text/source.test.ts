import { describe, expect, it } from 'vitest';
import { lineOf, parse, syntaxErrors } from '../../src/text/source.ts';

describe('parse', () => {
	it.each(['a.ts', 'a.mts', 'a.cts', 'a.js', 'a.mjs', 'a.cjs', '../up/a b.ts', '/x/[id]/a.ts'])(
		'reads %s',
		(path) => {
			const file = parse(path, 'export const one = 1;\n');
			expect(syntaxErrors(file)).toEqual([]);
			expect(file.getVariableDeclaration('one')?.getInitializer()?.getText()).toBe('1');
		},
	);

	it('decides by the ending whether angle brackets are an element', () => {
		const text = 'export const view = <p>hello</p>;\n';
		expect(syntaxErrors(parse('a.tsx', text))).toEqual([]);
		expect(syntaxErrors(parse('a.ts', text))).not.toEqual([]);
	});

	it('counts offsets from behind a byte order mark', () => {
		const text = "import 'a';\nexport {};\n";
		const file = parse('a.ts', `\uFEFF${text}`);
		expect(file.getFullText()).toBe(text);
		expect(file.getImportDeclarations()[0]?.getStart()).toBe(0);
		expect(syntaxErrors(file)).toEqual([]);
	});

	it('keeps both trees alive when one path is parsed twice', () => {
		const first = parse('a.ts', 'export const one = 1;\n');
		const declaration = first.getVariableDeclaration('one');
		const second = parse('a.ts', 'export const two = 2;\n');
		expect(declaration?.getText()).toBe('one = 1');
		expect(first.getFullText()).toBe('export const one = 1;\n');
		expect(second.getVariableDeclaration('two')?.getText()).toBe('two = 2');
	});

	it('keeps line endings and white space', () => {
		const text = 'const a = 1;\r\n\r\n\tconst b = 2;';
		expect(parse('a.ts', text).getFullText()).toBe(text);
	});
});

describe('syntaxErrors', () => {
	it.each(['', '// nothing\n', '#!/usr/bin/env node\nexport {};\n', 'await x;\nexport {};\n'])(
		'finds none in %j',
		(text) => {
			expect(syntaxErrors(parse('a.ts', text))).toEqual([]);
		},
	);

	it.each([
		'const = 1;',
		'export default {',
		"import { a from 'b';",
		'<<<<<<< HEAD\nconst a = 1;\n',
	])('finds some in %j', (text) => {
		const messages = syntaxErrors(parse('a.ts', text));
		expect(messages.length).toBeGreaterThan(0);
		for (const message of messages) expect(message).toMatch(/^.+$/);
	});

	it('does not check types', () => {
		expect(syntaxErrors(parse('a.ts', "const a: number = 'x'; missing(a);"))).toEqual([]);
	});
});

describe('lineOf', () => {
	it('counts from one, over a comment and with both line endings', () => {
		const file = parse('a.ts', '// first\r\n// second\r\nexport const a = 1;\n');
		const declared = file.getVariableDeclaration('a');
		expect(declared && lineOf(declared)).toBe(3);
	});
});
