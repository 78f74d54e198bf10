// What a config of dprint says about the style of TypeScript. A dprint without its TypeScript plugin says nothing.
import { join } from 'node:path';
import { objectOf, readJsonObject, stringsOf } from '../../text/jsonc.ts';
import { readIfPossible } from '../files.ts';
import {
	count,
	type FormatterStyle,
	flag,
	LINE_ENDINGS,
	meaning,
	type StyleClaim,
} from './claim.ts';

const NAMES = ['dprint.json', 'dprint.jsonc', '.dprint.json', '.dprint.jsonc'];

const QUOTE_STYLES = {
	alwaysSingle: "'",
	preferSingle: "'",
	alwaysDouble: '"',
	preferDouble: '"',
} as const;
const COMMA_STYLES = { never: 'none', onlyMultiLine: 'all', always: 'all' } as const;

/** The plugin's own settings over the general ones. */
function claim(config: Record<string, unknown>, from: string): StyleClaim {
	const options: Record<string, unknown> = { ...config, ...objectOf(config.typescript) };
	return {
		from,
		tabs: flag(options.useTabs),
		width: count(options.indentWidth),
		quote: meaning(options.quoteStyle, QUOTE_STYLES),
		semicolons: meaning(options.semiColons, { always: true, prefer: true, asi: false }),
		lineEnding: meaning(options.newLineKind, LINE_ENDINGS),
		lineWidth: count(options.lineWidth),
		trailingCommas: meaning(options.trailingCommas, COMMA_STYLES),
		spaced: flag(
			options['objectExpression.spaceSurroundingProperties'] ?? options.spaceSurroundingProperties,
		),
		// A body that does not fit behind its head it puts into braces.
		blocks: (count(options.lineWidth) ?? 120) < 100 || undefined,
		parentheses: meaning(options['arrowFunction.useParentheses'], {
			force: true,
			preferNone: false,
		}),
	};
}

function defaultsOf(from: string): StyleClaim {
	const known = { tabs: false, width: 2, quote: '"', semicolons: true, lineEnding: '\n' } as const;
	return { ...known, from, lineWidth: 120 };
}

/** The config of dprint that stands in a folder and formats TypeScript; null when there is none. */
export function readDprintStyle(folder: string): FormatterStyle | null {
	for (const from of NAMES) {
		const config = readJsonObject(readIfPossible(join(folder, from)) ?? '');
		if (!config) continue;
		const isForCode = stringsOf(config.plugins).some((plugin) => /typescript/i.test(plugin));
		if (!isForCode && !objectOf(config.typescript)) return null;
		return {
			explicit: claim(config, from),
			defaults: defaultsOf(from),
			isComplete: stringsOf(config.extends).length === 0,
			readsEditorconfig: false,
		};
	}
	return null;
}
