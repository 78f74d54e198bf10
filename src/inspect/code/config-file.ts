// A config file and the local files that it imports: read and parsed on demand, never executed.
import { join, posix } from 'node:path';
import { FlueError } from '../../errors.ts';
import { firstSyntaxError, lineOf, type Morph, parse } from '../../text/source.ts';
import { isFile, readText } from '../files.ts';
import { moduleFiles, relativeImportsOf } from './source-files.ts';

/** The files of one reading, so that files which import each other are parsed once. */
interface Reading {
	root: string;
	trees: Map<string, Morph.SourceFile>;
}

const ENDINGS = ['.ts', '.mts', '.js', '.mjs', '.cts', '.cjs'];
const NEAR_FILES = 12;

const origins = new WeakMap<Morph.SourceFile, { reading: Reading; path: string }>();

function open(reading: Reading, path: string, text: string): Morph.SourceFile {
	const known = reading.trees.get(path);
	if (known) return known;
	const tree = parse(path, text);
	const fault = firstSyntaxError(tree);
	if (fault !== null) {
		throw new FlueError(
			'UNREADABLE_PROJECT',
			`${path}:${fault.line} has a syntax error: ${fault.message}`,
			{ path, hint: `Correct ${path} and run the command again.` },
		);
	}
	reading.trees.set(path, tree);
	origins.set(tree, { reading, path });
	return tree;
}

/**
 * Parses a config file; `path` is relative to `root`.
 * @throws UNREADABLE_PROJECT when it is not valid TypeScript or JavaScript.
 */
export function openConfig(file: { root: string; path: string; text: string }): Morph.SourceFile {
	return open({ root: file.root, trees: new Map() }, file.path, file.text);
}

/** Whether a module name is a path, and not a package. */
export function isLocal(specifier: string): boolean {
	return /^\.{1,2}\//.test(specifier);
}

/** The file that a relative import names, as bundlers resolve it (`./a.js` may be a.ts); null when there is none. */
function resolveLocal(root: string, importer: string, specifier: string): string | null {
	const candidates = moduleFiles(posix.join(posix.dirname(importer), specifier), ENDINGS);
	return candidates.find((candidate) => isFile(join(root, candidate))) ?? null;
}

/** The parsed file behind a relative import; null when it is missing or not code. */
export function openImport(importer: Morph.SourceFile, specifier: string): Morph.SourceFile | null {
	const origin = origins.get(importer);
	if (!origin || !isLocal(specifier)) return null;
	const { reading, path } = origin;
	const found = resolveLocal(reading.root, path, specifier);
	if (found === null || !ENDINGS.includes(posix.extname(found))) return null;
	return open(reading, found, readText(join(reading.root, found)) ?? '');
}

/** Where a node stands, e.g. `vite.config.ts:12`. */
export function placeOf(node: Morph.Node): string {
	const tree = node.getSourceFile();
	return `${origins.get(tree)?.path ?? tree.getBaseName()}:${lineOf(node)}`;
}

/** The trees opened since `openConfig`, the config itself first. */
export function openedTrees(tree: Morph.SourceFile): Morph.SourceFile[] {
	return [...(origins.get(tree)?.reading.trees.values() ?? [])];
}

/** The local files that a text imports: path and text, or null for the text of a missing one. */
function importedTexts(root: string, importer: string, text: string): [string, string | null][] {
	return relativeImportsOf(text).flatMap((specifier): [string, string | null][] => {
		const path = resolveLocal(root, importer, specifier);
		if (path === null) return [[posix.join(posix.dirname(importer), specifier), null]];
		return ENDINGS.includes(posix.extname(path)) ? [[path, readText(join(root, path))]] : [];
	});
}

/** Texts within reach of a config through relative imports, itself first; `null` stands for a missing file. */
export function textsWithinReach(root: string, path: string): Map<string, string | null> {
	const texts = new Map<string, string | null>([[path, readText(join(root, path)) ?? '']]);
	// A map goes on to the entries that are added while it is walked.
	for (const [importer, text] of texts) {
		if (text === null || texts.size >= NEAR_FILES) continue;
		for (const [name, found] of importedTexts(root, importer, text))
			if (!texts.has(name)) texts.set(name, found);
	}
	return texts;
}
