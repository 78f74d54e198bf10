// Reads the texts of help that the build has written down, each under the shortest command line that asks for it.
import { readFileSync } from 'node:fs';
import { ownPath } from './own-path.ts';

export function readTexts(): Record<string, string> {
	return JSON.parse(readFileSync(ownPath('dist/texts.json'), 'utf8'));
}
