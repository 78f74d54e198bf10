import { describe, expect, it } from 'vitest';
import { topVariable } from '../../../src/dialects/module/exports.ts';
import { readOf } from '../../../src/dialects/module/reads.ts';
import { parse } from '../../../src/text/source.ts';

function read(expression: string, before = '') {
	const source = parse('reads.ts', `${before}\nconst subject = ${expression};`);
	return readOf(topVariable(source, 'subject')?.getInitializer());
}

const copyable = { variable: 'X', copyable: true };
const fixed = { variable: 'X', copyable: false };

describe('readOf', () => {
	it.each([
		['process.env.X'],
		["process.env['X']"],
		['process.env["X"]'],
		['process?.env.X'],
		['process.env.X!'],
		['(process.env.X as string)'],
		["process.env.X ?? ''"],
		['process.env.X || undefined'],
		["process.env.X ?? fail('X')"],
	])('lets %s be copied for another variable', (expression) => {
		expect(read(expression)).toMatchObject(copyable);
	});

	it.each([
		["process.env.X ?? 'redis://localhost'"],
		["process.env.X as 'a' | 'b'"],
		['process.env.X || process.env.Y'],
		["process.env.X ?? lookUp('X')"],
	])('reads %s, but copies it for nobody', (expression) => {
		expect(read(expression)).toMatchObject(fixed);
	});

	it.each([
		['Number(process.env.X)'],
		['process.env.X?.trim()'],
		['process.env.X === "1"'],
		["process.env.X + '/0'"],
		['process.env[name]'],
		['new URL(process.env.X!)'],
		['other.env.X'],
		["unknown('X')"],
		["process.env.X ? 'a' : 'b'"],
		['process.env.X && "on"'],
	])('does not take %s for the value', (expression) => {
		expect(read(expression)).toBeNull();
	});

	it.each([
		['const env = process.env;', 'env.X'],
		["import { env as vars } from 'node:process';", 'vars.X'],
		['const { X } = process.env;', 'X'],
		['const { X: own } = process.env;', 'own'],
		['const value = process.env.X;', 'value'],
		["import { requireEnv } from './env';", "requireEnv('X')"],
		["import getEnv from './env';", "getEnv('X')"],
	])('follows %s', (before, expression) => {
		expect(read(expression, before)?.variable).toBe('X');
	});

	it.each([
		['function f(name: string) { return process.env[name]; }'],
		['const f = (name: string) => process.env[name]!;'],
		["const f = (name: string, other = '') => process.env[name] ?? other;"],
		['function f(n) { const v = process.env[n]; if (!v) throw new Error(n); return v; }'],
		['function f(n) { const v = process.env[n]; if (v) return v; return undefined; }'],
		['function f(n, d?) { const v = process.env[n]; return v ? v : d; }'],
		['const g = (n) => process.env[n]; function f(n) { const v = g(n); return v; }'],
		['function f(name: string) { return process.env[name]?.trim(); }'],
	])('trusts the helper %s', (before) => {
		expect(read("f('X')", before)).toMatchObject(copyable);
	});

	it.each([
		['function f(name: string) { return Number(process.env[name]); }'],
		['async function f(name: string) { return process.env[name]; }'],
		['function f(name: string, kind: string) { return process.env[name]; }'],
		['function f(name: string) { return process.env["APP_" + name]; }'],
		['function f(n) { let v = process.env[n]; v = v + "/0"; return v; }'],
		['function f(n) { if (n) return process.env[n]; return "redis://localhost"; }'],
		['function f(n) { return f(n); }'],
		['const g = (n) => f(n); const f = (n) => g(n);'],
		["import { f } from './helpers';"],
		["import { numberEnv as f } from './helpers';"],
	])('does not trust the helper %s', (before) => {
		expect(read("f('X')", before)).toBeNull();
	});

	it.each([
		["import { numberEnv } from './h';", "numberEnv('X')"],
		["import { envInt } from './h';", "envInt('X')"],
		["import { boolEnv } from './h';", "boolEnv('X')"],
	])('does not trust the name in %s', (before, expression) => {
		expect(read(expression, before)).toBeNull();
	});

	it.each([
		['const a = b || 1; const b = a || 2;', 'a'],
		['const a = a || 1;', 'a'],
		['const env = env;', 'env.X'],
	])('ends on the circle %s', (before, expression) => {
		expect(read(expression, before)).toBeNull();
	});
});
