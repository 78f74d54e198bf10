// What a config of oxfmt says about the style of TypeScript, by the names of Prettier and with a default width of its own.
import { join } from 'node:path';
import { objectOf, readJsonObject } from '../../text/jsonc.ts';
import { readIfPossible } from '../files.ts';
import type { FormatterStyle } from './claim.ts';
import { overridesFor } from './overrides.ts';
import { PRETTIER_DEFAULTS, prettierClaim } from './prettier.ts';

const NAMES = ['.oxfmtrc.json', '.oxfmtrc.jsonc'];

/** The config of oxfmt that stands in a folder, as it is for an absolute path; null when there is none. */
export function readOxfmtStyle(folder: string, path: string): FormatterStyle | null {
	for (const from of NAMES) {
		const text = readIfPossible(join(folder, from));
		if (text === null) continue;
		const config = readJsonObject(text);
		const overrides = overridesFor(config, folder, path).map((one) => objectOf(one.options) ?? {});
		return {
			explicit: prettierClaim(Object.assign({}, config, ...overrides), from),
			defaults: { ...PRETTIER_DEFAULTS, from, lineWidth: 100 },
			isComplete: true,
			readsEditorconfig: true,
		};
	}
	return null;
}
