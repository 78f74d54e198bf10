// Attachments of submissions, kept beside their row so that listing does not drag them along.
import { createHash } from 'node:crypto';
import { PARTS } from '../lua/listings.ts';
import type { StoredRow } from './row.ts';
import type { Part, Place } from './shape.ts';
import type { RowState } from './state.ts';

/** Most attachment text asked for in one reply; beyond it the rows are read in several. */
const REPLY_LENGTH = 32 * 1024 * 1024;

/** One part as it is stored: where it belongs, a space, its text. */
export function encodePartRow(part: Part): string {
	return `${part.index}/${part.count}/${part.owner} ${part.data}`;
}

function decodePartRow(text: string): Part {
	const space = text.indexOf(' ');
	const [index, count, ...owner] = text.slice(0, space).split('/');
	return {
		owner: owner.join('/'),
		index: Number(index),
		count: Number(count),
		data: text.slice(space + 1),
	};
}

/** Digest and length by which two sets of parts are told apart without reading them back. */
export function summarise(parts: readonly string[]): { digest: string; bytes: string } {
	const hash = createHash('sha256');
	let length = 0;
	for (const part of parts) {
		hash.update(`${part.length}:`).update(part);
		length += part.length;
	}
	return { digest: hash.digest('hex'), bytes: String(length) };
}

/** Reads the parts of every row that has some, in as few replies as their size allows. */
export async function readParts(
	{ connection, keys }: Place,
	rows: readonly StoredRow[],
): Promise<ReadonlyMap<string, Part[]>> {
	const found = new Map<string, Part[]>();
	for (const group of groupBySize(rows.map((row) => row.state))) {
		const ids = group.map((state) => state.key);
		const lists = ids.map((id) => keys.one(`parts/${id}`));
		const reply = (await connection.run(PARTS, lists, [])) as string[][];
		for (const [index, id] of ids.entries()) found.set(id, (reply[index] ?? []).map(decodePartRow));
	}
	return found;
}

function groupBySize(states: readonly RowState[]): RowState[][] {
	const groups: RowState[][] = [];
	let room = 0;
	for (const state of states) {
		if (state.bytes === undefined) continue;
		const size = Number(state.bytes);
		const group = groups.at(-1);
		if (group && size <= room) {
			group.push(state);
			room -= size;
		} else {
			groups.push([state]);
			room = REPLY_LENGTH - size;
		}
	}
	return groups;
}
