// What a Prettier config says about the style of TypeScript.
import { join } from 'node:path';
import { objectOf, parseJson, stringsOf, valueAt } from '../../text/jsonc.ts';
import { readIfPossible } from '../files.ts';
import {
	COMMAS,
	count,
	type FormatterStyle,
	flag,
	LINE_ENDINGS,
	meaning,
	PARENTHESES,
	type StyleClaim,
} from './claim.ts';
import { overridesFor } from './overrides.ts';
import { type Held, heldIn, readHeld } from './prettier-options.ts';

const CODE_ENDINGS = ['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'];
export const PRETTIER_NAMES = [
	'.prettierrc',
	...['json', 'yaml', 'yml', 'json5', 'toml'].map((end) => `.prettierrc.${end}`),
	...CODE_ENDINGS.map((end) => `.prettierrc.${end}`),
	...CODE_ENDINGS.map((end) => `prettier.config.${end}`),
];
export const PRETTIER_DEFAULTS = {
	tabs: false,
	width: 2,
	quote: '"',
	semicolons: true,
	lineEnding: '\n',
	lineWidth: 80,
} as const;

/** The folder of a config, and the absolute path of the file that is written. */
interface Governed {
	folder: string;
	path: string;
}

/** The `prettier` field of a package.json: options, or the name of a package that holds them. */
async function manifestOptions(folder: string): Promise<Held | null> {
	const text = readIfPossible(join(folder, 'package.json'));
	if (!text?.includes('"prettier"')) return null;
	const field = valueAt(parseJson(text), 'prettier');
	return field === undefined ? null : heldIn(field, folder);
}

/** What options say by the names of Prettier, which oxfmt has taken over. */
export function prettierClaim(options: Record<string, unknown>, from: string): StyleClaim {
	const single = flag(options.singleQuote);
	const hasBlocks = stringsOf(options.plugins).some((name) =>
		name.includes('prettier-plugin-curly'),
	);
	return {
		from,
		tabs: flag(options.useTabs),
		width: count(options.tabWidth),
		quote: single === undefined ? undefined : single ? "'" : '"',
		semicolons: flag(options.semi),
		lineEnding: meaning(options.endOfLine, LINE_ENDINGS),
		lineWidth: count(options.printWidth),
		trailingCommas: meaning(options.trailingComma, COMMAS),
		spaced: flag(options.bracketSpacing),
		parentheses: meaning(options.arrowParens, PARENTHESES),
		blocks: hasBlocks || undefined,
	};
}

function style(held: Held, { folder, path }: Governed, from: string): FormatterStyle {
	const overrides = overridesFor(held.options, folder, path).map(
		(one) => objectOf(one.options) ?? {},
	);
	const options = Object.assign({}, held.options, ...overrides);
	const lineEnding = options.endOfLine === 'auto' ? undefined : '\n';
	return {
		explicit: prettierClaim(options, from),
		defaults: { ...PRETTIER_DEFAULTS, from, lineEnding },
		isComplete: held.isWhole,
		readsEditorconfig: true,
	};
}

/** The Prettier config that stands in a folder, as it is for an absolute path; null when there is none. */
export async function readPrettierStyle(
	folder: string,
	path: string,
): Promise<FormatterStyle | null> {
	const governed = { folder, path };
	const field = await manifestOptions(folder);
	if (field) return style(field, governed, 'package.json');
	for (const name of PRETTIER_NAMES) {
		const file = join(folder, name);
		const text = readIfPossible(file);
		if (text !== null) return style(await readHeld(file, text), governed, name);
	}
	return null;
}
