// The compiler options that say how a project writes its imports: its own tsconfig, and one level of `extends`.
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { isFile, readText } from '../files.ts';
import { objectOf, readJsonObject } from '../jsonc.ts';

export interface PathAlias {
	/** E.g. `@/*`. */
	pattern: string;
	/** Absolute, e.g. `/project/src/*`. */
	targets: string[];
}

export interface CompilerOptions {
	/** Lower case; '' when it is not set. */
	module: string;
	moduleResolution: string;
	importsTsExtensions: boolean;
	aliases: PathAlias[];
	/** The file, relative to the project root. */
	from: string;
}

type Options = Record<string, unknown>;

function stringsOf(value: unknown): string[] {
	return [value].flat().filter((one) => typeof one === 'string');
}

function readConfig(path: string): Record<string, unknown> | null {
	try {
		const text = readText(path);
		return text === null ? null : readJsonObject(text);
	} catch {
		// Unreadable: the imports are then judged by what the project's files show.
		return null;
	}
}

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

function extendedPath(specifier: string, folder: string, root: string): string | null {
	const isLocal = specifier.startsWith('.') || isAbsolute(specifier);
	const base = isLocal ? join(folder, specifier) : join(root, 'node_modules', specifier);
	return [base, `${base}.json`, join(base, 'tsconfig.json')].find(isFileAt) ?? null;
}

function isFileAt(path: string): boolean {
	try {
		return isFile(path);
	} catch {
		return false;
	}
}

interface ConfigPart {
	options: Options;
	aliases: PathAlias[];
	extended: string[];
}

function readPart(path: string): ConfigPart {
	const config = readConfig(path);
	const options = objectOf(config?.compilerOptions) ?? {};
	const aliases = aliasesIn(options, dirname(path));
	return { options, aliases, extended: stringsOf(config?.extends) };
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
		.find(isFileAt);
	if (!path) return null;
	const own = readPart(path);
	const parts = own.extended
		.flatMap((specifier) => extendedPath(specifier, dirname(path), root) ?? [])
		.map(readPart)
		.concat(own);
	const options: Options = Object.assign({}, ...parts.map((part) => part.options));
	return {
		module: lower(options.module),
		moduleResolution: lower(options.moduleResolution),
		importsTsExtensions:
			options.allowImportingTsExtensions === true ||
			options.rewriteRelativeImportExtensions === true,
		aliases: parts.findLast(({ aliases }) => aliases.length > 0)?.aliases ?? [],
		from: relative(root, path).split(sep).join('/'),
	};
}
