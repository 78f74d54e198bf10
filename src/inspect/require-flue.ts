// Refuses a project that does not use Flue, and names the members of its workspace that do.
import { join } from 'node:path';
import { FlueError } from '../errors.ts';
import { objectOf, parseJson } from '../text/jsonc.ts';
import { isDirectory, isFile, readIfPossible } from './files.ts';
import { FLUE_CONFIG_NAMES } from './flue/flue-config.ts';
import { memberFolders } from './packages/members.ts';
import { findWorkspace, governingFolders } from './packages/workspace.ts';
import { fromRoot } from './paths.ts';
import { DEPENDENCY_FIELDS, ELSEWHERE, type Manifest, type Project } from './project.ts';

/** Whether a folder is a Flue project: a `@flue/*` dependency, a flue.config or a `.flue/` folder. */
function usesFlue(root: string, manifest: Manifest): boolean {
	const declared = DEPENDENCY_FIELDS.flatMap((field) =>
		Object.keys(objectOf(manifest[field]) ?? {}),
	);
	return (
		declared.some((name) => name.startsWith('@flue/')) ||
		FLUE_CONFIG_NAMES.some((name) => isFile(join(root, name))) ||
		isDirectory(join(root, '.flue'))
	);
}

/** Whether a folder has a package.json of its own and uses Flue; one that cannot be read does not count. */
export function isFlueProject(folder: string): boolean {
	const manifest = objectOf(parseJson(readIfPossible(join(folder, 'package.json')) ?? ''));
	return manifest !== null && usesFlue(folder, manifest);
}

const MOST_NAMED = 3;

/** `--cwd` for the nearest package.json above, in the same repository, that has Flue; null where none has. */
async function hintAbove(root: string): Promise<string | null> {
	const { gitRoot } = await findWorkspace(root);
	const above = governingFolders(root, gitRoot).find(isFlueProject);
	if (above === undefined) return null;
	return `Say --cwd ${fromRoot(root, above)} for the Flue project above it.`;
}

/** `--cwd` for each member of the workspace that uses Flue; else for what is above, or the general advice. */
async function hintFor(root: string): Promise<string> {
	// A file that cannot be read is not the matter yet.
	const listed = await memberFolders(root).catch(() => []);
	const members = listed.filter(isFlueProject);
	if (members.length === 0) return (await hintAbove(root).catch(() => null)) ?? ELSEWHERE;
	const named = members.slice(0, MOST_NAMED).map((folder) => `--cwd ${fromRoot(root, folder)}`);
	return `Name the member of this workspace that uses Flue: ${named.join(', or ')}.`;
}

/**
 * Refuses a project that does not use Flue.
 * @throws NOT_FLUE
 */
export async function requireFlue({ root, manifest }: Project): Promise<void> {
	if (usesFlue(root, manifest)) return;
	throw new FlueError(
		'NOT_FLUE',
		`${join(root, 'package.json')} is not a Flue project: no @flue/* dependency, flue.config or .flue folder.`,
		{ path: 'package.json', hint: await hintFor(root) },
	);
}
