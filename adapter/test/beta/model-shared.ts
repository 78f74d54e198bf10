// What a history of runs and event streams can be made of, on every 1.0 beta.
import type { EventStreamStore, RunStore } from '@flue/runtime/adapter';
import fc from 'fast-check';
import { type Step, simple } from './model.ts';

/** The stores that every beta has. */
export interface SharedStores {
	readonly runStore: RunStore;
	readonly eventStreamStore: EventStreamStore;
}

const RUN_IDS = ['run:1', 'run/3% läuft', 'run_2'];
const WORKFLOWS = ['daily', 'a/b:c', '日報'];
/** Moments that several runs share, and some that only differ in their length. */
const MOMENTS = [
	'2026-06-01T10:00:00.000Z',
	'2026-06-01T10:00:00.001Z',
	'2026-06-01',
	'2026-06-01T10',
];
const PATHS = ['runs/run:1', 'agents/a:b/i', 'p'];
const STATUSES = ['active', 'completed', 'errored'] as const;
const EVENTS = [{ index: 0 }, { index: 1, text: 'é\u0000' }, 'text', null, [], { a: { b: [] } }];
const OFFSETS = [
	'-1',
	'now',
	'0000000000000000_0000000000000000',
	'0000000000000000_0000000000000003',
];

const runId = fc.constantFrom(...RUN_IDS);
const workflowName = fc.constantFrom(...WORKFLOWS);
const path = fc.constantFrom(...PATHS);
const event = fc.constantFrom(...EVENTS);
const limit = fc.constantFrom(undefined, 1, 2, 0, -1, 5000, Number.NaN);

/** Leaves out what is undefined, as callers do. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
	return Object.fromEntries(
		Object.entries(value).filter(([, inner]) => inner !== undefined),
	) as never;
}

const createRun = fc
	.record({
		runId,
		workflowName,
		startedAt: fc.constantFrom(...MOMENTS),
		input: fc.constantFrom(undefined, null, {}, { list: [], big: 1e21 }),
		traceCarrier: fc.constantFrom(
			undefined,
			{ traceparent: '00-1' },
			{ traceparent: '00-2', tracestate: 'v' },
		),
	})
	.map((input) =>
		simple<SharedStores>(`create ${JSON.stringify(input)}`, ({ runStore }) =>
			runStore.createRun(given(input) as never),
		),
	);

const endRun = fc
	.record({
		runId: fc.constantFrom('run:1', 'run:1', 'run:1', ...RUN_IDS, 'unknown'),
		endedAt: fc.constantFrom(...MOMENTS),
		isError: fc.boolean(),
		durationMs: fc.constantFrom(0, 1.5, 300_000),
		result: fc.constantFrom(undefined, null, { done: true }),
		error: fc.constantFrom(undefined, { message: 'no' }),
	})
	.map((input) =>
		simple<SharedStores>(`end ${JSON.stringify(input)}`, ({ runStore }) =>
			runStore.endRun(given(input) as never),
		),
	);

/** Pages until there are no more, or until a reader gives up. */
async function readAll(runStore: RunStore, options: object): Promise<unknown[]> {
	const pages: unknown[] = [];
	for (let cursor: string | undefined; pages.length < 10; ) {
		const page = await runStore.listRuns(given({ ...options, cursor }) as never);
		pages.push(page);
		cursor = page.nextCursor;
		if (!cursor) break;
	}
	return pages;
}

const listRuns = fc
	.record({
		status: fc.constantFrom(undefined, ...STATUSES),
		workflowName: fc.constantFrom(undefined, ...WORKFLOWS, 'unknown'),
		limit,
	})
	.map((options) =>
		simple<SharedStores>(`list ${JSON.stringify(options)}`, ({ runStore }) =>
			readAll(runStore, given(options)),
		),
	);

const badCursor = simple<SharedStores>('list with an unreadable cursor', ({ runStore }) =>
	runStore.listRuns({ cursor: 'nonsense' }),
);

const writeStep = fc.oneof(
	path.map((at) =>
		simple<SharedStores>(`make ${at}`, ({ eventStreamStore }) => eventStreamStore.createStream(at)),
	),
	fc
		.tuple(path, event)
		.map(([at, what]) =>
			simple<SharedStores>(`append to ${at} ${JSON.stringify(what)}`, ({ eventStreamStore }) =>
				eventStreamStore.appendEvent(at, what),
			),
		),
	fc
		.tuple(path, fc.array(event, { minLength: 2, maxLength: 5 }))
		.map(([at, all]) =>
			simple<SharedStores>(`append ${all.length} at once to ${at}`, ({ eventStreamStore }) =>
				Promise.all(all.map((what) => eventStreamStore.appendEvent(at, what))),
			),
		),
	fc
		.tuple(path, fc.constantFrom('k', 'terminal:1', ''), event)
		.map(([at, key, what]) =>
			simple<SharedStores>(`append once to ${at} "${key}" ${JSON.stringify(what)}`, (stores) =>
				stores.eventStreamStore.appendEventOnce(at, key, what),
			),
		),
);

const closeStep = path.map((at) =>
	simple<SharedStores>(`close ${at}`, ({ eventStreamStore }) => eventStreamStore.closeStream(at)),
);

const readStep = fc
	.tuple(path, fc.constantFrom(undefined, ...OFFSETS), limit)
	.map(([at, offset, most]) =>
		simple<SharedStores>(`read ${at} from ${offset}, ${most}`, ({ eventStreamStore }) =>
			eventStreamStore.readEvents(at, given({ offset, limit: most })),
		),
	);

/** Any step on runs and event streams, the likely ones more often. */
export const sharedStep: fc.Arbitrary<Step<SharedStores>> = fc.oneof(
	{ weight: 4, arbitrary: createRun },
	{ weight: 6, arbitrary: endRun },
	{ weight: 3, arbitrary: listRuns },
	{ weight: 1, arbitrary: fc.constant(badCursor) },
	{ weight: 7, arbitrary: writeStep },
	{ weight: 1, arbitrary: closeStep },
	{ weight: 3, arbitrary: readStep },
);

/** Every run and every stream. */
export async function viewShared({ runStore, eventStreamStore }: SharedStores): Promise<unknown> {
	return Promise.all([
		Promise.all(RUN_IDS.map((id) => runStore.getRun(id))),
		Promise.all(RUN_IDS.map((id) => runStore.lookupRun(id))),
		runStore.listRuns(),
		Promise.all(PATHS.map((at) => eventStreamStore.getStreamMeta(at))),
		Promise.all(PATHS.map((at) => eventStreamStore.readEvents(at))),
	]);
}
