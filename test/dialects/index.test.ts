import fc, { constantFrom, property, record, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyInsertions, planKey, recogniseDialect } from '../../src/dialects/index.ts';
import { parse, syntaxErrors } from '../../src/text/source.ts';

/** FLUE_GENERATED=10000 for the long run, which stays out of CI. */
const RUNS = Number(process.env.FLUE_GENERATED ?? 150);
const NAMES = ['PORT', 'DATABASE_URL', 'APP_URL', 'API_KEY', 'REDIS_HOST', 'STAGE', 'LOG_LEVEL'];

const modules = record({
	names: uniqueArray(constantFrom(...NAMES), { minLength: 2, maxLength: 7 }),
	lineEnd: constantFrom('\n', '\r\n'),
	indent: constantFrom('\t', '  ', '    '),
	lastComma: constantFrom(',', ''),
	form: constantFrom(
		(name: string) => `process.env.${name}`,
		(name: string) => `process.env['${name}']!`,
		(name: string) => `process.env.${name} ?? ''`,
		(name: string) => `Number(process.env.${name})`,
	),
	note: constantFrom('', ' // why', ' /* why */'),
	above: constantFrom('', '// about it', '/** About it. */'),
	wrap: constantFrom(
		(object: string) => `export const env = ${object};`,
		(object: string) => `const env = ${object}\nexport default env`,
		(object: string) => `export const env = Object.freeze(${object} as const);`,
		(object: string) => `export function loadEnv() {\nreturn ${object};\n}`,
	),
	oneLine: constantFrom(true, false, false),
	byteOrderMark: constantFrom('', '\ufeff'),
});

type Shape = typeof modules extends { generate(...args: never[]): { value: infer T } } ? T : never;

function write(shape: Shape): string {
	const { names, form, lastComma, indent, note, above, lineEnd } = shape;
	const commas = names.map((_, index) => (index < names.length - 1 ? ',' : lastComma));
	const members = names.map((name, index) => `${name}: ${form(name)}${commas[index]}`);
	const lines = members.flatMap((one) => [
		...(above ? [`${indent}${above}`] : []),
		`${indent}${one}${note}`,
	]);
	const object = shape.oneLine ? `{ ${members.join(' ')} }` : ['{', ...lines, '}'].join(lineEnd);
	return `${shape.byteOrderMark}${shape.wrap(object)}${lineEnd}`;
}

describe('planKey', () => {
	it('only ever inserts, parses afterwards and finds its own key again', () => {
		fc.assert(
			property(modules, (shape) => {
				const before = write(shape);
				const plan = planKey('env.ts', before, 'REDIS_URL');
				if (plan.kind !== 'ready') throw new Error(`${plan.reason}: ${before}`);
				expect(plan.insertions.length).toBeGreaterThan(0);
				expect(applyInsertions(before, plan.insertions)).toBe(plan.after);
				expect(plan.after.length).toBe(
					before.length + plan.insertions.reduce((sum, { text }) => sum + text.length, 0),
				);
				expect(syntaxErrors(parse('env.ts', plan.after))).toEqual([]);
				expect(planKey('env.ts', plan.after, 'REDIS_URL')).toEqual({
					...plan,
					insertions: [],
				});
				expect(plan.after.match(/REDIS_URL(?= *:)/g)).toHaveLength(1);
			}),
			{ numRuns: RUNS },
		);
	});

	it('adds a whole line, and to any other at most the comma of the last, when each key has a line', () => {
		fc.assert(
			property(modules, (shape) => {
				const before = write({ ...shape, oneLine: false });
				const { after } = planKey('env.ts', before, 'VALKEY_URL');
				const lines = after.split('\n').filter((line) => !/VALKEY_URL|Valkey server/.test(line));
				const whole = write({ ...shape, oneLine: false, lastComma: ',' });
				expect([before, whole]).toContain(lines.join('\n'));
			}),
			{ numRuns: Math.ceil(RUNS / 2) },
		);
	});

	it('names the parser’s complaint about a broken module', () => {
		const plan = planKey('env.ts', 'export const env = { a: process.env.A, ;', 'REDIS_URL');
		expect(plan).toMatchObject({
			kind: 'unclear',
			reason: expect.stringContaining('syntax error'),
		});
	});
});

describe('recogniseDialect', () => {
	it.each([
		['', null],
		['export const answer = 42;', null],
		['export type Env = { REDIS_URL: string };', null],
		['const env = { a: process.env.A, b: process.env.B };', null],
		["export { env } from './env';", null],
		['export const env = { a: import.meta.env.A, b: process.env.B };', null],
		['// import.meta.env\nexport const env = { a: process.env.A, b: process.env.B };', 'object'],
		['export const db = drizzle(process.env.DATABASE_URL);', null],
	])('answers for %j: %s', (text, name) => {
		expect(recogniseDialect('env.ts', text)).toBe(name);
	});
});

describe('applyInsertions', () => {
	it('keeps the order of insertions at one place', () => {
		const insertions = [
			{ at: 1, text: '1' },
			{ at: 1, text: '2' },
			{ at: 0, text: '0' },
		];
		expect(applyInsertions('ab', insertions)).toBe('0a12b');
	});
});
