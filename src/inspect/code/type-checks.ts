// What the compiler options of a project ask of the db.ts that is written into it.
import { dirname, join } from 'node:path';
import type { TypeChecks } from '../../model/facts.ts';
import { parseJson, valueAt } from '../../text/jsonc.ts';
import { readIfPossible, seemsFile } from '../files.ts';
import { matchesGlob } from '../globs.ts';
import { foldersUpTo, fromRoot, type Place } from '../paths.ts';
import { type ConfigPart, mergedOptions, readConfigChain } from './tsconfig.ts';

const NONE: TypeChecks = {
	bracketAccess: false,
	exactOptional: false,
	typedExports: false,
	refusesAwait: null,
	from: [],
};

/** The modules in which TypeScript refuses an `await` outside of a function (TS1378). */
const WITHOUT_AWAIT = new Set(['commonjs', 'amd', 'umd', 'es6', 'es2015', 'es2020']);

/** Why an `await` outside of a function is refused; null when it is not, or nothing says so. */
function awaitFault(options: Record<string, unknown>, entry: string): string | null {
	const module = typeof options.module === 'string' ? options.module.toLowerCase() : '';
	if (WITHOUT_AWAIT.has(module)) return `"module" is "${options.module}"`;
	if (!/^node(16|18|20|next)$/.test(module) || /\.m[jt]s$/.test(entry)) return null;
	const folders = foldersUpTo(dirname(entry), '');
	const nearest = folders
		.map((folder) => readIfPossible(join(folder, 'package.json')))
		.find((text) => text !== null);
	const type = valueAt(parseJson(nearest ?? ''), 'type');
	return type === 'module' ? null : `package.json does not say "type": "module"`;
}

/** The configs that may check a file: the nearest one, or what it refers to when it holds nothing itself. */
function configsFor(folders: string[]): ConfigPart[][] {
	const path = folders.map((folder) => join(folder, 'tsconfig.json')).find(seemsFile);
	if (path === undefined) return [];
	const chain = readConfigChain(path);
	const own = chain.at(-1);
	if (!own?.isSolution) return [chain];
	return own.references.map((reference) => readConfigChain(reference));
}

/** Whether one of a config's patterns, which are relative to its folder, means a file. */
function isNamed(patterns: string[], config: ConfigPart, entry: string): boolean {
	const path = fromRoot(dirname(config.path), entry);
	return patterns.some((pattern) => {
		const glob = pattern.replace(/^(\$\{configDir\}|\.)\//, '').replace(/\/$/, '');
		return matchesGlob(path, glob) || matchesGlob(path, glob === '.' ? '**' : `${glob}/**`);
	});
}

/** Whether a compiler that is given a config looks at a file; by default at all that lies below it, but for folders such as `.flue`. */
function looksAt(chain: ConfigPart[], entry: string): boolean {
	const [own] = chain.slice(-1);
	const naming = chain.findLast(({ included }) => included !== undefined) ?? own;
	const leaving = chain.findLast(({ excluded }) => excluded !== undefined);
	if (!naming) return false;
	const patterns = naming.included ?? ['**/*'];
	// A pattern that leads out of the config's folder is not worked out.
	const isTaken = patterns.some((one) => one.includes('..')) || isNamed(patterns, naming, entry);
	return isTaken && !(leaving && isNamed(leaving.excluded ?? [], leaving, entry));
}

/** Reads what tsconfig.json, what it extends and what it refers to ask of the file at `entryPath`. */
export function readTypeChecks({ root, boundary }: Place, entryPath: string): TypeChecks {
	// Where TypeScript checks no JavaScript there is nothing that must compile.
	if (/\.m?js$/.test(entryPath)) return NONE;
	const entry = join(root, entryPath);
	const merged = configsFor(foldersUpTo(dirname(entry), boundary)).map((chain) => ({
		options: mergedOptions(chain),
		path: chain.at(-1)?.path ?? '',
		looks: looksAt(chain, entry),
	}));
	const some = (name: string): boolean => merged.some(({ options }) => options[name] === true);
	const checks = {
		bracketAccess: some('noPropertyAccessFromIndexSignature'),
		exactOptional: some('exactOptionalPropertyTypes'),
		typedExports: some('isolatedDeclarations'),
	};
	const faults = merged
		.filter(({ looks }) => looks)
		.map(({ options }) => awaitFault(options, entry));
	const refusesAwait =
		faults.length > 0 && faults.every((fault) => fault !== null) ? (faults[0] ?? null) : null;
	const asks = Object.values(checks).some(Boolean) || refusesAwait !== null;
	return {
		...checks,
		refusesAwait,
		from: asks ? merged.map(({ path }) => fromRoot(root, path)) : [],
	};
}
