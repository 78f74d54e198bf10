// Notes which files a run looks at, so that a plan that is kept can tell what it was made from.
import { AsyncLocalStorage } from 'node:async_hooks';

/** Path -> whether its text was read, or only that it is there. */
type Looks = Map<string, 'read' | 'seen'>;

const watching = new AsyncLocalStorage<Looks>();

/** Notes a path that is read, or looked for. */
export function noteLook(path: string, how: 'read' | 'seen'): void {
	const looks = watching.getStore();
	if (looks && looks.get(path) !== 'read') looks.set(path, how);
}

/** Of a search that goes through many files only what it finds counts. */
export function unwatched<T>(search: () => T): T {
	return watching.exit(search);
}

/** Does some work, and gives beside what it gives the absolute paths that it looked at. */
export async function watchLooks<T>(
	work: () => Promise<T>,
): Promise<{ value: T; looks: ReadonlyMap<string, 'read' | 'seen'> }> {
	const looks: Looks = new Map();
	const value = await watching.run(looks, work);
	return { value, looks };
}
