// From the name in an import to the project's file: relative paths, tsconfig aliases and `#imports` of package.json.
import { join, posix, relative, resolve, sep } from 'node:path';
import { isFile, realPath } from '../files.ts';
import { objectOf } from '../jsonc.ts';
import { type PathAlias, readCompilerOptions } from './tsconfig.ts';

export interface ImportPlace {
	root: string;
	boundary: string;
	sourceRoot: string;
	manifest: unknown;
}

export interface ImportResolver {
	/** The file, relative to the project root; null when it is a package's, missing, or out of bounds. */
	resolve: (importer: string, specifier: string) => string | null;
}

const ENDINGS = ['.ts', '.mts', '.js', '.mjs'];

/** The wildcard part of a specifier that fits `before*after`; null when it does not fit. */
function wildcard(pattern: string, specifier: string): string | null {
	const [before = '', after] = pattern.split('*');
	if (after === undefined) return pattern === specifier ? '' : null;
	const fits = specifier.startsWith(before) && specifier.endsWith(after);
	return fits ? specifier.slice(before.length, specifier.length - after.length) : null;
}

/** The first string in a target of `imports`, which may be nested by condition; types and browsers are not for a server. */
function targetOf(value: unknown): string | null {
	if (typeof value === 'string') return value;
	const choices = Object.entries(objectOf(value) ?? {})
		.filter(([condition]) => !/^(types|browser|workerd)$/.test(condition))
		.map(([, target]) => targetOf(target));
	return choices.find((target) => target !== null) ?? null;
}

/** `#imports` as aliases; only those that lead to files of the package. */
function packageAliases({ root, manifest }: ImportPlace): PathAlias[] {
	return Object.entries(objectOf(objectOf(manifest)?.imports) ?? {}).flatMap(([pattern, value]) => {
		const target = targetOf(value);
		return target?.startsWith('./') ? [{ pattern, targets: [join(root, target)] }] : [];
	});
}

function isWithin(boundary: string, path: string): boolean {
	return !relative(boundary, path).split(sep).includes('..');
}

function isFileInside(path: string, boundary: string): boolean {
	try {
		return isFile(path) && isWithin(boundary, path) && isWithin(boundary, realPath(path) ?? path);
	} catch {
		return false;
	}
}

/** The file behind a path as bundlers and Node's TypeScript users write it: `./a.js` may be a.ts, `./a` a.ts or a/index.ts. */
function fileAt(path: string, boundary: string): string | null {
	const candidates = [
		path.replace(/\.([cm]?)js$/, '.$1ts'),
		path,
		...ENDINGS.map((ending) => path + ending),
		...ENDINGS.map((ending) => join(path, `index${ending}`)),
	];
	const isModule = (file: string): boolean => ENDINGS.includes(posix.extname(file));
	return candidates.find((file) => isModule(file) && isFileInside(file, boundary)) ?? null;
}

/** The paths that a specifier may mean, absolute; none for a package. */
function pathsOf(
	place: ImportPlace,
	aliases: PathAlias[],
	from: { importer: string; specifier: string },
): string[] {
	const { importer, specifier } = from;
	if (/^\.{1,2}(\/|$)/.test(specifier))
		return [resolve(place.root, posix.dirname(importer), specifier)];
	return aliases.flatMap(({ pattern, targets }) => {
		const part = wildcard(pattern, specifier);
		return part === null ? [] : targets.map((target) => target.replace('*', () => part));
	});
}

/** Reads the aliases once, when the first import that is not relative asks for them. */
export function makeImportResolver(place: ImportPlace): ImportResolver {
	let aliases: PathAlias[] | undefined;
	const known = (): PathAlias[] => {
		aliases ??= [...(readCompilerOptions(place)?.aliases ?? []), ...packageAliases(place)];
		return aliases;
	};
	return {
		resolve: (importer, specifier) => {
			const isRelative = specifier.startsWith('.');
			const paths = pathsOf(place, isRelative ? [] : known(), { importer, specifier });
			const found = paths.map((path) => fileAt(path, place.boundary)).find((path) => path !== null);
			return found ? relative(place.root, found).split(sep).join('/') : null;
		},
	};
}
