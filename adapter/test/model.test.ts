// Random histories, told to this store and to the runtime's own in-memory one; every answer and every
// view afterwards must be the same. fast-check prints the seed and the shortest history on failure;
// FLUE_MODEL_SEED repeats a run, FLUE_MODEL_RUNS changes the number of histories.
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AgentSubmission } from '@flue/runtime/adapter';
import { sqlite } from '@flue/runtime/node';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { connectRunner } from './clients.ts';
import { EVERYTHING } from './extent.ts';
import { begin, DEPTHS, drain, IDS } from './model-rows.ts';
import { type Step, submissionStep, when } from './model-steps.ts';
import { beginStreams, type Side, streamStep, viewStreams } from './model-streams.ts';
import { startServer, type TestServer, versionOf } from './servers.ts';
import type { Stores } from './storm.ts';

const RUNS = Number(process.env.FLUE_MODEL_RUNS ?? (EVERYTHING ? 100 : 40));
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

/** Kinds of keys that a namespace keeps for good; `@flue` is the mark. */
const KEPT = ['@flue', 'sequence', 'sub', 'parts', 'stream', 'batches', 'fold'];

/** Leaves out admission numbers: the reference skips some, and only their order means something. */
function plain(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).filter(([name]) => name !== 'sequence');
	return Object.fromEntries(entries.map(([name, item]) => [name, plain(item)]));
}

async function outcome(call: (side: Side) => Promise<unknown>, side: Side): Promise<unknown> {
	try {
		return plain(await call(side));
	} catch {
		return 'rejected';
	}
}

/** Everything that the store shows; asked at once, since nothing of it writes. */
async function view(side: Side): Promise<View> {
	const store = side.submissions;
	const names = async (rows: Promise<AgentSubmission[]>) =>
		(await rows).map((row) => row.submissionId);
	const [rows, joined, unsettled, pending, stream, ...lists] = await Promise.all([
		Promise.all(IDS.map((id) => store.getSubmission(id))),
		Promise.all(IDS.map((id) => names(store.listJoinedSubmissions(id)))),
		store.hasUnsettledSubmissions(),
		store.listPendingSubmissionSettlements(),
		viewStreams(side),
		names(store.listRunnableSubmissions()),
		names(store.listUnreadySubmissions()),
		names(store.listRunningSubmissions()),
		names(store.listExpiredSubmissions()),
	]);
	const [runnable, unready, running, expired] = lists;
	const admitted = rows.filter((row) => row !== null);
	const order = admitted.sort((left, right) => left.sequence - right.sequence);
	return {
		rows: rows.map(plain) as View['rows'],
		order: order.map((row) => row.submissionId),
		joined,
		stream,
		unsettled,
		pending,
		runnable,
		unready,
		running,
		expired,
	};
}

interface Sides {
	readonly real: Side;
	readonly model: Side;
}

interface History {
	readonly depth: (typeof DEPTHS)[number];
	readonly steps: readonly Step<Side>[];
}

function sideOf({ submissionStore, conversationStreamStore }: Stores): Side {
	return { submissions: submissionStore, streams: conversationStreamStore, claims: [] };
}

/** A step that needs submissions alone, as one that is given both stores of a side. */
const onSubmissions = submissionStep.map(({ name, prepare }) => ({
	name,
	prepare: async (reference: Side) => {
		const call = await prepare(reference.submissions);
		return (side: Side) => call(side.submissions);
	},
}));

const anyStep: fc.Arbitrary<Step<Side>> = fc
	.record({
		...when,
		named: fc.oneof({ weight: 3, arbitrary: onSubmissions }, { weight: 1, arbitrary: streamStep }),
	})
	.map(({ named, ...rest }) => ({ ...named, ...rest }));

interface View extends Record<string, unknown> {
	readonly rows: readonly (AgentSubmission | null)[];
}

/** What all histories together reached. */
const reached = new Set<string>();

function note({ rows }: View): void {
	for (const row of rows) {
		if (row)
			reached.add(`${row.status}${row.joinedInto ? ' join' : ''}${row.error ? ' error' : ''}`);
	}
}

// One clock for both, that moves when a history says so: every moment, lease and deadline is compared.
beforeEach(() => {
	vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-03T00:00:00.000Z') });
});
afterEach(() => {
	vi.useRealTimers();
});

describe.each([
	['redis', SEED],
	['valkey', SEED + 1],
] as const)('the submission store on %s', (kind, seed) => {
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

	/** Opens a new pair of stores; `run` resolves to whether all is settled at its end. */
	async function withStores(run: (sides: Sides) => Promise<boolean>): Promise<void> {
		const reference = sqlite(':memory:');
		await reference.migrate?.();
		const keyPrefix = randomUUID();
		const adapter = redis(runner, { keyPrefix, inspectServer: false });
		try {
			const model = sideOf(await reference.connect());
			const real = sideOf(await adapter.connect());
			if (await run({ real, model })) await expectNoLeftovers(keyPrefix);
		} finally {
			await reference.close?.();
		}
	}

	/** Tells one history to both stores; calls `look` with every view. */
	async function tell(
		{ real, model }: Sides,
		{ depth, steps }: History,
		look: (seen: View, before: View) => void,
	): Promise<boolean> {
		for (const side of [model, real]) {
			await begin(side.submissions, depth);
			if (depth !== 'empty') await beginStreams(side);
		}
		let before = await view(model);
		for (const { name, wait, twice, prepare } of steps) {
			vi.setSystemTime(Date.now() + wait);
			const call = await prepare(model);
			for (const time of twice ? ['first', 'second'] : ['first']) {
				const expected = await outcome(call, model);
				expect(await outcome(call, real), `${name}, the ${time} time`).toEqual(expected);
			}
			const seen = await view(model);
			expect(await view(real), `after ${name}`).toEqual(seen);
			look(seen, before);
			before = seen;
		}
		const isDrained = await drain(model.submissions);
		expect(await drain(real.submissions)).toBe(isDrained);
		expect(await view(real), 'after the end').toEqual(await view(model));
		return isDrained;
	}

	/** Of a namespace where all is settled, only what is kept for good may be left: no index, no lane. */
	async function expectNoLeftovers(keyPrefix: string): Promise<void> {
		const keys = (await runner.command('KEYS', [`${keyPrefix}:*`])) as string[];
		const kinds = new Set(keys.map((key) => key.slice(keyPrefix.length + 1).replace(/\/.*/, '')));
		expect(KEPT).toEqual(expect.arrayContaining([...kinds]));
	}

	it(`answers ${RUNS} histories of seed ${seed} as the in-memory reference does`, async ({
		task,
	}) => {
		let count = 0;
		let changes = 0;
		const histories = fc.record({
			depth: fc.constantFrom(...DEPTHS),
			steps: fc.array(anyStep, { minLength: 20, maxLength: 80, size: 'max' }),
		});
		const property = fc.asyncProperty(histories, (history) =>
			withStores((sides) =>
				tell(sides, history, (seen, before) => {
					count += 1;
					if (!isDeepStrictEqual(seen, before)) changes += 1;
					note(seen);
				}),
			),
		);
		await fc.assert(property, { numRuns: RUNS, seed });
		task.meta.count = `model: ${kind} ${versionOf(kind)}: ${RUNS} histories, ${count} steps that made ${changes} changes, seed ${seed}, all as the reference`;
	});
});

it('sees every state in these histories', () => {
	expect([...reached]).toEqual(expect.arrayContaining(STATES));
});
