// The folders of the packages that a workspace lists, in package.json or in pnpm-workspace.yaml.
import { join, posix } from 'node:path';
import { objectOf, parseJson } from '../../text/jsonc.ts';
import { ifReadable, isFile, listFolders, readIfPossible } from '../files.ts';
import { matchesGlob } from '../globs.ts';
import { listedBy, pnpmGlobs, workspaceGlobs } from './workspace.ts';

/** Where a glob leads from a folder, part by part, relative to `root`. `**` stands for one level here: a walk of the whole tree would be too much. */
function foldersOf(root: string, folder: string, [part, ...rest]: string[]): string[] {
	if (part === undefined) return [folder];
	const glob = part === '**' ? '*' : part;
	const names = /[*?[{(]/.test(glob) ? fitting(join(root, folder), glob) : [glob];
	return names.flatMap((name) => foldersOf(root, posix.join(folder, name), rest));
}

/** The names in a folder that fit a glob and may be those of members. */
function fitting(folder: string, glob: string): string[] {
	const names = ifReadable(() => listFolders(folder)) ?? [];
	const isOwn = (name: string) => name !== 'node_modules' && !name.startsWith('.');
	return names.filter((name) => isOwn(name) && matchesGlob(name, glob));
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
	const isMember = listedBy(globs);
	const folders = globs
		.filter((glob) => !glob.startsWith('!'))
		.flatMap((glob) => foldersOf(root, '', parts(glob)))
		.filter((folder) => isMember(folder) && isFile(join(root, folder, 'package.json')));
	return [...new Set(folders)].map((folder) => join(root, folder));
}
