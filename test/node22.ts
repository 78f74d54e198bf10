// Finds a Node that Flue itself can run on (22.19 or later), or takes it from the npm package `node`.
import { join } from 'node:path';
import { tool } from './tools.ts';

const VERSION = '22.23.3';

/** The path of the executable. */
export function node22(): string {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major > 22 || (major === 22 && minor >= 19)) return process.execPath;
	return join(tool('node', VERSION), 'bin/node');
}
