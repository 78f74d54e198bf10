// Random histories, told to this store and to the runtime's own in-memory one; every answer and every
// view afterwards must be the same. fast-check prints the seed and the shortest history on failure.
import { randomUUID } from 'node:crypto';
import type { AgentSubmission, AgentSubmissionStore } from '@flue/runtime/adapter';
import { sqlite } from '@flue/runtime/node';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RedisRunner, redis } from '../src/index.ts';
import { connectRunner } from './clients.ts';
import { anyStep, IDS, type Step } from './model-steps.ts';
import { startServer, type TestServer } from './servers.ts';

const RUNS = Number(process.env.FLUE_MODEL_RUNS ?? 150);

let server: TestServer;
let runner: RedisRunner;
beforeAll(async () => {
	server = await startServer('redis');
	runner = await connectRunner('redis 5', server.url);
});
afterAll(async () => {
	await runner.close();
	await server.stop();
});

/** Which states the histories reached; a test that never sees one of them shows little. */
const reached = new Map<string, number>();

/** Moments differ by when each store was asked; whether they are set must not. */
function settleMoments(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(settleMoments);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([name, item]) => {
		if (name === 'sequence') return [name, 'some'];
		const isMoment = typeof item === 'number' && item > 1_000_000;
		return [name, isMoment ? 'moment' : settleMoments(item)];
	});
	return Object.fromEntries(entries);
}

async function outcome(step: Step, store: AgentSubmissionStore): Promise<unknown> {
	try {
		return settleMoments(await step(store));
	} catch {
		return 'rejected';
	}
}

async function view(store: AgentSubmissionStore): Promise<unknown> {
	const names = (rows: readonly AgentSubmission[]) => rows.map((row) => row.submissionId);
	return settleMoments({
		rows: await Promise.all(IDS.map((value) => store.getSubmission(value))),
		unsettled: await store.hasUnsettledSubmissions(),
		runnable: names(await store.listRunnableSubmissions()),
		unready: names(await store.listUnreadySubmissions()),
		running: names(await store.listRunningSubmissions()),
		expired: names(await store.listExpiredSubmissions()),
		pending: await store.listPendingSubmissionSettlements(),
		joined: await Promise.all(
			IDS.map(async (value) => names(await store.listJoinedSubmissions(value))),
		),
	});
}

function note(seen: unknown): void {
	for (const row of (seen as { rows: (Record<string, unknown> | null)[] }).rows) {
		if (!row) continue;
		const state = `${row.status}${row.joinedInto ? ' join' : ''}${row.error ? ' error' : ''}`;
		reached.set(state, (reached.get(state) ?? 0) + 1);
	}
}

describe('the submission store', () => {
	it('answers every history as the in-memory reference does', async () => {
		// Random ids rarely build a busy session, so most histories begin with one.
		const begin = async (store: AgentSubmissionStore, depth: number) => {
			if (depth === 0) return;
			for (const value of IDS.slice(0, 3)) {
				await store.admitDirect({
					kind: 'direct',
					submissionId: value,
					agent: 'alpha',
					id: 'i',
					message: { kind: 'user', body: 'hello' },
					acceptedAt: '2026-06-03T00:00:00.000Z',
				});
				await store.markSubmissionCanonicalReady(value);
			}
			await store.claimSubmission({
				submissionId: 's1',
				attemptId: 'a0',
				ownerId: 'o0',
				leaseExpiresAt: 1,
			});
			if (depth === 1) return;
			const host = { submissionId: 's1', attemptId: 'a0' };
			await store.claimJoinableSubmissions(host, 'alpha');
			await store.finalizeJoinedSubmission(host, 's2');
		};
		const histories = fc.tuple(
			fc.integer({ min: 0, max: 2 }),
			fc.array(anyStep, { minLength: 10, maxLength: 60, size: 'max' }),
		);
		const property = fc.asyncProperty(histories, async ([depth, steps]) => {
			const reference = sqlite(':memory:');
			await reference.migrate?.();
			const model = (await reference.connect()).submissionStore;
			const adapter = redis(runner, { keyPrefix: randomUUID(), inspectServer: false });
			await adapter.migrate?.();
			const real = (await adapter.connect()).submissionStore;
			try {
				for (const store of [model, real]) await begin(store, depth);
				for (const [name, run] of steps) {
					expect(await outcome(run, real), name).toEqual(await outcome(run, model));
					const seen = await view(model);
					expect(await view(real), `after ${name}`).toEqual(seen);
					note(seen);
				}
			} finally {
				await reference.close?.();
			}
		});
		await fc.assert(property, { numRuns: RUNS });
		for (const state of [
			'queued',
			'running',
			'terminalizing',
			'terminalizing join',
			'joining join',
			'joined join',
			'settled',
			'settled error',
			'settled join',
			'settled join error',
		]) {
			expect(reached.get(state) ?? 0, state).toBeGreaterThan(0);
		}
	}, 300_000);
});
