// The submission store of 1.0.0-beta.5 to beta.7: each method is one script call or one command.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import { createEndings } from '../../submissions/endings.ts';
import { createListings } from '../../submissions/listings.ts';
import type { Place } from '../../submissions/shape.ts';
import { createBetaAttempts, createMarkers } from '../beta/attempts.ts';
import { createAdmissions } from './admissions.ts';
import { createDeletion } from './deletion.ts';
import { createJournals, createSegments } from './journals.ts';
import { createOutbox } from './outbox.ts';

/** Opens the submission store of one namespace. */
export function createSubmissionStore(place: Place): AgentSubmissionStore {
	return {
		...createListings(place),
		...createAdmissions(place),
		...createBetaAttempts(place),
		...createJournals(place),
		...createSegments(place),
		...createOutbox(place),
		...createEndings(place),
		...createMarkers(place),
		...createDeletion(place),
	};
}
