// The parts of a drill that only think.
import { describe, expect, it } from 'vitest';
import { checkIdsOf, fail, inFull, pass } from '../../../../src/commands/verify/drill/checks.ts';
import {
	ADDRESS,
	endpointOf,
	workerEnvironment,
} from '../../../../src/commands/verify/drill/environment.ts';
import { namespaceOf } from '../../../../src/commands/verify/drill/given.ts';
import {
	type Loss,
	restartChecks,
	TRIALS,
	type TrialName,
} from '../../../../src/commands/verify/drill/judge.ts';
import { redact, secretsOf } from '../../../../src/commands/verify/drill/redact.ts';
import { candidates } from '../../../../src/commands/verify/drill/resolve.ts';
import { parseReply } from '../../../../src/commands/verify/drill/resp.ts';
import { counted, type Survival, single } from '../../../../src/commands/verify/drill/survival.ts';
import { troubleCheck } from '../../../../src/commands/verify/drill/trouble.ts';
import type { StoreContract } from '../../../../src/model/verification.ts';

const WHOLE: Survival = [counted('records', 'records', { same: 12, of: 12, strange: 0 })];
const PART: Survival = [counted('records', 'records', { same: 9, of: 12, strange: 0 })];
const GONE: Survival = [counted('records', 'records', { same: 0, of: 12, strange: 0 })];

describe('the judgement of a loss', () => {
	it.each<[TrialName, Survival, Survival | null, string]>([
		['aof-always', WHOLE, WHOLE, 'pass'],
		['aof-always', PART, WHOLE, 'fail'],
		['aof-always', WHOLE, PART, 'fail'],
		['aof-everysec', WHOLE, WHOLE, 'pass'],
		['aof-everysec', PART, WHOLE, 'pass'],
		['aof-everysec', WHOLE, PART, 'fail'],
		['snapshots', GONE, WHOLE, 'pass'],
		['snapshots', PART, WHOLE, 'pass'],
		['snapshots', GONE, PART, 'fail'],
		['nothing', GONE, null, 'pass'],
		['nothing', PART, null, 'fail'],
		['nothing', WHOLE, null, 'fail'],
	])('under %s of %o and %o is as documented or not', (name, atOnce, later, status) => {
		const judge: (loss: Loss) => { status: string; message: string } = TRIALS[name].judge;
		expect(judge({ atOnce, later }).status).toBe(status);
	});

	it('tells what was lost although that is as documented', () => {
		const { message } = TRIALS['aof-everysec'].judge({ atOnce: PART, later: WHOLE });
		expect(message).toContain('9 of 12 records');
	});
});

describe('the judgement of a restart', () => {
	it('is a check for each noun of the betas, and one for all others', () => {
		const lost = single('sessions', 'session', null);
		const runs = counted('runs', 'workflow runs', { same: 3, of: 3, strange: 0 });
		const turn = single('turn', 'turn in flight', true);
		const checks = restartChecks([...WHOLE, turn, runs, lost], 'src/db.ts');
		expect(checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
			'drill.restart pass',
			'drill.restart.runs pass',
			'drill.restart.sessions fail',
		]);
		expect(checks[0]?.message).toContain('12 of 12 records, the turn in flight unchanged');
	});
});

describe('the list of checks', () => {
	it('is always whole, in order, and says what was in the way', () => {
		const checks = inFull('2.x', [fail('drill.load', 'x'), pass('drill.node', 'y')]);
		expect(checks.map(({ id }) => id)).toEqual(checkIdsOf('2.x'));
		expect(checks[3]).toMatchObject({
			status: 'skipped',
			message: 'Not reached, because drill.load failed.',
		});
	});

	it('has on each line what that keeps', () => {
		const more = (contract: StoreContract) =>
			checkIdsOf(contract).filter((id) => id.startsWith('drill.restart.'));
		expect(more('2.x')).toEqual([]);
		expect(more('1.0.0-beta.8')).toEqual(['drill.restart.runs', 'drill.restart.event-streams']);
		expect(more('1.0.0-beta.5')).toEqual([
			'drill.restart.runs',
			'drill.restart.event-streams',
			'drill.restart.sessions',
		]);
	});
});

