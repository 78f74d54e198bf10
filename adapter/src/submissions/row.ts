// A submission as it is stored, and the way between that and the contract's AgentSubmission.
import type {
	AgentSubmission,
	AgentSubmissionInput,
	SubmissionChunkRow,
} from '@flue/runtime/adapter';
import { hydratePersistedSubmissionAttachments, isSubmissionPayload } from '@flue/runtime/adapter';

/** The mutable half of a row. Every value is text: Lua's numbers are doubles printed with 14 digits. */
export interface RowState {
	readonly seq: string;
	readonly id: string;
	/** The id as it stands in key names and indexes. */
	readonly key: string;
	readonly session: string;
	/** The session as it stands in key names. */
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
	readonly joined?: string;
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
	const persisted = JSON.parse(row.payload) as AgentSubmissionInput;
	const input = hydratePersistedSubmissionAttachments(persisted, parts);
	const { state } = row;
	const identity = {
		kind: state.kind,
		submissionId: state.id,
		sessionKey: state.session,
		acceptedAt: Number(state.accepted),
	};
	if (!isSubmissionPayload(input, identity)) {
		throw new Error('[flue] Persisted submission payload does not belong to its row.');
	}
	return describe(state, input);
}

/** Builds the contract's view from a state and an input that is known to belong to it. */
export function describe(state: RowState, input: AgentSubmissionInput): AgentSubmission {
	return {
		sequence: Number(state.seq),
		submissionId: state.id,
		sessionKey: state.session,
		kind: state.kind,
		input,
		status: state.status,
		acceptedAt: Number(state.accepted),
		canonicalReadyAt: state.ready === undefined ? null : Number(state.ready),
		...(state.attempt === undefined ? {} : { attemptId: state.attempt }),
		...(state.applied === undefined ? {} : { inputAppliedAt: Number(state.applied) }),
		...(state.abort === undefined ? {} : { abortRequestedAt: Number(state.abort) }),
		...(state.started === undefined ? {} : { startedAt: Number(state.started) }),
		...(state.joined === undefined ? {} : { joinedInto: state.joined }),
		...(state.error === undefined ? {} : { error: state.error }),
		...(state.settled === undefined ? {} : { settledAt: Number(state.settled) }),
		attemptCount: Number(state.count),
		maxAttempts: Number(state.max),
		timeoutAt: Number(state.timeout),
		...(state.owner === undefined ? {} : { ownerId: state.owner }),
		leaseExpiresAt: Number(state.lease),
	};
}
