// What a settled submission costs, and that nothing of it is lost where it is kept as one short text.
import type { AgentSubmission, AgentSubmissionInput } from '@flue/runtime/adapter';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { message } from '../bench/data.ts';
import { streamed } from '../bench/streamed.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { connectRunner } from './clients.ts';
import { startServer, type TestServer, versionOf } from './servers.ts';

/** Ids as the runtime makes them. */
const [ids] = [...streamed({ turns: 1, deltas: 1 })].filter((one) => one.submissionId);
const SUBMISSION = ids?.submissionId ?? '';
const ATTEMPT = ids?.attemptId ?? '';
const OWNER = ATTEMPT.replace('attempt', 'owner');
const KEY = `flue:sub/${SUBMISSION}`;

const user = (body: string) => ({ kind: 'user' as const, body });
const plain = (changes: object = {}): AgentSubmissionInput => ({
	...message(SUBMISSION, 'i1'),
	acceptedAt: new Date().toISOString(),
	...changes,
});
const { acceptedAt, ...unsent } = plain();

const INPUTS: [string, AgentSubmissionInput, isPacked: boolean][] = [
	['a sentence', plain(), true],
	['an empty text', plain({ message: user('') }), true],
	['lines, quotes and other scripts', plain({ message: user('"é\n\t\0\\ключ 🎈') }), true],
	['half a character', plain({ message: user('\ud83c') }), true],
	['the sign between values', plain({ message: user('a\x1fb') }), true],
	['that sign in the name of an instance', plain({ id: 'a\x1fb' }), false],
	['more of a message', plain({ message: { ...user('x'), attachments: [] } }), true],
	['initial data', { ...unsent, initialData: { a: [1, 'x'] }, acceptedAt } as never, true],
	['a trace', plain({ traceCarrier: { traceparent: '00-1' } }), true],
	['a field without a value', plain({ traceCarrier: undefined }), false],
	['another order', { acceptedAt, ...unsent } as never, false],
	['a field that nobody knows', plain({ more: null }), false],
	['an old moment', plain({ acceptedAt: '1970-01-01T00:00:00.000Z' }), true],
	['a moment written otherwise', plain({ acceptedAt: '2026-06-03T02:00:00+02:00' }), false],
];

