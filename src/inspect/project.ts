// Finds the project a command is about: the nearest package.json, and whether it uses Flue.
import { join } from 'node:path';
import { FlueError } from '../errors.ts';
import type { TextFile } from '../model/found.ts';
import { faultIn, objectOf, parseJson } from '../text/jsonc.ts';
import { isDirectory, readText, realPath } from './files.ts';
import { foldersAbove } from './paths.ts';

/** A parsed package.json: an object, and unchecked beyond that. */
export type Manifest = Record<string, unknown>;

export interface Project {
	/** Absolute real path. */
	root: string;
	file: TextFile;
	manifest: Manifest;
}

/** What a production install takes comes first; a peer range says least about what is installed. */
export const DEPENDENCY_FIELDS = [
	'dependencies',
	'optionalDependencies',
	'devDependencies',
	'peerDependencies',
] as const;

export const ELSEWHERE =
	'Run the command in a Flue project, name one with --cwd, or make one with `npx @flue/cli init`.';

/**
 * Parses a package.json.
 * @throws UNREADABLE_PROJECT when it is not a JSON object.
 */
function parseManifest(path: string, text: string): Manifest {
	const value = parseJson(text);
	const manifest = objectOf(value);
	if (manifest) return withTexts(path, manifest);
	const fault =
		value === undefined ? `is not valid JSON: see ${faultIn(text)}` : 'is not a JSON object';
	throw new FlueError('UNREADABLE_PROJECT', `${path} ${fault}.`, {
		path,
		hint: 'Correct it and run the command again.',
	});
}

/** The manifest, whose dependencies are texts: of a number no manager makes anything either. */
function withTexts(path: string, manifest: Manifest): Manifest {
	for (const field of DEPENDENCY_FIELDS) {
		const odd = Object.entries(objectOf(manifest[field]) ?? {}).find(
			([, spec]) => typeof spec !== 'string',
		);
		if (!odd) continue;
		const [name] = odd;
		throw new FlueError(
			'UNREADABLE_PROJECT',
			`${path}: what ${field} says of ${JSON.stringify(name)} is no text.`,
			{ path, hint: 'Write the version in quotes and run the command again.' },
		);
	}
	return manifest;
}

/** A package.json above or beside the project's; null when there is none. */
export function readManifest(path: string): Manifest | null {
	const text = readText(path);
	return text === null ? null : parseManifest(path, text);
}

function realFolder(path: string): string {
	const real = realPath(path);
	if (real !== null && isDirectory(real)) return real;
	const message = real === null ? `There is no folder ${path}.` : `${path} is not a folder.`;
	throw new FlueError('NOT_A_PROJECT', message, { path, hint: 'Name a folder with --cwd.' });
}

/**
 * The project that owns a folder.
 * @throws NOT_A_PROJECT when there is no package.json at or above it.
 */
export function findProject(folder: string): Project {
	const start = realFolder(folder);
	for (const root of [start, ...foldersAbove(start)]) {
		const path = join(root, 'package.json');
		const text = readText(path);
		if (text === null) continue;
		return { root, file: { path: 'package.json', text }, manifest: parseManifest(path, text) };
	}
	throw new FlueError('NOT_A_PROJECT', `There is no package.json in ${start} or above it.`, {
		hint: ELSEWHERE,
	});
}
