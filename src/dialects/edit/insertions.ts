// Insertions carried out: the module's own text, and those of the files beside it.
import type { Insertion, Neighbours } from '../../model/key-plan.ts';
import type { Morph } from '../../text/source.ts';

/** A file beside the module that gets something too. */
export interface ChangedFile {
	path: string;
	before: string;
	after: string;
}

/** The text with every insertion made. */
export function applyInsertions(text: string, insertions: Insertion[]): string {
	return insertions
		.map((insertion, order) => ({ ...insertion, order }))
		.sort((left, right) => right.at - left.at || right.order - left.order)
		.reduce((result, { at, text: added }) => result.slice(0, at) + added + result.slice(at), text);
}

/** True where one of them goes into a node of the module. */
export function goesInto(node: Morph.Node, insertions: Insertion[]): boolean {
	return insertions.some(({ at, path }) => !path && at > node.getStart() && at < node.getEnd());
}

/** The insertions for one file. */
export function ofFile(insertions: Insertion[], path: string): Insertion[] {
	return insertions.filter((one) => one.path === path);
}

/** The files beside the module that change, with their texts before and after. */
export function changedFiles({ files }: Neighbours, insertions: Insertion[]): ChangedFile[] {
	return files.flatMap(({ path, text: before }) => {
		const after = applyInsertions(before, ofFile(insertions, path));
		return after === before ? [] : [{ path, before, after }];
	});
}

/** What is inserted, as lines to paste. */
export function pasted(insertions: Insertion[]): string[] {
	return insertions.map(({ text }) => {
		const plain = text.replace(/^[\s,]+(?:\/\/[^\n]*\n\s*)?|\s+$/g, '');
		// Behind the last member of a line there is no comma.
		return /^,/.test(text) && /^[\w$'"-]+\s*:/.test(plain) ? `${plain},` : plain;
	});
}
