// Finds the workspace that governs a project. Looks upward only, never above the git root.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { objectOf, stringsOf, valueAt } from '../../text/jsonc.ts';
import { exists, isFile, readText } from '../files.ts';
import { matchesGlob } from '../globs.ts';
import { foldersAbove, fromRoot } from '../paths.ts';
import { type Manifest, readManifest } from '../project.ts';
import { readSettings } from './catalogs.ts';

export interface Workspace {
	/** Absolute folder of the workspace that lists the project; the project's own folder when none does. */
	root: string;
	/** Nearest folder with `.git`, at or above the project. */
	gitRoot: string | null;
	isMember: boolean;
	/** The package.json of the workspace root; null when the project is no member, or the root has none. */
	manifest: Manifest | null;
	/** What lists the project, relative to it, e.g. `../../pnpm-workspace.yaml`. */
	from: string;
	/** A pnpm workspace above that does not list the project. pnpm would install that one instead. */
	ignoredPnpmRoot: string | null;
}

// Without git there is no border: far enough for apps/<group>/<app>, not so far as to meet a stranger.
const LEVELS_WITHOUT_GIT = 8;

/** The globs of a package.json's `workspaces`, which is a list or an object with `packages`. */
export function workspaceGlobs({ workspaces }: Manifest): string[] {
	return stringsOf(objectOf(workspaces)?.packages ?? workspaces);
}

/** The globs of a pnpm-workspace.yaml; none where there is no such file. */
export async function pnpmGlobs(path: string): Promise<string[]> {
	const text = readText(path);
	// Many hold settings alone: for those no parser is loaded.
	if (text === null || !text.includes('packages')) return [];
	return stringsOf(valueAt(await readSettings(path, text), 'packages'));
}

/** Whether globs include a folder, given relative to where they stand. A negation wins wherever it stands in the list. */
export function listedBy(globs: string[]): (folder: string) => boolean {
	const plain = globs.map((glob) => glob.replace(/^(!?)\.?\//, '$1').replace(/\/+$/, ''));
	const taken = plain.filter((glob) => !glob.startsWith('!'));
	const refused = plain.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
	return (folder) => {
		const matches = (glob: string): boolean => glob === folder || matchesGlob(folder, glob);
		return taken.some(matches) && !refused.some(matches);
	};
}

/** The file in `parent` that lists the project, or null. */
async function listingFile(parent: string, root: string): Promise<string | null> {
	const folder = fromRoot(parent, root);
	const yaml = join(parent, 'pnpm-workspace.yaml');
	if (listedBy(await pnpmGlobs(yaml))(folder)) return yaml;
	const path = join(parent, 'package.json');
	const manifest = readManifest(path);
	return manifest && listedBy(workspaceGlobs(manifest))(folder) ? path : null;
}

/** The folders in which a workspace or a lockfile may govern the project: above it, up to the git root. */
export function governingFolders(root: string, gitRoot: string | null): string[] {
	if (root === gitRoot) return [];
	const above = foldersAbove(root);
	if (gitRoot !== null) return above.slice(0, above.indexOf(gitRoot) + 1);
	const home = above.indexOf(homedir());
	const near = home === -1 ? above : above.slice(0, home);
	return near.slice(0, LEVELS_WITHOUT_GIT);
}

// pnpm looks for its workspace up to the root of the file system, whatever git says (seen with pnpm 9 to 12; 9 and 10
// then install the workspace, leave the project alone, and exit with 0).
function pnpmRootAbove(root: string): string | null {
	if (isFile(join(root, 'pnpm-workspace.yaml'))) return null;
	const isPnpmRoot = (folder: string): boolean => isFile(join(folder, 'pnpm-workspace.yaml'));
	return foldersAbove(root).find(isPnpmRoot) ?? null;
}

/**
 * Finds the workspace that lists the project.
 * @param root absolute real path of the folder with the project's package.json
 */
export async function findWorkspace(root: string): Promise<Workspace> {
	const hasGit = (folder: string): boolean => exists(join(folder, '.git'));
	const gitRoot = [root, ...foldersAbove(root)].find(hasGit) ?? null;
	for (const parent of governingFolders(root, gitRoot)) {
		const file = await listingFile(parent, root);
		if (file === null) continue;
		const from = fromRoot(root, file);
		const manifest = readManifest(join(parent, 'package.json'));
		return { root: parent, gitRoot, isMember: true, manifest, from, ignoredPnpmRoot: null };
	}
	const ignoredPnpmRoot = pnpmRootAbove(root);
	return { root, gitRoot, isMember: false, manifest: null, from: 'package.json', ignoredPnpmRoot };
}
