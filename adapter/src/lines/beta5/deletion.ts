// Deleting a session, in three steps of which any may be the last that a process lives to see. Calls of
// one process share one deletion; of two processes one waits for the other.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AgentSubmissionStore, deduplicateSessionDeletion } from '@flue/runtime/adapter';
import { decodePart, encodePart } from '../../keys.ts';
import type { Place } from '../../submissions/shape.ts';
import {
	ABANDON_DELETION,
	BEGIN_DELETION,
	FINISH_DELETION,
	RENEW_DELETION,
} from './lua/deletion.ts';

type Deletion = Pick<AgentSubmissionStore, 'deleteSession' | 'listPendingSessionDeletions'>;

/** How long a process that says nothing keeps others from deleting the same session, in milliseconds. */
const LEASE_MS = 10_000;

/** How often a waiting process looks again, in milliseconds. */
const LOOK_MS = 100;

/** Opens the two methods of deletion. */
export function createDeletion(place: Place): Deletion {
	const { connection, keys } = place;
	const pending = new Map<string, Promise<void>>();
	return {
		deleteSession: (sessionKey, deleteTree) =>
			deduplicateSessionDeletion(pending, sessionKey, () =>
				runDeletion(place, sessionKey, deleteTree),
			),
		async listPendingSessionDeletions() {
			const lanes = await connection.send('SMEMBERS', keys.one('deletions'));
			// RESP3 answers a set, which clients show as an array or as a Set.
			return [...(lanes as Iterable<string>)].map(decodePart);
		},
	};
}

async function runDeletion(
	place: Place,
	sessionKey: string,
	deleteTree: () => Promise<void>,
): Promise<void> {
	const { connection, keys } = place;
	const lane = encodePart(sessionKey);
	const token = randomUUID();
	const mark = keys.one(`deleting/${lane}`);
	const deletions = keys.one('deletions');
	await begin(place, { lane, token, mark, deletions });
	const renewal = setInterval(() => {
		const lease = [token, Date.now() + LEASE_MS];
		// A lease that is lost is noticed at the end, by the token.
		connection.run(RENEW_DELETION, [mark], lease).catch(() => undefined);
	}, LEASE_MS / 3);
	try {
		await deleteTree();
	} catch (error) {
		await connection.run(ABANDON_DELETION, [mark, deletions], [lane, token]);
		throw error;
	} finally {
		clearInterval(renewal);
	}
	const kept = [keys.one(`history/${lane}`), keys.one('receipts')];
	await connection.run(FINISH_DELETION, [mark, deletions, ...kept], [keys.base, lane, token]);
}

/** Waits until no other process deletes this session, and begins. */
async function begin(
	{ connection, keys }: Place,
	{
		lane,
		token,
		mark,
		deletions,
	}: { lane: string; token: string; mark: string; deletions: string },
): Promise<void> {
	const markKeys = [keys.one(`session/${lane}`), mark, deletions];
	for (;;) {
		const now = Date.now();
		const reply = await connection.run(BEGIN_DELETION, markKeys, [
			now,
			lane,
			token,
			now + LEASE_MS,
		]);
		if (reply === 1) return;
		if (reply === -1) {
			throw new Error(
				'[flue] Session cannot be deleted while durable agent submissions are queued or running. Wait for accepted work to settle, then retry deletion.',
			);
		}
		await sleep(LOOK_MS);
	}
}
