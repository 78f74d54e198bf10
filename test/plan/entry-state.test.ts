import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import { blueprint as valkey } from '../../src/blueprints/valkey.ts';
import { readTemplate } from '../../src/package/template.ts';
import { entryState, sameProgram } from '../../src/plan/entry-state.ts';
import { markerOf } from '../../src/plan/render.ts';
import { morph, parse } from '../../src/text/source.ts';

const SCAFFOLD = readFileSync('fixtures/projects/init-node/before/src/db.ts', 'utf8');
const CANONICAL = `${markerOf(redis)}\n${readTemplate(redis)}`;

describe('entryState', () => {
	it('knows that nothing is there', () => {
		expect(entryState(null)).toBe('absent');
	});

	it('knows what `flue init` writes, with each line ending and a byte order mark', () => {
		const crlf = SCAFFOLD.replaceAll('\n', '\r\n');
		for (const text of [SCAFFOLD, crlf, `\uFEFF${SCAFFOLD}`, `\uFEFF${crlf}`])
			expect(entryState(text)).toBe('scaffold');
	});

	it('does not know it with one character changed, wherever that is', () => {
		for (let at = 0; at < SCAFFOLD.length; at++) {
			const other = SCAFFOLD[at] === 'x' ? 'y' : 'x';
			const text = SCAFFOLD.slice(0, at) + other + SCAFFOLD.slice(at + 1);
			expect(entryState(text), `${at}`).toBe('other');
		}
	});

	it('does not know it with one character more or less, blanks and what ends a statement aside', () => {
		const place = fc.nat(SCAFFOLD.length - 1);
		const bare = (text: string) => text.replace(/[\s;,]/g, '');
		fc.assert(
			fc.property(place, fc.string({ minLength: 1, maxLength: 1 }), (at, more) => {
				const less = SCAFFOLD.slice(0, at) + SCAFFOLD.slice(at + 1);
				const longer = SCAFFOLD.slice(0, at) + more + SCAFFOLD.slice(at);
				for (const text of [less, longer])
					if (bare(text) !== bare(SCAFFOLD)) expect(entryState(text)).toBe('other');
			}),
		);
	});

	it.each([
		"import { sqlite } from '@flue/runtime/node';\nexport default sqlite('./data/flue.db');\n",
		'import { sqlite } from "@flue/runtime/node"\n\nexport default sqlite("./data/flue.db")\n',
		"import { sqlite } from '@flue/runtime/node';\nexport default sqlite('data/flue.db');\n",
		"import { sqlite } from '@flue/runtime/node';\nexport default sqlite();\n",
		SCAFFOLD.replaceAll("'@flue/runtime/node'", '"@flue/runtime/node"').replaceAll(';', ''),
	])('knows it in other words: %j', (text) => {
		expect(entryState(text)).toBe('scaffold');
		expect(entryState(text.replaceAll('\n', '\r\n'))).toBe('scaffold');
	});

	it.each([
		"import { sqlite } from '@flue/runtime/node';\nexport default sqlite('./other.db');\n",
		"import { sqlite } from '@flue/runtime/node';\n// Ask Ann first.\nexport default sqlite('./data/flue.db');\n",
		"import { sqlite } from './sqlite.ts';\nexport default sqlite('./data/flue.db');\n",
		"import { sqlite } from '@flue/runtime/node';\nexport const db = 1;\nexport default sqlite();\n",
		"import { sqlite } from '@flue/runtime/node';\nexport default sqlite(/* mine */);\n",
	])('does not take %j for it', (text) => {
		expect(entryState(text)).toBe('other');
	});

	it.each(['', '\n', 'export default {};\n', CANONICAL])('calls %j somebody’s work', (text) => {
		expect(entryState(text)).toBe('other');
	});
});

