// The project's own Flue code: the files that stand where db.ts will stand, and its agents. Never a walk of the tree.
import { join, posix } from 'node:path';
import type { TextFile } from '../../model.ts';
import { isFile, listNames, readText } from '../files.ts';

/** Folders that the framework knows in a source root (2.x: agents; 1.0 beta: also workflows and channels). */
const FOLDERS = ['', 'agents', 'workflows', 'channels'];
const MODULE = /\.(ts|mts|js|mjs)$/;
const NOT_SOURCE = /\.(d|test|spec|stories|config)\.[cm]?[jt]s$/;
const MOST_FILES = 40;
const MOST_CHARACTERS = 200_000;

/** The text of a file that is small enough to look through; null for any other. */
export function readSource(path: string): string | null {
	try {
		const text = isFile(path) ? readText(path) : null;
		return text === null || text.length > MOST_CHARACTERS ? null : text;
	} catch {
		return null;
	}
}

/** Up to 40 modules of Flue code, paths relative to the project root. */
export function readSourceFiles(place: { root: string; sourceRoot: string }): TextFile[] {
	const { root, sourceRoot } = place;
	const paths = FOLDERS.flatMap((folder) =>
		listNames(join(root, sourceRoot, folder))
			.filter((name) => MODULE.test(name) && !NOT_SOURCE.test(name))
			.map((name) => posix.join(sourceRoot, folder, name)),
	);
	return paths.slice(0, MOST_FILES).flatMap((path) => {
		const text = readSource(join(root, path));
		return text === null ? [] : [{ path, text }];
	});
}

/** The text without comments, for a search by pattern. Rough: good enough to find words, not to edit. */
export function withoutComments(text: string): string {
	return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

const IMPORT =
	/^[ \t]*(?:import|export)\s+(?!type\b)(?:[\w*${}\s,]+?\sfrom\s*|[\w*${}\s,]*\}\s*from\s*)?['"]([^'"\n]+)['"]/gm;

/** The module names in the import and re-export statements of a text; imports of types alone are left out. */
export function importsOf(text: string): string[] {
	return [...withoutComments(text).matchAll(IMPORT)].map((match) => match[1] ?? '');
}
