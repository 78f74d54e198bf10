// A module as a tree, with the trees of the files that it imports from.
import type { Neighbours } from '../../model/key-plan.ts';
import { stopAtDepth, unlessTooDeep } from '../../text/nesting.ts';
import { isDeeperThan, type Morph, parse } from '../../text/source.ts';
import { type Importer, linkFiles, linkImporters, linkUsers } from './elsewhere.ts';

export const ALONE: Neighbours = { files: [], links: {}, users: [], importers: [] };

/** The last one: a module is recognised, and then planned for. */
let last: { path: string; text: string; beside: Neighbours; tree: Parsed } | undefined;

/** A tree, and by how much the text's own places lie behind those of the tree. */
export type Parsed = [tree: Morph.SourceFile, shift: number];

/** The tree of the text after a byte order mark, which the parser keeps only sometimes, and the length of the mark. */
export function parsed(path: string, text: string, beside: Neighbours = ALONE): Parsed {
	const isSame = last?.path === path && last.text === text && last.beside === beside;
	if (last && isSame) return last.tree;
	const tree = parseWith(path, text, beside);
	last = { path, text, beside, tree };
	return tree;
}

/**
 * Levels of a tree. What goes through one calls itself for each: of twelve shapes of expression the first ended at less than
 * 990 levels, and none at 380 (measured).
 */
const DEEPEST = 400;

function parseFlat(path: string, text: string): Morph.SourceFile {
	const source = parse(path, text);
	return isDeeperThan(source, DEEPEST) ? stopAtDepth() : source;
}

/** A tree is kept with what was found out about it, which is another thing beside other importers. */
function placeOf(path: string, { importers }: Neighbours): string {
	const around = importers.map((one) => `${one.path}:${one.text.length}`);
	return [...around, path].join('/');
}

function parseWith(path: string, text: string, beside: Neighbours): Parsed {
	const shift = text.startsWith('\uFEFF') ? 1 : 0;
	const source = parseFlat(placeOf(path, beside), text.slice(shift));
	linkAll(path, source, beside);
	return [source, shift];
}

function importersFor(target: string, { importers, links }: Neighbours): Importer[] {
	return importers.flatMap(({ path, text }) => {
		const named = Object.entries(links[path] ?? {}).filter(([, file]) => file === target);
		const tree = () => unlessTooDeep(() => parseFlat(path, text), null);
		return named.length > 0 ? [{ path, text, tree, specifiers: named.map(([name]) => name) }] : [];
	});
}

function linkAll(main: string, source: Morph.SourceFile, beside: Neighbours): void {
	const { files, links, users } = beside;
	if (users.length > 0) linkUsers(source, users);
	if (beside.importers.length > 0) linkImporters(source, importersFor(main, beside));
	if (files.length === 0) return;
	// A byte order mark would move every place in the file.
	const plain = files.filter(({ text }) => !text.startsWith('\uFEFF'));
	const sources = new Map(
		plain.flatMap(({ path, text }): [string, Morph.SourceFile][] => {
			const tree = unlessTooDeep(() => parseFlat(placeOf(path, beside), text), null);
			return tree ? [[path, tree]] : [];
		}),
	);
	sources.set(main, source);
	for (const [path, one] of sources) {
		if (path !== main) linkImporters(one, importersFor(path, beside));
		const targets = Object.entries(links[path] ?? {}).flatMap(
			([specifier, target]): [string, Morph.SourceFile][] => {
				const found = sources.get(target);
				return found ? [[specifier, found]] : [];
			},
		);
		linkFiles(one, { path: path === main ? null : path, targets: new Map(targets) });
	}
}
