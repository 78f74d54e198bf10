// The storm on runs and event streams that a server is killed in, the ledger of what it acknowledged
// meanwhile, and the look at what is there afterwards.
import { expect } from 'vitest';
import type { SharedStores } from './model-shared.ts';

export interface Ledger {
	/** Texts of the events that are known to be there, of each stream, by position. */
	readonly events: Map<string, string[]>;
	/** The newest keyed event of each stream, acknowledged or not. */
	readonly newest: Map<string, string>;
	/** The runs that were created, and whether their end was acknowledged. */
	readonly runs: Map<string, 'created' | 'ended'>;
	/** Runs whose end was asked for. */
	readonly ending: Set<string>;
	/** How many writes were acknowledged. */
	acknowledged: number;
}

export function emptyLedger(): Ledger {
	return {
		events: new Map(),
		newest: new Map(),
		runs: new Map(),
		ending: new Set(),
		acknowledged: 0,
	};
}

const positionOf = (offset: string) => Number(offset.split('_')[1]);

/** Appends, every third time under a key, until the server dies. */
export async function appendUntilKilled(
	{ eventStreamStore: streams }: SharedStores,
	ledger: Ledger,
	{ path, tag }: { path: string; tag: string },
): Promise<void> {
	const known = ledger.events.get(path) ?? [];
	ledger.events.set(path, known);
	await streams.createStream(path);
	for (let index = 0; ; index += 1) {
		const text = `${tag}-${index}`;
		const isKeyed = index % 3 === 0;
		if (isKeyed) ledger.newest.set(path, text);
		const offset = isKeyed
			? await streams.appendEventOnce(path, text, text)
			: await streams.appendEvent(path, text);
		ledger.acknowledged += 1;
		known[positionOf(offset)] = text;
	}
}

/** Creates runs and ends them until the server dies. */
export async function runUntilKilled(
	{ runStore }: SharedStores,
	ledger: Ledger,
	tag: string,
): Promise<void> {
	for (let index = 0; ; index += 1) {
		const runId = `${tag}-${index}`;
		const startedAt = new Date(1e12 + index).toISOString();
		await runStore.createRun({ runId, workflowName: 'w', startedAt, input: { index } });
		ledger.runs.set(runId, 'created');
		ledger.ending.add(runId);
		const isError = index % 2 === 0;
		await runStore.endRun({ runId, endedAt: startedAt, durationMs: 1, isError, result: index });
		ledger.runs.set(runId, 'ended');
		ledger.acknowledged += 2;
	}
}

/** Repeats the newest keyed event of every stream word for word: its one position is the answer. */
export async function retryKeyed(
	{ eventStreamStore }: SharedStores,
	ledger: Ledger,
): Promise<void> {
	for (const [path, text] of ledger.newest) {
		await eventStreamStore.createStream(path);
		const position = positionOf(await eventStreamStore.appendEventOnce(path, text, text));
		const known = ledger.events.get(path) ?? [];
		expect(known[position] ?? text).toBe(text);
		known[position] = text;
	}
}

export interface Findings {
	readonly lost: string[];
	readonly twice: string[];
}

/** Compares what is there with what was acknowledged. */
export async function lookAfter(stores: SharedStores, ledger: Ledger): Promise<Findings> {
	const found: Findings = { lost: [], twice: [] };
	for (const [path, known] of ledger.events) {
		const texts = await readTexts(stores, path);
		found.twice.push(...texts.filter((text, position) => texts.indexOf(text) !== position));
		found.lost.push(...known.filter((text, position) => text && texts[position] !== text));
		for (const [position, text] of texts.entries()) known[position] = text;
	}
	const listed = await listAll(stores, found.twice);
	for (const [runId, state] of ledger.runs) {
		const run = await stores.runStore.getRun(runId);
		const isEnded = run?.status !== 'active';
		const mayBe = state === 'ended' ? isEnded : !isEnded || ledger.ending.has(runId);
		if (!run || !mayBe || listed.get(runId) !== run.status) found.lost.push(runId);
	}
	return found;
}

/** Every run under the status whose index lists it; one that two of them list is there twice. */
async function listAll(stores: SharedStores, twice: string[]): Promise<Map<string, string>> {
	const listed = new Map<string, string>();
	for (const status of ['active', 'completed', 'errored'] as const) {
		for (const runId of await listIds(stores, status)) {
			if (listed.has(runId)) twice.push(runId);
			listed.set(runId, status);
		}
	}
	return listed;
}

async function readTexts({ eventStreamStore }: SharedStores, path: string): Promise<string[]> {
	const texts: string[] = [];
	for (let offset = '-1'; ; ) {
		const page = await eventStreamStore.readEvents(path, { offset, limit: 1000 });
		texts.push(...page.events.map(({ data }) => String(data)));
		if (page.upToDate) return texts;
		offset = page.nextOffset;
	}
}

async function listIds(
	{ runStore }: SharedStores,
	status: 'active' | 'completed' | 'errored',
): Promise<string[]> {
	const ids: string[] = [];
	for (let cursor: string | undefined; ; ) {
		const page = await runStore.listRuns({ status, limit: 1000, ...(cursor ? { cursor } : {}) });
		ids.push(...page.runs.map(({ runId }) => runId));
		cursor = page.nextCursor;
		if (!cursor) return ids;
	}
}
