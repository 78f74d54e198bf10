import { describe, expect, it } from 'vitest';
import { BLUEPRINTS, checkKind, findBlueprint } from '../../src/blueprints/index.ts';
import { redis } from '../../src/blueprints/redis.ts';
import { valkey } from '../../src/blueprints/valkey.ts';
import { refusalOf } from '../refusal.ts';

describe('findBlueprint', () => {
	it('finds every blueprint by its kind and name', () => {
		expect(BLUEPRINTS.map(({ kind, name }) => findBlueprint(kind, name))).toEqual([redis, valkey]);
	});

	it.each([
		['reddis', 'flue add database redis'],
		['Redis', 'flue add database redis'],
		['valky', 'flue add database valkey'],
		['postgre', 'flue add database postgres'],
		['oracle-rac', 'Run `flue add database`'],
	])('answers the unknown name %s with %s', (name, hint) => {
		const error = refusalOf(() => findBlueprint('database', name));
		expect(error).toMatchObject({ code: 'UNKNOWN_BLUEPRINT', status: 2 });
		expect(error.hint).toContain(hint);
	});

	it.each(['boxd', 'libsql', 'mongodb', 'mysql', 'postgres', 'supabase', 'turso'])(
		"leads from %s to the framework's own CLI",
		(name) => {
			const error = refusalOf(() => findBlueprint('database', name));
			expect(error.code).toBe('UNKNOWN_BLUEPRINT');
			expect(error.hint).toContain(`npx @flue/cli add database ${name}`);
		},
	);

	it.each(['__proto__', 'constructor', ''])('knows no blueprint called "%s"', (name) => {
		expect(refusalOf(() => findBlueprint('database', name)).code).toBe('UNKNOWN_BLUEPRINT');
	});
});

describe('checkKind', () => {
	it('lets a known kind pass', () => {
		expect(() => checkKind('database')).not.toThrow();
	});

	it.each(['channel', 'sandbox', 'tooling'])("leads from %s to the framework's own CLI", (kind) => {
		const error = refusalOf(() => checkKind(kind));
		expect(error.code).toBe('UNKNOWN_BLUEPRINT');
		expect(error.hint).toContain(`npx @flue/cli add ${kind}`);
	});

	it.each([
		['databse', 'flue add database'],
		['Database', 'flue add database'],
		['redis', 'flue add database redis'],
		['zzz', 'flue add'],
	])('answers the unknown kind %s with %s', (kind, hint) => {
		const error = refusalOf(() => checkKind(kind));
		expect(error.code).toBe('UNKNOWN_BLUEPRINT');
		expect(error.hint).toContain(`\`${hint}\``);
	});
});
