// Decides which package manager a project uses, from its files and never by running one.
import { join } from 'node:path';
import { FlueError } from '../../errors.ts';
import { FOREIGN, isForeign } from '../../managers/foreign.ts';
import { isManager, MANAGERS } from '../../managers/table.ts';
import type { Found, Undecided, Warning } from '../../model/found.ts';
import type { ForeignManager, PackageManager } from '../../model/request.ts';
import { valueAt } from '../../text/jsonc.ts';
import { fromRoot } from '../paths.ts';
import type { Project } from '../project.ts';
import { lockfilesIn } from './lockfiles.ts';
import {
	type Candidate,
	foreignIn,
	isKnown,
	type ManifestAt,
	onlyAllowed,
	weakEvidence,
} from './manager-evidence.ts';
import { governingFolders, type Workspace } from './workspace.ts';

export type ManagedProject = Pick<Project, 'root' | 'manifest'> & { workspace: Workspace };

/** What is known of the manager beside the files. */
export interface ManagerAsked {
	/** `npm_config_user_agent`: the manager that started the program. */
	userAgent: string | undefined;
	/** The flag. */
	said?: PackageManager | undefined;
	/** Whether nothing will be run: a field that names nothing known is read past then. */
	isIdle?: boolean;
}

export interface ManagerFound {
	fact: Found<PackageManager> | Undecided<PackageManager>;
	foreign: Found<ForeignManager> | null;
	warnings: Warning[];
}

/** How an entry of a field names its manager: `pnpm@9.12.0+sha512.…`, or an object. */
const FIELDS = {
	packageManager: (entry: unknown) => String(entry).split('@')[0],
	'devEngines.packageManager': (entry: unknown) => valueAt(entry, 'name'),
} as const;

/** What one field of a package.json says; null when it is not there. `devEngines` may allow several. */
function fromField(
	field: keyof typeof FIELDS,
	{ manifest, path }: ManifestAt,
	isIdle: boolean,
): Candidate[] | null {
	const written = valueAt(manifest, ...field.split('.')) ?? null;
	if (written === null) return null;
	const names = [written].flat().map((entry) => String(FIELDS[field](entry)).trim());
	const known = names.filter(isKnown);
	if (known.length > 0) return known.map((value) => ({ value, from: `${field} in ${path}` }));
	if (isIdle) return null;
	const message = `${field} in ${path} is ${JSON.stringify(written)}, which names no package manager that is known here.`;
	const hint = 'Correct the field, or pass --package-manager npm|nub|pnpm|yarn|bun.';
	throw new FlueError('UNREADABLE_PROJECT', message, { path, hint });
}

/** The package.json of the project, and that of its workspace. */
function manifestsOf({ root, workspace, manifest }: ManagedProject): ManifestAt[] {
	const above = fromRoot(root, join(workspace.root, 'package.json'));
	const own = { manifest, path: 'package.json' };
	return workspace.manifest ? [own, { manifest: workspace.manifest, path: above }] : [own];
}

/** What package.json says, the project's own before that of its workspace. */
function fromFields(manifests: ManifestAt[], isIdle: boolean): Candidate[] {
	for (const field of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
		for (const one of manifests) {
			const found = fromField(field, one, isIdle);
			if (found) return found;
		}
	}
	return manifests.map(onlyAllowed).find((found) => found.length > 0) ?? [];
}

/**
 * The lockfiles that govern the project: those of the nearest folder that has any, and for a workspace member those of
 * the workspace root beside them, because that is where its manager installs.
 */
