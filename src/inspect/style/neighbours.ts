// What the project's own Flue files show: their style, and how they end an import. A majority decides, so that one odd
// file does not.
import type { Found, TextFile } from '../../model/found.ts';
import { importsOf } from '../code/source-files.ts';
import { readCompilerOptions } from '../code/tsconfig.ts';
import type { StyleClaim } from './claim.ts';

const FILES = 5;
const SMALL = 20_000;

/** A line that is indented once: the one after a line at the margin that opens a bracket. */
const FIRST_LEVEL = /^\S.*[{([]\r?\n(\t|[ ]+)(?=[^\s*])/gm;
const IMPORT_END =
	/^(?:import\b|export\b.*\bfrom\b|\}[ \t]*from\b).*?(['"])[^'"\n]*\1[ \t]*(;?)[ \t]*\r?$/gm;

/** The import of a package, and behind it that of an own file, with what stands between. */
const NEXT_TO_OWN =
	/^(?:import\b|\}[ \t]*from\b).*?['"](?![.#]|[~@]\/)[^'"\n]*['"].*\n(\r?\n)?import\b[^'"]*['"](?:[.#]|[~@]\/)/gm;

/** The most frequent value; the first of equals; undefined when there is none. */
function majority<T>(values: T[]): T | undefined {
	const count = (value: T): number => values.filter((other) => other === value).length;
	return values.reduce<T | undefined>(
		(best, value) => (best === undefined || count(value) > count(best) ? value : best),
		undefined,
	);
}

function named([first, ...others]: TextFile[]): string {
	return `${first?.path ?? ''}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

/** What up to five small files show; null when there are none. */
export function readNeighbourStyle(files: TextFile[]): StyleClaim | null {
	const seen = files
		.filter(({ text }) => text.trim() !== '' && text.length <= SMALL)
		.slice(0, FILES);
	if (seen.length === 0) return null;
	const indents = seen.flatMap(({ text }) =>
		[...text.matchAll(FIRST_LEVEL)].map((match) => match[1] ?? ''),
	);
	const imports = seen.flatMap(({ text }) => [...text.matchAll(IMPORT_END)]);
	const indent = majority(indents);
	return {
		from: named(seen),
		tabs: indent === undefined ? undefined : indent === '\t',
		width: indent === '\t' ? undefined : indent?.length,
		quote: majority(imports.map((match) => (match[1] === '"' ? '"' : "'"))),
		semicolons: majority(imports.map((match) => match[2] === ';')),
		separated:
			majority(
				seen.flatMap(({ text }) => [...text.matchAll(NEXT_TO_OWN)].map(([, gap]) => Boolean(gap))),
			) || undefined,
		lineEnding: majority(seen.map(({ text }) => (text.includes('\r\n') ? '\r\n' : '\n'))),
	};
}

type Extension = '.ts' | '.js' | '';

/** The ending of a relative import of code; null for a package, a folder or another kind of file. */
function extensionOf(specifier: string): Extension | null {
	if (!/^\.{1,2}\/./.test(specifier) || specifier.endsWith('/')) return null;
	if (/\.[cm]?ts$/.test(specifier)) return '.ts';
	if (/\.[cm]?js$/.test(specifier)) return '.js';
	// `./user.service` has no extension; `./data.json` and `./style.css?inline` are not code.
	return /\.(json|css|s[ac]ss|md|txt|svg|png|html|wasm|node|[jt]sx|vue|svelte)$|\?/.test(specifier)
		? null
		: '';
}

function fromCompilerOptions(place: { root: string; sourceRoot: string }): Found<Extension> {
	const options = readCompilerOptions(place);
	if (!options) return { value: '', from: 'no relative import and no tsconfig.json' };
	const { from, importsTsExtensions, module, moduleResolution } = options;
	if (importsTsExtensions) return { value: '.ts', from };
	const isNode = /^node(16|18|20|next)$/;
	return { value: isNode.test(module) || isNode.test(moduleResolution) ? '.js' : '', from };
}

/** How a relative import of a TypeScript file must end: as the Flue files end it, else as the compiler options allow. */
export function detectImportExtension(
	place: { root: string; sourceRoot: string },
	files: TextFile[],
): Found<Extension> {
	const shown = files.flatMap(({ path, text }) =>
		importsOf(text).flatMap((specifier) => {
			const value = extensionOf(specifier);
			return value === null ? [] : [{ value, from: path }];
		}),
	);
	const usual = majority(shown.map(({ value }) => value));
	return shown.find(({ value }) => value === usual) ?? fromCompilerOptions(place);
}
