// Reads a settled row that is one string in the server; src/lua/packing.ts writes it. Pure.
import { encodePart } from '../keys.ts';
import { FLAGS, LISTED } from '../lua/packing.ts';
import { longOf } from './ids.ts';
import { inputOf } from './payload.ts';
import type { StoredRow } from './row.ts';
import type { Shape } from './shape.ts';
import type { RowState } from './state.ts';

type Writable = { -readonly [Name in keyof RowState]: RowState[Name] };

/** Those of them that are moments, told as differences to the acceptance. */
const MOMENTS: readonly string[] = [
	...['timeout', 'lease', 'settled', 'ready', 'applied', 'started', 'abort'],
];

function damaged(): Error {
	return new Error('[flue] Persisted submission is damaged: its settled row cannot be read.');
}

/** A value of the list as a row has it. */
function fieldOf(name: (typeof LISTED)[number], value: unknown, accepted: number, flags: number) {
	if (MOMENTS.includes(name)) return String(accepted + Number(value));
	if (name === 'attempt' && !(flags & FLAGS.longAttempt)) return longOf(name, String(value));
	if (name === 'owner' && !(flags & FLAGS.longOwner)) return longOf(name, String(value));
	return String(value);
}

/**
 * The row that was packed, from the list that a script replies: the flags, what is listed, and the input.
 *
 * @throws Error when it is damaged.
 */
export function settledRow(shape: Shape, key: string, values: readonly unknown[]): StoredRow {
	const [flags, ...listed] = values.slice(0, -1);
	const payload = values.at(-1);
	const accepted = Number(listed[1]);
	if (listed.length < 13 || !(accepted >= 0) || typeof payload !== 'string') throw damaged();
	const bits = Number(flags);
	// A timeout or a lease of 0 is no moment.
	const state: Partial<Writable> = { key, status: 'settled', timeout: '0', lease: '0' };
	for (const [index, name] of LISTED.entries()) {
		const value = listed[index];
		if (value !== null && value !== undefined) state[name] = fieldOf(name, value, accepted, bits);
	}
	state.kind = bits & FLAGS.dispatch ? 'dispatch' : 'direct';
	const row = state as Writable;
	row.lane = encodePart(shape.sessionOf(row.agent, inputOf(payload, row).id));
	return { state: row, payload };
}

/** The values of a settled row among replies of `ROW`; nothing for any other. */
export function settledValues(reply: unknown): readonly unknown[] | undefined {
	const [first] = Array.isArray(reply) ? reply : [];
	return Array.isArray(first) ? first : undefined;
}
