// Reads the text of a blueprint's template from this package.
import { readFileSync } from 'node:fs';
import type { Blueprint } from '../model/blueprint.ts';
import { ownPath } from './own-path.ts';

/** The template as TypeScript text with `\n` line endings. */
export function readTemplate(blueprint: Blueprint): string {
	return readFileSync(ownPath(`templates/${blueprint.template}`), 'utf8').replaceAll('\r\n', '\n');
}
