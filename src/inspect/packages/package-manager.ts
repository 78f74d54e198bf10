// Decides which package manager a project uses, from its files and never by running one.
import { delimiter, join, resolve } from 'node:path';
import { FlueError } from '../../errors.ts';
import type {
	Detection,
	Found,
	ManagerTraits,
	PackageManager,
	Undecided,
	Warning,
} from '../../model.ts';
import { isFile, readText } from '../files.ts';
import type { Manifest } from '../project.ts';
import { lockfilesIn } from './lockfiles.ts';
import { fromRoot, governingFolders, isRecord, type Workspace } from './workspace.ts';

const MANAGERS: readonly string[] = ['npm', 'pnpm', 'yarn', 'bun'] satisfies PackageManager[];

export interface ManagedProject {
	/** Absolute real path of the folder with the project's package.json. */
	root: string;
	workspace: Workspace;
	manifest: Manifest;
}

type Candidate = Found<PackageManager>;

function isManager(name: string): name is PackageManager {
	return MANAGERS.includes(name);
}

function unreadable(path: string, field: string, value: unknown): FlueError {
	const message = `${field} in ${path} is ${JSON.stringify(value)}, which names no package manager that is known here.`;
	const hint = 'Correct the field, or pass --package-manager npm|pnpm|yarn|bun.';
	return new FlueError('UNREADABLE_PROJECT', message, { path, hint });
}

/** The `packageManager` field, e.g. `pnpm@9.12.0+sha512.…`. */
function packageManagerField(manifest: Manifest, path: string): Candidate[] {
	const { packageManager } = manifest;
	if (packageManager === undefined || packageManager === null) return [];
	const name = String(packageManager).trim().split('@')[0] ?? '';
	if (!isManager(name)) throw unreadable(path, 'packageManager', packageManager);
	return [{ value: name, from: `packageManager in ${path}` }];
}

/** `devEngines.packageManager`: one entry, or a list of which any will do. */
function devEnginesField(manifest: Manifest, path: string): Candidate[] {
	const { devEngines } = manifest;
	const field = isRecord(devEngines) ? devEngines.packageManager : undefined;
	if (field === undefined || field === null) return [];
	const entries = Array.isArray(field) ? field : [field];
	const names = entries.map((entry) => (isRecord(entry) ? String(entry.name) : ''));
	const known = names.filter(isManager);
	if (known.length === 0) throw unreadable(path, 'devEngines.packageManager', field);
	return known.map((value) => ({ value, from: `devEngines.packageManager in ${path}` }));
}

/** What package.json says, the project's own first. Several only when `devEngines` allows several. */
function fromFields({ root, workspace, manifest }: ManagedProject): Candidate[] {
	const sources: [Manifest, string][] = [[manifest, 'package.json']];
	const above = fromRoot(root, join(workspace.root, 'package.json'));
	if (workspace.manifest) sources.push([workspace.manifest, above]);
	for (const read of [packageManagerField, devEnginesField]) {
		const found = sources.map(([source, path]) => read(source, path)).find((list) => list.length);
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
export function isYarnBerry(project: ManagedProject): boolean | null {
	const { root, workspace, manifest } = project;
	for (const { packageManager } of [manifest, workspace.manifest ?? {}]) {
		const major = /^yarn@\D?(\d+)\b/.exec(String(packageManager))?.[1];
		if (major !== undefined) return Number(major) >= 2;
	}
	const folders = [workspace.root, root];
	if (folders.some((folder) => isFile(join(folder, '.yarnrc.yml')))) return true;
	const lockfile = folders.map((folder) => readText(join(folder, 'yarn.lock'))).find(Boolean);
	if (!lockfile) return null;
	return /^__metadata:/m.test(lockfile);
}

/** What the name of the manager does not tell, and an install must know. */
export function readManagerTraits(project: ManagedProject): ManagerTraits {
	return {
		yarnIsBerry: isYarnBerry(project),
		ignoresWorkspace: project.workspace.ignoredPnpmRoot !== null,
	};
}

/** A folder on PATH that may not be looked into is one in which nothing is found. */
function canRun(path: string): boolean {
	try {
		return isFile(path);
	} catch {
		return false;
	}
}

/** The absolute path of a program as a shell would find it, `.cmd` shims included; null when there is none. Runs nothing. */
export function findExecutable(
	name: string,
	environment: { PATH?: string | undefined; PATHEXT?: string | undefined },
): string | null {
	const listed = (environment.PATHEXT ?? '').split(';').filter(Boolean);
	const extensions = listed.flatMap((extension) => [extension.toLowerCase(), extension]);
	const endings = extensions.length > 0 ? extensions : [''];
	const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
	const paths = folders.flatMap((folder) => endings.map((end) => resolve(folder, name + end)));
	return paths.find(canRun) ?? null;
}
