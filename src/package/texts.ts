// Reads what the build has written down: the texts of help, and the schema of the documents.
import { readFileSync } from 'node:fs';
import { ownPath } from './own-path.ts';

/** The texts of help, each under the shortest command line that asks for it. */
export function readTexts(): Record<string, string> {
	return JSON.parse(readFileSync(ownPath('dist/texts.json'), 'utf8'));
}

/** The schema of the documents of `--json`. */
export function readOutputSchema(): object {
	return JSON.parse(readFileSync(ownPath('dist/output.schema.json'), 'utf8'));
}
