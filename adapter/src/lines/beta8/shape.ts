// What a submission of 1.0.0-beta.8 and beta.9 looks like.
import type { AgentSubmission } from '@flue/runtime/adapter';
import type { Shape } from '../../submissions/shape.ts';
import { addOptional, COMMON, describeCommon, type Writable } from '../beta/shape.ts';

export const SHAPE: Shape = {
	...COMMON,
	describe(state, input) {
		const submission: Writable<AgentSubmission> = {
			...describeCommon(state, input),
			canonicalReadyAt: state.ready === undefined ? null : Number(state.ready),
		};
		addOptional(submission, state);
		if (state.abort !== undefined) submission.abortRequestedAt = Number(state.abort);
		return submission;
	},
};
