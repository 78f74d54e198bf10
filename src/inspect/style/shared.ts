// Where a config lies that another one takes over: a path, or a file of a package as Node would find it.
import { join } from 'node:path';
import { objectOf, parseJson } from '../../text/jsonc.ts';
import { entriesOf, packageNameIn } from '../code/workspace-import.ts';
import { isFile, readIfPossible } from '../files.ts';
import { foldersAbove } from '../paths.ts';

const ENDINGS = ['json', 'jsonc', 'js', 'cjs', 'mjs', 'ts'];

function fileAt(base: string): string | null {
	const inside = ENDINGS.map((ending) => join(base, `index.${ending}`));
	const named = ENDINGS.map((ending) => `${base}.${ending}`);
	return [base, ...named, ...inside].find(isFile) ?? null;
}

/** The absolute path of the file that a config in a folder names; null when there is none. */
export function sharedFile(specifier: string, folder: string): string | null {
	if (/^\.{1,2}\//.test(specifier)) return fileAt(join(folder, specifier));
	const name = packageNameIn(specifier);
	if (name === undefined) return null;
	const home = [folder, ...foldersAbove(folder)]
		.map((one) => join(one, 'node_modules', name))
		.find((one) => isFile(join(one, 'package.json')));
	if (home === undefined) return null;
	const manifest = objectOf(parseJson(readIfPossible(join(home, 'package.json')) ?? '')) ?? {};
	const entries = entriesOf(manifest, `.${specifier.slice(name.length)}`);
	return entries.map((entry) => fileAt(join(home, entry))).find((file) => file !== null) ?? null;
}
