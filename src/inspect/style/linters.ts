// What a linter's config says of the text that no formatter does: whether every body of `if` and `for` has braces. Read as text, never run.
import { join } from 'node:path';
import { readIfPossible } from '../files.ts';
import type { StyleClaim } from './claim.ts';

const ENDINGS = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'];
const NAMES = [
	...ENDINGS.map((ending) => `eslint.config.${ending}`),
	...['', '.json', '.js', '.cjs', '.yml', '.yaml'].map((ending) => `.eslintrc${ending}`),
	...['.oxlintrc.json', '.oxlintrc.jsonc', 'oxlint.config.ts'],
];

/** `curly: 'error'`, `'curly': ['warn', 'all']`, `"eslint/curly": 2`; `multi` and its like want no braces. */
const CURLY =
	/(?:^|[\s{,'"/])curly['"]?\s*:\s*(?:['"]?(?:error|warn|deny|[12])['"]?\s*(?:[,}]|$)|\[\s*['"]?(?:error|warn|deny|[12])['"]?\s*(?:,\s*['"]?all['"]?\s*)?,?\s*\])/m;

/** The nearest linter that asks for braces; empty when none does. */
export function readLinterStyle(folders: string[]): StyleClaim[] {
	for (const folder of folders)
		for (const from of NAMES)
			if (CURLY.test(readIfPossible(join(folder, from)) ?? '')) return [{ from, blocks: true }];
	return [];
}
