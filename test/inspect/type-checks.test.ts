import { expect, it } from 'vitest';
import { readTypeChecks } from '../../src/inspect/code/type-checks.ts';
import { makeTree } from '../tree.ts';

const MODULE = '{ "type": "module" }';
const strict = (...names: string[]): string =>
	JSON.stringify({ compilerOptions: Object.fromEntries(names.map((name) => [name, true])) });
const EXACT = strict('exactOptionalPropertyTypes');

it.each<[title: string, files: Record<string, string>, asks: object]>([
	['no tsconfig', {}, { exactOptional: false, from: [] }],
	['its own options', { 'tsconfig.json': EXACT }, { exactOptional: true, from: ['tsconfig.json'] }],
	[
		'one beside the source root',
		{ 'tsconfig.json': '{}', 'src/tsconfig.json': EXACT },
		{ exactOptional: true, from: ['src/tsconfig.json'] },
	],
	[
		'a chain of three with a package at its end',
		{
			'tsconfig.json': '{ "extends": "./config/a" }',
			'config/a.json': '{ "extends": "@acme/config" }',
			'node_modules/@acme/config/package.json': '{ "tsconfig": "strict.json" }',
			'node_modules/@acme/config/strict.json': EXACT,
		},
		{ exactOptional: true },
	],
	[
		'a nearer config that takes it back',
		{
			'tsconfig.json':
				'{ "extends": ["./a.json"], "compilerOptions": { "exactOptionalPropertyTypes": false } }',
			'a.json': EXACT,
		},
		{ exactOptional: false },
	],
	[
		'configs that extend each other',
		{ 'tsconfig.json': '{ "extends": "./a.json" }', 'a.json': '{ "extends": "./tsconfig.json" }' },
		{ exactOptional: false },
	],
	[
		'a solution that only refers',
		{
			'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
			'tsconfig.app.json': EXACT,
		},
		{ exactOptional: true, from: ['tsconfig.app.json'] },
	],
	[
		'CommonJS',
		{ 'tsconfig.json': '{ "compilerOptions": { "module": "CommonJS" } }' },
		{ refusesAwait: '"module" is "CommonJS"' },
	],
	...(['["src"]', '["./src/**/*.ts"]', '["."]'] as const).map(
		(include): [string, Record<string, string>, object] => [
			`CommonJS that includes ${include}`,
			{ 'tsconfig.json': `{ "include": ${include}, "compilerOptions": { "module": "CommonJS" } }` },
			{ refusesAwait: '"module" is "CommonJS"' },
		],
	),
	...[
		'"include": ["test/**/*.ts"]',
		'"files": ["src/main.ts"]',
		'"include": ["src"], "exclude": ["src/db.ts"]',
		'"exclude": ["src"]',
	].map((named): [string, Record<string, string>, object] => [
		`CommonJS for other files: ${named}`,
		{ 'tsconfig.json': `{ ${named}, "compilerOptions": { "module": "CommonJS" } }` },
		{ refusesAwait: null },
	]),
	[
		'nodenext with an ES module',
		{ 'tsconfig.json': '{ "compilerOptions": { "module": "nodenext" } }', 'package.json': MODULE },
		{ refusesAwait: null },
	],
	[
		'nodenext without',
		{ 'tsconfig.json': '{ "compilerOptions": { "module": "nodenext" } }', 'package.json': '{}' },
		{ refusesAwait: 'package.json does not say "type": "module"' },
	],
])('reads %s', (_, files, asks) => {
	const root = makeTree({ 'src/': '', ...files });
	expect(readTypeChecks({ root, boundary: root }, 'src/db.ts')).toMatchObject(asks);
});

it('asks nothing of a db.js', () => {
	const root = makeTree({ 'tsconfig.json': EXACT });
	expect(readTypeChecks({ root, boundary: root }, 'db.js').from).toEqual([]);
});

it('is refused no await in a folder at which the compiler does not look', () => {
	const root = makeTree({ 'tsconfig.json': '{ "compilerOptions": { "module": "commonjs" } }' });
	const place = { root, boundary: root };
	expect(readTypeChecks(place, 'src/db.ts').refusesAwait).toContain('commonjs');
	expect(readTypeChecks(place, '.flue/db.ts').refusesAwait).toBe(null);
});
