// What a submission of @flue/runtime 2.x looks like.
import {
	type AgentSubmission,
	createSessionStorageKey,
	hydratePersistedSubmissionAttachments,
	matchesPersistedSubmissionAttachments,
	prepareSubmissionAttachments,
	SUBMISSION_HARNESS_NAME,
	SUBMISSION_SESSION_NAME,
	type SubmissionChunkRow,
} from '@flue/runtime/adapter';
import { decodePart } from '../../keys.ts';
import type { Input, Part, Shape } from '../../submissions/shape.ts';
import type { RowState } from '../../submissions/state.ts';

export const SHAPE: Shape = {
	prepare(input) {
		const { value, chunks } = prepareSubmissionAttachments(input);
		return { value, parts: chunks.map(toPart) };
	},
	hydrate: (value, parts) => hydratePersistedSubmissionAttachments(value, parts.map(toChunk)),
	matches: (input, value, parts) =>
		matchesPersistedSubmissionAttachments(input, value, parts.map(toChunk)),
	sessionOf: (agent, instance) =>
		createSessionStorageKey(agent, instance, SUBMISSION_HARNESS_NAME, SUBMISSION_SESSION_NAME),
	packs: true,
	describe,
};

function toPart({ itemId, index, count, data }: SubmissionChunkRow): Part {
	return { owner: itemId, index, count, data };
}

function toChunk({ owner, index, count, data }: Part): SubmissionChunkRow {
	return { itemId: owner, index, count, data };
}

function describe(state: RowState, input: Input): AgentSubmission {
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
