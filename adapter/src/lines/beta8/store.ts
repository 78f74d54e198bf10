// The submission store of 1.0.0-beta.8 and beta.9: each method is one script call or one command, and one
// more where a listed row carries attachments.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import { replaceAttempt, requestAbort } from '../../submissions/attempts.ts';
import { createEndings } from '../../submissions/endings.ts';
import { createListings } from '../../submissions/listings.ts';
import { createReadiness } from '../../submissions/readiness.ts';
import type { Place } from '../../submissions/shape.ts';
import { createBetaAttempts, createMarkers } from '../beta/attempts.ts';
import { createSettlements } from './settlements.ts';

/** Opens the submission store of one namespace. */
export function createSubmissionStore(place: Place): AgentSubmissionStore {
	return {
		...createListings(place),
		...createReadiness(place),
		...createBetaAttempts(place),
		...createSettlements(place),
		...createEndings(place),
		...createMarkers(place),
		replaceSubmissionAttempt: (attempt, attemptId, lease) =>
			replaceAttempt(place, attempt, { attemptId, lease }),
		requestSessionAbort: (sessionKey) => requestAbort(place, sessionKey),
	};
}
