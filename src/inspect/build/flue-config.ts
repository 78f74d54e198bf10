// Reads flue.config.* from its text: the fields that decide where Flue builds to and where it looks.
import { join } from 'node:path';
import { openConfig } from '../code/config-file.ts';
import { type ConfigValue, configValue } from '../code/config-value.ts';
import { exportsOf } from '../code/declarations.ts';
import { propertyOf, valuesOf } from '../code/literals.ts';
import { isFile, readText } from '../files.ts';

export type { ConfigValue } from '../code/config-value.ts';

export interface FlueConfig {
	/** Relative to the project root. */
	path: string;
	target: ConfigValue | null;
	db: ConfigValue | null;
	/** Known to the 1.0 beta only. */
	root: ConfigValue | null;
}

// The framework's own order, the same in 1.0.0-beta.9 and 2.0.3; the first one that exists is the only one that counts.
export const FLUE_CONFIG_NAMES = ['ts', 'mts', 'mjs', 'js', 'cjs', 'cts'].map(
	(ending) => `flue.config.${ending}`,
);

/**
 * Reads the flue.config of a project; null when there is none.
 * @throws UNREADABLE_PROJECT when it is not valid TypeScript or JavaScript.
 */
export function readFlueConfig(root: string): FlueConfig | null {
	const path = FLUE_CONFIG_NAMES.find((name) => isFile(join(root, name)));
	if (path === undefined) return null;
	const file = openConfig({ root, path, text: readText(join(root, path)) ?? '' });
	const values = exportsOf(file, 'default').flatMap((one) => valuesOf(one));
	const field = (name: string): ConfigValue | null => configValue(propertyOf(values, name));
	return { path, target: field('target'), db: field('db'), root: field('root') };
}