async function governingLockfiles(root: string, folders: string[], isMember: boolean) {
	const found = await Promise.all(folders.map((folder) => lockfilesIn(folder, root)));
	const nearest = found.find((list) => list.length > 0) ?? [];
	const outermost = (isMember ? found.at(-1) : undefined) ?? [];
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

/** Whether a manager goes on with the lockfile of another. */
function keeps({ value }: Candidate, other: Candidate['value']): boolean {
	return isManager(value) && MANAGERS[value].keeps.some((name) => name === other);
}

function disagreement(field: Candidate, locks: Candidate[]): Warning[] {
	const isFit = ({ value }: Candidate): boolean => value === field.value || keeps(field, value);
	if (locks.length === 0 || locks.some(isFit)) return [];
	const files = locks.map(({ from }) => from).join(' and ');
	const message = `${field.from} says ${field.value}, but there is ${files}. ${field.value} is used.`;
	return [{ code: 'LOCKFILE_DISAGREES', message }];
}

const NOTHING_SAYS = 'nothing says otherwise';

/** What a field says that names no manager known here, where that keeps nobody from going on. */
function unknownIn(manifests: ManifestAt[]): string | null {
	for (const { manifest, path } of manifests) {
		const written = valueAt(manifest, 'packageManager');
		if (written !== undefined)
			return `packageManager in ${path}, which names none that is known here`;
	}
	return null;
}

function fromUserAgent(userAgent: string | undefined): Candidate {
	// nub names the manager whose project it is first: `pnpm/11.3.0 nub/0.9.2 …`.
	const name = /^(?:\S+ (?=nub\/))?(\w+)\//.exec(userAgent ?? '')?.[1] ?? '';
	if (isManager(name)) return { value: name, from: `the command was started by ${name}` };
	return { value: 'npm', from: NOTHING_SAYS };
}

/** A lockfile is its manager's, unless one started the command that goes on with it, and is thereby known to be there. */
function ofLockfile(lock: Candidate, userAgent: string | undefined): Candidate {
	const starter = fromUserAgent(userAgent);
	if (!keeps(starter, lock.value)) return lock;
	return { value: starter.value, from: `${starter.from}, which keeps ${lock.from}` };
}

function decided({ value, from }: Candidate, warnings: Warning[] = []): ManagerFound {
	if (!isForeign(value)) return { fact: { value, from }, foreign: null, warnings };
	const message = `The project is managed by ${value} (${from}), which this command does not run: it writes package.json, and leaves \`${FOREIGN[value].install}\` to you. --package-manager takes one that it runs.`;
	const warning: Warning = { code: 'MANAGER_NOT_RUN', message };
	const foreign = { value, from };
	return { fact: { value: 'npm', from }, foreign, warnings: [...warnings, warning] };
}

/** rush.json stands at the top of a repository whose projects no workspace lists. */
function rushAbove({ root, workspace }: ManagedProject): Candidate[] {
	const above = [root, ...governingFolders(root, workspace.gitRoot)];
	return foreignIn(root, above).filter(({ value }) => value === 'rush');
}

/**
 * Finds the project's package manager: the flag, a field of package.json, the governing lockfile, settings and traces,
 * the manager that started this program, npm.
 * @throws UNREADABLE_PROJECT when a field names nothing known, and something is to be installed.
 */
export async function detectPackageManager(
	project: ManagedProject & ManagerAsked,
): Promise<ManagerFound> {
	const { root, workspace, said, isIdle = false } = project;
	const above = workspace.isMember ? governingFolders(root, workspace.gitRoot) : [];
	const folders = [root, ...above.slice(0, above.indexOf(workspace.root) + 1)];
	const locks = await governingLockfiles(root, folders, workspace.isMember);
	const manifests = manifestsOf(project);
	const fields: Candidate[] = said
		? [{ value: said, from: '--package-manager' }]
		: fromFields(manifests, isIdle);
	const allowed = fields.find(({ value }) => locks.some((lock) => lock.value === value));
	const field = allowed ?? fields[0];
	if (field) return decided(field, disagreement(field, locks));
	const [only, second] = locks;
	if (only && second) {
		const from = locks.map((lock) => lock.from).join(' and ');
		return { fact: { options: locks, from }, foreign: null, warnings: [] };
	}
	const [foreign] = [...foreignIn(root, folders), ...rushAbove(project)];
	const locked = only && ofLockfile(only, project.userAgent);
	const found = locked ?? foreign ?? weakEvidence(root, folders, manifests);
	if (found) return decided(found);
	const guess = fromUserAgent(project.userAgent);
	const unknown = guess.from === NOTHING_SAYS ? unknownIn(manifests) : null;
	return decided({ ...guess, from: unknown ?? guess.from }, await foreignLockfile(project));
}
