// Cuts the connection between a request and its reply, once for every call that writes, and repeats the
// request word for word: what the second answer is, and that it changes nothing. README.md has the table.
import { isDeepStrictEqual } from 'node:util';
import { createAttachmentRef } from '@flue/runtime/adapter';
import { afterAll, describe, expect, it } from 'vitest';
import { message, record } from '../bench/data.ts';
import { redis } from '../src/lines/v2/index.ts';
import type { RedisRunner } from '../src/runner.ts';
import { connectRunner } from './clients.ts';
import { type CuttingProxy, startProxy } from './proxy.ts';
import { startServer, versionOf } from './servers.ts';
import type { Stores } from './storm.ts';

const cleanups: (() => unknown)[] = [];
afterAll(async () => {
	for (const cleanup of cleanups.reverse()) await cleanup();
});

/** The same runner, whose errors tell nothing of the connection, so that the adapter repeats nothing by itself. */
function mute(runner: RedisRunner): RedisRunner {
	const silent = (cause: Error) => {
		throw /^NOSCRIPT/.test(cause.message) ? cause : new Error('It went wrong.', { cause });
	};
	return {
		...runner,
		command: (...words) => runner.command(...words).catch(silent),
		eval: (...words) => runner.eval(...words).catch(silent),
	};
}

async function open(url: string, { isMute = false } = {}): Promise<Stores> {
	const runner = await connectRunner('redis 6', url);
	cleanups.push(() => Promise.resolve(runner.close()).catch(() => {}));
	const adapter = redis(isMute ? mute(runner) : runner);
	await adapter.migrate?.();
	return adapter.connect();
}

const path = 'agents/assistant/i';
const attempt = (submissionId: string, attemptId = 'a') => ({ submissionId, attemptId });
const claimOf = (submissionId: string) => ({
	...attempt(submissionId),
	ownerId: 'o',
	leaseExpiresAt: Date.now() + 30_000,
});

/** What the contract answers when there is nothing left to do. */
const NOTHING = [null, false, []];

/** What both the retried call and everybody else can see. */
async function look({ submissionStore: store, conversationStreamStore: streams }: Stores) {
	const ids = ['s', 'joined', 'other', 'failing', 'again', 'queued'];
	return {
		rows: await Promise.all(ids.map((id) => store.getSubmission(id))),
		pending: await store.listPendingSubmissionSettlements(),
		joins: await store.listJoinedSubmissions('s'),
		running: await store.listRunningSubmissions(),
		runnable: await store.listRunnableSubmissions(),
		batches: (await streams.read(path)).batches,
	};
}

/** Makes a call whose reply is cut off, then the same call again; resolves to the second answer. */
async function cutThenRetry(
	proxy: CuttingProxy,
	seen: Stores,
	work: () => Promise<unknown>,
): Promise<unknown> {
	proxy.cutNextReply();
	await expect(work()).rejects.toThrow();
	const before = await look(seen);
	const answer = await work();
	expect(await look(seen)).toEqual(before);
	return answer;
}

const settled = {
	...record(9),
	type: 'submission_settled' as const,
	submissionId: 's',
	attemptId: 'b',
	outcome: 'completed' as const,
};

/** Calls in their order: each with what its exact retry answers, given what everybody can see. */
type Calls = readonly (readonly [
	name: string,
	call: () => Promise<unknown>,
	answer: (seen: Stores) => unknown,
])[];

function submissionCalls({ submissionStore: store }: Stores): Calls {
	const row = (id: string) => (seen: Stores) => seen.submissionStore.getSubmission(id);
	return [
		['admit', () => store.admitDirect(message('s', 'i')), row('s')],
		['ready', () => store.markSubmissionCanonicalReady('s'), row('s')],
		['claim', () => store.claimSubmission(claimOf('s')), () => null],
		['applied', () => store.markSubmissionInputApplied(attempt('s')), () => true],
		['claim joins', () => store.claimJoinableSubmissions(attempt('s'), 'assistant'), () => []],
		['confirm', () => store.finalizeJoinedSubmission(attempt('s'), 'joined'), () => false],
		['replace', () => store.replaceSubmissionAttempt(attempt('s'), 'b'), () => null],
		[
			'reserve',
			() =>
				store.reserveSubmissionSettlement(attempt('s', 'b'), {
					recordId: settled.id,
					record: settled,
				}),
			async (seen) => (await seen.submissionStore.listPendingSubmissionSettlements())[0],
		],
		[
			'finalize',
			() => store.finalizeSubmissionSettlement(attempt('s', 'b'), settled.id),
			() => false,
		],
		['complete', () => store.completeSubmission(attempt('other')), () => false],
		['fail', () => store.failSubmission(attempt('failing'), new Error('no')), () => false],
		['requeue', () => store.requeueSubmission(attempt('again')), () => false],
		['settle queued', () => store.settleQueuedSubmission('queued', 'failed', 'no'), () => false],
	];
}

async function streamCalls({ conversationStreamStore: streams }: Stores, writer: Stores) {
	await writer.conversationStreamStore.createStream(path, {
		agentName: 'assistant',
		instanceId: 'i',
	});
	const producer = await writer.conversationStreamStore.acquireProducer(path, 'p');
	const appends = [0, 1, 2].map((sequence) => {
		const { producerEpoch, incarnation } = producer;
		const batch = {
			path,
			producerId: 'p',
			producerEpoch,
			incarnation,
			producerSequence: sequence,
			records: [record(sequence)],
		};
		const offset = `0000000000000000_${String(sequence).padStart(16, '0')}`;
		return [`append ${sequence}`, () => streams.append(batch), () => ({ offset })] as const;
	});
	const identity = { agentName: 'assistant', instanceId: 'new' };
	return [
		['create stream', () => streams.createStream('agents/new', identity), () => undefined],
		...appends,
	] as const satisfies Calls;
}

