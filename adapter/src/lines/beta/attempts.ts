// Steps of an attempt, and the marks that one was started, as both betas have them.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import { decodePart, encodePart } from '../../keys.ts';
import { createAttempts, markInputApplied } from '../../submissions/attempts.ts';
import type { Place } from '../../submissions/shape.ts';
import { FIELDS, REQUEST_RECOVERY, REQUEUE_UNAPPLIED } from './lua/attempts.ts';

type Attempts = Pick<
	AgentSubmissionStore,
	| 'claimSubmission'
	| 'renewLeases'
	| 'markSubmissionInputApplied'
	| 'requestSubmissionRecovery'
	| 'requeueSubmissionBeforeInputApplied'
>;

type Markers = Pick<
	AgentSubmissionStore,
	'insertAttemptMarker' | 'deleteAttemptMarker' | 'listAttemptMarkers'
>;

/** Opens the steps of an attempt that do not differ between the betas. */
export function createBetaAttempts(place: Place): Attempts {
	const { connection, keys } = place;
	const { running, runnable } = keys.index;
	return {
		...createAttempts(place),
		markSubmissionInputApplied: (attempt, durability) =>
			markInputApplied(place, attempt, {
				max: durability?.maxRetry,
				timeoutAt: durability?.timeoutAt,
			}),
		async requestSubmissionRecovery({ submissionId, attemptId }) {
			const rowKeys = [keys.of('sub', submissionId)];
			return (await connection.run(REQUEST_RECOVERY, rowKeys, [Date.now(), attemptId])) === 1;
		},
		async requeueSubmissionBeforeInputApplied({ submissionId, attemptId }) {
			const rowKeys = [keys.of('sub', submissionId), running, runnable];
			return (await connection.run(REQUEUE_UNAPPLIED, rowKeys, [keys.base, attemptId])) === 1;
		},
	};
}

/** Opens the marks; one hash holds them all, by submission and attempt. */
export function createMarkers({ connection, keys }: Place): Markers {
	const markers = keys.one('markers');
	const fieldOf = (ref: { submissionId: string; attemptId: string }) =>
		`${encodePart(ref.submissionId)}/${encodePart(ref.attemptId)}`;
	return {
		async insertAttemptMarker(attempt) {
			await connection.write('HSETNX', markers, fieldOf(attempt), Date.now());
		},
		async deleteAttemptMarker(attempt) {
			await connection.write('HDEL', markers, fieldOf(attempt));
		},
		async listAttemptMarkers() {
			const texts = (await connection.run(FIELDS, [markers], [])) as string[];
			return pairsOf(texts).map(([field, createdAt]) => {
				const [submissionId = '', attemptId = ''] = field.split('/').map(decodePart);
				return { submissionId, attemptId, createdAt: Number(createdAt) };
			});
		},
	};
}

/** Splits a flat reply of fields and values. */
export function pairsOf(texts: readonly string[]): [string, string][] {
	const pairs: [string, string][] = [];
	for (let index = 0; index < texts.length; index += 2) {
		pairs.push([texts[index] ?? '', texts[index + 1] ?? '']);
	}
	return pairs;
}
