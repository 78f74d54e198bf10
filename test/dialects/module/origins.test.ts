import { describe, expect, it } from 'vitest';
import { topVariable } from '../../../src/dialects/module/exports.ts';
import { follow, originsOf } from '../../../src/dialects/module/origins.ts';
import { parse } from '../../../src/text/source.ts';

function subject(text: string) {
	const value = topVariable(parse('origins.ts', text), 'subject')?.getInitializer();
	if (!value) throw new Error(`no subject in ${text}`);
	return value;
}

function origins(text: string): string[] {
	return originsOf(subject(text)).map(({ value, path }) => [value.getText(), ...path].join(' > '));
}

describe('originsOf', () => {
	it.each([
		['const subject = make();', ['make()']],
		['const a = make(); const b = a!; const subject = (b as Env);', ['make()']],
		['const subject = a ? one() : (two() ?? null);', ['one()', 'two()']],
		['let cached; const subject = (cached ??= make());', ['make()']],
		['let a = null; function f() { a = make(); } const subject = a;', ['make()']],
		['const result = make(); const subject = result.data.env;', ['make() > data > env']],
		['const { data: env } = make(); const subject = env;', ['make() > data']],
		['const { ...rest } = make(); const subject = rest;', ['rest']],
		['const subject = load(); function load() { return make(); }', ['make()']],
		['const subject = (() => make())();', ['make()']],
		['const subject = load(); const load = function () { return make(); };', ['make()']],
		['const subject = load(); async function load() { return make(); }', ['load()']],
		[
			'function f() { if (a) return one(); return two(); } const subject = f();',
			['one()', 'two()'],
		],
		['function f() { if (!a) process.exit(1); return one(); } const subject = f();', ['one()']],
		['const subject = process.env;', ['process.env']],
		['const env = process.env; const subject = env.PORT;', ['process.env > PORT']],
		["import { env } from './env'; const subject = env;", ['env']],
		['const subject = a ? make : make;', ['make', 'make']],
	])('finds for %s: %j', (text, expected) => {
		expect(origins(text)).toEqual(expected);
	});

	it('leaves the results of an inner function to that function', () => {
		const text = 'function f() { list.map(function () { return one(); }); return two(); }';
		expect(origins(`${text} const subject = f();`)).toEqual(['two()']);
	});

	it.each([
		['const subject = subject;', ['subject']],
		['const a = b; const b = a; const subject = a;', ['b']],
		['const a = make(a); const subject = a;', ['make(a)']],
		[
			'const subject = f(); function f() { return a; } const a = g(); function g() { return b; } const b = f();',
			[],
		],
		['let a = make(); a = a; const subject = a;', ['make()']],
		['const f = () => g(); const g = () => (x ? f() : make()); const subject = f();', ['make()']],
	])('ends on the circle %s', (text, expected) => {
		expect(origins(text)).toEqual(expected);
	});

	it('says each thing once, however many ways lead to it', () => {
		const calls = Array.from(
			{ length: 30 },
			(_, index) => `if (x === ${index}) return f${index}();`,
		);
		const functions = calls.map(
			(_, index) => `function f${index}() { ${calls.join(' ')} return make(); }`,
		);
		const text = `${functions.join('\n')}\nfunction make() { return done; }\nconst subject = f0();`;
		expect(origins(text)).toEqual(['done']);
	});

	it('collects the types on the way', () => {
		const text =
			'function f(): A { return make() as B; } const held: C = f(); const subject = held satisfies D;';
		const [only] = originsOf(subject(text));
		expect(only?.types.map((type) => type.getText())).toEqual(['D', 'C', 'A', 'B']);
	});
});

describe('follow', () => {
	it.each([
		['const a = { b: 1 }; const subject = a;', '{ b: 1 }'],
		['const subject = x ? one() : two();', 'x ? one() : two()'],
		['const a = make(); const subject = a.b;', 'a.b'],
	])('gives for %s: %s', (text, expected) => {
		expect(follow(subject(text)).value.getText()).toBe(expected);
	});
});
