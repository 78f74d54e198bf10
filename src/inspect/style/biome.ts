// What a Biome config says about the style of TypeScript. A Biome that only lints says nothing.
import { join } from 'node:path';
import { readSource } from '../code/source-files.ts';
import { objectOf, readJsonObject } from '../jsonc.ts';
import type { FormatterStyle, StyleClaim } from './claim.ts';

const NAMES = ['biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc'];

type Options = Record<string, unknown>;

export interface BiomeStyle extends FormatterStyle {
	/** The config of a package in a monorepo, which the one above completes (`"extends": "//"`). */
	continuesAbove: boolean;
}

function lineEnding(value: unknown): StyleClaim['lineEnding'] {
	if (value === 'lf') return '\n';
	return value === 'crlf' ? '\r\n' : undefined;
}

function choice<T>(value: unknown, choices: Record<string, T>): T | undefined {
	return typeof value === 'string' && Object.hasOwn(choices, value) ? choices[value] : undefined;
}

/** The language's own settings over the general ones. */
function claim(general: Options, language: Options, from: string): StyleClaim {
	const options = { ...general, ...language };
	const width = options.indentWidth ?? options.indentSize;
	return {
		from,
		tabs: choice(options.indentStyle, { tab: true, space: false }),
		width: typeof width === 'number' ? width : undefined,
		quote: choice(options.quoteStyle, { single: "'" as const, double: '"' as const }),
		semicolons: choice(options.semicolons, { always: true, asNeeded: false }),
		lineEnding: lineEnding(options.lineEnding),
	};
}

function style(config: Options, from: string): BiomeStyle | null {
	const general = objectOf(config.formatter) ?? {};
	const language = objectOf(objectOf(config.javascript)?.formatter) ?? {};
	if (general.enabled === false || language.enabled === false) return null;
	const extended = [config.extends].flat().filter((one) => typeof one === 'string');
	return {
		explicit: claim(general, language, from),
		defaults: { from, tabs: true, width: 2, quote: '"', semicolons: true, lineEnding: '\n' },
		isComplete: extended.every((one) => one === '//'),
		readsEditorconfig: general.useEditorconfig === true,
		continuesAbove: extended.includes('//'),
	};
}

/** The Biome config that stands in a folder and formats; null when there is none. */
export function readBiomeStyle(folder: string): BiomeStyle | null {
	for (const name of NAMES) {
		const text = readSource(join(folder, name));
		const config = text === null ? null : readJsonObject(text);
		if (config) return style(config, name);
	}
	return null;
}
