import fc, { constantFrom, dictionary, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDependencies } from '../../src/plan/manifest.ts';

const REDIS = { name: 'redis', spec: '^5.12.1' };
const BOTH = [{ name: '@flue/redis', spec: '2.0.3' }, REDIS];

function lines(...all: string[]): string {
	return `${all.join('\n')}\n`;
}

const SORTED = lines(
	'{',
	'\t"name": "app",',
	'\t"dependencies": {',
	'\t\t"@flue/runtime": "2.0.3",',
	'\t\t"hono": "4.12.32"',
	'\t}',
	'}',
);

describe('addDependencies', () => {
	test('it puts names where a sorted list has them', () => {
		expect(addDependencies(SORTED, BOTH)).toBe(
			lines(
				'{',
				'\t"name": "app",',
				'\t"dependencies": {',
				'\t\t"@flue/redis": "2.0.3",',
				'\t\t"@flue/runtime": "2.0.3",',
				'\t\t"hono": "4.12.32",',
				'\t\t"redis": "^5.12.1"',
				'\t}',
				'}',
			),
		);
	});

	test('it puts names at the end of an unsorted list', () => {
		const text = '{\n  "dependencies": {\n    "hono": "1",\n    "abc": "1"\n  }\n}';
		expect(addDependencies(text, [{ name: 'b', spec: '1' }])).toBe(
			'{\n  "dependencies": {\n    "hono": "1",\n    "abc": "1",\n    "b": "1"\n  }\n}',
		);
	});

	test('it keeps CRLF, a BOM, four spaces and a missing final newline', () => {
		const text = '\uFEFF{\r\n    "name": "a",\r\n    "devDependencies": {}\r\n}';
		expect(addDependencies(text, [REDIS])).toBe(
			'\uFEFF{\r\n    "name": "a",\r\n    "dependencies": {\r\n        "redis": "^5.12.1"\r\n    },\r\n    "devDependencies": {}\r\n}',
		);
	});

	test.each([
		['{"name":"a"}', '{"name":"a","dependencies":{"redis":"^5.12.1"}}'],
		['{ "name": "a" }', '{ "name": "a", "dependencies": {"redis": "^5.12.1"} }'],
		['{"dependencies":{"a":"1"}}', '{"dependencies":{"a":"1","redis":"^5.12.1"}}'],
		['{"dependencies": {"z": "1"}}', '{"dependencies": {"redis": "^5.12.1", "z": "1"}}'],
		['{\n  "dependencies": {}\n}', '{\n  "dependencies": {\n    "redis": "^5.12.1"\n  }\n}'],
		['{\n  "dependencies": {\n  }\n}', '{\n  "dependencies": {\n    "redis": "^5.12.1"\n  }\n}'],
		[
			'{\n  "dependencies": { "a": "1" }\n}',
			'{\n  "dependencies": { "a": "1", "redis": "^5.12.1" }\n}',
		],
		['{}', '{\n  "dependencies": {\n    "redis": "^5.12.1"\n  }\n}'],
	])('it writes into %j in its own layout', (text, expected) => {
		expect(addDependencies(text, [REDIS])).toBe(expected);
	});

	test('it moves a package out of the sections that a production install leaves out', () => {
		const text = lines(
			'{',
			'  "devDependencies": {',
			'    "a": "1",',
			'    "redis": "^5.12.1"',
			'  }',
			'}',
		);
		expect(JSON.parse(addDependencies(text, [REDIS]))).toEqual({
			dependencies: { redis: '^5.12.1' },
			devDependencies: { a: '1' },
		});
		expect(addDependencies('{"optionalDependencies":{"redis":"1"}}', [REDIS])).toBe(
			'{"dependencies":{"redis":"^5.12.1"},"optionalDependencies":{}}',
		);
	});

	test('it removes the first of several without touching the others', () => {
		const text =
			'{\n  "dependencies": {},\n  "devDependencies": {\n    "redis": "1",\n    "vitest": "4"\n  }\n}';
		expect(addDependencies(text, [REDIS])).toContain(
			'"devDependencies": {\n    "vitest": "4"\n  }',
		);
	});

	test('it leaves a peer range beside the dependency', () => {
		const text = '{"peerDependencies":{"redis":">=5"}}';
		expect(JSON.parse(addDependencies(text, [REDIS])).peerDependencies).toEqual({ redis: '>=5' });
	});

	test('it replaces a spec in place', () => {
		const text = '{"dependencies":{"redis":"4","a":"1"}}';
		expect(addDependencies(text, [REDIS])).toBe('{"dependencies":{"redis":"^5.12.1","a":"1"}}');
	});

	test('it changes nothing when all is there, or nothing is asked', () => {
		const done = addDependencies(SORTED, BOTH);
		expect(addDependencies(done, BOTH)).toBe(done);
		expect(addDependencies('not even JSON', [])).toBe('not even JSON');
	});

	test.each([
		'',
		'[]',
		'{"a":1,}',
		'{ // no\n}',
		'{"dependencies":[]}',
		'{"dependencies":null}',
		'{"dependencies":{},"dependencies":{}}',
		'{"dependencies":{"a":"1","a":"2"}}',
	])('it refuses %j', (text) => {
		expect(() => addDependencies(text, [REDIS])).toThrow(
			expect.objectContaining({ code: 'UNREADABLE_PROJECT' }),
		);
	});

	test('it adds exactly what is asked to any package.json, in any layout', () => {
		const manifests = record({
			sections: dictionary(
				constantFrom('dependencies', 'peerDependencies', 'scripts'),
				dictionary(string({ minLength: 1 }), string()),
			),
			indent: constantFrom('', '\t', '  '),
		});
		fc.assert(
			property(manifests, ({ sections, indent }) => {
				const before = { name: 'app', ...sections };
				const after = addDependencies(JSON.stringify(before, null, indent), BOTH);
				const added = { '@flue/redis': '2.0.3', redis: '^5.12.1' };
				expect(JSON.parse(after)).toEqual({
					...before,
					dependencies: { ...sections.dependencies, ...added },
				});
				expect(addDependencies(after, BOTH)).toBe(after);
			}),
		);
	});
});
