// Where the framework's own command lies. Reads package.json files and runs nothing.
import { join } from 'node:path';
import { readIfPossible, realPath, seemsFile } from '../../inspect/files.ts';
import { foldersAbove, isWithin } from '../../inspect/paths.ts';
import { parseJson, valueAt } from '../../text/jsonc.ts';

/** The file of a package's command; null when it names none, or one that does not lie in the package. */
function commandOf(folder: string, name: string): string | null {
	const text = readIfPossible(join(folder, 'package.json'));
	const bin = text === null ? undefined : valueAt(parseJson(text), 'bin');
	const path = typeof bin === 'string' ? bin : valueAt(bin, name);
	const root = realPath(folder);
	if (typeof path !== 'string' || root === null) return null;
	const file = join(root, path);
	if (!seemsFile(file)) return null;
	const real = realPath(file);
	return real !== null && isWithin(root, real) ? real : null;
}

/** The absolute path of the framework's command that a project at or above a folder has installed; null when there is none. */
export function findFrameworkCommand(folder: string): string | null {
	for (const at of [folder, ...foldersAbove(folder)]) {
		const found = commandOf(join(at, 'node_modules/@flue/cli'), 'flue');
		if (found !== null) return found;
	}
	return null;
}
