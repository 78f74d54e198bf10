// What a submission of 1.0.0-beta.5 to beta.7 looks like.
import type { AgentSubmission } from '@flue/runtime/adapter';
import type { Shape } from '../../submissions/shape.ts';
import { addOptional, COMMON, describeCommon, type Writable } from '../beta/shape.ts';

export const SHAPE: Shape = {
	...COMMON,
	describe(state, input) {
		const submission: Writable<AgentSubmission> = describeCommon(state, input);
		addOptional(submission, state);
		return submission;
	},
};
