// What a Prettier config says about the style of TypeScript. Read as data: a config that is code is parsed, never run.
import { basename, dirname, join } from 'node:path';
import { openConfig } from '../code/config-file.ts';
import { exportsOf } from '../code/declarations.ts';
import { propertyOf, type Value, valuesOf } from '../code/literals.ts';
import { readSource } from '../code/source-files.ts';
import { objectOf, readJsonObject } from '../jsonc.ts';
import type { FormatterStyle, StyleClaim } from './claim.ts';

const NAMES = [
	'.prettierrc',
	...['json', 'yaml', 'yml', 'json5', 'toml', 'js', 'ts', 'mjs', 'mts', 'cjs', 'cts'].map(
		(end) => `.prettierrc.${end}`,
	),
	...['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'].map((end) => `prettier.config.${end}`),
];
const OPTIONS = ['useTabs', 'tabWidth', 'semi', 'singleQuote', 'endOfLine'];

/** Known options; null when the config is another package's, which is not looked into. */
type Options = Record<string, unknown> | null;

/** A literal as a value; undefined for anything that would have to be run. `null` is what literals.ts makes of `false`. */
function literalValue(value: Value | undefined): unknown {
	if (value === undefined) return undefined;
	if (value === null) return false;
	const text = value.getText();
	if (/^(true|\d+)$/.test(text)) return JSON.parse(text);
	return /^(['"]).*\1$/.test(text) ? text.slice(1, -1) : undefined;
}

function readCode(path: string, text: string): Options {
	try {
		const tree = openConfig({ root: dirname(path), path: basename(path), text });
		const exported = exportsOf(tree, 'default').flatMap((one) => valuesOf(one));
		if (exported.every((value) => value?.getKindName() !== 'ObjectLiteralExpression')) return null;
		const found = OPTIONS.map((name) => [name, propertyOf(exported, name)?.values] as const);
		return Object.fromEntries(
			found.map(([name, values]) => [
				name,
				values?.length === 1 ? literalValue(values[0]) : undefined,
			]),
		);
	} catch {
		// A syntax error in a formatter's config is not ours to report.
		return null;
	}
}

function readToml(text: string): Options {
	const top = text.split(/^\s*\[/m)[0] ?? '';
	const pairs = top.matchAll(/^\s*(\w+)\s*=\s*("[^"\n]*"|'[^'\n]*'|true|false|\d+)/gm);
	return Object.fromEntries(
		[...pairs].map(([, name = '', value = '']) => [name, JSON.parse(value.replaceAll("'", '"'))]),
	);
}

async function readData(text: string): Promise<Options> {
	if (text.trimStart().startsWith('{')) return readJsonObject(text);
	const {
		default: { parse },
	} = await import('yaml');
	try {
		return objectOf(parse(text));
	} catch {
		return null;
	}
}

function readOptions(path: string, text: string): Options | Promise<Options> {
	if (path.endsWith('.toml')) return readToml(text);
	if (path.endsWith('.json5'))
		return readCode('prettier.config.ts', `export default ${text.trim().replace(/;$/, '')}`);
	return /\.[cm]?[jt]s$/.test(path) ? readCode(path, text) : readData(text);
}

/** The `prettier` field of a package.json: options, or the name of a package that holds them. */
function manifestOptions(folder: string): { options: Options } | null {
	const text = readSource(join(folder, 'package.json'));
	if (!text?.includes('"prettier"')) return null;
	const field = readJsonObject(text)?.prettier;
	if (field === undefined) return null;
	return { options: objectOf(field) };
}

function lineEnding(value: unknown): StyleClaim['lineEnding'] {
	if (value === 'lf') return '\n';
	return value === 'crlf' ? '\r\n' : undefined;
}

function claim(options: Options, from: string): StyleClaim {
	const { useTabs, tabWidth, semi, singleQuote, endOfLine } = options ?? {};
	return {
		from,
		tabs: typeof useTabs === 'boolean' ? useTabs : undefined,
		width: typeof tabWidth === 'number' ? tabWidth : undefined,
		quote: typeof singleQuote === 'boolean' ? (singleQuote ? "'" : '"') : undefined,
		semicolons: typeof semi === 'boolean' ? semi : undefined,
		lineEnding: lineEnding(endOfLine),
	};
}

function style(options: Options, from: string): FormatterStyle {
	const ending = options?.endOfLine === 'auto' ? undefined : '\n';
	return {
		explicit: claim(options, from),
		defaults: { from, tabs: false, width: 2, quote: '"', semicolons: true, lineEnding: ending },
		isComplete: options !== null,
		readsEditorconfig: true,
	};
}

/** The Prettier config that stands in a folder; null when there is none. */
export async function readPrettierStyle(folder: string): Promise<FormatterStyle | null> {
	const field = manifestOptions(folder);
	if (field) return style(field.options, 'package.json');
	for (const name of NAMES) {
		const path = join(folder, name);
		const text = readSource(path);
		if (text !== null) return style(await readOptions(path, text), name);
	}
	return null;
}
