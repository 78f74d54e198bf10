// The options that a config file of Prettier holds, with those of the files and packages that it takes over. Read as data: code is parsed, never run.
import { basename, dirname } from 'node:path';
import { objectOf, parseJson, readJsonObject } from '../../text/jsonc.ts';
import { type Morph, morph } from '../../text/source.ts';
import { openConfig } from '../code/config-file.ts';
import { importOf } from '../code/declarations.ts';
import { defaultExport, propertyOf, type Value, valuesOf } from '../code/literals.ts';
import { readIfPossible } from '../files.ts';
import { readYaml } from '../yaml.ts';
import { sharedFile } from './shared.ts';

const OPTIONS = [
	...['useTabs', 'tabWidth', 'semi', 'singleQuote', 'endOfLine', 'plugins'],
	...['printWidth', 'trailingComma', 'bracketSpacing', 'arrowParens', 'overrides'],
];

/** A config takes over a config that takes over a config; more than that is a circle. */
const DEPTH = 5;

/** What a config holds as far as it is known. */
export interface Held {
	options: Record<string, unknown>;
	/** False when a part of it is elsewhere and unknown. */
	isWhole: boolean;
}

const UNKNOWN: Held = { options: {}, isWhole: false };

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

/** The files and packages whose options a value takes over: `...require('name')`, `export default shared`. */
function takenOver(value: Value): string[] {
	const { Node } = morph();
	if (value === null) return [];
	const module = importOf(value)?.module;
	if (module !== undefined) return [module];
	// `defineConfig({ … })` hands on what it gets.
	if (Node.isCallExpression(value))
		return value.getArguments().flatMap((one) => valuesOf(one).flatMap(takenOver));
	if (!Node.isObjectLiteralExpression(value)) return [];
	return value.getProperties().flatMap((one) => {
		const spread = Node.isSpreadAssignment(one) ? valuesOf(one.getExpression()) : [];
		return spread.flatMap(takenOver);
	});
}

/** The options that stand in the file itself. */
function ownOptions(exported: Value[]): Record<string, unknown> {
	const options = OPTIONS.flatMap((name): [string, unknown][] => {
		const [value, ...others] = propertyOf(exported, name)?.values ?? [];
		const data = value !== undefined && others.length === 0 ? dataOf(value) : undefined;
		return data === undefined ? [] : [[name, data]];
	});
	return Object.fromEntries(options);
}

async function readCode(path: string, text: string, depth: number): Promise<Held> {
	try {
		const tree = openConfig({ root: dirname(path), path: basename(path), text });
		const exported = defaultExport(tree);
		const shared = await Promise.all(
			exported.flatMap(takenOver).map((name) => readShared(name, dirname(path), depth)),
		);
		const isObject = (value: Value): boolean =>
			/^(ObjectLiteral|Call)Expression$/.test(value?.getKindName() ?? '');
		if (shared.length === 0 && !exported.some(isObject)) return UNKNOWN;
		const options = Object.assign({}, ...shared.map((one) => one.options), ownOptions(exported));
		return { options, isWhole: shared.every(({ isWhole }) => isWhole) };
	} catch {
		// A syntax error in a formatter's config is not ours to report.
		return UNKNOWN;
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

function readToml(text: string): Record<string, unknown> {
	const [top = '', ...parts] = text.split(/^\s*\[\[\s*overrides\s*\]\].*$/m);
	const overrides = parts.map((part) => {
		const [own = '', options = ''] = part.split(/^\s*\[\s*overrides\.options\s*\].*$/m);
		return { ...pairsIn(own), options: pairsIn(options) };
	});
	return { ...pairsIn(top.split(/^\s*\[/m)[0] ?? ''), overrides };
}

async function readData(path: string, text: string, depth: number): Promise<Held> {
	const data = text.trimStart().startsWith('{')
		? readJsonObject(text)
		: (parseJson(text) ?? (await readYaml(text).catch(() => null)));
	return heldIn(data, dirname(path), depth);
}

/** What a config in a folder holds that is data: options, or the name of a package that holds them. */
export async function heldIn(data: unknown, folder: string, depth = 0): Promise<Held> {
	if (typeof data === 'string') return readShared(data, folder, depth);
	const options = objectOf(data);
	return options ? { options, isWhole: true } : UNKNOWN;
}

async function readShared(name: string, folder: string, depth: number): Promise<Held> {
	const path = depth < DEPTH ? sharedFile(name, folder) : null;
	const text = path === null ? null : readIfPossible(path);
	return path === null || text === null ? UNKNOWN : readHeld(path, text, depth + 1);
}

/** What a config file holds; a nested one is `depth` takings-over away. */
export async function readHeld(path: string, text: string, depth = 0): Promise<Held> {
	if (path.endsWith('.toml')) return { options: readToml(text), isWhole: true };
	if (path.endsWith('.json5')) {
		const code = `export default ${text.trim().replace(/;$/, '')}`;
		return readCode(path.replace(/json5$/, 'ts'), code, depth);
	}
	const isCode = /\.[cm]?[jt]s$/.test(path);
	return isCode ? readCode(path, text, depth) : readData(path, text, depth);
}
