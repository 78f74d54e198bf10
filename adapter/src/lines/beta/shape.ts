// What a submission of the 1.0 betas looks like, as far as they agree.
import {
	type AgentSubmission,
	createSessionStorageKey,
	type DirectAgentSubmissionInput,
	hydratePersistedDirectSubmission,
	matchesPersistedDirectSubmission,
	type PersistedChunkRow,
	prepareDirectSubmission,
	SUBMISSION_HARNESS_NAME,
	SUBMISSION_SESSION_NAME,
} from '@flue/runtime/adapter';
import { decodePart } from '../../keys.ts';
import type { Input, Part, Shape } from '../../submissions/shape.ts';
import type { RowState } from '../../submissions/state.ts';

/** The part of a shape that both betas have. */
export const COMMON: Omit<Shape, 'describe'> = {
	prepare(input) {
		if (input.kind !== 'direct') return { value: input, parts: [] };
		const { value, chunks } = prepareDirectSubmission(input);
		return { value, parts: chunks.map(toPart) };
	},
	hydrate: (value, parts) =>
		hydratePersistedDirectSubmission(value as DirectAgentSubmissionInput, parts.map(toChunk)),
	matches: (input, value, parts) =>
		input.kind === 'direct' &&
		value.kind === 'direct' &&
		matchesPersistedDirectSubmission(input, value, parts.map(toChunk)),
	packs: false,
	sessionOf: (_agent, instance) =>
		createSessionStorageKey(instance, SUBMISSION_HARNESS_NAME, SUBMISSION_SESSION_NAME),
};

function toPart({ imageId, index, count, data }: PersistedChunkRow): Part {
	return { owner: imageId, index, count, data };
}

function toChunk({ owner, index, count, data }: Part): PersistedChunkRow {
	return { imageId: owner, index, count, data };
}

/** The fields of the contract's view that both betas have. */
export function describeCommon(state: RowState, input: Input) {
	return {
		sequence: Number(state.seq),
		submissionId: decodePart(state.key),
		sessionKey: decodePart(state.lane),
		kind: state.kind,
		input,
		status: state.status,
		acceptedAt: Number(state.accepted),
		attemptCount: Number(state.count),
		maxRetry: Number(state.max),
		timeoutAt: Number(state.timeout),
		leaseExpiresAt: Number(state.lease),
	};
}

/** Sets the optional fields that a row has; absent, not undefined, where it has none. */
export function addOptional(submission: Writable<AgentSubmission>, state: RowState): void {
	if (state.attempt !== undefined) submission.attemptId = state.attempt;
	if (state.applied !== undefined) submission.inputAppliedAt = Number(state.applied);
	if (state.recovery !== undefined) submission.recoveryRequestedAt = Number(state.recovery);
	if (state.started !== undefined) submission.startedAt = Number(state.started);
	if (state.error !== undefined) submission.error = state.error;
	if (state.owner !== undefined) submission.ownerId = state.owner;
}

/** The same fields, to be filled in. */
export type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
