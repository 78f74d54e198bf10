// What a Prettier config says about the style of TypeScript. Read as data: a config that is code is parsed, never run.
import { basename, dirname, join } from 'node:path';
import { objectOf, parseJson, readJsonObject, valueAt } from '../../text/jsonc.ts';
import { openConfig } from '../code/config-file.ts';
import { defaultExport, propertyOf } from '../code/literals.ts';
import { readIfPossible } from '../files.ts';
import { readYaml } from '../yaml.ts';
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

const CODE_ENDINGS = ['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'];
export const PRETTIER_NAMES = [
	'.prettierrc',
	...['json', 'yaml', 'yml', 'json5', 'toml'].map((end) => `.prettierrc.${end}`),
	...CODE_ENDINGS.map((end) => `.prettierrc.${end}`),
	...CODE_ENDINGS.map((end) => `prettier.config.${end}`),
];
const OPTIONS = [
	...['useTabs', 'tabWidth', 'semi', 'singleQuote', 'endOfLine'],
	...['printWidth', 'trailingComma', 'bracketSpacing', 'arrowParens'],
];

export const PRETTIER_DEFAULTS = {
	tabs: false,
	width: 2,
	quote: '"',
	semicolons: true,
	lineEnding: '\n',
	lineWidth: 80,
} as const;

/** Known options; null when the config is another package's, which is not looked into. */
type Options = Record<string, unknown> | null;

/** A literal as TOML and JavaScript write it; undefined for anything that would have to be run. */
function literal(text: string): unknown {
	if (text === 'true' || text === 'false') return text === 'true';
	if (/^\d+$/.test(text)) return Number(text);
	return /^(['"]).*\1$/.test(text) ? text.slice(1, -1) : undefined;
}

function readCode(path: string, text: string): Options {
	try {
		const tree = openConfig({ root: dirname(path), path: basename(path), text });
		const exported = defaultExport(tree);
		if (exported.every((value) => value?.getKindName() !== 'ObjectLiteralExpression')) return null;
		const options = OPTIONS.map((name): [string, unknown] => {
			const [value, ...others] = propertyOf(exported, name)?.values ?? [];
			// `null` is what literals.ts makes of `false`.
			const isClear = value !== undefined && others.length === 0;
			return [name, isClear ? literal(value?.getText() ?? 'false') : undefined];
		});
		return Object.fromEntries(options);
	} catch {
		// A syntax error in a formatter's config is not ours to report.
		return null;
	}
}

function readToml(text: string): Options {
	const top = text.split(/^\s*\[/m)[0] ?? '';
	const pairs = top.matchAll(/^\s*(\w+)\s*=\s*("[^"\n]*"|'[^'\n]*'|true|false|\d+)/gm);
	return Object.fromEntries([...pairs].map(([, name = '', value = '']) => [name, literal(value)]));
}

async function readData(text: string): Promise<Options> {
	if (text.trimStart().startsWith('{')) return readJsonObject(text);
	return readYaml(text).then(objectOf, () => null);
}

function readOptions(path: string, text: string): Options | Promise<Options> {
	if (path.endsWith('.toml')) return readToml(text);
	if (path.endsWith('.json5'))
		return readCode('prettier.config.ts', `export default ${text.trim().replace(/;$/, '')}`);
	return /\.[cm]?[jt]s$/.test(path) ? readCode(path, text) : readData(text);
}

/** The `prettier` field of a package.json: options, or the name of a package that holds them. */
function manifestOptions(folder: string): { options: Options } | null {
	const text = readIfPossible(join(folder, 'package.json'));
	if (!text?.includes('"prettier"')) return null;
	const field = valueAt(parseJson(text), 'prettier');
	return field === undefined ? null : { options: objectOf(field) };
}

/** What options say by the names of Prettier, which oxfmt has taken over. */
export function prettierClaim(options: Options, from: string): StyleClaim {
	const single = flag(options?.singleQuote);
	return {
		from,
		tabs: flag(options?.useTabs),
		width: count(options?.tabWidth),
		quote: single === undefined ? undefined : single ? "'" : '"',
		semicolons: flag(options?.semi),
		lineEnding: meaning(options?.endOfLine, LINE_ENDINGS),
		lineWidth: count(options?.printWidth),
		trailingCommas: meaning(options?.trailingComma, COMMAS),
		spaced: flag(options?.bracketSpacing),
		parentheses: meaning(options?.arrowParens, PARENTHESES),
	};
}

function style(options: Options, from: string): FormatterStyle {
	const lineEnding = options?.endOfLine === 'auto' ? undefined : '\n';
	return {
		explicit: prettierClaim(options, from),
		defaults: { ...PRETTIER_DEFAULTS, from, lineEnding },
		isComplete: options !== null,
		readsEditorconfig: true,
	};
}

/** The Prettier config that stands in a folder; null when there is none. */
export async function readPrettierStyle(folder: string): Promise<FormatterStyle | null> {
	const field = manifestOptions(folder);
	if (field) return style(field.options, 'package.json');
	for (const name of PRETTIER_NAMES) {
		const path = join(folder, name);
		const text = readIfPossible(path);
		if (text !== null) return style(await readOptions(path, text), name);
	}
	return null;
}
