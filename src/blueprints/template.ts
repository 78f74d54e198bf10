// Reads the text of a blueprint's template from the package. The only file read that is not the user's.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Blueprint } from '../model.ts';

/** `templates/` lies beside both `src/` and `dist/`, at the depth at which the two differ. */
function templatesFolder(): string {
	const here = dirname(fileURLToPath(import.meta.url));
	return join(here, here.endsWith('blueprints') ? '../../templates' : '../templates');
}

/** The template as TypeScript text with `\n` line endings. */
export function readTemplate(blueprint: Blueprint): string {
	return readFileSync(join(templatesFolder(), blueprint.template), 'utf8').replaceAll('\r\n', '\n');
}
