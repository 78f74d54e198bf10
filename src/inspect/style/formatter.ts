// Which formatter the project itself has installed. Only `--format` asks; nothing is run here.
import { dirname, join } from 'node:path';
import type { Found } from '../../model.ts';
import { isFile, listNames } from '../files.ts';

export interface Formatter {
	name: 'prettier' | 'biome';
	/** The installed executable, absolute. */
	file: string;
	/** Arguments that format standard input as the file `path`. */
	args: string[];
}

const CONFIG = {
	biome: /^\.?biome\.jsonc?$/,
	prettier: /^(\.prettierrc(\..+)?|prettier\.config\.[cm]?[jt]s)$/,
} as const;

const ARGUMENTS = {
	biome: (path: string) => ['format', `--stdin-file-path=${path}`],
	prettier: (path: string) => ['--stdin-filepath', path],
} as const;

function foldersUpTo(root: string, boundary: string): string[] {
	return root === boundary || dirname(root) === root
		? [root]
		: [root, ...foldersUpTo(dirname(root), boundary)];
}

/** The formatter with a config file, else the one that is installed; null when there is none. */
export function detectFormatter(
	place: { root: string; boundary: string },
	path: string,
): Found<Formatter> | null {
	const folders = foldersUpTo(place.root, place.boundary);
	const installed = (['biome', 'prettier'] as const).flatMap((name) => {
		const file = folders
			.map((folder) => join(folder, 'node_modules/.bin', name))
			.find((bin) => isFile(bin) || isFile(`${bin}.cmd`));
		if (!file) return [];
		const config = folders
			.flatMap((folder) => listNames(folder))
			.find((entry) => CONFIG[name].test(entry));
		return [
			{
				value: { name, file, args: ARGUMENTS[name](path) },
				from: config ?? `node_modules/.bin/${name}`,
			},
		];
	});
	return installed.find(({ value, from }) => CONFIG[value.name].test(from)) ?? installed[0] ?? null;
}
