// What an existing db entry gives to others: its named exports, who imports it, and whether git holds its text.
import { basename, dirname, join, posix } from 'node:path';
import type { EntryUse } from '../../model/facts.ts';
import type { TextFile } from '../../model/found.ts';
import { digest } from '../../text/digest.ts';
import { morph, parse } from '../../text/source.ts';
import { relativeImportsOf } from '../code/source-files.ts';
import { listNames, readIfPossible } from '../files.ts';
import type { AskGit } from '../git-ignore.ts';
import { noteLook, unwatched } from '../watch.ts';

interface Entry {
	/** Relative to the project root. */
	path: string;
	text: string;
}

/** How many files are searched for imports at most: a report is worth that, and no more time. */
const SEARCHED_FILES = 2000;

/** The names that a module exports beside its default. */
export function namedExports(path: string, text: string): string[] {
	if (!/\bexport\s+(?!default\b)/.test(text)) return [];
	const file = parse(path, text);
	const { Node } = morph();
	const declared = file.getStatements().flatMap((statement) => {
		if (Node.isExportDeclaration(statement))
			return statement
				.getNamedExports()
				.map((name) => name.getAliasNode()?.getText() ?? name.getName());
		if (!Node.isExportable(statement) && !Node.isVariableStatement(statement)) return [];
		if (!statement.hasExportKeyword() || statement.hasDefaultKeyword()) return [];
		if (Node.isVariableStatement(statement))
			return statement.getDeclarations().map((declaration) => declaration.getName());
		return Node.hasName(statement) ? [statement.getName()] : [];
	});
	return declared.filter((name) => name !== 'default');
}

/** Relative imports of `text` that name the module `target`, both as paths without extension. */
function imports(path: string, text: string, target: string): boolean {
	return relativeImportsOf(text).some((specifier) => {
		const resolved = posix.join(posix.dirname(path), specifier);
		return resolved.replace(/\.[cm]?[jt]sx?$/, '') === target;
	});
}

/** The paths below a folder that fit a pattern; packages and what a build made are left out. */
async function pathsBelow(
	folder: string,
	pattern: string,
	ignore: string[] = [],
): Promise<string[]> {
	const { default: glob } = await import('fast-glob');
	// At once: for the few files that most projects have, a stream takes twice as long.
	return glob.sync(pattern, {
		cwd: folder,
		dot: true,
		followSymbolicLinks: false,
		suppressErrors: true,
		ignore: ['**/@(node_modules|dist|.git)/**', ...ignore],
	});
}

async function importers(root: string, entry: string, sourceRoot: string): Promise<string[]> {
	const below = await pathsBelow(join(root, sourceRoot), '**/*.?([cm])[jt]s?(x)');
	const target = entry.replace(/\.[cm]?[jt]s$/, '');
	return below
		.slice(0, SEARCHED_FILES)
		.map((path) => posix.join(sourceRoot, path))
		.filter((path) => {
			const text = unwatched(() => readIfPossible(join(root, path)));
			return path !== entry && text?.includes(basename(target)) && imports(path, text, target);
		})
		.sort();
}

/** Whether HEAD holds exactly this text: `git ls-tree` reads trees alone, so no hook and no filter of the user's runs. */
async function isInGit(root: string, entry: Entry, askGit: AskGit): Promise<boolean> {
	const { path, text } = entry;
	const listed = await askGit(['ls-tree', 'HEAD', '--', path], root);
	const blob = listed?.match(/ blob ([0-9a-f]+)\t/)?.[1];
	if (!blob) return false;
	const algorithm = blob.length === 64 ? 'sha256' : 'sha1';
	// Git may have stored the lines with \n while the work tree has \r\n.
	return [text, text.replaceAll('\r\n', '\n')].some((content) => {
		const bytes = Buffer.from(content);
		const object = Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]);
		return digest(algorithm, object, 'hex') === blob;
	});
}

/** Reads what a replacement of the entry would take away. */
export async function readEntryUse(
	place: { root: string; sourceRoot: string },
	entry: Entry,
	askGit: AskGit,
): Promise<EntryUse> {
	const exports = namedExports(entry.path, entry.text);
	const path = join(place.root, entry.path);
	const beside = listNames(dirname(path));
	const copies = beside.filter((name) => name.startsWith(`${basename(path)}.bak`));
	return {
		exports,
		importedBy: exports.length > 0 ? await importers(place.root, entry.path, place.sourceRoot) : [],
		inGit: await isInGit(place.root, entry, askGit),
		beside,
		hasCopy: copies.some((name) => readIfPossible(join(dirname(path), name)) === entry.text),
	};
}

const NAMED_IMPORT =
	/\bimport\s+(?!type\b)(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*['"]([^'"\n]+)['"]/g;

/** The names that a text imports from a module; what only its types need is left out. */
function namesFrom(path: string, text: string, target: string): string[] {
	return [...text.matchAll(NAMED_IMPORT)].flatMap(([, list = '', specifier = '']) => {
		const resolved = posix.join(posix.dirname(path), specifier);
		if (!specifier.startsWith('.') || resolved.replace(/\.[cm]?[jt]sx?$/, '') !== target) return [];
		const members = list.split(',').map((one) => one.trim());
		return members
			.filter((one) => one !== '' && !/^type\s/.test(one))
			.map((one) => one.split(/\s+as\s+/)[0] ?? '');
	});
}

/** Files that import names from the entry which it does not export; they cannot be loaded. */
export async function readBrokenImports(
	place: { root: string; sourceRoot: string },
	entry: Entry,
): Promise<{ path: string; names: string[] }[]> {
	// What another module brings along is not looked up.
	if (/\bexport\s*\*/.test(entry.text)) return [];
	const given = new Set(['default', ...namedExports(entry.path, entry.text)]);
	const target = entry.path.replace(/\.[cm]?[jt]s$/, '');
	const paths = await importers(place.root, entry.path, place.sourceRoot);
	return paths.flatMap((path) => {
		const names = namesFrom(path, readIfPossible(join(place.root, path)) ?? '', target);
		const missing = names.filter((name) => !given.has(name));
		return missing.length > 0 ? [{ path, names: missing }] : [];
	});
}

/** Files of the project that hold one of the words; null where there are too many files to look through. */
export async function readMentions(
	root: string,
	words: readonly string[],
): Promise<TextFile[] | null> {
	const paths = await pathsBelow(
		root,
		'**/{*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro,yml,yaml,sh,toml},package.json,Dockerfile*,Makefile}',
		['**/pnpm-lock.yaml'],
	);
	if (paths.length > SEARCHED_FILES) return null;
	return paths.sort().flatMap((path): TextFile[] => {
		const text = unwatched(() => readIfPossible(join(root, path)));
		if (text === null || !words.some((word) => text.includes(word))) return [];
		noteLook(join(root, path), 'read');
		return [{ path, text }];
	});
}
