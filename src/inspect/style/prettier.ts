// What a Prettier config says about the style of TypeScript. Read as data: a config that is code is parsed, never run.
import { basename, dirname, join } from 'node:path';
import { objectOf, parseJson, readJsonObject, valueAt } from '../../text/jsonc.ts';
import { type Morph, morph } from '../../text/source.ts';
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
import { overridesFor } from './overrides.ts';

const CODE_ENDINGS = ['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'];
export const PRETTIER_NAMES = [
	'.prettierrc',
	...['json', 'yaml', 'yml', 'json5', 'toml'].map((end) => `.prettierrc.${end}`),
	...CODE_ENDINGS.map((end) => `.prettierrc.${end}`),
	...CODE_ENDINGS.map((end) => `prettier.config.${end}`),
];
const OPTIONS = [
	...['useTabs', 'tabWidth', 'semi', 'singleQuote', 'endOfLine'],
	...['printWidth', 'trailingComma', 'bracketSpacing', 'arrowParens', 'overrides'],
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

/** Known options; null when the config is another package's, which is not looked into. */
type Options = Record<string, unknown> | null;

/** A literal as TOML and JavaScript write it; undefined for anything that would have to be run. */
function literal(text: string): unknown {
	if (text === 'true' || text === 'false') return text === 'true';
	if (/^\d+$/.test(text)) return Number(text);
	return /^(['"]).*\1$/.test(text) ? text.slice(1, -1) : undefined;
}

/** What a literal holds, with lists and objects of literals. `null` is what literals.ts makes of `false`. */
function dataOf(value: Morph.Node | null): unknown {
	const node = value ?? undefined;
	const { Node } = morph();
	if (Node.isArrayLiteralExpression(node)) return node.getElements().map(dataOf);
	if (!Node.isObjectLiteralExpression(node)) return literal(node?.getText() ?? 'false');
	const pairs = node.getProperties().flatMap((one): [string, unknown][] => {
		const value = Node.isPropertyAssignment(one) ? one.getInitializer() : undefined;
		const name = 'getName' in one ? one.getName().replace(/^(['"])(.*)\1$/, '$2') : '';
		return value ? [[name, dataOf(value)]] : [];
	});
	return Object.fromEntries(pairs);
}

function readCode(path: string, text: string): Options {
	try {
		const tree = openConfig({ root: dirname(path), path: basename(path), text });
		const exported = defaultExport(tree);
		if (exported.every((value) => value?.getKindName() !== 'ObjectLiteralExpression')) return null;
		const options = OPTIONS.map((name): [string, unknown] => {
			const [value, ...others] = propertyOf(exported, name)?.values ?? [];
			const isClear = value !== undefined && others.length === 0;
			return [name, isClear ? dataOf(value) : undefined];
		});
		return Object.fromEntries(options);
	} catch {
		// A syntax error in a formatter's config is not ours to report.
		return null;
	}
}

function pairsIn(text: string): Record<string, unknown> {
	const pairs = text.matchAll(/^\s*(\w+)\s*=\s*(\[[^\]]*\]|"[^"\n]*"|'[^'\n]*'|true|false|\d+)/gm);
	const meant = (value: string): unknown =>
		value.startsWith('[')
			? [...value.matchAll(/"[^"\n]*"|'[^'\n]*'/g)].map(([one]) => literal(one))
			: literal(value);
	return Object.fromEntries([...pairs].map(([, name = '', value = '']) => [name, meant(value)]));
}

function readToml(text: string): Options {
	const [top = '', ...parts] = text.split(/^\s*\[\[\s*overrides\s*\]\].*$/m);
	const overrides = parts.map((part) => {
		const [own = '', options = ''] = part.split(/^\s*\[\s*overrides\.options\s*\].*$/m);
		return { ...pairsIn(own), options: pairsIn(options) };
	});
	return { ...pairsIn(top.split(/^\s*\[/m)[0] ?? ''), overrides };
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

function style(all: Options, { folder, path }: Governed, from: string): FormatterStyle {
	const overrides = overridesFor(all, folder, path).map((one) => objectOf(one.options) ?? {});
	const options: Options = all && Object.assign({}, all, ...overrides);
	const lineEnding = options?.endOfLine === 'auto' ? undefined : '\n';
	return {
		explicit: prettierClaim(options, from),
		defaults: { ...PRETTIER_DEFAULTS, from, lineEnding },
		isComplete: options !== null,
		readsEditorconfig: true,
	};
}

/** The Prettier config that stands in a folder, as it is for an absolute path; null when there is none. */
export async function readPrettierStyle(
	folder: string,
	path: string,
): Promise<FormatterStyle | null> {
	const governed = { folder, path };
	const field = manifestOptions(folder);
	if (field) return style(field.options, governed, 'package.json');
	for (const name of PRETTIER_NAMES) {
		const file = join(folder, name);
		const text = readIfPossible(file);
		if (text !== null) return style(await readOptions(file, text), governed, name);
	}
	return null;
}
