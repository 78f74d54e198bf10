// Writes to event streams. Those of one moment go out together and in order, with whatever else is sent:
// a model streams words faster than a server answers.
import { formatOffset } from '@flue/runtime/adapter';
import type { Keys } from '../../keys.ts';
import { INLINE_LENGTH } from '../../staging.ts';
import { WRITE_EVENTS } from './lua/events.ts';
import type { Call, Together } from './together.ts';

/** One write, in the form that the script knows. */
interface Write {
	readonly field: string;
	readonly data: string;
	/** Somebody waits for this very write and does nothing else meanwhile. */
	readonly isAwaited: boolean;
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
	connection: Together,
	keys: Keys,
	notify: (path: string) => void,
): Writer {
	const queues = new Map<string, Write[]>();
	const write = (path: string, field: string, data: string) =>
		new Promise<number>((settle, reject) => {
			const known = queues.get(path);
			const queue = known ?? [];
			queue.push({ field, data, isAwaited: field !== '', settle, reject });
			queues.set(path, queue);
			// One request of a stream at a time: two could overtake each other.
			if (!known) ride(path, queue);
			else if (field !== '') connection.hurry();
		});
	const ride = (path: string, queue: Write[]) => {
		connection.ride(() => {
			const next = () => (queue.length > 0 ? ride(path, queue) : queues.delete(path));
			return requestOf(keys, path, takeRequest(queue), { notify, next });
		});
		if (queue.some(({ isAwaited }) => isAwaited)) connection.hurry();
	};
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

function requestOf(
	keys: Keys,
	path: string,
	writes: readonly Write[],
	{ notify, next }: { notify: (path: string) => void; next: () => void },
): Call {
	return {
		script: WRITE_EVENTS,
		keys: keys.feed(path),
		args: writes.flatMap(({ field, data }) => [field, data]),
		resolve(reply) {
			const positions = (reply as number[]).map(Number);
			for (const [index, { settle }] of writes.entries()) settle(positions[index] ?? -1);
			if (positions.some((position) => position >= 0)) notify(path);
			next();
		},
		reject(error) {
			for (const { reject } of writes) reject(error);
			next();
		},
	};
}

/** The suites and the runtime know these by their words. */
function refusalOf(position: number, path: string, key: string): string {
	if (position === -1) return `Event stream "${path}" does not exist.`;
	if (position === -2) return `Event stream "${path}" is closed.`;
	return `Event key "${key}" already has a conflicting payload.`;
}
