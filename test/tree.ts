// Real folders for tests: made from a map of files, removed after the test.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { addToTree } from './files.ts';

export { addToTree, readTree } from './files.ts';

/** Makes a temporary folder with the given files (a path ending in `/` is an empty folder) and returns its real path. */
export function makeTree(files: Record<string, string>): string {
	const root = realpathSync(mkdtempSync(join(tmpdir(), 'flue blueprint ')));
	onTestFinished(() => rmSync(root, { recursive: true, force: true }));
	addToTree(root, files);
	return root;
}
