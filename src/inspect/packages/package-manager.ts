// Decides which package manager a project uses, from its files and never by running one.
import { join } from 'node:path';
import { FlueError } from '../../errors.ts';
import type { ManagerTraits } from '../../model/facts.ts';
import type { Detection, Found, Undecided, Warning } from '../../model/found.ts';
import type { PackageManager } from '../../model/request.ts';
import { valueAt } from '../../text/jsonc.ts';
import { isFile, readText } from '../files.ts';
import { fromRoot } from '../paths.ts';
import type { Manifest, Project } from '../project.ts';
import { lockfilesIn } from './lockfiles.ts';
import { governingFolders, type Workspace } from './workspace.ts';

export type ManagedProject = Pick<Project, 'root' | 'manifest'> & { workspace: Workspace };

type Candidate = Found<PackageManager>;

const MANAGERS: readonly string[] = ['npm', 'pnpm', 'yarn', 'bun'] satisfies PackageManager[];

function isManager(name: string): name is PackageManager {
	return MANAGERS.includes(name);
}

/** How an entry of a field names its manager: `pnpm@9.12.0+sha512.…`, or an object. */
const FIELDS = {
	packageManager: (entry: unknown) => String(entry).split('@')[0],
	'devEngines.packageManager': (entry: unknown) => valueAt(entry, 'name'),
} as const;

/** What one field of a package.json says; null when it is not there. `devEngines` may allow several. */
function fromField(
	field: keyof typeof FIELDS,
	manifest: Manifest,
	path: string,
): Candidate[] | null {
	const written = valueAt(manifest, ...field.split('.')) ?? null;
	if (written === null) return null;
	const names = [written].flat().map((entry) => String(FIELDS[field](entry)).trim());
	const known = names.filter(isManager);
	if (known.length > 0) return known.map((value) => ({ value, from: `${field} in ${path}` }));
	const message = `${field} in ${path} is ${JSON.stringify(written)}, which names no package manager that is known here.`;
	const hint = 'Correct the field, or pass --package-manager npm|pnpm|yarn|bun.';
	throw new FlueError('UNREADABLE_PROJECT', message, { path, hint });
}

/** What package.json says, the project's own before that of its workspace. */
function fromFields({ root, workspace, manifest }: ManagedProject): Candidate[] {
	const above = fromRoot(root, join(workspace.root, 'package.json'));
	for (const field of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
		const found =
			fromField(field, manifest, 'package.json') ??
			(workspace.manifest && fromField(field, workspace.manifest, above));
		if (found) return found;
	}
	return [];
}

/**
 * The lockfiles that govern the project: those of the nearest folder that has any, and for a workspace member those of
 * the workspace root beside them, because that is where its manager installs.
 */
async function governingLockfiles({ root, workspace }: ManagedProject): Promise<Candidate[]> {
	const above = workspace.isMember ? governingFolders(root, workspace.gitRoot) : [];
	const folders = [root, ...above.slice(0, above.indexOf(workspace.root) + 1)];
	const found = await Promise.all(folders.map((folder) => lockfilesIn(folder, root)));
	const nearest = found.find((list) => list.length > 0) ?? [];
	const outermost = (workspace.isMember ? found.at(-1) : undefined) ?? [];
	const isNew = ({ value }: Candidate): boolean => nearest.every((one) => one.value !== value);
	return [...nearest, ...outermost.filter(isNew)];
}

/** The nearest lockfile above that does not govern the project, which the user may expect to be used. */
async function foreignLockfile({ root, workspace }: ManagedProject): Promise<Warning[]> {
	for (const folder of governingFolders(root, workspace.gitRoot)) {
		const [found] = await lockfilesIn(folder, root);
		if (!found) continue;
		const message = `${found.from} is not used: no workspace there lists this project. If it should, pass --package-manager ${found.value}.`;
		return [{ code: 'FOREIGN_LOCKFILE', message }];
	}
	return [];
}

function disagreement(field: Candidate, locks: Candidate[]): Warning[] {
	if (locks.length === 0 || locks.some(({ value }) => value === field.value)) return [];
	const files = locks.map(({ from }) => from).join(' and ');
	const message = `${field.from} says ${field.value}, but there is ${files}. ${field.value} is used.`;
	return [{ code: 'LOCKFILE_DISAGREES', message }];
}

function fromUserAgent(userAgent: string | undefined): Candidate {
	const name = userAgent?.split('/')[0] ?? '';
	if (isManager(name)) return { value: name, from: `the command was started by ${name}` };
	return { value: 'npm', from: 'nothing says otherwise' };
}

/**
 * Finds the project's package manager: a field of package.json, the governing lockfile, the manager that started this
 * program, npm. The flag comes before all of these and is the caller's.
 * @throws UNREADABLE_PROJECT when a field names something else.
 */
export async function detectPackageManager(
	project: ManagedProject & { userAgent: string | undefined },
): Promise<Detection<Candidate | Undecided<PackageManager>>> {
	const fields = fromFields(project);
	const locks = await governingLockfiles(project);
	const allowed = fields.find(({ value }) => locks.some((lock) => lock.value === value));
	const field = allowed ?? fields[0];
	if (field) return { fact: field, warnings: disagreement(field, locks) };
	const [only, second] = locks;
	if (only && second) {
		const from = locks.map((lock) => lock.from).join(' and ');
		return { fact: { options: locks, from }, warnings: [] };
	}
	if (only) return { fact: only, warnings: [] };
	return { fact: fromUserAgent(project.userAgent), warnings: await foreignLockfile(project) };
}

/** Whether a project's Yarn is 2 or later; null when neither a field, nor the settings, nor the lockfile says. */
export function isYarnBerry({ root, workspace, manifest }: ManagedProject): boolean | null {
	for (const { packageManager } of [manifest, workspace.manifest ?? {}]) {
		const major = /^yarn@\D?(\d+)\b/.exec(String(packageManager))?.[1];
		if (major !== undefined) return Number(major) >= 2;
	}
	const folders = [workspace.root, root];
	if (folders.some((folder) => isFile(join(folder, '.yarnrc.yml')))) return true;
	const lockfile = folders.map((folder) => readText(join(folder, 'yarn.lock'))).find(Boolean);
	return lockfile ? /^__metadata:/m.test(lockfile) : null;
}

/** What the name of the manager does not tell, and an install must know. */
export function readManagerTraits(project: ManagedProject): ManagerTraits {
	return {
		yarnIsBerry: isYarnBerry(project),
		ignoresWorkspace: project.workspace.ignoredPnpmRoot !== null,
	};
}