describe.each(['redis', 'valkey'] as const)('on %s', (kind) => {
	let server: TestServer;
	let runner: RedisRunner;
	let store: Awaited<ReturnType<ReturnType<typeof redis>['connect']>>['submissionStore'];
	beforeAll(async () => {
		server = await startServer(kind);
		runner = await connectRunner('redis 6', server.url);
	});
	afterAll(async () => {
		await runner.close();
		await server.stop();
	});
	beforeEach(async () => {
		await runner.command('FLUSHALL');
		store = (await redis(runner).connect()).submissionStore;
	});

	const attempt = { submissionId: SUBMISSION, attemptId: ATTEMPT };
	const lease = { ownerId: OWNER, leaseExpiresAt: Date.now() + 30_000 };
	const found = async () => (await store.getSubmission(SUBMISSION)) as AgentSubmission;
	const type = () => runner.command('TYPE', [KEY]);

	async function run(input: AgentSubmissionInput, ids = { ...attempt, ...lease }) {
		if (input.kind === 'dispatch') {
			const { kind: _, ...dispatched } = input;
			await store.admitDispatch(dispatched as never);
		} else await store.admitDirect(input);
		await store.markSubmissionCanonicalReady(SUBMISSION);
		await store.claimSubmission(ids);
		await store.markSubmissionInputApplied(ids);
		return found();
	}

	it('costs at most 250 bytes with the question that was asked', async () => {
		await run(plain());
		const unsettled = Number(await runner.command('MEMORY', ['USAGE', KEY]));
		await store.completeSubmission(attempt);
		const keys = (await runner.command('KEYS', ['*'])) as string[];
		expect(keys.sort()).toEqual(['flue:@flue/redis', 'flue:sequence', KEY]);
		const used = Number(await runner.command('MEMORY', ['USAGE', KEY]));
		process.stdout.write(
			`memory: ${kind} ${versionOf(kind)}: ${used} bytes a settled submission, ${unsettled} before\n`,
		);
		expect(used).toBeLessThanOrEqual(250);
	});

	it.each(INPUTS)('comes back as it was given: %s', async (_, input, isPacked) => {
		const before = await run(input);
		expect(JSON.stringify(before.input)).toBe(JSON.stringify(input));
		expect(await store.completeSubmission(attempt)).toBe(true);
		expect(await type()).toBe(isPacked ? 'string' : 'hash');
		const after = await found();
		expect(after).toEqual({ ...before, status: 'settled', settledAt: expect.any(Number) });
		expect(JSON.stringify(after.input)).toBe(JSON.stringify(input));
		expect(await store.admitDirect(input)).toEqual(after);
		await expect(store.admitDirect({ ...input, message: user('other') })).rejects.toThrow();
		expect(await found()).toEqual(after);
		expect(await store.claimSubmission({ ...attempt, ...lease })).toBeNull();
		expect(await store.failSubmission(attempt, 'late')).toBe(false);
		expect(await store.replaceSubmissionAttempt(attempt, 'next')).toBeNull();
	});

	it.each([
		['kind', { kind: 'dispatch' }],
		['agent', { agent: 'other' }],
		['instance', { id: 'i2' }],
		['moment', { acceptedAt: '2026-06-03T00:00:00.000Z' }],
	])('another %s under its id is a conflict, before it settles and after', async (_, changes) => {
		const input = plain();
		await run(input);
		const other = { ...input, ...changes } as AgentSubmissionInput;
		const { kind: _kind, ...dispatched } = other;
		const admit = async () =>
			other.kind === 'dispatch'
				? (await store.admitDispatch(dispatched as never)).kind
				: store.admitDirect(other).catch(() => 'conflict');
		const before = await found();
		expect(await admit()).toBe('conflict');
		expect(await store.admitDirect(input)).toEqual(before);
		await store.completeSubmission(attempt);
		expect(await admit()).toBe('conflict');
		expect(await found()).toMatchObject({ status: 'settled', input });
	});

	it.each<[string, Parameters<typeof run>, string | Error | undefined]>([
		['an error', [plain()], new Error('"é\n it broke')],
		['no words', [plain()], ''],
		['words with control characters', [plain()], 'a\x1d\x1f'],
		['a dispatch', [plain({ kind: 'dispatch' })], undefined],
		['ids of another form', [plain(), { ...attempt, attemptId: 'a', ...lease, ownerId: '' }], 'x'],
		['no lease', [plain(), { ...attempt, ...lease, leaseExpiresAt: 0 }], 'x'],
		['an odd lease', [plain(), { ...attempt, ...lease, leaseExpiresAt: 1.5 }], 'x'],
		['a long one', [plain({ message: user('x'.repeat(400_000)) })], undefined],
	])('keeps all that is known of it: %s', async (_, args, error) => {
		const before = await run(...args);
		const ended = { ...attempt, attemptId: before.attemptId ?? '' };
		await store.requestSessionAbort(before.sessionKey);
		const { abortRequestedAt } = await found();
		const done =
			error === undefined ? store.completeSubmission(ended) : store.failSubmission(ended, error);
		expect(await done).toBe(true);
		expect(await found()).toEqual({
			...before,
			abortRequestedAt,
			status: 'settled',
			settledAt: expect.any(Number),
			...(error === undefined ? {} : { error: error instanceof Error ? error.message : error }),
		});
	});

	it('a row whose input an earlier version wrote settles as it is, and a damaged one is told', async () => {
		const input = plain();
		await run(input);
		await runner.command('HSET', [KEY, 'payload', JSON.stringify(input)]);
		await store.completeSubmission(attempt);
		expect(await type()).toBe('hash');
		expect((await found()).status).toBe('settled');
		await runner.command('SET', [KEY, '1x']);
		await expect(store.getSubmission(SUBMISSION)).rejects.toThrow('is damaged');
		await runner.command('SET', [KEY, 'somebody']);
		await expect(store.getSubmission(SUBMISSION)).rejects.toThrow('is damaged');
	});
});
