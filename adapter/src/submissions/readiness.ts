// Admission in two steps, as the lines with canonical conversations have it: a row is admitted, its
// conversation is made, and only then may it run.
import {
	type AgentSubmissionStore,
	createDispatchAgentSubmissionInput,
} from '@flue/runtime/adapter';
import { ADMIT, READY } from '../lua/admission.ts';
import { type Admission, admit, unexpectedAdmission } from './admit.ts';
import { listIndex } from './listings.ts';
import { readOne } from './read.ts';
import type { Place } from './shape.ts';

type Readiness = Pick<
	AgentSubmissionStore,
	'admitDispatch' | 'admitDirect' | 'markSubmissionCanonicalReady' | 'listUnreadySubmissions'
>;

/** Opens admission, readiness, and the list of what waits between the two. */
export function createReadiness(place: Place): Readiness {
	const { connection, keys } = place;
	const { unready, runnable } = keys.index;
	const line: Admission = {
		script: ADMIT,
		keysOf: () => [unready],
		argsOf: () => [],
		fresh: () => ({}),
		refused: () => ({ kind: 'conflict' }),
	};
	return {
		admitDispatch: (input) => admit(place, line, createDispatchAgentSubmissionInput(input)),
		async admitDirect(input) {
			const admission = await admit(place, line, input);
			if (admission.kind === 'submission') return admission.submission;
			throw unexpectedAdmission(input);
		},
		async markSubmissionCanonicalReady(id) {
			const readyKeys = [keys.of('sub', id), unready, runnable];
			return readOne(place, await connection.run(READY, readyKeys, [keys.base, Date.now()]));
		},
		listUnreadySubmissions: () => listIndex(place, unready, 'queued'),
	};
}
