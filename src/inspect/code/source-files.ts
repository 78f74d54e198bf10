// The project's own Flue code: the files that stand where db.ts will stand, and its agents. Never a walk of the tree.
import { join, posix } from 'node:path';
import type { TextFile } from '../../model/found.ts';
import { listNames, readIfPossible } from '../files.ts';

/** What a run reads of the source root, once. */
export interface Sources {
	/** Names in the source root itself. */
	names: string[];
	/** Up to 40 modules of Flue code, paths relative to the project root. */
	files: TextFile[];
}

/** Folders that the framework knows in a source root (2.x: agents; 1.0 beta: also workflows and channels). */
const FOLDERS = ['agents', 'workflows', 'channels'];
const MODULE = /\.(ts|mts|js|mjs)$/;
const NOT_SOURCE = /\.(d|test|spec|stories|config)\.[cm]?[jt]s$/;
const MOST_FILES = 40;
const MOST_CHARACTERS = 200_000;

/** The text of a file that is small enough to look through; null for any other. */
export function readSource(path: string): string | null {
	const text = readIfPossible(path);
	return text === null || text.length > MOST_CHARACTERS ? null : text;
}

/** Reads the modules of Flue code. */
export function readSources({ root, sourceRoot }: { root: string; sourceRoot: string }): Sources {
	const names = listNames(join(root, sourceRoot), FOLDERS);
	const below = FOLDERS.filter((folder) => names.includes(folder)).flatMap((folder) =>
		listNames(join(root, sourceRoot, folder)).map((name) => posix.join(folder, name)),
	);
	const files = [...names, ...below]
		.filter((name) => MODULE.test(name) && !NOT_SOURCE.test(name))
		.slice(0, MOST_FILES)
		.flatMap((name): TextFile[] => {
			const path = posix.join(sourceRoot, name);
			const text = readSource(join(root, path));
			return text === null ? [] : [{ path, text }];
		});
	return { names, files };
}

/** The text without comments, for a search by pattern. Rough: good enough to find words, not to edit. */
export function withoutComments(text: string): string {
	return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

const IMPORT =
	/^[ \t]*(?:import|export)\s+(?!type\b)(?:[\w*${}\s,]+?\sfrom\s*|[\w*${}\s,]*\}\s*from\s*)?['"]([^'"\n]+)['"]/gm;
const SPECIFIER = /\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]/g;
const RELATIVE_IMPORT = /(?:from|import|require)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/** The module names in the import and re-export statements of a text; imports of types alone are left out. */
export function importsOf(text: string): string[] {
	return [...withoutComments(text).matchAll(IMPORT)].map((match) => match[1] ?? '');
}

/** The module names behind `from` in a text, those of types included. */
export function specifiersOf(text: string): string[] {
	return [...text.matchAll(SPECIFIER)].map((match) => match[1] ?? '');
}

/** The relative paths that a text imports in any way, `require` and types included. */
export function relativeImportsOf(text: string): string[] {
	return [...text.matchAll(RELATIVE_IMPORT)].map((match) => match[1] ?? '');
}

/** Where a bundler looks for the file of an import: `./a.js` may be a.ts, `./a` a.ts or a/index.ts. */
export function moduleFiles(path: string, endings: string[]): string[] {
	return [
		path,
		path.replace(/\.([cm]?)js$/, '.$1ts'),
		...endings.map((ending) => path + ending),
		...endings.map((ending) => `${path}/index${ending}`),
	];
}