async function attachmentCalls({ attachmentStore: files }: Stores): Promise<Calls> {
	const bytes = new TextEncoder().encode('some bytes');
	const attachment = await createAttachmentRef({ id: 'file', mimeType: 'text/plain', bytes });
	const put = () => files.put({ attachment, streamPath: path, conversationId: 'c', bytes });
	return [['attachment', put, () => undefined]];
}

/** Claimed rows of sessions of their own, a delivery that can join, and one that stays queued. */
async function prepare({ submissionStore: store }: Stores): Promise<void> {
	for (const id of ['other', 'failing', 'again']) {
		await store.admitDirect(message(id, id));
		await store.markSubmissionCanonicalReady(id);
		await store.claimSubmission(claimOf(id));
	}
	await store.admitDirect(message('queued', 'queued'));
}

describe.each(['redis', 'valkey'] as const)('on %s', (kind) => {
	it('an exact retry answers as README.md says and changes nothing', async ({ task }) => {
		const server = await startServer(kind);
		cleanups.push(() => server.stop());
		const proxy = await startProxy(server.port);
		cleanups.push(() => proxy.stop());
		const seen = await open(server.url);
		const stores = await open(`redis://127.0.0.1:${proxy.port}`, { isMute: true });
		await prepare(seen);
		const calls: Calls = [
			...submissionCalls(stores),
			...(await streamCalls(stores, seen)),
			...(await attachmentCalls(stores)),
		];
		let first = 0;
		for (const [name, call, expected] of calls) {
			const answer = await cutThenRetry(proxy, seen, call);
			const wanted = await expected(seen);
			expect(answer, name).toEqual(wanted);
			if (!NOTHING.some((nothing) => isDeepStrictEqual(wanted, nothing))) first += 1;
			if (name === 'ready') {
				await seen.submissionStore.admitDirect(message('joined', 'i'));
				await seen.submissionStore.markSubmissionCanonicalReady('joined');
			}
		}
		expect(await seen.submissionStore.getSubmission('joined')).toMatchObject({ status: 'settled' });
		task.meta.count = `cut: ${kind} ${versionOf(kind)}: ${calls.length} replies cut off and retried, ${first} answered as the first time, ${calls.length - first} as the contract says when there is nothing left to do, nothing changed by a retry`;
	});

	it('a claim whose reply was lost comes back when its lease has ended', async () => {
		const server = await startServer(kind);
		cleanups.push(() => server.stop());
		const proxy = await startProxy(server.port);
		cleanups.push(() => proxy.stop());
		const { submissionStore: store } = await open(`redis://127.0.0.1:${proxy.port}`, {
			isMute: true,
		});
		await store.admitDirect(message('s', 'i'));
		await store.markSubmissionCanonicalReady('s');
		proxy.cutNextReply();
		const claim = { ...claimOf('s'), leaseExpiresAt: Date.now() + 50 };
		await expect(store.claimSubmission(claim)).rejects.toThrow();
		await new Promise((resolve) => setTimeout(resolve, 60));
		const [expired] = await store.listExpiredSubmissions();
		expect(expired).toMatchObject({ submissionId: 's', attemptId: 'a', attemptCount: 1 });
		expect(await store.requeueSubmission(attempt('s'))).toBe(true);
		expect(await store.claimSubmission(claimOf('s'))).toMatchObject({ attemptCount: 2 });
	});

	it('a request is made again by itself, and answers as if its reply had come', async () => {
		const server = await startServer(kind);
		cleanups.push(() => server.stop());
		const proxy = await startProxy(server.port);
		cleanups.push(() => proxy.stop());
		const stores = await open(`redis://127.0.0.1:${proxy.port}`);
		const { submissionStore: store } = stores;
		const cutting = <T>(call: () => Promise<T>): Promise<T> => {
			proxy.cutNextReply();
			return call();
		};
		expect(await cutting(() => store.admitDirect(message('s', 'i')))).toMatchObject({
			submissionId: 's',
		});
		await cutting(() => store.markSubmissionCanonicalReady('s'));
		expect(await cutting(() => store.listRunnableSubmissions())).toHaveLength(1);
		const claimed = await cutting(() => store.claimSubmission(claimOf('s')));
		expect(claimed).toMatchObject({ status: 'running', attemptId: 'a', attemptCount: 1 });
		expect(claimed).toEqual(await store.getSubmission('s'));
		expect(await store.claimSubmission(claimOf('s'))).toBe(null);
		expect(await cutting(() => store.markSubmissionInputApplied(attempt('s')))).toBe(true);
		await store.admitDirect(message('joined', 'i'));
		await store.markSubmissionCanonicalReady('joined');
		const join = () => store.claimJoinableSubmissions(attempt('s'), 'assistant');
		expect(await cutting(join)).toMatchObject([{ submissionId: 'joined' }]);
		expect(await join()).toEqual([]);
		for (const [, call, answer] of await streamCalls(stores, stores))
			expect(await cutting<unknown>(call)).toEqual(answer());
	});
});
