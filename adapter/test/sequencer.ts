// The order of test files: those that take longest first, so that none of them runs alone at the end.

interface TestFile {
	readonly moduleId: string;
}

/** A part of a path, and how many seconds such a file takes. */
export type Durations = readonly [part: RegExp, seconds: number][];

/** An order of test files by a table of what takes long; the others follow as they come. */
export function longestFirst(durations: Durations) {
	const secondsOf = ({ moduleId }: TestFile): number =>
		durations.find(([part]) => part.test(moduleId))?.[1] ?? 0;
	return class {
		async sort<File extends TestFile>(files: File[]): Promise<File[]> {
			return [...files].sort((left, right) => secondsOf(right) - secondsOf(left));
		}

		async shard<File extends TestFile>(files: File[]): Promise<File[]> {
			return files;
		}
	};
}
