// Admission: one script call for a message, a few staged pieces before it for large attachments.
import {
	type AgentDispatchAdmission,
	type AgentSubmissionInput,
	createSessionStorageKey,
	DURABILITY_DEFAULT_MAX_ATTEMPTS,
	matchesPersistedSubmissionAttachments,
	parseAcceptedAt,
	prepareSubmissionAttachments,
	SUBMISSION_HARNESS_NAME,
	SUBMISSION_SESSION_NAME,
} from '@flue/runtime/adapter';
import { encodePart, type Keys } from '../keys.ts';
import { ADMIT } from '../lua/admission.ts';
import type { Connection } from '../script.ts';
import { INLINE_LENGTH, stage } from '../staging.ts';
import { encodePartRow, readParts, summarise } from './parts.ts';
import { describe, type RowState, readRow, type StoredRow, toSubmission } from './row.ts';

/**
 * Admits a submission, or finds that it was admitted before.
 *
 * An exact repetition returns the first row; the same id with another kind, message or attachment
 * is a conflict and changes nothing.
 */
export async function admit(
	connection: Connection,
	keys: Keys,
	input: AgentSubmissionInput,
): Promise<AgentDispatchAdmission> {
	const prepared = prepareSubmissionAttachments(input);
	const payload = JSON.stringify(prepared.value);
	const parts = prepared.chunks.map(encodePartRow);
	const state = freshState(input, parts);
	const rowKeys = [
		keys.one(`sub/${state.key}`),
		keys.one(`parts/${state.key}`),
		keys.one('sequence'),
		keys.one(`session/${state.lane}`),
		keys.index.unready,
	];
	const isLarge = Number(state.bytes ?? 0) > INLINE_LENGTH;
	const staged = isLarge ? [await stage(connection, keys, parts)] : [];
	const reply = (await connection.run(
		ADMIT,
		[...rowKeys, ...staged],
		[
			// The script puts the sequence in front, where a whole object would have its brace.
			JSON.stringify(state).slice(1),
			payload,
			state.key,
			state.digest ?? '',
			...(isLarge ? [] : parts),
		],
	)) as [number, string, string];
	if (reply[0] === 2) return admit(connection, keys, input);
	if (isLarge) await connection.send('DEL', ...staged);
	if (reply[0] === 1) {
		const row = { state: JSON.parse(reply[1]) as RowState, payload };
		return { kind: 'submission', submission: toSubmission(row, prepared.chunks) };
	}
	const existing = readRow(reply.slice(1));
	return existing ? compare(connection, keys, existing, input) : { kind: 'conflict' };
}

/** Another text may still be the same input: another release may split attachments differently. */
async function compare(
	connection: Connection,
	keys: Keys,
	row: StoredRow,
	input: AgentSubmissionInput,
): Promise<AgentDispatchAdmission> {
	const parts = (await readParts(connection, keys, [row])).get(row.state.key) ?? [];
	const persisted = JSON.parse(row.payload) as AgentSubmissionInput;
	if (!matchesPersistedSubmissionAttachments(input, persisted, parts)) return { kind: 'conflict' };
	return { kind: 'submission', submission: describe(row.state, input) };
}

function freshState(input: AgentSubmissionInput, parts: readonly string[]): Omit<RowState, 'seq'> {
	const session = createSessionStorageKey(
		input.agent,
		input.id,
		SUBMISSION_HARNESS_NAME,
		SUBMISSION_SESSION_NAME,
	);
	return {
		key: encodePart(input.submissionId),
		lane: encodePart(session),
		kind: input.kind,
		agent: input.agent,
		status: 'queued',
		accepted: String(parseAcceptedAt(input.acceptedAt, `${input.kind} admission`)),
		count: '0',
		max: String(DURABILITY_DEFAULT_MAX_ATTEMPTS),
		timeout: '0',
		lease: '0',
		...(parts.length > 0 ? summarise(parts) : {}),
	};
}
