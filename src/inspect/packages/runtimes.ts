// Which copies of Flue's runtime a project and Flue's own packages load, who asks for which version, and who else is concerned.
import { join } from 'node:path';
import type { RuntimeCopy, RuntimeFacts } from '../../model/runtime.ts';
import { objectOf, parseJson, valueAt } from '../../text/jsonc.ts';
import { askedFor, exactVersion, rangeOf } from '../../text/versions.ts';
import { readIfPossible, readText, realPath } from '../files.ts';
import { fromRoot, type Place } from '../paths.ts';
import { DEPENDENCY_FIELDS, type Manifest, type Project } from '../project.ts';
import { lockedCopies } from './locked-runtimes.ts';
import { type Asking, declarationOf, installedCopy, UNTOLD } from './packages.ts';

const RUNTIME = '@flue/runtime';
/** Looked for in any project: the manager may have put them in reach although another package asked for them. */
const DEPENDENTS = ['@flue/redis', '@flue/cli', '@flue/vite'];

/** What is known of the runtime from folders or from a lockfile. */
type RuntimesFound = Pick<RuntimeFacts, 'copies' | 'pins' | 'cutOff'>;

interface Installed {
	name: string;
	/** Where it really lies: packages that the manager links are resolved from there. */
	folder: string;
	/** What it asks for as a runtime; null when it does not say. */
	wants: string | null;
	/** Whether it needs one at all. */
	isDependent: boolean;
}

/** The packages of Flue that may ask for a runtime: the known ones, and those that the project declares. */
function flueNames(manifest: Manifest): string[] {
	const declared = DEPENDENCY_FIELDS.flatMap((field) =>
		Object.keys(objectOf(manifest[field]) ?? {}),
	).filter((name) => name.startsWith('@flue/') && name !== RUNTIME);
	return [...new Set([...DEPENDENTS, ...declared])];
}

function readInstalled(root: string, name: string): Installed[] {
	const copy = installedCopy(root, name);
	if (!copy) return [];
	const folder = realPath(copy.folder) ?? copy.folder;
	const manifest = parseJson(readIfPossible(join(folder, 'package.json')) ?? '');
	const wants = valueAt(manifest, 'dependencies', RUNTIME);
	const isPeer = valueAt(manifest, 'peerDependencies', RUNTIME) !== undefined;
	const isDependent = DEPENDENTS.includes(name) || wants !== undefined || isPeer;
	return [{ name, folder, wants: typeof wants === 'string' ? wants : null, isDependent }];
}

/** Copies that are one and the same counted once. */
function distinct(copies: RuntimeCopy[]): RuntimeCopy[] {
	return [...new Map(copies.map((copy) => [copy.path, copy])).values()];
}

/** A pin for each package that asks for exactly one version. */
function pinsOf(asking: { name: string; wants: string | null }[]): RuntimeFacts['pins'] {
	return asking.flatMap(({ name, wants }) => {
		const version = wants === null ? null : exactVersion(rangeOf(wants) ?? '');
		return version === null ? [] : [{ by: name, version }];
	});
}

function inFolders({ root, manifest }: Pick<Project, 'root' | 'manifest'>): RuntimesFound {
	const packages = flueNames(manifest).flatMap((name) => readInstalled(root, name));
	const dependents = packages.filter(({ isDependent }) => isDependent);
	const copies = [root, ...dependents.map(({ folder }) => folder)]
		.flatMap((start) => installedCopy(start, RUNTIME) ?? [])
		.map(({ folder, version }) => ({
			path: fromRoot(root, realPath(folder) ?? folder),
			version: version ?? UNTOLD,
		}));
	const isAlone = ({ folder }: Installed): boolean => installedCopy(folder, RUNTIME) === null;
	return {
		copies: distinct(copies),
		pins: pinsOf(dependents),
		cutOff: dependents.filter(isAlone).map(({ name }) => name),
	};
}

function inLockfile(project: Pick<Project, 'root'> & Asking, boundary: string): RuntimesFound {
	const dependents = flueNames(project.manifest);
	const found = lockedCopies({ ...project, boundary }, { name: RUNTIME, dependents });
	return { copies: distinct(found.copies), pins: pinsOf(found.asking), cutOff: [] };
}

/** The workspace around a project. */
interface Around {
	boundary: string;
	/** The folders that it lists. */
	members: readonly string[];
}

function othersIn({
	root,
	boundary,
	members,
	catalogs,
}: Place & Around & Omit<Asking, 'manifest'>): RuntimeFacts['others'] {
	if (root === boundary) return [];
	return [boundary, ...members].flatMap((folder) => {
		const manifest = objectOf(parseJson(readIfPossible(join(folder, 'package.json')) ?? ''));
		const declared =
			manifest && folder !== root ? declarationOf({ manifest, catalogs }, RUNTIME) : null;
		const by = fromRoot(boundary, folder) || 'the root';
		return declared ? [{ by, range: askedFor(declared) }] : [];
	});
}

function settingsOf({ root, boundary }: Place): NonNullable<RuntimeFacts['settings']> {
	const file = (name: string) => {
		const path = join(boundary, name);
		return { path: fromRoot(root, path), text: readText(path) };
	};
	return { manifest: file('package.json'), pnpm: file('pnpm-workspace.yaml') };
}

/** What is known of Flue's runtime: from the folders in which packages are installed, or the lockfile where that has more copies or nothing is installed. */
export function readRuntimes(
	project: Pick<Project, 'root'> & Asking,
	{ boundary, members }: Around,
): RuntimeFacts {
	const place = { root: project.root, boundary, members, catalogs: project.catalogs };
	const installed = inFolders(project);
	// What the lockfile parts the next install parts again, whatever lies in the folders.
	const locked = installed.copies.length > 1 ? installed : inLockfile(project, boundary);
	const isInFolders = installed.copies.length > 0 && locked.copies.length < 2;
	const found = isInFolders ? installed : locked;
	const isSplit = found.copies.length > 1;
	return {
		...found,
		declared: declarationOf(project, RUNTIME),
		others: isSplit ? othersIn(place) : [],
		settings: isSplit ? settingsOf(place) : null,
	};
}
