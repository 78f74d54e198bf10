// How scripts are written: a header that says what goes in, comes out and is refused; then names for every
// key and argument; then a body in which no number stands for one of them and no name is missing.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Chunk, type Identifier, parse, type Statement } from 'luaparse';
import { describe, expect, it } from 'vitest';
import type { Script } from '../src/script.ts';

/** What a server gives to a script (redis.io/docs/latest/develop/programmability/lua-api), as far as it is used here. */
const GIVEN = new Set([
	'redis',
	'cjson',
	'string',
	'KEYS',
	'ARGV',
	'ipairs',
	'tostring',
	'tonumber',
	'unpack',
]);

const FILES = readdirSync('src', { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.ts'))
	.map((path) => ({ path, source: readFileSync(`src/${path}`, 'utf8') }));

/** Files that hold scripts; whoever calls `script(` somewhere else is found below. */
const ROOMS = FILES.filter(({ path }) => /(^|\/)lua\//.test(path));

const SCRIPTS = await Promise.all(
	ROOMS.map(async ({ path, source }) => {
		const module = (await import(/* @vite-ignore */ resolve('src', path))) as Record<
			string,
			unknown
		>;
		return Object.entries(module)
			.filter((entry): entry is [string, Script] => isScript(entry[1]))
			.map(([name, { text }]) => ({
				name: `${basename(path, '.ts')} ${name}`,
				text,
				header: headerOf(source, name),
			}));
	}),
).then((found) => found.flat());

function isScript(value: unknown): value is Script {
	return typeof value === 'object' && value !== null && 'digest' in value;
}

/** The doc comment right above an exported constant. */
function headerOf(source: string, name: string): string {
	const before = source.slice(0, source.indexOf(`export const ${name} = script(`));
	return /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(before)?.[1]?.replace(/\s*\n \* ?/g, ' ') ?? '';
}

type Read = Chunk & { globals: Identifier[] };

function read(text: string): Read {
	return parse(text, { scope: true, locations: true, luaVersion: '5.1' }) as Read;
}

/** Lines, counted from 1, on which a key or an argument is named by its number. */
function numberedLines(text: string): number[] {
	return text
		.split('\n')
		.map((line, index) => (/\b(KEYS|ARGV)\b/.test(line) ? index + 1 : 0))
		.filter((line) => line > 0);
}

/** `local names = KEYS[1], ARGV[2]`, an empty table, or the loop that fills it with the rest. */
function isOpening(statement: Statement): boolean {
	if (statement.type === 'LocalStatement') {
		return statement.init.every(
			(value) =>
				isArgument(value) ||
				(value.type === 'TableConstructorExpression' && value.fields.length === 0),
		);
	}
	if (statement.type !== 'ForNumericStatement' || statement.body.length !== 1) return false;
	const [only] = statement.body;
	return only?.type === 'AssignmentStatement' && only.init.every(isArgument);
}

function isArgument(value: { type: string; base?: unknown }): boolean {
	const named = value.type === 'IndexExpression' ? (value.base as { name?: string }) : value;
	return ['KEYS', 'ARGV'].includes((named as { name?: string }).name ?? '');
}

it('finds the scripts of every room', () => {
	expect(SCRIPTS.length).toBeGreaterThanOrEqual(50);
	const elsewhere = FILES.filter((file) => /\bscript\(\s*[`\w]/.test(file.source))
		.map(({ path }) => path)
		.filter((path) => path !== 'script.ts' && !ROOMS.some((room) => room.path === path));
	expect(elsewhere).toEqual([]);
});

describe.each(SCRIPTS)('$name', ({ text, header }) => {
	it('says what goes in, what comes out and what it refuses', () => {
		for (const word of ['KEYS: ', 'ARGV: ', 'Replies ', /Refuses (with|nothing)/]) {
			expect(header).toMatch(word);
		}
		if (/\bbase \.\./.test(text)) expect(header).toMatch(/buil[dt]/);
	});

	it('names its keys and arguments first, and only there', () => {
		const { body } = read(text);
		const end = body.findIndex((statement) => !isOpening(statement));
		expect(end).toBeGreaterThan(0);
		const last = body[end - 1]?.loc?.end.line ?? 0;
		expect(numberedLines(text).filter((line) => line > last)).toEqual([]);
	});

	it('uses no name that nothing gave it', () => {
		const missing = read(text).globals.map(({ name }) => name);
		expect(missing.filter((name) => !GIVEN.has(name))).toEqual([]);
	});
});
