import fc, { constantFrom, property, record, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planKey } from '../../../src/dialects/index.ts';

/** FLUE_GENERATED=10000 for the long run, which stays out of CI. */
const RUNS = Number(process.env.FLUE_GENERATED ?? 200);

const service = record({
	prefix: constantFrom('STRIPE', 'MAIL', 'SEARCH', 'AWS', 'GITHUB'),
	ends: uniqueArray(constantFrom('URL', 'KEY', 'SECRET', 'REGION'), { minLength: 1, maxLength: 3 }),
});

const modules = record({
	services: uniqueArray(service, { selector: ({ prefix }) => prefix, minLength: 1, maxLength: 4 }),
	database: constantFrom<string[]>(
		[],
		['DATABASE_URL'],
		['DATABASE_URL', 'DATABASE_POOL'],
		['DB_HOST', 'DB_NAME'],
	),
	isDatabaseFirst: constantFrom(true, false),
	isHeaded: constantFrom(true, false),
	lastComma: constantFrom(',', ''),
	lineEnd: constantFrom('\n', '\r\n'),
	style: constantFrom('object', 'zod', 'constants'),
});

type Shape = typeof modules extends { generate(...args: never[]): { value: infer T } } ? T : never;

function titleOf([name = '']: string[]): string {
	const word = name.split('_')[0] ?? '';
	return /^(?:DATABASE|DB)$/.test(word) ? 'Database' : word.charAt(0) + word.slice(1).toLowerCase();
}

function write({
	services,
	database,
	isDatabaseFirst,
	isHeaded,
	lastComma,
	lineEnd,
	style,
}: Shape) {
	const own = services.map(({ prefix, ends }) => ends.map((end) => `${prefix}_${end}`));
	const groups = [
		['PORT', 'STAGE'],
		...(isDatabaseFirst ? [database, ...own] : [...own, database]),
	];
	const line = (name: string) =>
		style === 'zod'
			? `  ${name}: z.string().min(1),`
			: style === 'object'
				? `  ${name}: process.env.${name},`
				: `export const ${name} = process.env.${name};`;
	const blocks = groups
		.filter((names) => names.length > 0)
		.map((names) => {
			const indent = style === 'constants' ? '' : '  ';
			const heading = isHeaded && names[0] !== 'PORT' ? [`${indent}// ${titleOf(names)}`] : [];
			return [...heading, ...names.map(line)].join('\n');
		});
	const body = blocks.join('\n\n').replace(/,$/, lastComma);
	const text = {
		object: `export const env = {\n${body}\n};\n`,
		zod: `import { z } from 'zod';\n\nexport const env = z.object({\n${body}\n}).parse(process.env);\n`,
		constants: `${body}\n`,
	}[style];
	return text?.replaceAll('\n', lineEnd) ?? '';
}

/** The names of each group between blank lines. */
function groupsOf(text: string): string[][] {
	return text
		.split(/\r?\n[ \t]*\r?\n/)
		.map((part) =>
			[...part.matchAll(/^(?: {2}|export const )([A-Z_]+)\b/gm)].map(([, name = '']) => name),
		);
}

const topic = (name: string | undefined) => name?.split('_')[0];

describe('a new variable', () => {
	it('stands in no group of another service, nor between two of one prefix', () => {
		fc.assert(
			property(modules, (shape) => {
				const before = write(shape);
				const plan = planKey('env.ts', before, 'REDIS_URL');
				if (plan.kind !== 'ready') throw new Error(`${plan.reason}: ${before}`);
				const group = groupsOf(plan.after).find((names) => names.includes('REDIS_URL')) ?? [];
				const others = group.filter((name) => name !== 'REDIS_URL');
				expect(others.filter((name) => !/^(?:PORT|STAGE|DATABASE_|DB_)/.test(name))).toEqual([]);
				const all = groupsOf(plan.after).flat();
				const at = all.indexOf('REDIS_URL');
				expect(topic(all[at - 1])).not.toBe(topic(all[at + 1]) ?? '');
				const isHeaded = shape.isHeaded && others.length === 0 && shape.services.length > 1;
				if (isHeaded) expect(plan.after).toMatch(/\/\/ Redis\r?\n/);
			}),
			{ numRuns: RUNS },
		);
	});
});
