// Event streams: an agent's, which stays open, and that of a workflow run, which is closed. The betas have them.
import { type Sample, TIME, textOf } from '../sample.ts';
import { canonical, counted, type Finding } from '../survival.ts';
import type { Kept } from './kept.ts';
import { runsOf } from './runs.ts';

interface StoredEvent {
	data: unknown;
	offset: string;
}

/** The part of `eventStreamStore` that is called. */
export interface EventStore {
	createStream(path: string): Promise<void>;
	appendEvent(path: string, event: unknown): Promise<string>;
	appendEventOnce(path: string, key: string, event: unknown): Promise<string>;
	readEvents(
		path: string,
		options: { offset: string; limit: number },
	): Promise<{ events: StoredEvent[]; nextOffset: string; upToDate: boolean }>;
	closeStream(path: string): Promise<void>;
	getStreamMeta(path: string): Promise<{ closed: boolean } | null>;
}

interface Stream {
	path: string;
	events: object[];
	/** Of the last event, which is appended once whatever happens. */
	key: string;
	closed: boolean;
}

const EVENTS = 6;
/** Fewer than there are, so that more than one page is read. */
const PAGE = 4;
/** A store that never says that it is through must not keep us. */
const PAGES = 50;

function stream({ instance }: Sample, path: string, closed: boolean): Stream {
	const events = Array.from({ length: EVENTS }, (_, eventIndex) => ({
		type: 'text_delta',
		text: textOf(eventIndex),
		timestamp: TIME,
		instanceId: instance,
		eventIndex,
	}));
	return { path, events, key: `${instance}-last`, closed };
}

/** The streams of a round. */
export function streamsOf(sample: Sample): Stream[] {
	const [run] = runsOf(sample);
	return [stream(sample, sample.path, false), stream(sample, `runs/${run?.start.runId}`, true)];
}

/** What a store answers about a stream. */
export interface FoundStream {
	events: StoredEvent[];
	/** null: there is no such stream. */
	closed: boolean | null;
}

/** Every event once, in order, and a stream that was closed is closed. */
export function compareStreams(sample: Sample, found: FoundStream[]): Finding {
	const written = streamsOf(sample);
	let [same, strange, turned] = [0, 0, 0];
	for (const [index, { events, closed }] of written.entries()) {
		const there = found[index] ?? { events: [], closed: null };
		const right = there.events.filter(
			({ data }, at) => canonical(data) === canonical(events[at] ?? null),
		).length;
		const offsets = new Set(there.events.map(({ offset }) => offset));
		same += right;
		strange += there.events.length - right + there.events.length - offsets.size;
		if (there.closed !== null && there.closed !== closed) turned++;
	}
	const of = written.reduce((sum, { events }) => sum + events.length, 0);
	const name = `events in ${written.length} streams`;
	const finding = counted('event-streams', name, { same, of, strange });
	const isThere = found.some(({ closed }) => closed !== null);
	const state = finding.state === 'gone' && isThere ? 'other' : finding.state;
	if (turned === 0) return { ...finding, state };
	const end = 'of which one is open that was closed, or closed that was open';
	return { ...finding, state: 'other', words: `${finding.words}, ${end}` };
}

async function readEvents(store: EventStore, path: string): Promise<StoredEvent[]> {
	const events: StoredEvent[] = [];
	for (let offset = '-1', page = 0; page < PAGES; page++) {
		const answer = await store.readEvents(path, { offset, limit: PAGE });
		events.push(...answer.events);
		if (answer.upToDate) break;
		offset = answer.nextOffset;
	}
	return events;
}

/** Two event streams. */
export function keptStreams(store: EventStore): Kept {
	return {
		async write(sample) {
			for (const { path, events, key, closed } of streamsOf(sample)) {
				await store.createStream(path);
				for (const event of events.slice(0, -1)) await store.appendEvent(path, event);
				await store.appendEventOnce(path, key, events.at(-1));
				if (closed) await store.closeStream(path);
			}
		},
		async read(sample, { replay }) {
			const found: FoundStream[] = [];
			for (const { path, events, key, closed } of streamsOf(sample)) {
				const meta = await store.getStreamMeta(path);
				if (replay && meta && !closed) await store.appendEventOnce(path, key, events.at(-1));
				found.push({ events: await readEvents(store, path), closed: meta?.closed ?? null });
			}
			return compareStreams(sample, found);
		},
	};
}
