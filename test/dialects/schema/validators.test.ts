import { describe, expect, it } from 'vitest';
import { topVariable } from '../../../src/dialects/module/exports.ts';
import { entriesOf } from '../../../src/dialects/module/object-literal.ts';
import { literalOf } from '../../../src/dialects/module/origins.ts';
import { arktypeValidators } from '../../../src/dialects/schema/arktype-validators.ts';
import { chooseValidator, readEntry } from '../../../src/dialects/schema/chosen.ts';
import { joiValidators } from '../../../src/dialects/schema/joi-validators.ts';
import { typeboxValidators } from '../../../src/dialects/schema/typebox-validators.ts';
import { valibotValidators } from '../../../src/dialects/schema/valibot-validators.ts';
import { zodValidators } from '../../../src/dialects/schema/zod-validators.ts';
import { type Morph, parse } from '../../../src/text/source.ts';

const LIBRARIES = {
	zod: { read: zodValidators, from: "import { z } from 'zod';" },
	valibot: { read: valibotValidators, from: "import * as v from 'valibot';" },
	arktype: {
		read: (source: Morph.SourceFile) => arktypeValidators(source, false),
		from: "import { type } from 'arktype';",
	},
	joi: { read: joiValidators, from: "import Joi from 'joi';" },
	typebox: { read: typeboxValidators, from: "import { Type } from '@sinclair/typebox';" },
};

function keysOf(library: keyof typeof LIBRARIES, keys: string) {
	const { read, from } = LIBRARIES[library];
	const source = parse('validators.ts', `${from}\nconst keys = {\n${keys}\n};`);
	const validators = read(source);
	const object = literalOf(topVariable(source, 'keys')?.getInitializer());
	if (!validators || !object) throw new Error('no keys');
	return { validators, entries: entriesOf(object) };
}

type Row = [keyof typeof LIBRARIES, string, string, string];

describe('chooseValidator', () => {
	it.each<Row>([
		['zod', 'A: z.string()', 'REDIS_URL', 'z.string()'],
		['zod', 'A: z.number()', 'REDIS_URL', 'z.string()'],
		['zod', "DB_URL: z.url(), A: z.string().min(32, 'A is short')", 'z.url()', 'z.url()'],
		[
			'zod',
			"DB_URL: z.string().min(1, 'DB_URL is missing')",
			'',
			"z.string().min(1, 'REDIS_URL is missing')",
		],
		['zod', 'DB_URL: z.string().startsWith("postgres").url()', '', 'z.string().url()'],
		[
			'zod',
			'A: z.string().optional(), B: z.string().nullish(), C: z.string()',
			'',
			'z.string().optional()',
		],
		['zod', 'A: z.string().default("a"), B: z.string().default("b")', '', 'z.string()'],
		[
			'valibot',
			'DB_URL: v.pipe(v.string(), v.url(), v.minLength(20))',
			'',
			'v.pipe(v.string(), v.url(), v.minLength(1))',
		],
		['valibot', 'A: v.optional(v.string())', '', 'v.optional(v.string())'],
		['arktype', "DB_URL: 'string.url', A: 'string'", '', "'string.url'"],
		['arktype', "DB_URL: 'string >= 12'", '', "'string'"],
		['joi', 'DB_URL: Joi.string().uri().required()', '', 'Joi.string().uri().required()'],
		['joi', 'A: Joi.string()', '', 'Joi.string()'],
		[
			'typebox',
			"DB_URL: Type.String({ format: 'uri', pattern: 'x' })",
			'',
			"Type.String({ format: 'uri' })",
		],
	])('for %s beside { %s }', (library, keys, _, text) => {
		const { entries, validators } = keysOf(library, keys);
		const names = { key: 'REDIS_URL', variable: 'REDIS_URL' };
		expect(chooseValidator(entries, names, validators)?.text).toBe(text);
	});

	it('marks the key where the library does so', () => {
		const { entries, validators } = keysOf('arktype', "'A?': 'string', 'B?': 'string'");
		const chosen = chooseValidator(entries, { key: 'URL', variable: 'REDIS_URL' }, validators);
		expect(chosen).toEqual({ key: 'URL?', text: "'string'", optional: true });
	});
});

describe('readEntry', () => {
	it.each<[keyof typeof LIBRARIES, string]>([
		['zod', 'z.string().toUpperCase()'],
		['zod', 'z.url({ normalize: true })'],
		['zod', 'z.string().transform(Number)'],
		['valibot', 'v.pipe(v.string(), v.toLowerCase())'],
		['arktype', "'string.url.parse'"],
		['arktype', "type('string').pipe((text) => text)"],
		['joi', 'Joi.string().uppercase()'],
	])('of %s knows that %s gives another text', (library, validator) => {
		const { entries, validators } = keysOf(library, `A: ${validator}`);
		const [entry] = entries;
		const reading = entry && readEntry(entry, 'A', validators);
		expect(reading?.unchanged ?? false).toBe(false);
	});

	it.each<[keyof typeof LIBRARIES, string]>([
		['zod', "z.string().trim().min(1).default('x')"],
		['zod', 'z.optional(z.string())'],
		['valibot', 'v.optional(v.pipe(v.string(), v.trim()))'],
		['arktype', "'string.url'"],
		['joi', "Joi.string().uri().default('x')"],
		['typebox', 'Type.Optional(Type.String())'],
	])('of %s knows that %s gives the text itself', (library, validator) => {
		const { entries, validators } = keysOf(library, `A: ${validator}`);
		const [entry] = entries;
		expect(entry && readEntry(entry, 'A', validators)?.unchanged).toBe(true);
	});

	it.each<[keyof typeof LIBRARIES, string]>([
		['zod', 'z.coerce.number()'],
		['zod', 'z.enum(["a"])'],
		['zod', 'other.string()'],
		['valibot', 'v.number()'],
		['arktype', "'string[]'"],
		['arktype', "'string | number'"],
		['joi', "Joi.string().valid('a')"],
		['typebox', 'Type.Number()'],
	])('of %s does not take %s for a text', (library, validator) => {
		const { entries, validators } = keysOf(library, `A: ${validator}`);
		const [entry] = entries;
		expect(entry && readEntry(entry, 'A', validators)).toBeNull();
	});
});
