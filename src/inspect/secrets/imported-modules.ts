// The modules that Flue code imports, by whatever name: by a path, an alias, a package of the same repository, or a file that gives names on.
import { join } from 'node:path';
import type { Through } from '../../model/secrets.ts';
import { makeImportResolver } from '../code/imports.ts';
import { importsOf, readSource, type Sources, withoutComments } from '../code/source-files.ts';
import { type WorkspacePlace, workspaceModule } from '../code/workspace-import.ts';

interface Imported {
	/** The name in the import, without its ending: what it tells counts as the file's own name does. */
	name: string;
	/** The Flue files that import it. */
	users: string[];
	through: Through | null;
}

/** Files may give each other's names on in a circle. */
const STEPS = 3;

/** Module -> who imports it and how. */
export function readImported(place: WorkspacePlace, { files }: Sources): Map<string, Imported> {
	const resolve = makeImportResolver(place);
	const found = new Map<string, Imported>();
	const add = (path: string, one: Imported): void => {
		const before = found.get(path);
		if (before) before.users = [...new Set([...before.users, ...one.users])];
		else found.set(path, one);
	};
	const follow = (path: string, one: Imported, steps: number): void => {
		add(path, one);
		const given = steps > 0 ? givenOn(readSource(join(place.root, path)) ?? '') : [];
		for (const { specifier, names } of given) {
			const next = resolve(path, specifier);
			if (next === null || next === path) continue;
			const before = one.through ?? { path, specifier: null, names: null };
			const through = { ...before, names: steps === STEPS ? names : common(before.names, names) };
			follow(next, { ...one, through }, steps - 1);
		}
	};
	for (const { path, text } of files) {
		for (const specifier of new Set(importsOf(text))) {
			const name = specifier.replace(/^[#~@$]/, '').replace(/\.[cm]?[jt]s$/, '');
			const file = resolve(path, specifier);
			const module = file ?? workspaceModule(place, specifier);
			if (module === null) continue;
			const through = file === null ? { path: module, specifier, names: null } : null;
			follow(module, { name, users: [path], through }, STEPS);
		}
	}
	return found;
}

function common(left: string[] | null, right: string[] | null): string[] | null {
	if (left === null || right === null) return left ?? right;
	return left.filter((name) => right.includes(name));
}

interface Given {
	specifier: string;
	/** null for all. */
	names: string[] | null;
}

const GIVES = /\bexport\s*(?:\*|\{([^}]*)\})\s*from\s*['"]([^'"\n]+)['"]/g;

/** What a file that does nothing else gives on: `export * from './env'`, `export { env } from './env'`. */
function givenOn(text: string): Given[] {
	const code = withoutComments(text);
	if (/\bprocess\b/.test(code)) return [];
	return [...code.matchAll(GIVES)].map(([, list, specifier = '']) => ({
		specifier,
		names: list === undefined ? null : list.split(',').map((one) => one.trim()),
	}));
}
