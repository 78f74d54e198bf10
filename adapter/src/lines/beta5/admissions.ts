// Admission of 1.0.0-beta.5 to beta.7. The agent's event stream is made with it: this runtime answers
// 202 before it makes the stream itself, and whoever reads it right away would get a 404.
import {
	type AgentSubmissionStore,
	createDispatchAgentSubmissionInput,
} from '@flue/runtime/adapter';
import { type Admission, admit, unexpectedAdmission } from '../../submissions/admit.ts';
import type { Place } from '../../submissions/shape.ts';
import { ADMIT_RUNNABLE } from './lua/admission.ts';

type Admissions = Pick<AgentSubmissionStore, 'admitDispatch' | 'admitDirect'>;

/** Opens the two ways in. */
export function createAdmissions(place: Place): Admissions {
	const { keys } = place;
	const line: Admission = {
		script: ADMIT_RUNNABLE,
		keysOf: ({ lane }, { agent, id }) => [
			keys.index.runnable,
			keys.one('receipts'),
			keys.one(`deleting/${lane}`),
			keys.one(`history/${lane}`),
			// agentStreamPath of the runtime's own sources; it is not exported.
			keys.feed(`agents/${agent}/${id}`)[0],
		],
		argsOf: ({ kind }) => [kind],
		// There is no step between admission and running here.
		fresh: () => ({ ready: '1' }),
		refused([code, acceptedAt], { submissionId }) {
			if (code === 3) {
				const receipt = { submissionId, acceptedAt: Number(acceptedAt) };
				return { kind: 'retained_receipt', receipt };
			}
			throw new Error(
				'[flue] Durable agent submission admission is unavailable while this session is being deleted. Retry after deletion completes.',
			);
		},
	};
	return {
		admitDispatch: (input) => admit(place, line, createDispatchAgentSubmissionInput(input)),
		async admitDirect(input) {
			const admission = await admit(place, line, input);
			if (admission.kind === 'submission') return admission.submission;
			throw unexpectedAdmission(input);
		},
	};
}
