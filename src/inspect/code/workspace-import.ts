// From the name of a package to its source, where the package lies in the same repository: by node_modules, else by the workspace's list.
import { join } from 'node:path';
import { objectOf, parseJson, stringsOf } from '../../text/jsonc.ts';
import { ifReadable, readIfPossible, realPath } from '../files.ts';
import { fromRoot, isWithin } from '../paths.ts';
import { DEPENDENCY_FIELDS, type Manifest } from '../project.ts';
import { type ImportPlace, moduleAt, targetOf, wildcard } from './imports.ts';

export interface WorkspacePlace extends ImportPlace {
	/** The folders of the workspace's packages; empty where the project is in none. */
	members: string[];
}

/** What a build makes is written again by the next one. */
const BUILT = /(^|\/)(dist|build|out|lib-dist)\//;

/** The folder of a package that the project depends on and that the repository holds; null for any other package. */
function folderOf(
	{ root, boundary, manifest, members }: WorkspacePlace,
	name: string,
): string | null {
	const isDeclared = DEPENDENCY_FIELDS.some((field) => {
		const declared = objectOf(manifest[field]);
		return declared !== null && Object.hasOwn(declared, name);
	});
	if (!isDeclared) return null;
	const installed = [root, boundary]
		.map((folder) => ifReadable(() => realPath(join(folder, 'node_modules', name))) ?? null)
		.find((path) => path !== null);
	if (installed) {
		const isOwn = isWithin(boundary, installed) && !/[\\/]node_modules[\\/]/.test(installed);
		return isOwn ? installed : null;
	}
	return members.find((folder) => isNamed(folder, name)) ?? null;
}

/** Whether a package has a name: of most the text does not hold it, and need not be parsed. */
function isNamed(folder: string, name: string): boolean {
	const text = readIfPossible(join(folder, 'package.json'));
	return text?.includes(name) === true && objectOf(parseJson(text))?.name === name;
}

function manifestIn(folder: string): Manifest | null {
	return objectOf(parseJson(readIfPossible(join(folder, 'package.json')) ?? ''));
}

/** The package that an import names; undefined for a path. */
export function packageNameIn(specifier: string): string | undefined {
	return /^(?:@[^/]+\/)?[^/@.#~][^/]*/.exec(specifier)?.[0];
}

/** Where `exports`, else `main`, leads for a subpath such as `.` or `./server`. */
export function entriesOf(manifest: Manifest, subpath: string): string[] {
	const exports = objectOf(manifest.exports);
	if (exports && Object.keys(exports).some((key) => key.startsWith('.'))) {
		const [pattern = subpath, part = ''] = Object.hasOwn(exports, subpath)
			? []
			: (Object.keys(exports)
					.map((key) => [key, wildcard(key, subpath)] as const)
					.find(([, found]) => found !== null) ?? []);
		const target = targetOf(exports[pattern]);
		return target === null ? [] : [target.replaceAll('*', () => part ?? '')];
	}
	if (subpath !== '.') return manifest.exports === undefined ? [subpath] : [];
	const target = targetOf(manifest.exports);
	if (target !== null) return [target];
	return [...stringsOf(manifest.module), ...stringsOf(manifest.main), './index'];
}

/** The source file behind the import of a package of the same repository; null for packages from elsewhere, and for what is built. */
export function workspaceModule(place: WorkspacePlace, specifier: string): string | null {
	const name = packageNameIn(specifier);
	const folder = name === undefined ? null : folderOf(place, name);
	const manifest = folder === null ? null : manifestIn(folder);
	if (name === undefined || folder === null || manifest === null) return null;
	const [target] = entriesOf(manifest, `.${specifier.slice(name.length)}`);
	if (target === undefined || BUILT.test(target)) return null;
	const file = moduleAt(join(folder, target), place.boundary);
	return file && fromRoot(place.root, file);
}
