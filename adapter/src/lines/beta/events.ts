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
import type { Connection } from '../../script.ts';
import { createListeners } from './listeners.ts';
import { READ_EVENTS } from './lua/events.ts';
import { createWriter } from './writer.ts';

/** What the server says of a stream: whether it is closed, how long it is, and a page of it. */
interface Page {
	readonly closed: boolean;
	readonly length: number;
	readonly events: readonly string[];
}

/** Opens the event streams of one namespace. */
export function createEventStore(connection: Connection, keys: Keys): EventStreamStore {
	const listeners = createListeners();
	const writer = createWriter(connection, keys, listeners.notify);
	const readPage = async (path: string, first: number, last: number): Promise<Page | null> => {
		const reply = await connection.run(READ_EVENTS, keys.feed(path), [first, last]);
		if (!Array.isArray(reply)) return null;
		const [state, length, events] = reply as [string, number, string[]];
		return { closed: state === 'closed', length, events };
	};
	return {
		async createStream(path) {
			await connection.send('HSETNX', keys.feed(path)[0], 'state', 'open');
		},
		appendEvent: writer.append,
		appendEventOnce: writer.appendOnce,
		closeStream: writer.close,
		async readEvents(path, options) {
			const count = Math.ceil(clampLimit(options?.limit, DEFAULT_READ_LIMIT, MAX_READ_LIMIT));
			const offset = options?.offset ?? '-1';
			if (offset === 'now') return atTail(await readPage(path, 1, 0));
			const after = parseOffset(offset);
			return fromPage(await readPage(path, after + 1, after + count), after);
		},
		async getStreamMeta(path) {
			const page = await readPage(path, 1, 0);
			return page && { nextOffset: formatOffset(page.length - 1), closed: page.closed };
		},
		subscribe: listeners.subscribe,
	};
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
