// Finds the folder that Flue takes for the project, and in it the source root.
import { join, posix } from 'node:path';
import { FlueError } from '../../errors.ts';
import type { FlueLine } from '../../model/facts.ts';
import type { Found } from '../../model/found.ts';
import { isDirectory } from '../files.ts';
import { type Place, pathInside } from '../paths.ts';
import type { Manifest } from '../project.ts';
import { isFlueProject } from '../require-flue.ts';
import { rootOption } from './beta-target.ts';
import type { ConfigValue, FlueConfig } from './flue-config.ts';
import { scriptCommands } from './scripts.ts';
import type { ViteConfig } from './vite-config.ts';

/** By precedence, in both lines. */
export const SOURCE_FOLDERS = ['.flue', 'src'];

/** The text of a path-valued field; an expression cannot be followed, since nothing of the project is run. */
export function pathOf(field: ConfigValue, name: string): string {
	if (field.value !== null) return field.value;
	const path = field.from.replace(/:\d+$/, '');
	throw new FlueError(
		'UNREADABLE_PROJECT',
		`${field.from} sets ${name} to an expression: ${field.text}`,
		{
			path,
			hint: `Write ${name} as a plain string in ${path}, or remove it.`,
		},
	);
}

/**
 * The folder below which Flue 2 looks for everything, flue.config included: the `root` of the Vite config with flue(),
 * relative to the project root ('' is the project root itself).
 */
export function viteFolder(place: Place, viteConfig: ViteConfig | null): string {
	const field = viteConfig?.flue ? viteConfig.root : null;
	return field ? pathInside(place, pathOf(field, 'root'), field.from) : '';
}

/**
 * The folder that the scripts of a beta project name with --root; null when they name none.
 * @throws NEEDS_ANSWER when it is a Flue project of its own, or they name several.
 */
function scriptedRoot(place: Place, manifest: Manifest): Found<string> | null {
	const named = scriptCommands(manifest).flatMap(({ from, text }) => {
		const path = rootOption(text);
		return path === null ? [] : [{ value: pathInside(place, path, from), from }];
	});
	const [first] = named.filter(({ value }) => value !== '');
	if (!first) return null;
	const folders = [...new Set(named.map(({ value }) => value))];
	if (folders.length === 1 && !isFlueProject(join(place.root, first.value))) return first;
	const which = folders.filter((folder) => folder !== '').map((folder) => `--cwd ${folder}`);
	throw new FlueError(
		'NEEDS_ANSWER',
		`${first.from} builds ${folders.join(' and ')}, not this folder: which one is meant is not said.`,
		{ hint: `Say it with ${which.join(', or ')}.` },
	);
}

/** The source root relative to the project root; '' is the project root itself. */
export function detectSourceRoot(
	project: Place & {
		line: FlueLine;
		flueConfig: FlueConfig | null;
		folder: string;
		manifest: Manifest;
	},
): Found<string> {
	const { root, line, flueConfig, folder } = project;
	// The beta's flue.config may name another folder, as Vite's config may in 2.x.
	const isBeta = line === '1.0-beta';
	const field = isBeta ? flueConfig?.root : null;
	const scripted = isBeta ? scriptedRoot(project, project.manifest) : null;
	const configured = field ? pathInside(project, pathOf(field, 'root'), field.from) : folder;
	const base = scripted?.value ?? configured;
	for (const name of SOURCE_FOLDERS) {
		const path = posix.join(base, name);
		if (isDirectory(join(root, path))) return { value: path, from: `the folder ${path}` };
	}
	if (base === '') return { value: '', from: 'no folder .flue or src, so the project root itself' };
	const from = scripted ? `--root in ${scripted.from}` : field && `root in ${field.from}`;
	return { value: base, from: from ?? 'root in the Vite config' };
}
