// The files around a config module: those that it imports from, directly or by way of each other, and who names whom.
import { join } from 'node:path';
import type { TextFile } from '../../model/found.ts';
import type { Neighbours } from '../../model/key-plan.ts';
import { type ImportPlace, makeImportResolver } from '../code/imports.ts';
import { readSource, specifiersOf, withoutComments } from '../code/source-files.ts';
import { readImporters } from './importers.ts';

/** A schema, its parts and its helpers; what lies further away is no part of a config module. */
const MOST_FILES = 8;
const DEEPEST = 3;

/** Reads them breadth first; packages, and files outside of the project, are left out. `users` import the module. */
export function readNeighbours(
	place: ImportPlace,
	module: TextFile,
	users: TextFile[],
): Neighbours {
	const resolve = makeImportResolver(place);
	const files: TextFile[] = [];
	const links: Neighbours['links'] = {};
	const known = new Set([module.path]);
	const follow = ({ path, text }: TextFile): TextFile[] => {
		const found = targetsOf(path, text, resolve);
		if (found.length > 0) links[path] = Object.fromEntries(found);
		const fresh = found.map(([, target]) => target).filter((target) => !known.has(target));
		return [...new Set(fresh)].slice(0, MOST_FILES - files.length).flatMap((target) => {
			known.add(target);
			const other = readSource(join(place.root, target));
			return other === null ? [] : [{ path: target, text: other }];
		});
	};
	let layer = [module];
	for (let depth = 0; depth < DEEPEST; depth += 1) {
		layer = layer.flatMap((file) => {
			const next = follow(file);
			files.push(...next);
			return next;
		});
	}
	const all = [module.path, ...files.map(({ path }) => path)];
	const importers = readImporters(place, all, resolve);
	for (const { path, found } of importers) links[path] ??= found;
	return {
		files,
		links,
		users: users.map(({ text }) => withoutComments(text)),
		importers: importers.map(({ path, text }) => ({ path, text })),
	};
}

function targetsOf(
	path: string,
	text: string,
	resolve: ReturnType<typeof makeImportResolver>,
): [specifier: string, target: string][] {
	return specifiersOf(text).flatMap((specifier): [string, string][] => {
		const target = resolve(path, specifier);
		return target === null || /(^|\/)node_modules\//.test(target) ? [] : [[specifier, target]];
	});
}
