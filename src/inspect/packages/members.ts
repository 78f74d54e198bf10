// The folders of the packages that a workspace lists, in package.json or in pnpm-workspace.yaml.
import { join } from 'node:path';
import { objectOf, parseJson } from '../../text/jsonc.ts';
import { ifReadable, isDirectory, isFile, listNames, readIfPossible } from '../files.ts';
import { fromRoot, matchesGlob } from '../paths.ts';
import { isListed, pnpmGlobs, type Workspace, workspaceGlobs } from './workspace.ts';

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

/** The entries of `packages` in pnpm-workspace.yaml in their usual form, a line each: for that no parser of YAML is loaded. */
function listedByPnpm(root: string): string[] {
	const text = readIfPossible(join(root, 'pnpm-workspace.yaml')) ?? '';
	const list = /^packages:[ \t]*\r?\n((?:[ \t]*(?:[-#].*)?\r?\n?)*)/m.exec(text)?.[1] ?? '';
	const entries = list.matchAll(/^[ \t]*-[ \t]+(["']?)([^"'#\r\n]+?)\1[ \t]*(?:#.*)?\r?$/gm);
	return [...entries].map(([, , glob = '']) => glob);
}

/** The members of the workspace at `root`, as package managers find them. Absolute folders; empty when it lists none. */
export function memberFolders(root: string): string[] {
	const manifest = objectOf(parseJson(readIfPossible(join(root, 'package.json')) ?? ''));
	return foldersIn(root, [...(manifest ? workspaceGlobs(manifest) : []), ...listedByPnpm(root)]);
}

/** The members of the workspace that lists the project, by whatever manager; empty where none does. */
export async function workspaceMembers({ root, isMember }: Workspace): Promise<string[]> {
	if (!isMember) return [];
	const listed = foldersIn(root, await pnpmGlobs(join(root, 'pnpm-workspace.yaml')));
	return listed.length > 0 ? listed : memberFolders(root);
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
