// The parts of a drill that only think.
import { describe, expect, it } from 'vitest';
import { CHECK_IDS, fail, inFull, pass } from '../../../../src/commands/verify/drill/checks.ts';
import {
	ADDRESS,
	endpointOf,
	workerEnvironment,
} from '../../../../src/commands/verify/drill/environment.ts';
import { namespaceOf } from '../../../../src/commands/verify/drill/given.ts';
import {
	type Loss,
	restartCheck,
	TRIALS,
	type TrialName,
} from '../../../../src/commands/verify/drill/judge.ts';
import { redact, secretsOf } from '../../../../src/commands/verify/drill/redact.ts';
import { candidates } from '../../../../src/commands/verify/drill/resolve.ts';
import { parseReply } from '../../../../src/commands/verify/drill/resp.ts';
import { type Sample, sampleOf } from '../../../../src/commands/verify/drill/sample.ts';
import {
	compare,
	type Found,
	inWords,
	isGone,
	isWhole,
	type Survival,
} from '../../../../src/commands/verify/drill/survival.ts';

const sample = sampleOf('nonce', 0);

/** What a store answers that has kept everything. */
function kept({ batches, submission, attachment, bytes }: Sample): Found {
	const row = {
		submissionId: submission.submissionId,
		status: 'queued',
		input: submission,
		canonicalReadyAt: 1,
	};
	return {
		batches: batches.map((records, index) => ({ offset: String(index), records })),
		submission: row,
		runnable: [row],
		attachment: { attachment, bytes },
	};
}

const WHOLE = compare(sample, kept(sample));
const GONE = compare(sample, { batches: [], submission: null, runnable: [], attachment: null });

describe('a sample', () => {
	it('is the same in every process, and another one in each round', () => {
		expect(sampleOf('nonce', 0)).toEqual(sample);
		expect(sampleOf('nonce', 1).path).not.toBe(sample.path);
		expect(sampleOf('nonce', 1).attachment.digest).not.toBe(sample.attachment.digest);
	});
});

describe('what is found of it', () => {
	it('is whole or gone', () => {
		expect([isWhole(WHOLE), isGone(WHOLE), isWhole(GONE), isGone(GONE)]).toEqual([
			true,
			false,
			false,
			true,
		]);
		expect(inWords(GONE)).toBe('0 of 12 records, no submission, no attachment');
	});

	it('is the same whatever the order of keys', () => {
		const found = kept(sample);
		const turned = found.batches.map(({ offset, records }) => ({
			offset,
			records: records.map((record) =>
				Object.fromEntries(Object.entries(record as object).reverse()),
			),
		}));
		expect(compare(sample, { ...found, batches: turned })).toEqual(WHOLE);
	});

	const [first, second, third, fourth] = kept(sample).batches;
	if (!first || !second || !third || !fourth) throw new Error('A sample has four batches.');
	const row = kept(sample).runnable[0];
	if (!row) throw new Error('A sample has a submission.');

	it.each<[string, Partial<Found>, Partial<Survival>]>([
		['a lost tail', { batches: [first, second] }, { records: 6, strange: 0 }],
		['a hole', { batches: [first, third, fourth] }, { records: 3, strange: 6 }],
		[
			'a doubled batch',
			{ batches: [first, second, third, fourth, { ...fourth, offset: '9' }] },
			{ records: 12, strange: 3 },
		],
		[
			'a doubled offset',
			{ batches: [first, second, third, { ...fourth, offset: '0' }] },
			{ records: 12, strange: 1 },
		],
		['another order', { batches: [second, first, third, fourth] }, { records: 6, strange: 6 }],
		[
			'half a batch',
			{ batches: [first, { ...second, records: second.records.slice(1) }] },
			{ records: 3, strange: 2 },
		],
		['a missing submission', { submission: null, runnable: [] }, { submission: 'missing' }],
		['one that is twice in the queue', { runnable: [row, row] }, { submission: 'twice' }],
		['one that left the queue', { runnable: [] }, { submission: 'not-runnable' }],
		[
			'one that is not ready',
			{ submission: { ...row, canonicalReadyAt: null } },
			{ submission: 'not-runnable' },
		],
		[
			'one that says something else',
			{ submission: { ...row, input: { ...sample.submission, agent: 'x' } } },
			{ submission: 'changed' },
		],
		[
			'a changed attachment',
			{ attachment: { attachment: sample.attachment, bytes: new Uint8Array(3) } },
			{ attachment: 'changed' },
		],
		['no attachment', { attachment: null }, { attachment: 'missing' }],
	])('shows %s', (_, change, expected) => {
		const survival = compare(sample, { ...kept(sample), ...change });
		expect(survival).toEqual({ ...WHOLE, ...expected });
		expect(isWhole(survival)).toBe(false);
		expect(isGone(survival)).toBe(false);
		expect(restartCheck(survival, 'src/db.ts').status).toBe('fail');
	});
});

describe('the judgement of a loss', () => {
	const part: Survival = { ...WHOLE, records: 9 };
	it.each<[TrialName, Survival, Survival | null, string]>([
		['aof-always', WHOLE, WHOLE, 'pass'],
		['aof-always', part, WHOLE, 'fail'],
		['aof-always', WHOLE, part, 'fail'],
		['aof-everysec', WHOLE, WHOLE, 'pass'],
		['aof-everysec', part, WHOLE, 'pass'],
		['aof-everysec', WHOLE, part, 'fail'],
		['snapshots', GONE, WHOLE, 'pass'],
		['snapshots', part, WHOLE, 'pass'],
		['snapshots', GONE, part, 'fail'],
		['nothing', GONE, null, 'pass'],
		['nothing', part, null, 'fail'],
		['nothing', WHOLE, null, 'fail'],
	])('under %s of %o and %o is as documented or not', (name, atOnce, later, status) => {
		const judge: (loss: Loss) => { status: string; message: string } = TRIALS[name].judge;
		expect(judge({ atOnce, later }).status).toBe(status);
	});

	it('tells what was lost although that is as documented', () => {
		const { message } = TRIALS['aof-everysec'].judge({ atOnce: part, later: WHOLE });
		expect(message).toContain('9 of 12 records');
	});
});

describe('the list of checks', () => {
	it('is always whole, in order, and says what was in the way', () => {
		const checks = inFull([fail('drill.load', 'x'), pass('drill.node', 'y')]);
		expect(checks.map(({ id }) => id)).toEqual(CHECK_IDS);
		expect(checks[3]).toMatchObject({
			status: 'skipped',
			message: 'Not reached, because drill.load failed.',
		});
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
