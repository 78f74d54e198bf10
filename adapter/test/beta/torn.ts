// What is torn on every 1.0 beta: writes to event streams and runs, which travel together and so are logged together.
import type { Tear } from '../tearing.ts';
import type { SharedStores } from './model-shared.ts';

const AT = '2026-06-01T10:00:00.000Z';
const PATHS = ['p', 'q'];
const run = (runId: string) => ({ runId, workflowName: 'w', startedAt: AT, input: {} });
const ended = (runId: string) => ({ runId, endedAt: AT, isError: false, durationMs: 1 });

async function begin({ eventStreamStore: events, runStore }: SharedStores): Promise<void> {
	for (const path of PATHS) {
		await events.createStream(path);
		await events.appendEventOnce(path, 'first', 'first');
		await events.appendEvent(path, 'second');
	}
	await runStore.createRun(run('run'));
}

async function lookAtStreams({ eventStreamStore: events, runStore }: SharedStores) {
	const pages = PATHS.map((path) => events.readEvents(path, { limit: 1000 }));
	const metas = PATHS.map((path) => events.getStreamMeta(path));
	return {
		pages: await Promise.all(pages),
		metas: await Promise.all(metas),
		run: await runStore.getRun('run'),
		active: await runStore.listRuns({ status: 'active' }),
		completed: await runStore.listRuns({ status: 'completed' }),
	};
}

/** Appends to both streams, so that what is left of the torn write is followed in each. */
const appendOthers = (text: string) => async (stores: SharedStores) => {
	const { eventStreamStore: events } = stores;
	for (const path of PATHS) {
		await events.appendEventOnce(path, `${text} once`, { text });
		await events.appendEvent(path, text);
		await events.appendEventOnce(path, `${text} once`, { text });
	}
	await stores.runStore.endRun(ended('run'));
};

const torn = ({ eventStreamStore: events, runStore }: SharedStores) =>
	Promise.all([
		events.appendEvent('p', 'torn'),
		events.appendEventOnce('p', 'torn once', 'x'),
		events.appendEventOnce('q', 'torn once', 'y'),
		runStore.endRun(ended('run')),
		events.appendEvent('q', 'torn'),
	]);

/** Of an exact retry each key has its one event; what has no key has no exact retry. */
const retry = ({ eventStreamStore: events, runStore }: SharedStores) =>
	Promise.all([
		events.appendEventOnce('p', 'torn once', 'x'),
		events.appendEventOnce('q', 'torn once', 'y'),
		runStore.endRun(ended('run')),
	]);

const goOn = async (stores: SharedStores) => {
	await retry(stores);
	await retry(stores);
	await appendOthers('more')(stores);
};

/** The tears of runs and event streams, for the tests of a line. */
export const SHARED_TEARS: readonly Tear<SharedStores>[] = [
	{
		name: 'an event has the place it was given',
		prepare: begin,
		torn,
		after: [
			appendOthers('other'),
			async (stores) => {
				await retry(stores);
				await appendOthers('retried')(stores);
			},
		],
		look: lookAtStreams,
		goOn,
	},
	{
		name: 'single writes that follow are kept, of a process that has lived on',
		prepare: begin,
		torn,
		after: [
			async ({ eventStreamStore: events, runStore }) => {
				for (const path of PATHS) {
					await events.appendEvent(path, 'alone');
					await events.appendEvent(path, 'alone again');
				}
				await runStore.endRun(ended('run'));
			},
		],
		isStanding: true,
		look: lookAtStreams,
		goOn,
	},
];
