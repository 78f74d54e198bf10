// Random histories, told to this store and to the runtime's own in-memory one; every answer and every
// view afterwards must be the same. fast-check prints the seed and the shortest history on failure;
// FLUE_MODEL_SEED repeats a run, FLUE_MODEL_RUNS changes the number of histories.
import { randomUUID } from 'node:crypto';
import type { AgentSubmission, AgentSubmissionStore } from '@flue/runtime/adapter';
import { sqlite } from '@flue/runtime/node';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RedisRunner, redis } from '../src/index.ts';
import { connectRunner } from './clients.ts';
import { anyStep, begin, DEPTHS, IDS, type Step } from './model-steps.ts';
import { startServer, type TestServer, versionOf } from './servers.ts';

const RUNS = Number(process.env.FLUE_MODEL_RUNS ?? 150);
const SEED = Number(process.env.FLUE_MODEL_SEED ?? Date.now() % 1_000_000_000);

/** States that the histories must reach; a test that never sees one of them shows little. */
const STATES = [
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
];

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

/** Everything that the store shows; asked at once, since nothing of it writes. */
async function view(store: AgentSubmissionStore): Promise<View> {
	const names = async (rows: Promise<AgentSubmission[]>) =>
		(await rows).map((row) => row.submissionId);
	const [rows, joined, unsettled, pending, ...lists] = await Promise.all([
		Promise.all(IDS.map((id) => store.getSubmission(id))),
		Promise.all(IDS.map((id) => names(store.listJoinedSubmissions(id)))),
		store.hasUnsettledSubmissions(),
		store.listPendingSubmissionSettlements(),
		names(store.listRunnableSubmissions()),
		names(store.listUnreadySubmissions()),
		names(store.listRunningSubmissions()),
		names(store.listExpiredSubmissions()),
	]);
	const [runnable, unready, running, expired] = lists;
	return settleMoments({
		rows,
		joined,
		unsettled,
		pending,
		runnable,
		unready,
		running,
		expired,
	}) as View;
}

interface View {
	readonly rows: readonly (Partial<AgentSubmission> | null)[];
}

function note(reached: Set<string>, { rows }: View): void {
	for (const row of rows) {
		if (row)
			reached.add(`${row.status}${row.joinedInto ? ' join' : ''}${row.error ? ' error' : ''}`);
	}
}

describe.each(['redis', 'valkey'] as const)('the submission store on %s', (kind) => {
	let server: TestServer;
	let runner: RedisRunner;
	beforeAll(async () => {
		server = await startServer(kind);
		runner = await connectRunner(kind === 'redis' ? 'redis 5' : 'redis 6', server.url);
	});
	afterAll(async () => {
		await runner?.close();
		await server?.stop();
	});

	async function withStores(
		run: (real: AgentSubmissionStore, model: AgentSubmissionStore) => Promise<void>,
	): Promise<void> {
		const reference = sqlite(':memory:');
		await reference.migrate?.();
		const adapter = redis(runner, { keyPrefix: randomUUID(), inspectServer: false });
		try {
			const { submissionStore } = await reference.connect();
			await run((await adapter.connect()).submissionStore, submissionStore);
		} finally {
			await reference.close?.();
		}
	}

	it(`answers ${RUNS} histories of seed ${SEED} as the in-memory reference does`, async ({
		task,
	}) => {
		const reached = new Set<string>();
		let count = 0;
		const histories = fc.tuple(
			fc.constantFrom(...DEPTHS),
			fc.array(anyStep, { minLength: 10, maxLength: 60, size: 'max' }),
		);
		const property = fc.asyncProperty(histories, ([depth, steps]) =>
			withStores(async (real, model) => {
				for (const store of [model, real]) await begin(store, depth);
				for (const [name, run] of steps) {
					count += 1;
					expect(await outcome(run, real), name).toEqual(await outcome(run, model));
					const seen = await view(model);
					expect(await view(real), `after ${name}`).toEqual(seen);
					note(reached, seen);
				}
			}),
		);
		await fc.assert(property, { numRuns: RUNS, seed: SEED });
		task.meta.count = `model: ${kind} ${versionOf(kind)}: ${RUNS} histories, ${count} steps, seed ${SEED}, all as the reference`;
		expect([...reached]).toEqual(expect.arrayContaining(STATES));
	}, 300_000);
});
