// What a Biome config says about the style of TypeScript. A Biome that only lints says nothing.
import { dirname, join } from 'node:path';
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
import { sharedFile } from './shared.ts';

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

const SILENCE = 'biome-ignore lint/style/noProcessEnv: the address of the database';

/** The folder of a config, and the absolute path of the file that is written. */
interface Governed {
	folder: string;
	path: string;
}

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

/** Whether a part of Biome, where it is enabled, has a rule at whatever level but off. */
function isOn(parts: Options[], tool: 'linter' | 'assist', ...place: string[]): boolean {
	const tools = parts.map((one) => objectOf(one[tool]) ?? {});
	const rule = tools.map((one) => valueAt(one, ...place)).findLast((one) => one !== undefined);
	const level = objectOf(rule)?.level ?? rule;
	const isEnabled = tools.findLast(({ enabled }) => enabled !== undefined)?.enabled !== false;
	return level !== undefined && level !== 'off' && isEnabled;
}

/** What its linter and its assistant ask for. */
function asked(parts: Options[]): Partial<StyleClaim> {
	const linted = (name: string): boolean => isOn(parts, 'linter', 'rules', 'style', name);
	return {
		blocks: linted('useBlockStatements') || undefined,
		sorted: isOn(parts, 'assist', 'actions', 'source', 'useSortedKeys') || undefined,
		silence: linted('noProcessEnv') ? SILENCE : undefined,
	};
}

interface Chain {
	/** The configs that one takes over, first, and the one itself. */
	parts: Options[];
	isWhole: boolean;
}

/** A config behind all that it extends, which are files and packages; the one above a package of a monorepo is not among them. */
function chainOf(config: Options, folder: string, trail: readonly string[] = []): Chain {
	const extended = stringsOf(config.extends)
		.filter((name) => name !== '//')
		.map((name): Chain => {
			// A name that ends in .json is a path too.
			const path = sharedFile(name, folder) ?? sharedFile(`./${name}`, folder);
			const other =
				path === null || trail.includes(path) ? null : readJsonObject(readIfPossible(path) ?? '');
			if (path === null || !other) return { parts: [], isWhole: false };
			return chainOf(other, dirname(path), [...trail, path]);
		});
	return {
		parts: [...extended.flatMap(({ parts }) => parts), config],
		isWhole: extended.every(({ isWhole }) => isWhole),
	};
}

function style(config: Options, { folder, path }: Governed, from: string): BiomeStyle | null {
	const { parts: chain, isWhole } = chainOf(config, folder);
	const parts = [...chain, ...chain.flatMap((one) => overridesFor(one, folder, path))];
	const general: Options = Object.assign({}, ...parts.map((one) => objectOf(one.formatter)));
	const language: Options = Object.assign(
		{},
		...parts.map((one) => objectOf(valueAt(one, 'javascript', 'formatter'))),
	);
	if (general.enabled === false || language.enabled === false) return null;
	return {
		explicit: { ...claim(general, language, from), ...asked(parts) },
		defaults: { ...DEFAULTS, from },
		isComplete: isWhole,
		readsEditorconfig: general.useEditorconfig === true,
		continuesAbove: stringsOf(config.extends).includes('//'),
	};
}

/** The Biome config that stands in a folder and formats, as it is for an absolute path; null when there is none. */
export function readBiomeStyle(folder: string, path: string): BiomeStyle | null {
	for (const name of BIOME_NAMES) {
		const text = readIfPossible(join(folder, name));
		const config = text === null ? null : readJsonObject(text);
		if (config) return style(config, { folder, path }, name);
	}
	return null;
}
