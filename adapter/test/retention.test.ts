// What expires when it is asked for, and what never does: settled submissions with their input, and nothing else.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { message, record } from '../bench/data.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { durationOf } from '../src/retention.ts';
import { connectRunner } from './clients.ts';
import { startServer, type TestServer } from './servers.ts';

const DAY = 86_400_000;
const PATH = 'agents/assistant/i';

it.each<readonly [string, number | undefined]>([
	['1m', 60_000],
	['12h', DAY / 2],
	['30d', 30 * DAY],
	['4w', 28 * DAY],
	['36500d', 36_500 * DAY],
	...['', '0d', '30', 'd', '1.5h', '-1d', '1s', '30 d', '30D', '36501d', '030d', '9999999999m'].map(
		(text) => [text, undefined] as const,
	),
])('%j is so many milliseconds: %s', (text, duration) => {
	expect(durationOf(text)).toBe(duration);
});

it('refuses what cannot expire, before anything is asked of the server', () => {
	const unused = () => Promise.reject(new Error('asked'));
	const runner: RedisRunner = { command: unused, eval: unused, close: unused };
	expect(() => redis(runner, { retain: { settled: 'soon' } })).toThrow(
		'"soon", and must be a whole',
	);
	const conversations = { conversations: '1d' } as { settled?: string };
	expect(() => redis(runner, { retain: conversations })).toThrow('conversations never do');
});

describe.each(['redis', 'valkey'] as const)('on %s', (kind) => {
	let server: TestServer;
	let runner: RedisRunner;
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
	});

	const open = async (settled?: string) => {
		const adapter = redis(runner, settled === undefined ? {} : { retain: { settled } });
		await adapter.migrate?.();
		return adapter.connect();
	};
	const keys = async () => ((await runner.command('KEYS', ['*'])) as string[]).sort();
	const remaining = async (key: string) => Number(await runner.command('PTTL', [key]));
	const isExpiring = async (key: string) => expect(await remaining(key)).toBeGreaterThan(29 * DAY);

	const pictured = (id: string, body = 'What is this?') => ({
		...message(id, 'i'),
		message: {
			kind: 'user' as const,
			body,
			attachments: [{ type: 'image' as const, data: 'A'.repeat(400_000), mimeType: 'image/png' }],
		},
	});

	/** One submission on each of the ways out. */
	async function settleAll(store: Awaited<ReturnType<typeof open>>['submissionStore']) {
		const claim = (submissionId: string) =>
			store.claimSubmission({ submissionId, attemptId: 'a', ownerId: 'o', leaseExpiresAt: 9e12 });
		for (const id of ['completed', 'joined', 'failed', 'reserved', 'queued', 'open']) {
			await store.admitDirect(id === 'completed' ? pictured(id) : message(id, 'i'));
			await store.markSubmissionCanonicalReady(id);
		}
		const host = { submissionId: 'completed', attemptId: 'a' };
		await store.settleQueuedSubmission('queued', 'failed', 'gave up');
		await claim('completed');
		const taken = await store.claimJoinableSubmissions(host, 'assistant');
		expect(taken.map(({ submissionId }) => submissionId)).toContain('joined');
		await store.finalizeJoinedSubmission(host, 'joined');
		expect(await store.completeSubmission(host)).toBe(true);
		await claim('failed');
		expect(await store.failSubmission({ ...host, submissionId: 'failed' }, 'no')).toBe(true);
		await claim('reserved');
		const reserved = { ...host, submissionId: 'reserved' };
		const settlement = {
			...record(0),
			type: 'submission_settled' as const,
			outcome: 'completed' as const,
			...reserved,
		};
		const { id: recordId } = settlement;
		await store.reserveSubmissionSettlement(reserved, { recordId, record: settlement });
		expect(await store.finalizeSubmissionSettlement(reserved, recordId)).toBe(true);
	}

	it('every way out makes a submission expire, and what is open stays', async () => {
		const { submissionStore: store, conversationStreamStore: streams } = await open('30d');
		await streams.createStream(PATH, { agentName: 'assistant', instanceId: 'i' });
		await settleAll(store);
		for (const id of ['completed', 'joined', 'failed', 'reserved', 'queued'])
			await isExpiring(`flue:sub/${id}`);
		await isExpiring('flue:parts/completed');
		const stays = (await keys()).filter((key) => !/sub\/[^o]|parts/.test(key));
		expect(stays.length).toBeGreaterThan(4);
		for (const key of stays) expect([key, await remaining(key)]).toEqual([key, -1]);
	});

	it('what has expired leaves nothing behind, and its id is new again', async () => {
		const { submissionStore: store } = await open('30d');
		await settleAll(store);
		const input = pictured('completed');
		expect((await store.admitDirect(input)).status).toBe('settled');
		await expect(store.admitDirect(pictured('completed', 'Another?'))).rejects.toThrow();
		for (const key of await keys())
			if ((await remaining(key)) > 0) await runner.command('PEXPIREAT', [key, 1]);
		expect(await store.getSubmission('completed')).toBeNull();
		expect(
			(await keys()).filter((key) => /completed|joined|failed|reserved|queued/.test(key)),
		).toEqual([]);
		expect((await store.listRunnableSubmissions()).map((one) => one.submissionId)).toEqual([
			'open',
		]);
		expect(await store.completeSubmission({ submissionId: 'completed', attemptId: 'a' })).toBe(
			false,
		);
		const again = await store.admitDirect(pictured('completed', 'Another?'));
		expect(again).toMatchObject({ status: 'queued', sequence: 7 });
		expect(await store.getSubmission('completed')).toEqual(again);
	});

	it('without it, nothing expires', async () => {
		const { submissionStore: store } = await open();
		await settleAll(store);
		for (const key of await keys()) expect([key, await remaining(key)]).toEqual([key, -1]);
	});

	it.each(['README.md', '../docs/storage.md'])(
		'the command of %s empties one store, and no other',
		async (page) => {
			const [, listing = '', deletion = ''] =
				/```sh\n(redis-cli --scan[^`]*)```[^`]*```sh\n(redis-cli --scan[^`]*)```/.exec(
					readFileSync(page, 'utf8'),
				) ?? [];
			const { submissionStore: store, conversationStreamStore: streams } = await open('30d');
			await settleAll(store);
			await streams.createStream('agents/a b/"x"', { agentName: 'a b', instanceId: '"x"' });
			const [own, others] = [
				await keys(),
				['flue', 'flue:eu:sub/1', 'flues:sub/1', 'x:flue:sub/1'],
			];
			for (const key of others) await runner.command('SET', [key, '1']);
			const run = (command: string) =>
				execFileSync(
					'sh',
					['-c', command.replaceAll('redis-cli', `${kind}-cli -p ${server.port}`)],
					{
						encoding: 'utf8',
					},
				);
			const counted = run(listing);
			expect(counted).toMatch(/ 6 flue:sub\n/);
			expect(counted).toContain('flue:@flue\n');
			expect(await keys()).toHaveLength(own.length + others.length);
			expect(Number(run(deletion))).toBe(own.length);
			expect(await keys()).toEqual(others.sort());
		},
	);

	it('attachments that outlive their row by a moment are neither read nor added to', async () => {
		const { submissionStore: store } = await open('30d');
		await settleAll(store);
		await runner.command('DEL', ['flue:sub/completed']);
		const again = await store.admitDirect(pictured('completed'));
		expect(await store.getSubmission('completed')).toEqual(again);
		expect(again.input).toEqual(pictured('completed'));
	});
});