describe('the environment of db.ts', () => {
	it('has the address of the drill in the place of every other, and keeps the rest', () => {
		const environment = workerEnvironment(
			{
				REDIS_URL: 'redis://prod',
				CACHE: 'rediss://:p@cache:1/2',
				SOCKET: 'unix:///run/redis.sock',
				DATABASE_URL: 'postgres://db',
				NODE_OPTIONS: '--inspect',
				HOME: '/home/x',
			},
			{
				variables: ['STATE_URL', 'VALKEY_URL'],
				address: 'redis://127.0.0.1:9',
				guard: '/a "b"/guard.cjs',
			},
		);
		expect(environment).toMatchObject({ DATABASE_URL: 'postgres://db', HOME: '/home/x' });
		for (const name of ['REDIS_URL', 'VALKEY_URL', 'STATE_URL', 'CACHE', 'SOCKET', ADDRESS])
			expect(environment[name]).toBe('redis://127.0.0.1:9');
		expect(environment.NODE_OPTIONS).toMatch(/^--require="\/a \\"b\\"\/guard\.cjs" /);
	});

	it.each([
		['redis://:x@127.0.0.1:7000/3', { host: '127.0.0.1', port: 7000 }],
		['redis://db.example', { host: 'db.example', port: 6379 }],
		['rediss://[::1]:7000', { host: '::1', port: 7000 }],
	])('knows where %s leads', (address, endpoint) => {
		expect(endpointOf(address)).toEqual(endpoint);
	});
});

describe('redaction', () => {
	const secrets = secretsOf({
		API_TOKEN: 'canary-token',
		QUEUE: 'amqp://user:canary%2Fpass@host',
		HOME: '/home/x',
		KEY: 'abc',
	});

	it.each([
		['no redis://user:canary-x@host:6379', 'no redis://***@host:6379'],
		[
			'at redis://:can@ary@host/0 and https://canary-token@h',
			'at redis://***@host/0 and https://***@h',
		],
		['token canary-token is bad, canary/pass too', 'token *** is bad, *** too'],
		['{"password": "canary-y", user: 1}', '{"password": "***", user: 1}'],
		['/home/x/src/db.ts abc', '/home/x/src/db.ts abc'],
	])('makes of %s: %s', (text, shown) => {
		expect(redact(text, secrets)).toBe(shown);
	});
});

describe('small things', () => {
	it('finds other names of relative imports only', () => {
		expect(candidates('./a.js')).toEqual(['./a.ts']);
		expect(candidates('../a.mjs')).toEqual(['../a.mts']);
		expect(candidates('./a')).toContain('./a/index.ts');
		expect(candidates('redis')).toEqual([]);
	});

	it('reads replies however they are cut', () => {
		const text = '*4\r\n$3\r\nä!\r\n:12\r\n*-1\r\n*1\r\n-ERR no\r\n';
		const bytes = Buffer.from(text);
		for (let end = 0; end < bytes.length; end++)
			expect(parseReply(bytes.subarray(0, end))).toBe(null);
		expect(parseReply(bytes)).toEqual({
			reply: ['ä!', 12, null, [new Error('ERR no')]],
			next: bytes.length,
		});
	});

	it.each<[string[], string | null]>([
		[['flue:@flue/redis', 'flue:sub/1'], 'flue:'],
		[['shop:a:meta', 'shop:a:x'], 'shop:a:'],
		[['app:x', 'app:y'], 'app:'],
		[['app:x', 'other:y'], null],
		[['plain'], null],
		[[], null],
	])('knows the namespace of %j', (keys, namespace) => {
		expect(namespaceOf(keys)).toBe(namespace);
	});
});

it.each([
	[
		'@flue/runtime/adapter',
		/^Install the adapter for .*`flue add database valkey --adapter vendored`/,
	],
	['./types.ts', /^Write `import type`/],
])('says what helps where %s lacks an export', (module, hint) => {
	const message = `The requested module '${module}' does not provide an export named 'X'`;
	const trouble = {
		kind: 'failed',
		stage: 'load',
		error: { code: '', message },
	} as const;
	const subject = { entry: 'src/db.ts', variable: 'VALKEY_URL', database: 'valkey' };
	expect(troubleCheck('drill.load', trouble, subject).hint).toMatch(hint);
});

it.each([
	['load', /did not finish loading within 60 s, and was ended/, /at its top level/],
	['open', /migrate\(\) and connect\(\)/, /in its adapter/],
	['work', /its stores/, /in its adapter/],
] as const)('a db.ts that hangs is told by what it hangs in: %s', (step, message, hint) => {
	const subject = { entry: 'src/db.ts', variable: 'REDIS_URL', database: 'redis' };
	const check = troubleCheck('drill.load', { kind: 'slow', step }, subject);
	expect(check.message).toMatch(message);
	expect(check.hint).toMatch(hint);
});
