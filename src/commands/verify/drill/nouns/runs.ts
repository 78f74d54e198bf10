// Workflow runs: one that was completed, one that failed, one that is active. The betas have them.
import { type Sample, textOf } from '../sample.ts';
import { canonical, counted, type Finding } from '../survival.ts';
import type { Kept } from './kept.ts';

interface Start {
	runId: string;
	workflowName: string;
	startedAt: string;
	input: unknown;
}

interface End {
	runId: string;
	endedAt: string;
	isError: boolean;
	durationMs: number;
	result?: unknown;
	error?: unknown;
}

/** The part of `runStore` that is called. */
export interface RunStore {
	createRun(start: Start): Promise<void>;
	endRun(end: End): Promise<void>;
	getRun(runId: string): Promise<object | null>;
	listRuns(options: {
		workflowName: string;
		status?: 'active';
		limit: number;
	}): Promise<{ runs: { runId: string; status: string }[] }>;
}

/** More than there are. */
const LIMIT = 20;

/** What a store answers about the runs of a round. */
export interface FoundRuns {
	records: (object | null)[];
	/** `<run id> <status>` of each, as listed. */
	listed: string[];
	active: string[];
}

/** How the runs of a round end; the last one does not. */
const ENDS = [{ result: { said: textOf(0) } }, { error: { message: textOf(2) } }, null];

/** The runs of a round in the order in which they start. */
export function runsOf({ instance }: Sample): { start: Start; end: End | null; status: string }[] {
	return ENDS.map((told, index) => {
		const runId = `${instance}-run-${index}`;
		const startedAt = `2026-01-01T00:00:0${index}.000Z`;
		const start = { runId, workflowName: instance, startedAt, input: { text: textOf(index) } };
		if (!told) return { start, end: null, status: 'active' };
		const isError = 'error' in told;
		const endedAt = `2026-01-01T00:01:0${index}.000Z`;
		const end = { runId, endedAt, isError, durationMs: 60_000, ...told };
		return { start, end, status: isError ? 'errored' : 'completed' };
	});
}

/** Each run has to be what was written, and the lists have to be those of the runs that are there, newest first. */
export function compareRuns(sample: Sample, { records, listed, active }: FoundRuns): Finding {
	const written = runsOf(sample).map((run, index) => ({ ...run, record: records[index] ?? null }));
	const there = written.filter(({ record }) => record !== null);
	const same = there.filter(({ start, end, status, record }) => {
		const expected = { ...start, ...end, status };
		return canonical({ ...record, ...expected }) === canonical(record);
	}).length;
	const names = there.map(({ start, status }) => `${start.runId} ${status}`).reverse();
	const isListed =
		canonical(listed) === canonical(names) &&
		canonical(active) === canonical(names.filter((name) => name.endsWith(' active')));
	const strange = there.length - same;
	const counts = { same, of: written.length, strange };
	const finding = counted('runs', 'workflow runs', counts);
	if (isListed || strange > 0) return finding;
	return { ...finding, state: 'other', words: `${finding.words}, listed otherwise` };
}

async function list(store: RunStore, sample: Sample, status: { status?: 'active' }) {
	const { runs } = await store.listRuns({ workflowName: sample.instance, limit: LIMIT, ...status });
	return runs.map((run) => `${run.runId} ${run.status}`);
}

/** The runs of one workflow. */
export function keptRuns(store: RunStore): Kept {
	return {
		async write(sample) {
			for (const { start, end } of runsOf(sample)) {
				await store.createRun(start);
				if (end) await store.endRun(end);
			}
		},
		async read(sample, { replay }) {
			const records: (object | null)[] = [];
			for (const { start } of runsOf(sample)) {
				if (replay && (await store.getRun(start.runId))) await store.createRun(start);
				records.push(await store.getRun(start.runId));
			}
			const listed = await list(store, sample, {});
			const active = await list(store, sample, { status: 'active' });
			return compareRuns(sample, { records, listed, active });
		},
	};
}
