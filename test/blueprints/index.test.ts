import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BLUEPRINTS, checkKind, findBlueprint, ORIGIN } from '../../src/blueprints/index.ts';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import { refusalOf } from '../refusal.ts';

const FILES = readdirSync('src/blueprints');

describe('BLUEPRINTS', () => {
	it('has the blueprint of every file, under the name of the file', () => {
		const files = FILES.filter((file) => !/^(index|found)\.ts$/.test(file));
		expect(BLUEPRINTS.map(({ name }) => `${name}.ts`)).toEqual(files.sort());
	});

	it('has no two with the same name, variable or server', () => {
		const distinct = ['name', 'title', 'description', 'variable'] as const;
		const traits = ['program', 'install', 'versionLine', 'helloName'] as const;
		for (const key of distinct)
			expect(new Set(BLUEPRINTS.map((one) => one[key])).size, key).toBe(BLUEPRINTS.length);
		for (const key of traits)
			expect(new Set(BLUEPRINTS.map(({ server }) => server[key])).size, key).toBe(
				BLUEPRINTS.length,
			);
	});

	it('has one whose protocol all others speak', () => {
		expect(ORIGIN).toBe(redis);
	});
});

describe('the name of a database', () => {
	/** What is known of the world, whatever blueprints there are: how people name variables, groups and addresses; an example. */
	const KNOWLEDGE = [
		'cli/later-commands.ts',
		'cli/options.ts',
		'commands/verify/drill/environment.ts',
		'dialects/',
		'inspect/flue/entry-shape.ts',
		'plan/env-manner.ts',
		'plan/env-place.ts',
	];

	it.each(BLUEPRINTS.filter((one) => one !== ORIGIN))(
		'$name stands in no other file of src',
		({ name, title }) => {
			const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
				.map((path) => path.replaceAll('\\', '/'))
				.filter((path) => /\.(ts|json)$/.test(path) && !path.startsWith('blueprints/'));
			const named = files.filter((path) => {
				const code = readFileSync(`src/${path}`, 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
				return code.toLowerCase().includes(name) || code.includes(title);
			});
			const isKnowledge = (path: string) => KNOWLEDGE.some((place) => path.startsWith(place));
			expect(named.filter((path) => !isKnowledge(path))).toEqual([]);
		},
	);
});

describe('findBlueprint', () => {
	it('finds every blueprint by its kind and name', () => {
		expect(BLUEPRINTS.map(({ kind, name }) => findBlueprint(kind, name))).toEqual(BLUEPRINTS);
	});

	it.each([
		['reddis', 'flue add database redis'],
		['Redis', 'flue add database redis'],
		['valky', 'flue add database valkey'],
		['postgre', 'npx @flue/cli add database postgres'],
		['oracle-rac', 'Run `flue add database`'],
	])('answers the unknown name %s with %s', (name, hint) => {
		const error = refusalOf(() => findBlueprint('database', name));
		expect(error).toMatchObject({ code: 'UNKNOWN_BLUEPRINT', status: 2 });
		expect(error.hint).toContain(hint);
	});

	it.each(['libsql', 'mongodb', 'mysql', 'postgres', 'supabase', 'turso'])(
		"leads from %s to the framework's own CLI",
		(name) => {
			const error = refusalOf(() => findBlueprint('database', name));
			expect(error.code).toBe('UNKNOWN_BLUEPRINT');
			expect(error.hint).toContain(`npx @flue/cli add database ${name}`);
		},
	);

	it.each([
		['database', 'boxd', 'sandbox boxd'],
		['database', 'slack', 'channel slack'],
		['sentry', '', 'tooling sentry'],
	])('tells from %s %s of which kind it is', (kind, name, words) => {
		const error = refusalOf(() => findBlueprint(kind, name));
		expect(error.message).toMatch(new RegExp(`is a ${words.split(' ')[0]}, a blueprint of`));
		expect(error.hint).toContain(`\`npx @flue/cli add ${words}\``);
	});

	it.each(['__proto__', 'constructor', ''])('knows no blueprint called "%s"', (name) => {
		expect(refusalOf(() => findBlueprint('database', name)).code).toBe('UNKNOWN_BLUEPRINT');
	});
});

describe('checkKind', () => {
	it('lets a known kind pass', () => {
		expect(() => checkKind('database')).not.toThrow();
	});

	it.each(['channel', 'sandbox', 'tooling'])("leads from %s to the framework's own CLI", (kind) => {
		const listed = refusalOf(() => checkKind(kind));
		expect(listed).toMatchObject({ code: 'UNKNOWN_BLUEPRINT' });
		// Its `add` takes no kind alone.
		expect(listed.hint).toBe('Run `npx @flue/cli add`, which lists them.');
		const named = refusalOf(() => findBlueprint(kind, 'slack'));
		expect(named.hint).toContain(`\`npx @flue/cli add ${kind} slack\``);
	});

	it.each([
		['databse', 'flue add database'],
		['Database', 'flue add database'],
		['redis', 'flue add database redis'],
		['zzz', 'flue add'],
		['sandbx', 'npx @flue/cli add'],
	])('answers the unknown kind %s with %s', (kind, hint) => {
		const error = refusalOf(() => checkKind(kind));
		expect(error.code).toBe('UNKNOWN_BLUEPRINT');
		expect(error.hint).toContain(`\`${hint}\``);
	});
});
