// What a Biome config says about the style of TypeScript. A Biome that only lints says nothing.
import { join } from 'node:path';
import { objectOf, readJsonObject, stringsOf, valueAt } from '../../text/jsonc.ts';
import { readIfPossible } from '../files.ts';
import {
	COMMAS,
	count,
	type FormatterStyle,
	flag,
	LINE_ENDINGS,
	meaning,
	PARENTHESES,
	QUOTES,
	type StyleClaim,
} from './claim.ts';
import { overridesFor } from './overrides.ts';

export const BIOME_NAMES = ['biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc'];

type Options = Record<string, unknown>;

export interface BiomeStyle extends FormatterStyle {
	/** The config of a package in a monorepo, which the one above completes (`"extends": "//"`). */
	continuesAbove: boolean;
}

const DEFAULTS = {
	tabs: true,
	width: 2,
	quote: '"',
	semicolons: true,
	lineEnding: '\n',
	lineWidth: 80,
} as const;

/** The language's own settings over the general ones. */
function claim(general: Options, language: Options, from: string): StyleClaim {
	const options = { ...general, ...language };
	return {
		from,
		tabs: meaning(options.indentStyle, { tab: true, space: false }),
		width: count(options.indentWidth ?? options.indentSize),
		quote: meaning(options.quoteStyle, QUOTES),
		semicolons: meaning(options.semicolons, { always: true, asNeeded: false }),
		lineEnding: meaning(options.lineEnding, LINE_ENDINGS),
		lineWidth: count(options.lineWidth),
		trailingCommas: meaning(options.trailingCommas ?? options.trailingComma, COMMAS),
		spaced: flag(options.bracketSpacing),
		parentheses: meaning(options.arrowParentheses, PARENTHESES),
	};
}

function style(config: Options, overrides: Options[], from: string): BiomeStyle | null {
	const parts = [config, ...overrides];
	const general: Options = Object.assign({}, ...parts.map((one) => objectOf(one.formatter)));
	const language: Options = Object.assign(
		{},
		...parts.map((one) => objectOf(valueAt(one, 'javascript', 'formatter'))),
	);
	if (general.enabled === false || language.enabled === false) return null;
	const extended = stringsOf(config.extends);
	return {
		explicit: claim(general, language, from),
		defaults: { ...DEFAULTS, from },
		isComplete: extended.every((one) => one === '//'),
		readsEditorconfig: general.useEditorconfig === true,
		continuesAbove: extended.includes('//'),
	};
}

/** The Biome config that stands in a folder and formats, as it is for an absolute path; null when there is none. */
export function readBiomeStyle(folder: string, path: string): BiomeStyle | null {
	for (const name of BIOME_NAMES) {
		const text = readIfPossible(join(folder, name));
		const config = text === null ? null : readJsonObject(text);
		if (config) return style(config, overridesFor(config, folder, path), name);
	}
	return null;
}
