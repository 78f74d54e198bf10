// Finds the programs of a drill: a Node that runs TypeScript as Flue does, and a server. Runs nothing but `--version`.
import { execFile } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { findExecutable } from '../../../inspect/files.ts';
import type { Blueprint } from '../../../model/blueprint.ts';
import { exactVersion, isIn } from '../../../text/versions.ts';

export interface Program {
	path: string;
	version: string;
}

type Environment = Record<string, string | undefined>;

/** What @flue/runtime 2 asks for in `engines`, and what runs TypeScript without a flag. */
export const NODE_RANGE = '^22.19.0 || >=23.6.0';

/** What a program prints for `--version`; null when it cannot be run. */
function askVersion(path: string, environment: Environment): Promise<string | null> {
	const { NODE_OPTIONS: _, ...env } = environment;
	return new Promise((resolve) => {
		execFile(path, ['--version'], { env, timeout: 30_000 }, (error, stdout) =>
			resolve(error ? null : stdout.trim()),
		);
	});
}

/** The folder and those above it, nearest first. */
function upward(folder: string): string[] {
	const parent = dirname(folder);
	return parent === folder ? [folder] : [folder, ...upward(parent)];
}

/** Every `node` that a project could mean: this one, those on PATH, those that the npm package `node` brings. */
function nodePaths(own: Program, root: string, environment: Environment): string[] {
	const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
	const installed = upward(root).map((folder) => join(folder, 'node_modules', '.bin'));
	const found = [...folders, ...installed].map((PATH) =>
		findExecutable('node', { ...environment, PATH }),
	);
	return [...new Set(found.filter((path) => path !== null && path !== own.path))] as string[];
}

/** The first Node that can run a db.ts as Flue does; null when there is none. */
export async function findNode(
	own: Program,
	root: string,
	environment: Environment,
): Promise<Program | null> {
	if (isIn(own.version, NODE_RANGE)) return own;
	for (const path of nodePaths(own, root, environment)) {
		const version = exactVersion((await askVersion(path, environment)) ?? '');
		if (version && isIn(version, NODE_RANGE)) return { path, version };
	}
	return null;
}

/** A server of the wanted database, or else of another, which speaks the same protocol; null when none is installed. */
export async function findServer(
	wanted: Blueprint,
	databases: readonly Blueprint[],
	environment: Environment,
): Promise<(Program & { name: string; isWanted: boolean }) | null> {
	const all = [...new Set([wanted, ...databases])];
	const names = all.map(({ server }) => server.program);
	const kin = all.flatMap(({ server }) => server.kin.map(({ program }) => program));
	for (const name of [...names, ...kin]) {
		const path = findExecutable(name, environment);
		const said = path && (await askVersion(path, environment));
		const [, version] = /v=(\S+)/.exec(said || '') ?? [];
		if (path && version) return { name, isWanted: name === wanted.server.program, path, version };
	}
	return null;
}
