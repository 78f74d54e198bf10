// Reads the packed adapter that this package brings along for projects whose registry has none.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FlueError } from '../errors.ts';
import type { BundledAdapter } from '../model/facts.ts';
import { ownPath } from './own-path.ts';

const FOLDER = ownPath('dist/adapter');

/** The one packed package in the folder; the build puts it there. */
export function readBundledAdapter(): BundledAdapter {
	const file = readdirSync(FOLDER).find((name) => name.endsWith('.tgz'));
	if (!file) throw new FlueError('INTERNAL', 'There is no packed adapter in this package.');
	return { file, bytes: readFileSync(join(FOLDER, file)) };
}
