// Reads the text of a blueprint's template from the package. The only file read that is not the user's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Blueprint } from '../model.ts';

/** Two folders up, both from `src/blueprints` and from `dist/chunks`. */
const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));

/** The template as TypeScript text with `\n` line endings. */
export function readTemplate(blueprint: Blueprint): string {
	return readFileSync(join(TEMPLATES, blueprint.template), 'utf8').replaceAll('\r\n', '\n');
}
