// The compiler options that say how a project writes its imports: its own tsconfig, and one level of `extends`.
import { dirname, isAbsolute, join } from 'node:path';
import { objectOf, readJsonObject, stringsOf } from '../../text/jsonc.ts';
import { readIfPossible, seemsFile } from '../files.ts';
import { fromRoot } from '../paths.ts';

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

function extendedPath(specifier: string, folder: string, root: string): string | null {
	const isLocal = specifier.startsWith('.') || isAbsolute(specifier);
	const base = isLocal ? join(folder, specifier) : join(root, 'node_modules', specifier);
	return [base, `${base}.json`, join(base, 'tsconfig.json')].find(seemsFile) ?? null;
}

interface ConfigPart {
	options: Options;
	aliases: PathAlias[];
	extended: string[];
}

function readPart(path: string): ConfigPart {
	// Unreadable: the imports are then judged by what the project's files show.
	const config = readJsonObject(readIfPossible(path) ?? '');
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
		.find(seemsFile);
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
		from: fromRoot(root, path),
	};
}
