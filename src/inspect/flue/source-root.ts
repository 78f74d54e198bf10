// Finds the folder that Flue takes for the project, and in it the source root.
import { join, posix } from 'node:path';
import { FlueError } from '../../errors.ts';
import type { FlueLine } from '../../model/facts.ts';
import type { Found } from '../../model/found.ts';
import { isDirectory } from '../files.ts';
import { type Place, pathInside } from '../paths.ts';
import type { ConfigValue, FlueConfig } from './flue-config.ts';
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

/** The source root relative to the project root; '' is the project root itself. */
export function detectSourceRoot(
	project: Place & { line: FlueLine; flueConfig: FlueConfig | null; folder: string },
): Found<string> {
	const { root, line, flueConfig, folder } = project;
	// The beta's flue.config may name another folder, as Vite's config may in 2.x.
	const field = line === '1.0-beta' ? flueConfig?.root : null;
	const base = field ? pathInside(project, pathOf(field, 'root'), field.from) : folder;
	for (const name of SOURCE_FOLDERS) {
		const path = posix.join(base, name);
		if (isDirectory(join(root, path))) return { value: path, from: `the folder ${path}` };
	}
	if (base === '') return { value: '', from: 'no folder .flue or src, so the project root itself' };
	return { value: base, from: field ? `root in ${field.from}` : 'root in the Vite config' };
}
