// Admission: one script call for a message, a few staged pieces before it for large attachments.
import {
	type AgentDispatchAdmission,
	DURABILITY_DEFAULT_MAX_ATTEMPTS,
	parseAcceptedAt,
} from '@flue/runtime/adapter';
import { encodePart } from '../keys.ts';
import type { Script } from '../script.ts';
import { INLINE_LENGTH, stage } from '../staging.ts';
import { encodePartRow, readParts, summarise } from './parts.ts';
import { inputOf, keptOf } from './payload.ts';
import { hasExpired } from './read.ts';
import { readRow, type StoredRow, toSubmission } from './row.ts';
import { settledRow } from './settled.ts';
import type { Input, Place } from './shape.ts';
import type { RowState } from './state.ts';

type FreshState = Omit<RowState, 'seq'>;

/** What a line does when it admits, beyond the row, its parts and its place in the session. */
export interface Admission {
	/**
	 * KEYS: row, parts, sequence, session, running, those of {@link Admission.keysOf}, staged parts if any.
	 * ARGV: fresh state, payload, id, digest, those of {@link Admission.argsOf}, parts.
	 */
	readonly script: Script;
	readonly keysOf: (state: FreshState, input: Input) => readonly string[];
	readonly argsOf: (input: Input) => readonly string[];
	/** Fields of a new row beyond the common ones. */
	readonly fresh: () => Partial<FreshState>;
	/** Reads a refusal that only this line's script has. */
	readonly refused: (reply: unknown[], input: Input) => AgentDispatchAdmission;
}

/**
 * Admits a submission, or finds that it was admitted before.
 *
 * An exact repetition returns the first row; the same id with another kind, message or attachment
 * is a conflict and changes nothing.
 */
export async function admit(
	place: Place,
	line: Admission,
	input: Input,
): Promise<AgentDispatchAdmission> {
	const { connection, shape } = place;
	const prepared = shape.prepare(input);
	const texts = prepared.parts.map(encodePartRow);
	const state = freshState(place, line, input, texts);
	const payload = shape.packs ? keptOf(prepared.value, state) : JSON.stringify(prepared.value);
	const isLarge = Number(state.bytes ?? 0) > INLINE_LENGTH;
	const staged = isLarge ? [await stage(connection, place.keys, texts)] : [];
	const reply = await connection.run(line.script, keysOf(place, line, state, input, staged), [
		// The script puts the sequence in front, where a whole object would have its brace.
		JSON.stringify(state).slice(1),
		payload,
		state.key,
		state.digest ?? '',
		...line.argsOf(input),
		...(isLarge ? [] : texts),
	]);
	if (isLarge) await connection.send('DEL', ...staged);
	const { parts } = prepared;
	// A new row is what was sent, and its number.
	const answer = Array.isArray(reply)
		? (reply as unknown[])
		: [1, { ...state, seq: String(reply) }];
	if (answer[0] !== 1) return refused(place, line, answer, input);
	const [, stored] = answer as [1, RowState | string];
	const row = typeof stored === 'string' ? (JSON.parse(stored) as RowState) : stored;
	return { kind: 'submission', submission: toSubmission(shape, { state: row, payload }, parts) };
}

/** What is said of an id that is taken, or of a line's own refusal. */
function refused(
	place: Place,
	line: Admission,
	reply: unknown[],
	input: Input,
): AgentDispatchAdmission | Promise<AgentDispatchAdmission> {
	if (reply[0] === 2) return admit(place, line, input);
	if (reply[0] === 5) {
		const [, values] = reply as [5, readonly unknown[]];
		const row = settledRow(place.shape, encodePart(input.submissionId), values);
		return repeated(place, line, row, input);
	}
	if (reply[0] !== 0) return line.refused(reply, input);
	const existing = readRow(reply.slice(1));
	return existing ? repeated(place, line, existing, input) : { kind: 'conflict' };
}

/** The error of a direct message whose id is taken; the suites match its words. */
export function unexpectedAdmission(input: Input): Error {
	return new Error(
		`[flue] Direct admission returned an unexpected result: submission "${input.submissionId}" was admitted before with another input.`,
	);
}

/** Another text may still be the same input: another release may split attachments differently. */
async function repeated(
	place: Place,
	line: Admission,
	row: StoredRow,
	input: Input,
): Promise<AgentDispatchAdmission> {
	if (row.state.kind !== input.kind) return { kind: 'conflict' };
	const parts = (await readParts(place, [row])).get(row.state.key) ?? [];
	if (await hasExpired(place, row, parts)) return admit(place, line, input);
	const persisted = inputOf(row.payload, row.state);
	if (!place.shape.matches(input, persisted, parts)) return { kind: 'conflict' };
	return { kind: 'submission', submission: place.shape.describe(row.state, input) };
}

function keysOf(
	{ keys }: Place,
	line: Admission,
	...[state, input, staged]: [FreshState, Input, readonly string[]]
): string[] {
	return [
		keys.one(`sub/${state.key}`),
		keys.one(`parts/${state.key}`),
		keys.one('sequence'),
		keys.one(`session/${state.lane}`),
		keys.index.running,
		...line.keysOf(state, input),
		...staged,
	];
}

function freshState(
	{ shape }: Place,
	line: Admission,
	...[input, parts]: [Input, readonly string[]]
): FreshState {
	return {
		key: encodePart(input.submissionId),
		lane: encodePart(shape.sessionOf(input.agent, input.id)),
		kind: input.kind,
		agent: input.agent,
		status: 'queued',
		accepted: String(parseAcceptedAt(input.acceptedAt, `${input.kind} admission`)),
		count: '0',
		max: String(DURABILITY_DEFAULT_MAX_ATTEMPTS),
		timeout: '0',
		lease: '0',
		...line.fresh(),
		...(parts.length > 0 ? summarise(parts) : {}),
	};
}
