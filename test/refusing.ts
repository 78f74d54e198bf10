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
