// Files in real folders, from maps and into maps.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Makes files; a path ending in `/` is an empty folder. */
export function addToTree(root: string, files: Record<string, string>): void {
	for (const [path, text] of Object.entries(files)) {
		const full = join(root, path);
		if (path.endsWith('/')) {
			mkdirSync(full, { recursive: true });
			continue;
		}
		mkdirSync(dirname(full), { recursive: true });
		writeFileSync(full, text);
	}
}

/** Every file below a folder as path -> text, node_modules and .git left out. */
export function readTree(root: string): Record<string, string> {
	const found: Record<string, string> = {};
	for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
		if (/(^|\/)(node_modules|\.git)\//.test(path)) continue;
		found[path] = readFileSync(join(root, path), 'utf8');
	}
	return found;
}
