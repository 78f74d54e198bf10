// Where the files of this package lie: the same from its source, from `dist/` and from a package that holds only that.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const ROOT = dirname(createRequire(import.meta.url).resolve('#package'));

/** The absolute path of a file or folder that this package brings along; `path` is relative to the package, with `/`. */
export function ownPath(path: string): string {
	return join(ROOT, path);
}
