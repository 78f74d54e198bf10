// Who wants to hear of a path. In this process and at once; one that throws disturbs nobody else.

export interface Listeners {
	/** Calls everyone who listens to a path now. */
	readonly notify: (path: string) => void;
	/** Returns the function that ends the subscription. */
	readonly subscribe: (path: string, listener: () => void) => () => void;
}

/** Opens an empty registry. */
export function createListeners(): Listeners {
	const byPath = new Map<string, Set<() => void>>();
	return {
		notify(path) {
			for (const listener of [...(byPath.get(path) ?? [])]) {
				try {
					listener();
				} catch {
					// A listener's failure is its own (EventStreamStore.subscribe); the write has happened.
				}
			}
		},
		subscribe(path, listener) {
			const listeners = byPath.get(path) ?? new Set();
			byPath.set(path, listeners.add(listener));
			return () => {
				listeners.delete(listener);
				if (listeners.size === 0 && byPath.get(path) === listeners) byPath.delete(path);
			};
		},
	};
}
