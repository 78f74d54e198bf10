import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { block, commandLines, ink, laidOut, STOP } from '../../src/terminal/page.ts';

const at = (columns: number | null, colors = false) => ({ columns, colors });

describe('laidOut', () => {
	it.each<[string, string[], number, string[]]>([
		['words', ['one two three'], 7, ['one two', 'three']],
		['an indented line', ['  one two three'], 9, ['  one two', '  three']],
		['a row', [`a   ${STOP}one two three`], 11, ['a   one two', '    three']],
		['a row that leaves no room', [`label   ${STOP}one two`], 12, ['label', '    one two']],
		[
			'a row with a long word',
			[`  label  ${STOP}two/threefour x`],
			19,
			['  label', '      two/threefour', '      x'],
		],
		[
			'a row whose long word has room nowhere',
			[`  +     ${STOP}a twothreefour`],
			17,
			['  +     a twothre', '        efour'],
		],
		['a word that is too long', ['a onetwothree'], 6, ['a', 'onetwo', 'three']],
		['wide letters', ['日本 日本'], 5, ['日本', '日本']],
		['a tab', ['\ta b'], 5, ['    a', '    b']],
		['nothing', [''], 5, ['']],
	])('wraps %s', (_, lines, columns, expected) => {
		expect(laidOut(lines, at(columns))).toEqual(expected);
	});

	it('wraps nothing where there is no width, and keeps tabs there', () => {
		const line = `\t${'word '.repeat(100)}end`;
		expect(laidOut([line, `a  ${STOP}b`], at(null))).toEqual([line, 'a  b']);
	});

	it('paints words, and commands in backticks, and leaves no colour open at the end of a line', () => {
		expect(laidOut([ink.red(`a ${ink.bold('b')}`)], at(null, true))).toEqual([
			'\u001b[31ma \u001b[1mb\u001b[22m\u001b[39m',
		]);
		expect(laidOut(['Run `npm install` now.'], at(9, true))).toEqual([
			'Run \u001b[36m`npm\u001b[39m',
			'\u001b[36minstall`\u001b[39m',
			'now.',
		]);
		expect(laidOut([ink.red('a `b`')], at(null))).toEqual(['a `b`']);
	});

	it.each([
		['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
		['a\rb\nc\u0008d\u0007', 'a\\rb\\nc\\u0008d\\u0007'],
		['del\u007f csi\u009b31m', 'del\\u007f csi\\u009b31m'],
		['turned\u202egpj.exe', 'turned\\u202egpj.exe'],
	])('shows %j as a text that no terminal obeys', (text, expected) => {
		expect(laidOut([text], at(null, true))).toEqual([expected]);
		expect(laidOut([ink.cyan(text)], at(80))).toEqual([expected]);
	});

	it('masks what is secret, in any line', () => {
		expect(laidOut([`project  ${STOP}redis://me:canary@h`], at(80))).toEqual([
			'project  redis://me:***@h',
		]);
	});

	it('lets no line be wider than the page, cuts no word that fits, and keeps every word', () => {
		const word = fc.stringMatching(/^[a-z`-]{1,12}$/);
		const words = fc.array(word, { minLength: 1, maxLength: 30 }).map((all) => all.join(' '));
		const line = fc.record({ label: fc.stringMatching(/^ {0,4}[a-z]{1,30} {2}$/), words });
		fc.assert(
			fc.property(line, fc.integer({ min: 40, max: 120 }), fc.boolean(), (row, columns, colors) => {
				const rows = laidOut([row.label + STOP + row.words], at(columns, colors));
				const seen = rows.map((one) => stripVTControlCharacters(one));
				expect(seen.filter((one) => one.length > columns)).toEqual([]);
				expect(seen.join(' ').trim().split(/\s+/)).toEqual(
					`${row.label} ${row.words}`.trim().split(/\s+/),
				);
			}),
		);
	});

	it('gives a foreign text no escape, whatever it holds', () => {
		const text = fc.string({ unit: 'binary', maxLength: 40 });
		fc.assert(
			fc.property(text, fc.constantFrom(null, 40), (foreign, columns) => {
				const rows = laidOut([foreign, ink.cyan(foreign)], at(columns, true));
				// Our own colours are all that is left.
				const rest = rows.join('').replaceAll('\t', '').split('\u001b');
				const [first, ...escapes] = rest.map((part) =>
					part.replace(/^\[(?:1|2|22|3[1236]|39)m/, ''),
				);
				expect([first, ...escapes].join('')).not.toMatch(/[\p{Cc}\u202e]/u);
				expect(rest.slice(1).filter((part) => !/^\[\d+m/.test(part))).toEqual([]);
			}),
		);
	});
});

describe('block', () => {
	it('puts the further lines of a message below its text', () => {
		expect(block('error X: one\ntwo\r\nthree\n')).toEqual(['error X: one', '  two', '  three']);
		expect(block(`hint: ${STOP}one\ntwo`)).toEqual([`hint: ${STOP}one`, '      two']);
	});
});

describe('commandLines', () => {
	it('breaks a command where a shell takes the next line for a part of it', () => {
		const command =
			"npx flue-blueprints add database redis --cwd 'my agents' --key-prefix 'it'\\''s' --yes";
		expect(commandLines(command, at(null))).toEqual([command]);
		const lines = commandLines(command, at(40));
		expect(lines).toEqual([
			'npx flue-blueprints add database redis \\',
			"  --cwd 'my agents' --key-prefix \\",
			"  'it'\\''s' --yes",
		]);
		expect(lines.join('\n').replace(/ \\\n {2}/g, ' ')).toBe(command);
	});
});
