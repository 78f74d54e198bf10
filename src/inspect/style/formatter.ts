// Which formatter the project itself has installed. Only `--format` asks; nothing is run here.
import { join } from 'node:path';
import type { Found } from '../../model/found.ts';
import { isFile } from '../files.ts';
import { foldersUpTo, type Place } from '../paths.ts';
import { BIOME_NAMES } from './biome.ts';
import { PRETTIER_NAMES } from './prettier.ts';

interface Formatter {
	name: 'prettier' | 'biome';
	/** The installed executable, absolute. */
	file: string;
	/** Arguments that format standard input as the file `path`. */
	args: string[];
}

const CONFIG = { biome: BIOME_NAMES, prettier: PRETTIER_NAMES } as const;

const ARGUMENTS = {
	biome: (path: string) => ['format', `--stdin-file-path=${path}`],
	prettier: (path: string) => ['--stdin-filepath', path],
} as const;

/** The formatter with a config file, else the one that is installed; null when there is none. */
export function detectFormatter({ root, boundary }: Place, path: string): Found<Formatter> | null {
	const folders = foldersUpTo(root, boundary);
	const found = (names: readonly string[]): string | undefined =>
		names.find((name) => folders.some((folder) => isFile(join(folder, name))));
	const installed = (['biome', 'prettier'] as const).flatMap((name) => {
		const file = folders
			.map((folder) => join(folder, 'node_modules/.bin', name))
			.find((bin) => isFile(bin) || isFile(`${bin}.cmd`));
		if (!file) return [];
		const config = found(CONFIG[name]);
		const value: Formatter = { name, file, args: ARGUMENTS[name](path) };
		return [{ value, from: config ?? `node_modules/.bin/${name}`, isConfigured: Boolean(config) }];
	});
	const chosen = installed.find(({ isConfigured }) => isConfigured) ?? installed[0];
	return chosen ? { value: chosen.value, from: chosen.from } : null;
}
