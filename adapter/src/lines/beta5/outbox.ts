// The terminal outbox of 1.0.0-beta.5 to beta.7: reserve the exact event, note where it was appended,
// and only then settle.
import type { AgentSubmissionStore, SubmissionTerminalOutbox } from '@flue/runtime/adapter';
import { decodePart } from '../../keys.ts';
import type { Place } from '../../submissions/shape.ts';
import type { RowState } from '../../submissions/state.ts';
import type { Lookahead } from '../beta/lookahead.ts';
import { RESERVE_DIRECT } from '../beta/lua/attempts.ts';
import { FINALIZE_TERMINAL, RECORD_OFFSET } from './lua/outbox.ts';

type Outbox = Pick<
	AgentSubmissionStore,
	| 'listPendingTerminalOutboxes'
	| 'reserveSubmissionTerminal'
	| 'recordSubmissionTerminalOffset'
	| 'finalizeSubmissionTerminal'
>;

/** Opens the four methods of the outbox. */
export function createOutbox(
	{ connection, keys, retention }: Place,
	listSettling: Lookahead['listSettling'],
): Outbox {
	const { running, runnable, settling } = keys.index;
	const sub = (id: string) => keys.of('sub', id);
	return {
		async listPendingTerminalOutboxes() {
			return readOutboxes(await listSettling());
		},
		async reserveSubmissionTerminal({ submissionId, attemptId }, { eventKey, event }) {
			const args = [attemptId, eventKey, JSON.stringify(event)];
			const rowKeys = [sub(submissionId), running, settling];
			const reply = await connection.run(RESERVE_DIRECT, rowKeys, args);
			if (!Array.isArray(reply)) return null;
			const [lane, offset] = reply as [string, string?];
			const reserved = { submissionId, sessionKey: decodePart(lane), attemptId, eventKey, event };
			return offset === undefined || offset === null ? reserved : { ...reserved, offset };
		},
		async recordSubmissionTerminalOffset({ submissionId, attemptId }, eventKey, offset) {
			const args = [attemptId, eventKey, offset];
			return (await connection.run(RECORD_OFFSET, [sub(submissionId)], args)) === 1;
		},
		async finalizeSubmissionTerminal({ submissionId, attemptId }, eventKey) {
			const rowKeys = [sub(submissionId), settling, runnable];
			const args = [keys.base, Date.now(), retention, attemptId, eventKey];
			return (await connection.run(FINALIZE_TERMINAL, rowKeys, args)) === 1;
		},
	};
}

function readOutboxes(texts: readonly (string | null)[]): SubmissionTerminalOutbox[] {
	const found: SubmissionTerminalOutbox[] = [];
	for (let index = 0; index < texts.length; index += 2) {
		const { key, lane, attempt, record, offset } = JSON.parse(String(texts[index])) as RowState;
		if (attempt === undefined || record === undefined) {
			throw new Error('[flue] Persisted submission terminal outbox is malformed.');
		}
		found.push({
			submissionId: decodePart(key),
			sessionKey: decodePart(lane),
			attemptId: attempt,
			eventKey: record,
			event: JSON.parse(String(texts[index + 1])),
			...(offset === undefined ? {} : { offset }),
		});
	}
	return found;
}
