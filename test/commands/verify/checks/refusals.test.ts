// What the server level makes of refusals: whose fault they are, what helps, and what is never advised.
import { describe, expect, it } from 'vitest';
import { blueprint as redis } from '../../../../src/blueprints/redis.ts';
import { blueprint as valkey } from '../../../../src/blueprints/valkey.ts';
import { connectionChecks } from '../../../../src/commands/verify/checks/connection.ts';
import { identityChecks } from '../../../../src/commands/verify/checks/identity.ts';
import { keepingChecks } from '../../../../src/commands/verify/checks/keeping.ts';
import type { Check, ServerFacts } from '../../../../src/model/verification.ts';

const NONE: ServerFacts = {
	client: 'redis 6.3.1',
	stop: null,
	info: null,
	config: {},
	hello: {},
	refused: null,
	writeFault: null,
	namespace: null,
	storage: null,
};
const ADDRESS = { host: 'localhost', port: 6379, database: 0, tls: true };

function of(checks: Check[], id: string): Check {
	const found = checks.find((one) => one.id === id);
	if (!found) throw new Error(`There is no ${id}.`);
	return found;
}

describe('a probe that was stopped', () => {
	it.each<[string, string, RegExp, RegExp]>([
		['BUSY', 'BUSY Redis is busy running a script.', /busy with a script.*BUSY/, /SCRIPT KILL/],
		[
			'ERR',
			'ERR max requests limit exceeded. Limit: 500000, Usage: 500000.',
			/used up: ERR max requests/,
			/console of the provider/,
		],
		['ERR', 'ERR come back tomorrow', /^ERR come back tomorrow$/, /console of its provider/],
	])('by %s (%s) is told in words', (code, message, said, helps) => {
		const stop = { stage: 'commands' as const, code, message };
		const check = of(connectionChecks({ ...NONE, stop }, ADDRESS), 'server.commands');
		expect(check).toMatchObject({ status: 'fail' });
		expect(check.message).toMatch(said);
		expect(check.hint).toMatch(helps);
	});

	it('by HELLO or by the rights to a database says what helps', () => {
		const hello = {
			stage: 'auth' as const,
			code: 'NOPROTO',
			message: "ERR unknown command 'HELLO'",
		};
		const auth = of(connectionChecks({ ...NONE, stop: hello }, ADDRESS), 'server.auth');
		expect(auth.hint).toMatch(/`RESP: 2`.*redis 5/);
		const message = 'NOPERM No permissions to access database 0';
		const denied = { stage: 'database' as const, code: 'NOPERM', message };
		const database = of(connectionChecks({ ...NONE, stop: denied }, ADDRESS), 'server.database');
		expect(database.hint).toContain('db=N');
	});
});

it('warns of a certificate that nobody checks', () => {
	const found = of(connectionChecks({ ...NONE, trustsAll: true }, ADDRESS), 'server.tls');
	expect(found).toMatchObject({ status: 'warn' });
	expect(found.message).toContain('NODE_TLS_REJECT_UNAUTHORIZED');
	expect(of(connectionChecks(NONE, ADDRESS), 'server.tls').status).toBe('pass');
	const plain = { ...ADDRESS, tls: false };
	const insecure = connectionChecks({ ...NONE, trustsAll: true }, plain);
	expect(of(insecure, 'server.tls').status).toBe('pass');
});

describe('an eviction policy that is not told', () => {
	const keeper = { inspects: true, listener: 'after' as const, name: 'redis' };
	it.each<[string, Partial<ServerFacts>, RegExp, RegExp, boolean]>([
		['CONFIG and INFO are denied', {}, /denies CONFIG and INFO/, /\+info/, true],
		[
			'CONFIG is denied and INFO lacks it',
			{ info: { redis_version: '7.2.4' } },
			/denies CONFIG to this user, and its INFO does not say it/,
			/\+config\|get/,
			true,
		],
		[
			'neither says it',
			{ info: { redis_version: '7.2.4' }, config: { timeout: '0' } },
			/neither CONFIG nor INFO/,
			/^Ask the provider/,
			false,
		],
	])('because %s', (_, said, message, hint, isOffered) => {
		const found = of(keepingChecks({ ...NONE, ...said }, keeper), 'server.eviction');
		expect(found.message).toMatch(message);
		expect(found.hint).toMatch(hint);
		expect(found.hint?.includes('--no-inspect-server')).toBe(isOffered);
	});
});

it('says that the server closes no idle connection, and who else may', () => {
	const keeper = { inspects: true, listener: 'none' as const, name: 'redis' };
	const checks = keepingChecks({ ...NONE, config: { timeout: '0' } }, keeper);
	expect(of(checks, 'server.timeout').message).toMatch(/the server closes no.*load balancer/);
});

it('knows a relative without a blueprint by its own name', () => {
	const databases = [redis, valkey];
	const measure = { blueprint: redis, databases, origin: redis };
	for (const said of [
		{ info: { redict_version: '7.3.6', redis_version: '7.2.4' } },
		{ hello: { server: 'redict', version: '7.3.6' } },
	]) {
		const checks = identityChecks({ ...NONE, ...said }, measure);
		expect(of(checks, 'server.product')).toMatchObject({ status: 'pass' });
		expect(of(checks, 'server.product').message).toMatch(/^Redict, which speaks/);
		expect(of(checks, 'server.version').message).toBe('Redict 7.3.6');
	}
});
