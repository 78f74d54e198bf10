// Sample submissions of the 1.0 betas, and who works on them.
import type {
	DirectAgentSubmissionInput,
	DispatchInput,
	SubmissionAttemptRef,
	SubmissionClaimRef,
} from '@flue/runtime/adapter';

export const ACCEPTED = '2026-06-03T00:00:00.000Z';

export const direct = (id: string, instance = `i-${id}`): DirectAgentSubmissionInput => ({
	kind: 'direct',
	submissionId: id,
	agent: 'assistant',
	id: instance,
	payload: { message: 'Please look at the last three orders and tell me what is late.' },
	acceptedAt: ACCEPTED,
});

export const dispatch = (id: string, instance = `i-${id}`): DispatchInput => ({
	dispatchId: id,
	agent: 'assistant',
	id: instance,
	input: { text: 'Look at the orders.' },
	acceptedAt: ACCEPTED,
});

export const attempt = (submissionId: string, attemptId: string): SubmissionAttemptRef => ({
	submissionId,
	attemptId,
});

export const claimOf = (submissionId: string, attemptId: string): SubmissionClaimRef => ({
	submissionId,
	attemptId,
	ownerId: 'o',
	leaseExpiresAt: Date.now() + 30_000,
});
