// Lets a call of the file system fail as a disk, a mount or another system does that the tests cannot have.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { onTestFinished } from 'vitest';

/**
 * From now to the end of the test `name` of node:fs fails with this code.
 * @param first done before each failure, such as the half of the work that was done
 */
export function refusing(
	name: 'chmodSync' | 'fsyncSync' | 'renameSync' | 'rmdirSync' | 'writeFileSync',
	code: string,
	first: () => void = () => {},
): void {
	const original = fs[name];
	const fail = (): never => {
		put(original);
		first();
		put(fail);
		throw Object.assign(new Error(`${code}: refused`), { code, syscall: name });
	};
	const put = (call: unknown): void => {
		Object.assign(fs, { [name]: call });
		syncBuiltinESMExports();
	};
	put(fail);
	onTestFinished(() => put(original));
}

/** What changes files, as this program calls it. */
const CHANGES = [
	...(['chmodSync', 'chownSync', 'copyFileSync', 'fsyncSync', 'linkSync', 'mkdirSync'] as const),
	...(['openSync', 'renameSync', 'rmSync', 'rmdirSync', 'symlinkSync', 'writeFileSync'] as const),
];

/**
 * Lets one change of files below a folder fail, the one with this number from 0 on, and no other.
 * @returns how many changes there were, once all is as it was
 */
export function refusingOnce(folder: string, number: number, code: string): () => number {
	const originals = CHANGES.map((name) => [name, fs[name]] as const);
	let count = 0;
	const isBelow = (path: unknown): boolean =>
		typeof path === 'number' || String(path).startsWith(folder);
	for (const [name, original] of originals) {
		const call = (...args: unknown[]): unknown => {
			// Reading is no change.
			const isChange = name !== 'openSync' || args[1] !== 'r';
			if (isChange && isBelow(args[0]) && count++ === number)
				throw Object.assign(new Error(`${code}: refused`), { code, syscall: name });
			return (original as (...all: unknown[]) => unknown)(...args);
		};
		Object.assign(fs, { [name]: call });
	}
	syncBuiltinESMExports();
	return () => {
		Object.assign(fs, Object.fromEntries(originals));
		syncBuiltinESMExports();
		return count;
	};
}
