// Where the files of this package lie: the same from its source, from `dist/` and from a package that holds only that.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder at or above one that has a package.json. */
function rootOf(folder: string): string {
	return existsSync(join(folder, 'package.json')) ? folder : rootOf(dirname(folder));
}

const ROOT = rootOf(import.meta.dirname);

/** The absolute path of a file or folder that this package brings along; `path` is relative to the package, with `/`. */
export function ownPath(path: string): string {
	return join(ROOT, path);
}
