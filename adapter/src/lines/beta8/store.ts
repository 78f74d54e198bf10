// The submission store of 1.0.0-beta.8 and beta.9: each method is one script call or one command, and one
// more where a listed row carries attachments.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import { replaceAttempt, requestAbort } from '../../submissions/attempts.ts';
import { createEndings } from '../../submissions/endings.ts';
import { createListings } from '../../submissions/listings.ts';
import { createReadiness } from '../../submissions/readiness.ts';
import { createBetaAttempts, createMarkers } from '../beta/attempts.ts';
import { type BatchedPlace, createLookahead } from '../beta/lookahead.ts';
import { createSettlements } from './settlements.ts';

/** Opens the submission store of one namespace. */
export function createSubmissionStore(place: BatchedPlace): AgentSubmissionStore {
	const listings = createListings(place);
	const lookahead = createLookahead(place, listings);
	return {
		...listings,
		...lookahead.listings,
		...createReadiness(place),
		...createBetaAttempts(place),
		...createSettlements(place, lookahead.listSettling),
		...createEndings(place),
		...createMarkers(place),
		replaceSubmissionAttempt: (attempt, attemptId, lease) =>
			replaceAttempt(place, attempt, { attemptId, lease }),
		requestSessionAbort: (sessionKey) => requestAbort(place, sessionKey),
	};
}
