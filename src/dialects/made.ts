// What becomes of a module and the files beside it when insertions are made, as texts and as trees.
import type { Insertion, Neighbours } from '../model/key-plan.ts';
import { applyInsertions, type ChangedFile, changedFiles, ofFile } from './edit/insertions.ts';
import { parsed } from './module/parsed.ts';
import type { Result } from './unwanted.ts';

/** What was asked about. */
export interface Module {
	path: string;
	text: string;
	variable: string;
	beside: Neighbours;
}

/** A file as it will be. */
export interface Made extends Result {
	after: string;
	changed: ChangedFile | null;
	then: Neighbours;
}

/** The module as it will be, and then the other files that change. */
export function makeAll(insertions: Insertion[], { path, text, beside }: Module): Made[] {
	const own = insertions.filter((one) => one.path === undefined);
	const after = applyInsertions(text, own);
	const changed = changedFiles(beside, insertions);
	const files = beside.files.map((file) => {
		const one = changed.find((each) => each.path === file.path);
		return one ? { path: one.path, text: one.after } : file;
	});
	const then = { ...beside, files };
	const around = { ...then, files: [], users: [] };
	return [
		{ parsed: parsed(path, after, then), insertions: own, after, changed: null, then },
		...changed.map((one) => ({
			parsed: parsed(one.path, one.after, around),
			insertions: ofFile(insertions, one.path),
			after: one.after,
			changed: one,
			then,
		})),
	];
}
