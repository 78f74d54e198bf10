// How this process was started, read from it.
import type { Start } from './model/start.ts';
import { readStart } from './package/start.ts';

/** Where the program was started; the root where that folder is gone. */
export function workingFolder(): string {
	try {
		return process.cwd();
	} catch {
		return '/';
	}
}

export function readOwnStart(): Start {
	const [, file = ''] = process.argv;
	return readStart({ file, folder: workingFolder(), environment: process.env });
}
