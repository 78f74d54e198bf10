// What a server says it is, in the words of real ones: INFO and HELLO of Redis 7.0.15, Valkey 8.0.1 and Redict 7.3.6.
import { describe, expect, it } from 'vitest';
import { blueprint as redis } from '../../../../src/blueprints/redis.ts';
import { blueprint as valkey } from '../../../../src/blueprints/valkey.ts';
import { identityChecks } from '../../../../src/commands/verify/checks/identity.ts';
import type { Blueprint } from '../../../../src/model/blueprint.ts';
import type { Check, ServerFacts } from '../../../../src/model/verification.ts';

const REDICT: Blueprint = {
	...redis,
	name: 'redict',
	title: 'Redict',
	server: {
		program: 'redict-server',
		install: 'Install it.',
		versionLine: 'redict_version',
		helloName: 'redict',
		oldest: '7.3',
		kin: [],
	},
};
/** Before the origin, as its name is in the alphabet. */
const THREE = [REDICT, redis, valkey];

const INFO = {
	redis: { redis_version: '7.0.15' },
	valkey: { redis_version: '7.2.4', valkey_version: '8.0.1' },
	redict: { redict_version: '7.3.6', redis_version: '7.2.4' },
};

function check(id: string, said: Partial<ServerFacts>, blueprint: Blueprint): Check | undefined {
	const facts: ServerFacts = {
		client: 'redis 5.12.1',
		stop: null,
		info: null,
		config: {},
		hello: {},
		refused: null,
		writeFault: null,
		namespace: null,
		storage: null,
		...said,
	};
	const checks = identityChecks(facts, { blueprint, databases: THREE, origin: redis });
	return checks.find((one) => one.id === id);
}

describe.each(Object.entries(INFO))('%s', (name, info) => {
	const own = THREE.find((one) => one.name === name) as Blueprint;
	const version = Object.entries(info).find(([line]) => line === own.server.versionLine)?.[1];

	it.each([
		['INFO', { info }],
		['HELLO, where INFO is denied,', { hello: { server: name, version } }],
	])('is known by %s with its own version', (_, said) => {
		const facts = said as Partial<ServerFacts>;
		expect(check('server.product', facts, own)?.message).toBe(`${own.title}, as db.ts says`);
		expect(check('server.version', facts, own)?.message).toBe(`${own.title} ${version}`);
	});

	it('is told from the others', () => {
		for (const other of THREE.filter((one) => one !== own))
			expect(check('server.product', { info }, other)).toMatchObject({
				status: 'warn',
				message: `the server is ${own.title}, and db.ts is for ${other.title}; both work the same today`,
				hint: `\`flue add database ${name} --replace\` makes the names agree.`,
			});
	});
});

it('takes a server that calls itself something else for the origin', () => {
	const hello = { server: 'garnet', version: '7.0.0' };
	expect(check('server.product', { hello }, redis)?.status).toBe('pass');
	expect(check('server.product', {}, redis)?.status).toBe('skipped');
});

it('says of one that is too old which versions are the least', () => {
	const info = { valkey_version: '7.1.9', redis_version: '7.2.4' };
	expect(check('server.version', { info }, redis)).toMatchObject({
		status: 'fail',
		hint: 'Redict 7.3 or Redis 4.0 or Valkey 7.2 is the least: upgrade the server.',
	});
});
