// Reads the version of this package.
import { readFileSync } from 'node:fs';
import { ownPath } from './own-path.ts';

export function readVersion(): string {
	return (JSON.parse(readFileSync(ownPath('package.json'), 'utf8')) as { version: string }).version;
}
