// What a config of oxfmt says about the style of TypeScript, by the names of Prettier and with a default width of its own.
import { join } from 'node:path';
import { objectOf } from '../../text/jsonc.ts';
import { readIfPossible } from '../files.ts';
import type { FormatterStyle } from './claim.ts';
import { overridesFor } from './overrides.ts';
import { PRETTIER_DEFAULTS, prettierClaim } from './prettier.ts';
import { readHeld } from './prettier-options.ts';

const CODE = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((ending) => `oxfmt.config.${ending}`);
const NAMES = ['.oxfmtrc.json', '.oxfmtrc.jsonc', ...CODE];

/** The config of oxfmt that stands in a folder, as it is for an absolute path; null when there is none. */
export async function readOxfmtStyle(folder: string, path: string): Promise<FormatterStyle | null> {
	for (const from of NAMES) {
		const file = join(folder, from);
		const text = readIfPossible(file);
		if (text === null) continue;
		const { options, isWhole } = await readHeld(file, text);
		const overrides = overridesFor(options, folder, path).map((one) => objectOf(one.options) ?? {});
		return {
			explicit: prettierClaim(Object.assign({}, options, ...overrides), from),
			defaults: { ...PRETTIER_DEFAULTS, from, lineWidth: 100 },
			isComplete: isWhole,
			readsEditorconfig: true,
		};
	}
	return null;
}
