// Writes to event streams. What is asked for while a request of the same stream is under way goes out
// in the next one, together and in order: a model streams words faster than a server answers.
import { formatOffset } from '@flue/runtime/adapter';
import type { Keys } from '../../keys.ts';
import type { Connection } from '../../script.ts';
import { INLINE_LENGTH } from '../../staging.ts';
import { WRITE_EVENTS } from './lua/events.ts';

/** One write, in the form that the script knows. */
interface Write {
	readonly field: string;
	readonly data: string;
	readonly settle: (position: number) => void;
	readonly reject: (error: unknown) => void;
}

/** Writes to the stream at a path; resolves to the offset. */
export interface Writer {
	readonly append: (path: string, event: unknown) => Promise<string>;
	readonly appendOnce: (path: string, key: string, event: unknown) => Promise<string>;
	readonly close: (path: string) => Promise<void>;
}

/** Opens the writer of one namespace; `notify` hears of every path that was written to. */
export function createWriter(
	connection: Connection,
	keys: Keys,
	notify: (path: string) => void,
): Writer {
	const waiting = new Map<string, Write[]>();
	const drain = async (path: string, queue: Write[]) => {
		// One turn of the event loop: whatever the same step of the runtime says goes together.
		await new Promise((resolve) => setImmediate(resolve));
		while (queue.length > 0) await send(connection, keys, path, takeRequest(queue), notify);
		waiting.delete(path);
	};
	const write = (path: string, field: string, data: string) =>
		new Promise<number>((settle, reject) => {
			const request = { field, data, settle, reject };
			const queue = waiting.get(path);
			if (queue) {
				queue.push(request);
				return;
			}
			const started = [request];
			waiting.set(path, started);
			drain(path, started).catch(reject);
		});
	const append = async (path: string, field: string, event: unknown) => {
		const position = await write(path, field, JSON.stringify(event));
		if (position >= 0) return formatOffset(position);
		throw new Error(`[flue] ${refusalOf(position, path, field.slice(1))}`);
	};
	return {
		append: (path, event) => append(path, '', event),
		appendOnce: (path, key, event) => append(path, `k${key}`, event),
		async close(path) {
			await write(path, '!', '');
		},
	};
}

/** Takes what fits into one request, and at least one write. */
function takeRequest(queue: Write[]): Write[] {
	let length = 0;
	const end = queue.findIndex(({ data }) => {
		length += data.length;
		return length > INLINE_LENGTH;
	});
	return queue.splice(0, end === -1 ? queue.length : Math.max(1, end));
}

async function send(
	connection: Connection,
	keys: Keys,
	...[path, writes, notify]: [string, readonly Write[], (path: string) => void]
): Promise<void> {
	try {
		const args = writes.flatMap(({ field, data }) => [field, data]);
		const reply = (await connection.run(WRITE_EVENTS, keys.feed(path), args)) as number[];
		for (const [index, { settle }] of writes.entries()) settle(Number(reply[index]));
		if (reply.some((position) => Number(position) >= 0)) notify(path);
	} catch (error) {
		for (const { reject } of writes) reject(error);
	}
}

/** The suites and the runtime know these by their words. */
function refusalOf(position: number, path: string, key: string): string {
	if (position === -1) return `Event stream "${path}" does not exist.`;
	if (position === -2) return `Event stream "${path}" is closed.`;
	return `Event key "${key}" already has a conflicting payload.`;
}
