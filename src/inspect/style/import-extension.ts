// How the project ends a relative import: as its Flue files do, else as its compiler options allow.
import type { Found } from '../../model.ts';
import { importsOf, readSourceFiles } from '../code/source-files.ts';
import { readCompilerOptions } from '../code/tsconfig.ts';

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

/** Detects how a relative import of a TypeScript file must end. */
export function detectImportExtension(project: {
	root: string;
	sourceRoot: string;
	manifest: unknown;
}): Found<Extension> {
	const shown = readSourceFiles(project).flatMap(({ path, text }) =>
		importsOf(text).flatMap((specifier) => {
			const value = extensionOf(specifier);
			return value === null ? [] : [{ value, from: path }];
		}),
	);
	const count = (value: Extension): number => shown.filter((one) => one.value === value).length;
	const [first, ...others] = shown;
	if (!first) return fromCompilerOptions(project);
	return others.reduce((best, one) => (count(one.value) > count(best.value) ? one : best), first);
}
