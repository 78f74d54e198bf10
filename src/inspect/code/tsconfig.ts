// The compiler options that a tsconfig comes to: its own, and those of every config that it extends, packages included.
import { dirname, isAbsolute, join } from 'node:path';
import { objectOf, parseJson, readJsonObject, stringsOf, valueAt } from '../../text/jsonc.ts';
import { readIfPossible, seemsFile } from '../files.ts';
import { foldersAbove, fromRoot } from '../paths.ts';

export interface PathAlias {
	/** E.g. `@/*`. */
	pattern: string;
	/** Absolute, e.g. `/project/src/*`. */
	targets: string[];
}

interface CompilerOptions {
	/** Lower case; '' when it is not set. */
	module: string;
	moduleResolution: string;
	importsTsExtensions: boolean;
	aliases: PathAlias[];
	/** The file, relative to the project root. */
	from: string;
}

type Options = Record<string, unknown>;

/** `paths` are relative to `baseUrl`, else to the file that holds them; `baseUrl` serves every other name. */
function aliasesIn(options: Options, folder: string): PathAlias[] {
	const [baseUrl] = stringsOf(options.baseUrl);
	const base = join(folder, baseUrl ?? '.');
	const paths = Object.entries(objectOf(options.paths) ?? {}).map(([pattern, targets]) => ({
		pattern,
		targets: stringsOf(targets).map((target) => join(base, target)),
	}));
	return baseUrl === undefined ? paths : [...paths, { pattern: '*', targets: [join(base, '*')] }];
}

/** What an `extends` or a reference may name: the file, the file without its ending, or the folder of a tsconfig. */
function namedFile(base: string): string | null {
	const [field] = stringsOf(
		valueAt(parseJson(readIfPossible(join(base, 'package.json')) ?? ''), 'tsconfig'),
	);
	const named = field === undefined ? [] : [join(base, field)];
	return [base, `${base}.json`, ...named, join(base, 'tsconfig.json')].find(seemsFile) ?? null;
}

/** A package is looked for where Node would look for it. */
function extendedPath(specifier: string, folder: string): string | null {
	if (isAbsolute(specifier)) return namedFile(specifier);
	if (specifier.startsWith('.')) return namedFile(join(folder, specifier));
	const bases = [folder, ...foldersAbove(folder)].map((one) =>
		join(one, 'node_modules', specifier),
	);
	for (const base of bases) {
		const found = namedFile(base);
		if (found) return found;
	}
	return null;
}

export interface ConfigPart {
	/** Absolute. */
	path: string;
	options: Options;
	aliases: PathAlias[];
	extended: string[];
	/** The configs that it refers to, absolute. */
	references: string[];
	/** It holds no file of its own: what it refers to does. */
	isSolution: boolean;
	/** The files that it names; absent where it leaves that to what it extends, or to the default. */
	included: string[] | undefined;
	excluded: string[] | undefined;
}

function referencesOf(config: Options, folder: string): string[] {
	const listed: unknown[] = Array.isArray(config.references) ? config.references : [];
	return listed.flatMap((one) => {
		const path = valueAt(one, 'path');
		return typeof path === 'string' ? (namedFile(join(folder, path)) ?? []) : [];
	});
}

function readPart(path: string): ConfigPart {
	// Unreadable: the imports are then judged by what the project's files show.
	const config = readJsonObject(readIfPossible(path) ?? '') ?? {};
	const options = objectOf(config.compilerOptions) ?? {};
	const references = referencesOf(config, dirname(path));
	const named = [config.files, config.include].filter((one) => one !== undefined);
	const holdsNothing = Array.isArray(config.files) && config.files.length === 0;
	return {
		path,
		options,
		aliases: aliasesIn(options, dirname(path)),
		extended: stringsOf(config.extends),
		references,
		isSolution: holdsNothing && config.include === undefined && references.length > 0,
		included: named.length === 0 ? undefined : named.flatMap(stringsOf),
		excluded: config.exclude === undefined ? undefined : stringsOf(config.exclude),
	};
}

/** A config behind everything that it extends, the first that counts last. A later `extends` overrides an earlier one. */
export function readConfigChain(path: string, known: readonly string[] = []): ConfigPart[] {
	const own = readPart(path);
	const trail = [...known, path];
	const below = own.extended
		.flatMap((specifier) => extendedPath(specifier, dirname(path)) ?? [])
		.filter((extended) => !trail.includes(extended))
		.flatMap((extended) => readConfigChain(extended, trail));
	return [...below, own];
}

export function mergedOptions(chain: ConfigPart[]): Options {
	return Object.assign({}, ...chain.map(({ options }) => options));
}

function lower(value: unknown): string {
	return typeof value === 'string' ? value.toLowerCase() : '';
}

/** The options for a source root; null when the project has no tsconfig. A later `extends` overrides an earlier one. */
export function readCompilerOptions(place: {
	root: string;
	sourceRoot: string;
}): CompilerOptions | null {
	const { root, sourceRoot } = place;
	const path = [join(root, sourceRoot), root]
		.map((folder) => join(folder, 'tsconfig.json'))
		.find(seemsFile);
	if (!path) return null;
	const parts = readConfigChain(path);
	const options = mergedOptions(parts);
	return {
		module: lower(options.module),
		moduleResolution: lower(options.moduleResolution),
		importsTsExtensions:
			options.allowImportingTsExtensions === true ||
			options.rewriteRelativeImportExtensions === true,
		aliases: parts.findLast(({ aliases }) => aliases.length > 0)?.aliases ?? [],
		from: fromRoot(root, path),
	};
}
