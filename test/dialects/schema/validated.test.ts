import { describe, expect, it } from 'vitest';
import { topVariable } from '../../../src/dialects/module/exports.ts';
import { baseIn, selectedBy } from '../../../src/dialects/schema/leaves.ts';
import { validatedBy } from '../../../src/dialects/schema/validated.ts';
import type { Search } from '../../../src/dialects/schema/validation.ts';
import { parse } from '../../../src/text/source.ts';

/** A library with `check(…)`, which gives the values, and `safe(…)`, which gives them under `data`. */
const SEARCH: Search = {
	validationOf(call) {
		const name = call.getExpression().getText();
		if (name !== 'check' && name !== 'safe') return null;
		const place = () => ({ problem: 'of no matter here', snippet: '' });
		return { node: call, under: name === 'safe' ? 'data' : null, types: [], place };
	},
};

function subject(text: string) {
	const value = topVariable(parse('validated.ts', text), 'subject')?.getInitializer();
	if (!value) throw new Error(`no subject in ${text}`);
	return value;
}

describe('validatedBy', () => {
	it.each([
		['const subject = check(process.env);', 'values'],
		['const subject = safe(process.env);', 'result'],
		['const parsed = safe(process.env); const subject = parsed.data;', 'values'],
		['const { data } = safe(process.env); const subject = data;', 'values'],
		['let subject2; const subject = (subject2 ??= check(process.env));', 'values'],
		['const subject = x ? process.env : check(process.env);', 'values'],
		['const subject = { ...check(process.env), isTest: true };', 'values'],
		['const env = check(process.env); const subject = { url: env.URL };', 'object'],
	])('takes %s for %s', (text, kind) => {
		expect(validatedBy(subject(text), SEARCH)?.kind).toBe(kind);
	});

	it.each([
		['const subject = process.env;'],
		['const subject = check(process.env).URL;'],
		['const parsed = safe(process.env); const subject = parsed.error;'],
		['const parsed = safe(process.env); const subject = parsed.data.URL;'],
		['const subject = x ? check(process.env) : check(other);'],
		['const subject = x ? check(process.env) : other;'],
		['const subject = async () => check(process.env);'],
	])('does not take %s for all the values', (text) => {
		expect(validatedBy(subject(text), SEARCH)).toBeNull();
	});

	it('knows the keys that are put over the values, but not under a later spread', () => {
		const over = 'const env = check(process.env); const subject = { ...env, URL: "x", mode };';
		expect(validatedBy(subject(over), SEARCH)).toMatchObject({ own: ['URL', 'mode'] });
		const under = 'const env = check(process.env); const subject = { ...env, ...other };';
		expect(validatedBy(subject(under), SEARCH)?.kind).toBe('object');
	});

	it('ends on an object that is spread into itself', () => {
		expect(validatedBy(subject('const subject = { ...subject, a: 1 };'), SEARCH)?.kind).toBe(
			'object',
		);
	});
});

describe('selectedBy', () => {
	it.each([
		['env.URL', 'URL', 'env'],
		['env.database.url', 'database url', 'env'],
		["env.URL ?? 'x'", 'URL', null],
		['url', 'URL', null],
		['renamed', 'TOKEN', null],
	])('reads %s as %s', (expression, path, base) => {
		const before =
			'const env = check(process.env); const url = env.URL; const { TOKEN: renamed } = env;';
		const found = selectedBy(subject(`${before} const subject = ${expression};`), SEARCH);
		expect([found?.path.join(' '), found?.base]).toEqual([path, base]);
	});

	it.each([['Number(env.PORT)'], ["env.HOST + ':1'"], ["'x'"], ['env'], ['other.URL']])(
		'finds no value in %s',
		(expression) => {
			const text = `const env = check(process.env); const subject = ${expression};`;
			expect(selectedBy(subject(text), SEARCH)).toBeNull();
		},
	);
});

describe('baseIn', () => {
	it('finds how an object writes the values, also inside a conversion', () => {
		const text = 'const env = safe(process.env); const subject = { port: Number(env.data.PORT) };';
		const object = validatedBy(subject(text), SEARCH);
		expect(object?.kind === 'object' && baseIn(object.object, SEARCH)?.text).toBe('env.data');
	});
});