/** What formatters do to a text, none of which changes the program. */
const FORMATS: Record<string, (text: string) => string> = {
	'CRLF line endings': (text) => text.replaceAll('\n', '\r\n'),
	'a byte order mark': (text) => `\uFEFF${text}`,
	tabs: (text) => text.replaceAll('  ', '\t'),
	'double quotes': (text) => text.replaceAll("'", '"'),
	'no semicolons': (text) => text.replaceAll(';', ''),
	'no trailing commas': (text) => text.replace(/,(\s*[)\]}])/g, '$1'),
	'more trailing commas': (text) =>
		text.replaceAll('url: process.env.REDIS_URL }', 'url: process.env.REDIS_URL, }'),
	'no parentheses around one parameter': (text) => text.replaceAll('(commands) =>', 'commands =>'),
	'longer lines': (text) =>
		text.replace(/eval: [\s\S]*?\}\),/, (part) => part.replace(/\s+/g, ' ')),
	'shorter lines': (text) => text.replaceAll(', ', ',\n      '),
	'more blank lines': (text) => text.replaceAll('\n', '\n\n').replace('\n\n', '\n'),
	'no final newline': (text) => text.trimEnd(),
	'more comments': (text) => text.replace('const client', '// ours\n/* and\nhere */ const client'),
};

/** The places of the tokens of the canonical text. */
function tokenRanges(): { start: number; end: number; text: string }[] {
	morph();
	return parse('db.ts', CANONICAL)
		.getDescendants()
		.filter((node) => node.getChildCount() === 0 && node.getWidth() > 0)
		.map((node) => ({ start: node.getStart(), end: node.getEnd(), text: node.getText() }));
}

describe('sameProgram', () => {
	it.each(Object.entries(FORMATS))('does not mind %s', (_, format) => {
		const text = format(CANONICAL);
		expect(text).not.toBe(CANONICAL);
		expect(sameProgram(text, CANONICAL)).toBe(true);
		expect(sameProgram(CANONICAL, text)).toBe(true);
	});

	it('does not mind all of it at once, in any order', () => {
		const formats = fc.shuffledSubarray(
			Object.keys(FORMATS).filter((name) => !/comments|shorter|semicolons/.test(name)),
		);
		fc.assert(
			fc.property(formats, (names) => {
				const text = names.reduce((result, name) => FORMATS[name]?.(result) ?? result, CANONICAL);
				expect(sameProgram(text, CANONICAL)).toBe(true);
			}),
			{ numRuns: 30 },
		);
	});

	it('minds the first line, which says what wrote the file', () => {
		const other = CANONICAL.replace(markerOf(redis), markerOf(valkey));
		expect(sameProgram(other, CANONICAL)).toBe(false);
		expect(sameProgram(CANONICAL.replace('@1', '@2'), CANONICAL)).toBe(false);
		expect(sameProgram(readTemplate(redis), CANONICAL)).toBe(false);
	});

	it('minds every token that is left out', () => {
		for (const { start, end, text } of tokenRanges()) {
			const without = CANONICAL.slice(0, start) + CANONICAL.slice(end);
			const isFormat = text === ';' || (text === ',' && /^\s*[)\]}]/.test(CANONICAL.slice(end)));
			expect(sameProgram(without, CANONICAL), `${start} ${text}`).toBe(isFormat);
		}
	});

	it('minds every token that is another', () => {
		for (const { start, end, text } of tokenRanges()) {
			const changed = /^['"]/.test(text) ? `${text.slice(0, -1)}x'` : `${text}x`;
			const other = CANONICAL.slice(0, start) + changed + CANONICAL.slice(end);
			expect(sameProgram(other, CANONICAL), `${start} ${text}`).toBe(false);
		}
	});

	it.each([
		['a comma that makes a hole', 'args = []', 'args = [,]'],
		['a return that returns nothing', 'return results', 'return\n    results'],
		['another key', 'close: ', "'close2': "],
		['a template for a string', "'redis'", '`redis`'],
		['a string with other spaces', "'redis'", "'redis '"],
		['one more argument', 'redis({', 'redis({}, {'],
		['a statement behind', 'close(),\n});', 'close(),\n});\nprocess.exit();'],
	])('minds %s', (_, from, to) => {
		const other = CANONICAL.replace(from, to);
		expect(other).not.toBe(CANONICAL);
		expect(sameProgram(other, CANONICAL)).toBe(false);
	});
});
