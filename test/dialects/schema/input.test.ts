import { describe, expect, it } from 'vitest';
import { enter, inputOf } from '../../../src/dialects/schema/input.ts';
import { morph, parse } from '../../../src/text/source.ts';

/** The input of the call `check(…)`. */
function input(text: string) {
	const calls = parse('input.ts', text).getDescendantsOfKind(morph().SyntaxKind.CallExpression);
	const check = calls.find((call) => call.getExpression().getText() === 'check');
	return inputOf(check?.getArguments()[0]);
}

describe('inputOf', () => {
	it.each([
		['check(process.env);'],
		['const env = process.env; check(env);'],
		['function load(env: NodeJS.ProcessEnv) { check(env); }'],
		['function load(env = process.env) { check(env); }'],
		['function load(env) { check(env); } load(process.env);'],
		['const load = (options, env) => check(env); load({}, process.env);'],
	])('takes %s for the environment itself', (text) => {
		expect(input(text)).toEqual({ literal: null });
	});

	it.each([
		['check({ ...process.env, NODE_ENV: "test" });'],
		['check({ url: process.env.URL });'],
		['const values = { db: { url: process.env.URL } }; check(values);'],
	])('takes %s for a list of variables', (text) => {
		expect(input(text)?.literal).not.toBeNull();
	});

	it.each([
		['check(request.body);'],
		['function load(env) { check(env); }'],
		['function load(env) { check(env); } load(process.env); load({ URL: "x" });'],
		['check({ url: "x" });'],
	])('does not take %s for the environment', (text) => {
		expect(input(text)).toBeNull();
	});
});

describe('enter', () => {
	it.each([
		['check(process.env);', 'REDIS_URL', 0],
		['check({ ...process.env, A: 1 });', 'REDIS_URL', 0],
		['check({ address: process.env.REDIS_URL });', 'address', 0],
		['check({ databaseUrl: process.env.DATABASE_URL });', 'redisUrl', 1],
	])('of %s is at %s', (text, path, insertions) => {
		const found = input(text);
		const entered = found && enter(found, 'REDIS_URL');
		expect([entered?.path.join('.'), entered?.insertions.length]).toEqual([path, insertions]);
	});

	it.each([
		['check({ ...process.env, REDIS_URL: "x" });'],
		['check({ url: process.env.URL, ...vault });'],
	])('is not possible in %s', (text) => {
		const found = input(text);
		expect(found && enter(found, 'REDIS_URL')).toBeNull();
	});
});
