// From the name in an import to the project's file: relative paths, tsconfig aliases and `#imports` of package.json.
import { extname, join, posix, resolve } from 'node:path';
import { objectOf } from '../../text/jsonc.ts';
import { ifReadable, realPath, seemsFile } from '../files.ts';
import { fromRoot, isWithin, type Place } from '../paths.ts';
import type { Manifest } from '../project.ts';
import { moduleFiles } from './source-files.ts';
import { type PathAlias, readCompilerOptions } from './tsconfig.ts';

export interface ImportPlace extends Place {
	sourceRoot: string;
	manifest: Manifest;
}

/** The file, relative to the project root; null when it is a package's, missing, or out of bounds. */
type ResolveImport = (importer: string, specifier: string) => string | null;

const ENDINGS = ['.ts', '.mts', '.js', '.mjs'];

/** The wildcard part of a specifier that fits `before*after`; null when it does not fit. */
export function wildcard(pattern: string, specifier: string): string | null {
	const [before = '', after] = pattern.split('*');
	if (after === undefined) return pattern === specifier ? '' : null;
	const fits = specifier.startsWith(before) && specifier.endsWith(after);
	return fits ? specifier.slice(before.length, specifier.length - after.length) : null;
}

/** The first string in a target of `imports`, which may be nested by condition; types and browsers are not for a server. */
export function targetOf(value: unknown): string | null {
	if (typeof value === 'string') return value;
	const choices = Object.entries(objectOf(value) ?? {})
		.filter(([condition]) => !/^(types|browser|workerd)$/.test(condition))
		.map(([, target]) => targetOf(target));
	return choices.find((target) => target !== null) ?? null;
}

/** `#imports` as aliases; only those that lead to files of the package. */
function packageAliases({ root, manifest }: ImportPlace): PathAlias[] {
	return Object.entries(objectOf(manifest.imports) ?? {}).flatMap(([pattern, value]) => {
		const target = targetOf(value);
		return target?.startsWith('./') ? [{ pattern, targets: [join(root, target)] }] : [];
	});
}

/** The module behind an absolute path, inside the boundary; a source file before what is built from it. */
export function moduleAt(path: string, boundary: string): string | null {
	const isInside = (file: string): boolean =>
		isWithin(boundary, file) && isWithin(boundary, ifReadable(() => realPath(file)) ?? file);
	const [exact = '', source = '', ...others] = moduleFiles(path, ENDINGS);
	const isModule = (file: string): boolean =>
		ENDINGS.includes(extname(file)) && seemsFile(file) && isInside(file);
	return [source, exact, ...others].find(isModule) ?? null;
}

/** Reads the aliases once, when the first import that is not relative asks for them. */
export function makeImportResolver(place: ImportPlace): ResolveImport {
	let known: PathAlias[] | undefined;
	const aliased = (specifier: string): string[] => {
		known ??= [...(readCompilerOptions(place)?.aliases ?? []), ...packageAliases(place)];
		return known.flatMap(({ pattern, targets }) => {
			const part = wildcard(pattern, specifier);
			return part === null ? [] : targets.map((target) => target.replace('*', () => part));
		});
	};
	return (importer, specifier) => {
		const paths = /^\.{1,2}(\/|$)/.test(specifier)
			? [resolve(place.root, posix.dirname(importer), specifier)]
			: aliased(specifier);
		const files = paths.map((path) => moduleAt(path, place.boundary));
		const found = files.find((path) => path !== null);
		return found ? fromRoot(place.root, found) : null;
	};
}
