// Event streams as the 1.0 betas have them: made once, appended to, read from any offset, closed.
import {
	clampLimit,
	DEFAULT_READ_LIMIT,
	type EventStreamReadResult,
	type EventStreamStore,
	formatOffset,
	MAX_READ_LIMIT,
	parseOffset,
} from '@flue/runtime/adapter';
import type { Keys } from '../../keys.ts';
import { createListeners } from './listeners.ts';
import { READ_EVENTS } from './lua/events.ts';
import type { Together } from './together.ts';
import { createWriter } from './writer.ts';

/** What the server says of a stream: whether it is closed, how long it is, and a page of it. */
interface Page {
	readonly closed: boolean;
	readonly length: number;
	readonly events: readonly string[];
}

/** Opens the event streams of one namespace. */
export function createEventStore(connection: Together, keys: Keys): EventStreamStore {
	const listeners = createListeners();
	const writer = createWriter(connection, keys, listeners.notify);
	const readPage = async (path: string, first: number, count: number): Promise<Page | null> => {
		const reply = await connection.run(READ_EVENTS, keys.feed(path), [first, count]);
		if (!Array.isArray(reply)) return null;
		const [closed, length, entries] = reply as [number, number, string[]];
		return { closed: closed === 1, length, events: eventsOf(entries, first, count) };
	};
	return {
		async createStream(path) {
			await connection.write('HSETNX', keys.feed(path)[0], 'state', 'open');
		},
		appendEvent: writer.append,
		appendEventOnce: writer.appendOnce,
		closeStream: writer.close,
		async readEvents(path, options) {
			const count = Math.ceil(clampLimit(options?.limit, DEFAULT_READ_LIMIT, MAX_READ_LIMIT));
			const offset = options?.offset ?? '-1';
			if (offset === 'now') return atTail(await readPage(path, 0, 0));
			const after = parseOffset(offset);
			return fromPage(await readPage(path, after + 1, count), after);
		},
		async getStreamMeta(path) {
			const page = await readPage(path, 0, 0);
			return page && { nextOffset: formatOffset(page.length - 1), closed: page.closed };
		},
		subscribe: listeners.subscribe,
	};
}

/** The events of a range, in order; of several entries with one position the last one counts. */
function eventsOf(entries: readonly string[], first: number, count: number): string[] {
	const events: string[] = [];
	for (const entry of entries) {
		if (entry.startsWith('!')) continue;
		const index = Number(entry.slice(0, entry.indexOf('\n'))) - first;
		// JSON has no raw line end, so the last one stands before it, whatever the key is.
		if (index >= 0 && index < count) events[index] = entry.slice(entry.lastIndexOf('\n') + 1);
	}
	return events;
}

const MISSING: EventStreamReadResult = {
	events: [],
	nextOffset: formatOffset(-1),
	upToDate: true,
	closed: false,
};

function atTail(page: Page | null): EventStreamReadResult {
	if (!page) return { ...MISSING, events: [] };
	const nextOffset = formatOffset(page.length - 1);
	return { events: [], nextOffset, upToDate: true, closed: page.closed };
}

function fromPage(page: Page | null, after: number): EventStreamReadResult {
	if (!page) return { ...MISSING, events: [] };
	const last = after + page.events.length;
	return {
		events: page.events.map((text, index) => ({
			data: JSON.parse(text) as unknown,
			offset: formatOffset(after + 1 + index),
		})),
		nextOffset: formatOffset(last),
		upToDate: last >= page.length - 1,
		closed: page.closed,
	};
}
