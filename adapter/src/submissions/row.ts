// A submission as it is stored, and the way between that and the contract's AgentSubmission.
import type {
	AgentSubmission,
	AgentSubmissionInput,
	SubmissionChunkRow,
} from '@flue/runtime/adapter';
import { hydratePersistedSubmissionAttachments, isSubmissionPayload } from '@flue/runtime/adapter';
import { decodePart } from '../keys.ts';

/** The mutable half of a row. Every value is text: Lua's numbers are doubles printed with 14 digits. */
export interface RowState {
	readonly seq: string;
	/** The submission's id as it stands in key names and indexes. */
	readonly key: string;
	/** The session's key as it stands in key names. */
	readonly lane: string;
	readonly kind: 'dispatch' | 'direct';
	readonly agent: string;
	readonly status: AgentSubmission['status'];
	readonly accepted: string;
	readonly count: string;
	readonly max: string;
	readonly timeout: string;
	readonly lease: string;
	readonly ready?: string;
	readonly attempt?: string;
	readonly applied?: string;
	readonly abort?: string;
	readonly started?: string;
	/** What it joined, as it stands in key names. */
	readonly host?: string;
	readonly error?: string;
	readonly settled?: string;
	readonly owner?: string;
	readonly record?: string;
	/** Digest and length of the attachments that live beside the row; absent when there are none. */
	readonly digest?: string;
	readonly bytes?: string;
}

/** A row as a script replies it. */
export interface StoredRow {
	readonly state: RowState;
	readonly payload: string;
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
		const row = readRow([texts[index], texts[index + 1]]);
		if (row) rows.push(row);
	}
	return rows;
}

/**
 * Builds the contract's view of a row.
 *
 * @throws Error when the payload does not belong to the row, as `isSubmissionPayload` judges.
 */
export function toSubmission(
	row: StoredRow,
	parts: readonly SubmissionChunkRow[],
): AgentSubmission {
	const submission = toKnownSubmission(row, parts);
	if (!isSubmissionPayload(submission.input, submission)) {
		throw new Error('[flue] Persisted submission payload does not belong to its row.');
	}
	return submission;
}

/** The same of a row whose payload was checked before; a payload never changes. */
export function toKnownSubmission(
	{ state, payload }: StoredRow,
	parts: readonly SubmissionChunkRow[],
): AgentSubmission {
	const persisted = JSON.parse(payload) as AgentSubmissionInput;
	const isWhole = state.bytes === undefined;
	const input = isWhole ? persisted : hydratePersistedSubmissionAttachments(persisted, parts);
	return describe(state, input);
}

/** Builds the contract's view from a state and an input that is known to belong to it. */
export function describe(state: RowState, input: AgentSubmissionInput): AgentSubmission {
	const submission: Writable<AgentSubmission> = {
		sequence: Number(state.seq),
		submissionId: decodePart(state.key),
		sessionKey: decodePart(state.lane),
		kind: state.kind,
		input,
		status: state.status,
		acceptedAt: Number(state.accepted),
		canonicalReadyAt: state.ready === undefined ? null : Number(state.ready),
		attemptCount: Number(state.count),
		maxAttempts: Number(state.max),
		timeoutAt: Number(state.timeout),
		leaseExpiresAt: Number(state.lease),
	};
	// Absent, not undefined: the contract's optional fields. Assigned one by one, because a listing
	// does this for every row and a spread of fourteen objects takes longer than parsing them.
	if (state.attempt !== undefined) submission.attemptId = state.attempt;
	if (state.applied !== undefined) submission.inputAppliedAt = Number(state.applied);
	if (state.abort !== undefined) submission.abortRequestedAt = Number(state.abort);
	if (state.started !== undefined) submission.startedAt = Number(state.started);
	if (state.host !== undefined) submission.joinedInto = decodePart(state.host);
	if (state.error !== undefined) submission.error = state.error;
	if (state.settled !== undefined) submission.settledAt = Number(state.settled);
	if (state.owner !== undefined) submission.ownerId = state.owner;
	return submission;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
