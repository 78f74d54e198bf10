// Finds out how this package was started: from a project, fetched for one run, or by a name or path. Reads, and runs nothing.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path';
import type { PackageManager } from '../model/request.ts';
import type { ManagerAtHand, Start } from '../model/start.ts';

/** What the process was given. */
export interface Started {
	/** The file that Node was told to run, absolute, links not followed. */
	file: string;
	/** The working directory, absolute. */
	folder: string;
	environment: Record<string, string | undefined>;
}

const OWN_NAME = 'flue-blueprints';

/** Folders in which npx, pnpm dlx, yarn dlx, bunx and nub dlx put what they fetch (npm 11, pnpm 10, Yarn 4, Bun 1.4, nub 0.9). */
const FETCHED = /^(.*[\\/](?:_npx[\\/][^\\/]+|dlx(?:-\d+)?|nub-dlx-[^\\/]+|\.?bunx-[^\\/]+))[\\/]/;

const MANAGERS: readonly string[] = [
	'npm',
	'nub',
	'pnpm',
	'yarn',
	'bun',
] satisfies PackageManager[];

/** All of them say who they are: `yarn/1.22.22 npm/? node/v22.23.3 linux x64`; nub behind the manager whose project it is: `pnpm/11.3.0 nub/0.9.2 …`. */
function managerOf(userAgent: string | undefined): ManagerAtHand | null {
	const [, name = '', major = ''] = /^(?:\S+ (?=nub\/))?(\w+)\/(\d+)/.exec(userAgent ?? '') ?? [];
	if (!MANAGERS.includes(name)) return null;
	return { name: name as PackageManager, yarnIsBerry: name === 'yarn' ? Number(major) > 1 : null };
}

function realOf(path: string): string {
	try {
		return realpathSync.native(path);
	} catch {
		return path;
	}
}

function foldersFrom(folder: string): string[] {
	const above = dirname(folder);
	return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

/** Whether a manager that is started here finds the program in the project: linked, or in Yarn's Plug'n'Play. */
function isInstalled(folder: string, real: string): boolean {
	return foldersFrom(realOf(folder)).some(
		(one) =>
			existsSync(join(one, 'node_modules/.bin', OWN_NAME)) ||
			real.startsWith(join(one, '.yarn/unplugged/')),
	);
}

/** What npx was told to fetch, which it notes beside it: a name, or a tarball of this machine. */
function fetchedSpec(cache: string): string {
	try {
		const { _npx } = JSON.parse(readFileSync(join(cache, 'package.json'), 'utf8'));
		const [spec] = _npx.packages as unknown[];
		return typeof spec === 'string' ? spec : OWN_NAME;
	} catch {
		return OWN_NAME;
	}
}

/** A link without an ending, in a folder of PATH, is typed by its name; anything else is a file that Node is told to run. */
function directWords({ file, folder, environment }: Started, real: string): string[] {
	const name = basename(file);
	const folders = (environment.PATH ?? '').split(delimiter).filter((one) => one !== '');
	if (folders.includes(dirname(file)) && !name.includes('.')) return [name];
	// What pnpm installs globally is started by a script, which does not tell its own name.
	const hasName = folders.some((one) => existsSync(join(one, OWN_NAME)));
	if (hasName && /[\\/]node_modules[\\/]/.test(real)) return [OWN_NAME];
	const near = relative(folder, file);
	return ['node', near.length < file.length ? near : file];
}

/** How the program was started. Never fails: what cannot be told is taken for a start by path. */
export function readStart(started: Started): Start {
	const { folder, environment } = started;
	const file = resolve(folder, started.file);
	const real = realOf(file);
	const manager = managerOf(environment.npm_config_user_agent);
	const name = basename(file).replace(/\.\w+$/, '') === 'flue' ? 'flue' : OWN_NAME;
	const [, cache] = FETCHED.exec(real) ?? [];
	if (cache !== undefined) return { name, way: 'fetched', said: [fetchedSpec(cache)], manager };
	const isPackage = /[\\/]node_modules[\\/]/.test(real) || /[\\/]node_modules[\\/]/.test(file);
	if (isPackage && isInstalled(folder, real))
		return { name, way: 'installed', said: [OWN_NAME], manager };
	return { name, way: 'direct', said: directWords({ ...started, file }, real), manager };
}
