// Reads the packed adapters that this package brings along for projects whose registry has none: one for each line of Flue.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { AdapterCopy, BundledAdapter } from '../model/facts.ts';
import { ownPath } from './own-path.ts';

/** What there is, the newest line first; the build writes the list. */
export function listAdapterCopies(): AdapterCopy[] {
	return JSON.parse(readFileSync(ownPath('dist/adapter/lines.json'), 'utf8')) as AdapterCopy[];
}

export function readAdapterCopy({ file }: AdapterCopy): BundledAdapter {
	return { file: basename(file), bytes: readFileSync(ownPath(`dist/adapter/${file}`)) };
}
