import fc, { constantFrom, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planKey, reasonAgainst, recogniseDialect } from '../../src/dialects/index.ts';
import { evaluate, readBy } from './evaluate.ts';

/** FLUE_GENERATED=10000 for the long run, which stays out of CI. */
const RUNS = Number(process.env.FLUE_GENERATED ?? 300);
const ADDRESS = 'redis://user:canary@host:6379';
const SET = {
	DATABASE_URL: 'postgres://a',
	API_KEY: 'key',
	NEXT_PUBLIC_URL: 'https://a.example',
	APP_NAME: 'name',
	REDIS_URL: ADDRESS,
};

const ZOD = "import { z } from 'zod';\n";
const KEYS = ['DATABASE_URL', 'API_KEY'];
const read = (name: string): string => `${name}: process.env.${name}`;
const list = (names: string[], each: (name: string) => string): string =>
	names.map((name) => `  ${each(name)},\n`).join('');

/** What holds the project's secrets. Each is called env, and gives an object of them. */
const inner = constantFrom(
	`export const env = {\n${list(KEYS, read)}};\n`,
	`const values = {\n${list(KEYS, read)}};\nexport const env = values;\n`,
	`export function env() {\n  return {\n${list(KEYS, read)}  };\n}\n`,
	`const schema = z.object({\n${list(KEYS, (name) => `${name}: z.string()`)}});\nexport const env = schema.parse(process.env);\n`,
	`class Config {\n${KEYS.map((name) => `  ${name} = process.env.${name};\n`).join('')}}\nexport const env = new Config();\n`,
	`class Config {\n  readonly #env = process.env;\n${KEYS.map((name) => `  get ${name}() {\n    return this.#env.${name};\n  }\n`).join('')}}\nexport const env = new Config();\n`,
	`const schema = z.object({\n${list(KEYS, (name) => `${name}: z.string()`)}});\nconst load = () => schema.parse(process.env);\nexport const env = new Proxy({} as z.infer<typeof schema>, { get: (_, key) => load()[key as 'API_KEY'] });\n`,
	`export const { DATABASE_URL, API_KEY } = process.env;\nconst env = { DATABASE_URL, API_KEY };\n`,
	`export const DATABASE_URL = process.env.DATABASE_URL;\nexport const API_KEY = process.env.API_KEY;\nconst env = { DATABASE_URL };\n`,
);

const names = constantFrom(
	'publicEnv',
	'clientConfig',
	'browserSettings',
	'getEnv',
	'NEXT_PUBLIC_CONFIG',
);
const own = ['APP_NAME', 'NEXT_PUBLIC_URL'];

/** What a page gets: listed by itself, taken from the secrets, or all of them. */
const outer = constantFrom(
	(name: string) => `export const ${name} = {\n${list(own, read)}};\n`,
	(name: string) => `export function ${name}() {\n  return {\n${list(own, read)}  };\n}\n`,
	(name: string) => `export const ${name} = () => ({\n${list(own, read)}});\n`,
	(name: string) =>
		`export class ${name} {\n  static APP_NAME = process.env.APP_NAME;\n  static URL = process.env.URL;\n}\n`,
	(name: string) =>
		`export const ${name} = z.object({ APP_NAME: z.string(), NEXT_PUBLIC_URL: z.string() }).parse(process.env);\n`,
	(name: string) => `export const ${name} = { ...spread, APP_NAME: process.env.APP_NAME };\n`,
	(name: string) => `export function ${name}() {\n  return { ...spread };\n}\n`,
	(name: string) => `const { API_KEY: _, ...rest } = spread;\nexport const ${name} = rest;\n`,
	(name: string) => `export const ${name} = Object.fromEntries(Object.entries(spread));\n`,
	(name: string) => `export const ${name} = spread;\n`,
);

const shapes = record({
	inner,
	outer,
	name: names,
	type: constantFrom('typeof NAME', 'ReturnType<typeof NAME>', 'Sent'),
	isFirst: constantFrom(true, false),
	isAlone: constantFrom(true, false, false, false),
	lineEnd: constantFrom('\n', '\r\n'),
});

type Shape = typeof shapes extends { generate(...args: never[]): { value: infer T } } ? T : never;

function write({ inner, outer, name, type, isFirst, isAlone, lineEnd }: Shape): string {
	const isCalled = /function env\(/.test(inner);
	const sent = outer(name).replaceAll(
		'spread',
		isAlone ? 'process.env' : isCalled ? 'env()' : 'env',
	);
	const secrets = isAlone ? '' : inner;
	// A constant must stand below what it is made of.
	const parts =
		isFirst && !/env/.test(outer('').replaceAll('process.env', '')) && !/spread/.test(outer(''))
			? [sent, secrets]
			: [secrets, sent];
	const typed = type.replace('NAME', name);
	const alias =
		type === 'Sent'
			? `type Sent = ${/=> \(|function/.test(sent) ? 'ReturnType<' : ''}typeof ${name}${/=> \(|function/.test(sent) ? '>' : ''};\n`
			: '';
	const window =
		name === 'getEnv'
			? `${alias}declare global {\n  interface Window {\n    ENV: ${typed};\n  }\n}\n`
			: '';
	return (ZOD + parts.join('\n') + window).replaceAll('\n', lineEnd);
}

/** All that others can get out of an exported value. */
function contentOf(value: unknown): string {
	const isMaker = typeof value === 'function' && !/^class/.test(String(value));
	const made = isMaker ? (value as () => unknown)() : value;
	return JSON.stringify(typeof made === 'function' ? Object.entries(made) : made) ?? '';
}

describe('an address', () => {
	it('never comes to where a browser reads it', () => {
		const counts = { edited: 0, left: 0 };
		fc.assert(
			property(shapes, (shape) => {
				const text = write(shape);
				const before = evaluate({ 'src/env.ts': text }, 'src/env.ts', SET);
				const plan = planKey('src/env.ts', text, 'REDIS_URL');
				const isSame = plan.after === text;
				const after = isSame ? before : evaluate({ 'src/env.ts': plan.after }, 'src/env.ts', SET);
				// What the module gave away before is not for us to mend.
				if (!contentOf(before[shape.name]).includes('canary')) {
					expect(contentOf(after[shape.name])).not.toContain('canary');
				}
				if (plan.kind === 'unclear') {
					counts.left += 1;
					expect(plan.after).toBe(text);
					return;
				}
				counts.edited += 1;
				expect(plan.access.expression).not.toContain(shape.name);
				expect(readBy(plan.access, after)).toBe(ADDRESS);
			}),
			{ numRuns: RUNS },
		);
		expect(Math.min(counts.edited, counts.left)).toBeGreaterThan(20);
	});
});

describe('reasonAgainst', () => {
	it.each([
		[
			'export function getPublicConfig() { return { name: process.env.APP_NAME, dsn: process.env.SENTRY_DSN }; }',
			'browsers',
		],
		[
			'export class PublicConfig { static a = process.env.A; static b = process.env.B; }',
			'browsers',
		],
		['export const config = { a: process.env.NEXT_PUBLIC_A, b: process.env.VITE_B };', 'browsers'],
		[
			'export const githubConfig = { id: process.env.GITHUB_APP_ID, key: process.env.GITHUB_KEY };',
			'another service',
		],
		[
			'export const acmeConfig = { id: process.env.ACME_ID, key: process.env.ACME_KEY };',
			'another service',
		],
		['export const env = { a: process.env.A, b: process.env.B };', null],
		['export const acmeConfig = { id: process.env.ACME_ID, key: process.env.DATABASE_URL };', null],
	])('says of %j: %s', (text, reason) => {
		const said = reasonAgainst('src/env.ts', text);
		if (reason === null) expect(said).toBeNull();
		else expect(said).toContain(reason);
		expect(recogniseDialect('src/env.ts', text) === null).toBe(reason !== null);
	});

	it('goes by the name of the file', () => {
		const text = 'export const env = { a: process.env.A, b: process.env.B };';
		for (const path of ['src/env.client.ts', 'src/lib/public-env.ts', 'src/browser/env.ts']) {
			expect(reasonAgainst(path, text)).toContain('browsers');
			expect(planKey(path, text, 'REDIS_URL').kind).toBe('unclear');
		}
	});
});
