// What this process remembers of the streams that it read or wrote last; forgetting costs bytes, never truth.

/** Streams that are remembered at once. */
const MOST_STREAMS = 200;

/** A value for each of some streams. */
export interface Recent<Value> {
	readonly of: (path: string) => Value | undefined;
	readonly keep: (path: string, value: Value) => void;
	readonly forget: (path: string) => void;
}

/** Opens a memory of some streams. */
export function createRecent<Value>(): Recent<Value> {
	const values = new Map<string, Value>();
	return {
		of: (path) => values.get(path),
		keep(path, value) {
			if (values.size >= MOST_STREAMS && !values.has(path)) values.clear();
			values.set(path, value);
		},
		forget: (path) => void values.delete(path),
	};
}
