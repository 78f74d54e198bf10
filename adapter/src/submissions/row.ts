// A submission as it is stored, and the way between that and the contract's AgentSubmission.
import { type AgentSubmission, isSubmissionPayload } from '@flue/runtime/adapter';
import { inputOf, isUserText } from './payload.ts';
import type { Part, Shape } from './shape.ts';
import type { RowState } from './state.ts';

/** A row as a script replies it. */
export interface StoredRow {
	readonly state: RowState;
	readonly payload: string;
}

/** The text that is kept of an error. */
export function errorText(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** Reads the reply of a script that answers `{state, payload}` or nothing. */
export function readRow(reply: unknown): StoredRow | null {
	if (!Array.isArray(reply) || typeof reply[0] !== 'string') return null;
	return { state: JSON.parse(reply[0]) as RowState, payload: String(reply[1]) };
}

/** Reads the reply of a listing, `[state, payload, state, payload, …]`; rows that are gone are left out. */
export function readRows(reply: unknown): StoredRow[] {
	const texts = reply as (string | null)[];
	const rows: StoredRow[] = [];
	for (let index = 0; index < texts.length; index += 2) {
		const state = texts[index];
		if (typeof state !== 'string') continue;
		rows.push({ state: listedState(state), payload: String(texts[index + 1]) });
	}
	return rows;
}

/** A state as it was read before, where it was: the loop of claims lists the same rows again and again. */
function listedState(text: string): RowState {
	const known = listed.get(text);
	if (known) return known;
	const state = Object.freeze(JSON.parse(text) as RowState);
	if (listed.size === MOST_LISTED) listed.clear();
	if (text.length <= MOST_LISTED_LENGTH) listed.set(text, state);
	return state;
}

const listed = new Map<string, RowState>();
const MOST_LISTED = 1000;
const MOST_LISTED_LENGTH = 1000;

/**
 * Builds the contract's view of a row.
 *
 * @throws Error when the payload does not belong to the row, as `isSubmissionPayload` judges.
 */
export function toSubmission(
	shape: Shape,
	row: StoredRow,
	parts: readonly Part[],
): AgentSubmission {
	const submission = toKnownSubmission(shape, row, parts);
	if (isRight(shape, row, submission)) return submission;
	throw new Error('[flue] Persisted submission payload does not belong to its row.');
}

/** True for a payload that belongs to its row. All but the session of a text of a user is made from the row itself. */
function isRight(shape: Shape, { state, payload }: StoredRow, submission: AgentSubmission) {
	const { input, submissionId, sessionKey } = submission;
	if (isUserText(payload)) return shape.sessionOf(state.agent, input.id) === sessionKey;
	if (checked.get(submissionId) === payload) return true;
	if (!isSubmissionPayload(input, submission)) return false;
	if (payload.length <= MOST_CHECKED_LENGTH) {
		if (checked.size === MOST_CHECKED) checked.clear();
		checked.set(submissionId, payload);
	}
	return true;
}

/**
 * Payloads that were checked, by submission. A payload never changes, the loop of claims lists the same rows
 * again and again, and to check one takes longer than to read it.
 */
const checked = new Map<string, string>();
const MOST_CHECKED = 1000;
const MOST_CHECKED_LENGTH = 4000;

/** The same of a row whose payload was checked before; a payload never changes. */
export function toKnownSubmission(
	shape: Shape,
	{ state, payload }: StoredRow,
	parts: readonly Part[],
): AgentSubmission {
	const persisted = inputOf(payload, state);
	const isWhole = state.bytes === undefined;
	return shape.describe(state, isWhole ? persisted : shape.hydrate(persisted, parts));
}
