// The folders of the packages that a workspace lists, in package.json or in pnpm-workspace.yaml.
import { join } from 'node:path';
import { objectOf, parseJson } from '../../text/jsonc.ts';
import { ifReadable, isDirectory, isFile, listNames, readIfPossible } from '../files.ts';
import { matchesGlob } from '../globs.ts';
import { fromRoot } from '../paths.ts';
import { isListed, pnpmGlobs, workspaceGlobs } from './workspace.ts';

function subfolders(folder: string): string[] {
	const names = ifReadable(() => listNames(folder)) ?? [];
	return names
		.filter((name) => name !== 'node_modules' && !name.startsWith('.'))
		.map((name) => join(folder, name))
		.filter((path) => ifReadable(() => isDirectory(path)));
}

/** Where a glob leads, part by part. `**` stands for one level here: a walk of the whole tree would be too much. */
function foldersOf(folder: string, [part, ...rest]: string[]): string[] {
	if (part === undefined) return [folder];
	const glob = part === '**' ? '*' : part;
	const next = /[*?[{(]/.test(glob)
		? subfolders(folder).filter((path) => matchesGlob(fromRoot(folder, path), glob))
		: [join(folder, glob)];
	return next.flatMap((path) => foldersOf(path, rest));
}

/**
 * The members of the workspace at `root`, as package managers find them, by whatever manager. Absolute folders; empty when it
 * lists none.
 * @throws UNREADABLE_PROJECT when its pnpm-workspace.yaml is not YAML
 */
export async function memberFolders(root: string): Promise<string[]> {
	const manifest = objectOf(parseJson(readIfPossible(join(root, 'package.json')) ?? ''));
	const listed = manifest ? workspaceGlobs(manifest) : [];
	return foldersIn(root, [...listed, ...(await pnpmGlobs(join(root, 'pnpm-workspace.yaml')))]);
}

function foldersIn(root: string, globs: string[]): string[] {
	const parts = (glob: string): string[] =>
		glob.split('/').filter((part) => part !== '' && part !== '.');
	const folders = globs
		.filter((glob) => !glob.startsWith('!'))
		.flatMap((glob) => foldersOf(root, parts(glob)))
		.filter(
			(folder) => isFile(join(folder, 'package.json')) && isListed(globs, fromRoot(root, folder)),
		);
	return [...new Set(folders)];
}
