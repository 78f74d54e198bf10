// Finds the project a command is about: the nearest package.json, and whether it uses Flue.
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FlueError } from '../errors.ts';
import type { TextFile } from '../model.ts';
import { FLUE_CONFIG_NAMES } from './build/flue-config.ts';
import { isDirectory, isFile, readText } from './files.ts';

/** The fields of a package.json that decide something. Everything is as found: unchecked beyond being an object. */
export interface Manifest {
	name?: string;
	packageManager?: string;
	devEngines?: unknown;
	workspaces?: unknown;
	scripts?: Record<string, string>;
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	[field: string]: unknown;
}

export interface Project {
	/** Absolute real path. */
	root: string;
	file: TextFile;
	manifest: Manifest;
}

const DEPENDENCY_FIELDS = [
	'dependencies',
	'devDependencies',
	'peerDependencies',
	'optionalDependencies',
] as const;

/**
 * Parses a package.json.
 * @throws UNREADABLE_PROJECT when it is not a JSON object.
 */
export function parseManifest(path: string, text: string): Manifest {
	try {
		const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
		if (typeof value === 'object' && value !== null && !Array.isArray(value))
			return value as Manifest;
	} catch (cause) {
		throw new FlueError(
			'UNREADABLE_PROJECT',
			`${path} is not valid JSON: ${(cause as Error).message}.`,
			{ path, cause },
		);
	}
	throw new FlueError('UNREADABLE_PROJECT', `${path} is not a JSON object.`, { path });
}

function realFolder(path: string): string {
	try {
		const real = realpathSync(path);
		if (isDirectory(real)) return real;
	} catch (cause) {
		throw new FlueError('NOT_A_PROJECT', `There is no folder ${path}.`, {
			path,
			hint: 'Name an existing folder with --cwd.',
			cause,
		});
	}
	throw new FlueError('NOT_A_PROJECT', `${path} is not a folder.`, {
		path,
		hint: 'Name a folder with --cwd.',
	});
}

/**
 * The project that owns a folder.
 * @throws NOT_A_PROJECT when there is no package.json at or above it.
 */
export function findProject(folder: string): Project {
	const start = realFolder(folder);
	for (let root = start; ; root = dirname(root)) {
		const text = readText(join(root, 'package.json'));
		if (text !== null)
			return {
				root,
				file: { path: 'package.json', text },
				manifest: parseManifest(join(root, 'package.json'), text),
			};
		if (dirname(root) === root) break;
	}
	throw new FlueError('NOT_A_PROJECT', `There is no package.json in ${start} or above it.`, {
		hint: 'Run the command in a Flue project, name one with --cwd, or make one with `npx @flue/cli init`.',
	});
}

/**
 * Refuses a project that does not use Flue: no `@flue/*` dependency, no flue.config and no `.flue/` folder.
 * @throws NOT_FLUE
 */
export function requireFlue(project: Project): void {
	const declared = DEPENDENCY_FIELDS.flatMap((field) => Object.keys(project.manifest[field] ?? {}));
	if (declared.some((name) => name.startsWith('@flue/'))) return;
	if (FLUE_CONFIG_NAMES.some((name) => isFile(join(project.root, name)))) return;
	if (isDirectory(join(project.root, '.flue'))) return;
	throw new FlueError(
		'NOT_FLUE',
		`${join(project.root, 'package.json')} is not a Flue project: no @flue/* dependency, flue.config or .flue folder.`,
		{
			path: 'package.json',
			hint: 'Run the command in a Flue project, name one with --cwd, or make one with `npx @flue/cli init`.',
		},
	);
}
