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
	'pairs',
	'tostring',
	'tonumber',
	'unpack',
	'type',
	'cmsgpack',
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
			.map(([name, { text, writes }]) => ({
				name: `${basename(path, '.ts')} ${name}`,
				text,
				writes,
				header: headerOf(source, name),
			}));
	}),
).then((found) => found.flat());

function isScript(value: unknown): value is Script {
	return typeof value === 'object' && value !== null && 'digest' in value;
}

/** The doc comment right above an exported constant. */
function headerOf(source: string, name: string): string {
	const before = source.slice(0, source.search(`export const ${name} = (script|query|alone)\\(`));
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

/** A node of a script, as far as it matters which. */
type Part = { type?: string; name?: string; base?: unknown; arguments?: { raw?: string }[] };

/** Everything below a node, and itself. */
function* partsOf(node: unknown): Generator<Part> {
	if (typeof node !== 'object' || node === null) return;
	yield node as Part;
	for (const [key, value] of Object.entries(node)) if (key !== 'loc') yield* partsOf(value);
}

/** The command of a call, `any` where it is given to the function; nothing of every other node. */
function commandOf({ type, base, arguments: given }: Part): string[] {
	if (type !== 'CallExpression' || !/^p?call$/.test(nameOf(base))) return [];
	return [/'([A-Z]+)'/.exec(given?.[0]?.raw ?? '')?.[1] ?? 'any'];
}

/** The commands that a script may come to: in its body, and in the functions that it calls from there. */
function commandsOf(text: string): string[] {
	const named = (statement: Statement) =>
		statement.type === 'FunctionDeclaration' && statement.identifier?.type === 'Identifier'
			? [[statement.identifier.name, statement.body] as const]
			: [];
	const { body } = read(text);
	const functions = new Map(body.flatMap(named));
	const follow = (nodes: readonly unknown[]): string[] => {
		const parts = nodes.flatMap((node) => [...partsOf(node)]);
		const used = parts.flatMap(({ type, name = '' }) => {
			const found = type === 'Identifier' ? functions.get(name) : undefined;
			functions.delete(found ? name : '');
			return found ? [found] : [];
		});
		return [...parts.flatMap(commandOf), ...(used.length > 0 ? follow(used) : [])];
	};
	return follow(body.filter((statement) => named(statement).length === 0));
}

/** `call` of `call(…)` and of `redis.call(…)`. */
function nameOf(base: unknown): string {
	const { name, identifier } = base as { name?: string; identifier?: { name?: string } };
	return identifier?.name ?? name ?? '';
}

/** The commands of Redis that write nothing, as far as they are used here. */
const LOOKING =
	/^(EXISTS|GET|H(GET|GETALL|MGET)|L(INDEX|LEN|RANGE)|SMEMBERS|Z(RANGE|RANGEBYLEX|RANGEBYSCORE|REVRANGE|REVRANGEBYLEX|SCORE))$/;

it('finds the scripts of every room', () => {
	expect(SCRIPTS.length).toBeGreaterThanOrEqual(50);
	const elsewhere = FILES.filter((file) => /\b(script|query|alone)\(\s*[`\w]/.test(file.source))
		.map(({ path }) => path)
		.filter((path) => path !== 'script.ts' && !ROOMS.some((room) => room.path === path));
	expect(elsewhere).toEqual([]);
});

describe.each(SCRIPTS)('$name', ({ text, header, writes }) => {
	it('is taken for one that only looks when that is all it does', () => {
		const changing = commandsOf(text).filter((command) => !LOOKING.test(command));
		expect(changing.length > 0, changing.join()).toBe(writes);
	});

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
