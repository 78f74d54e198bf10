// Turn journals and the segments of a model's stream, by which a killed turn is taken up again.
import type { AgentSubmissionStore, AgentTurnJournal } from '@flue/runtime/adapter';
import { encodePart, type Keys } from '../../keys.ts';
import { COMMAND } from '../../lua/log.ts';
import { readOne } from '../../submissions/read.ts';
import type { Place } from '../../submissions/shape.ts';
import { pairsOf } from '../beta/attempts.ts';
import { FIELDS } from '../beta/lua/attempts.ts';
import type { Together } from '../beta/together.ts';
import {
	BEGIN_JOURNAL,
	CHANGE_JOURNAL,
	CONSUME_STREAM,
	REPLACE_JOURNAL_ATTEMPT,
} from './lua/journals.ts';

type Journals = Pick<
	AgentSubmissionStore,
	| 'getTurnJournal'
	| 'beginTurnJournal'
	| 'updateTurnJournalPhase'
	| 'commitTurnJournal'
	| 'markStreamConsumed'
	| 'replaceTurnJournalAttempt'
>;

type Segments = Pick<
	AgentSubmissionStore,
	'appendStreamChunkSegment' | 'getStreamChunkSegments' | 'deleteStreamChunkSegments'
>;

const FIELD_NAMES = [
	...['session', 'kind', 'attempt', 'operation', 'turn', 'phase', 'revision', 'created'],
	...['updated', 'checkpoint', 'request', 'stream', 'consumed', 'committed', 'leaf'],
];

/** Opens the journals; each change is one script call. */
export function createJournals(place: Place): Journals {
	const { connection, keys } = place;
	const journalOf = (id: string) => keys.of('journal', id);
	const change = async (id: string, attemptId: string, fields: readonly string[]) => {
		const args = [Date.now(), attemptId, ...fields];
		return (await connection.run(CHANGE_JOURNAL, [journalOf(id)], args)) === 1;
	};
	return {
		async getTurnJournal(id) {
			const reply = await connection.send('HMGET', journalOf(id), ...FIELD_NAMES);
			return readJournal(id, reply as (string | null)[]);
		},
		async beginTurnJournal(input) {
			const args = [Date.now(), ...beginningOf(input)];
			return (await connection.run(BEGIN_JOURNAL, [journalOf(input.submissionId)], args)) === 1;
		},
		updateTurnJournalPhase: ({ submissionId, attemptId }, phase, options = {}) =>
			change(submissionId, attemptId, ['phase', phase, ...optionsOf(options)]),
		commitTurnJournal: ({ submissionId, attemptId }, leaf) =>
			change(submissionId, attemptId, ['phase', 'committed', 'committed', '1', 'leaf', leaf]),
		async markStreamConsumed({ submissionId, attemptId }, streamKey) {
			const args = [Date.now(), attemptId, streamKey];
			return (await connection.run(CONSUME_STREAM, [journalOf(submissionId)], args)) === 1;
		},
		async replaceTurnJournalAttempt({ submissionId: id, attemptId }, nextAttemptId, lease) {
			const rowKeys = [keys.of('sub', id), keys.index.running, journalOf(id)];
			const owned = lease ? [lease.ownerId, lease.leaseExpiresAt] : [];
			const args = [Date.now(), attemptId, nextAttemptId, ...owned];
			return readOne(place, await connection.run(REPLACE_JOURNAL_ATTEMPT, rowKeys, args));
		},
	};
}

/** Opens the segments: one hash a stream, each segment under its index. */
export function createSegments(connection: Together, keys: Keys): Segments {
	const segmentsOf = (streamKey: string) => keys.of('segments', streamKey);
	return {
		async appendStreamChunkSegment(streamKey, index, body) {
			return Number(await connection.write('HSETNX', segmentsOf(streamKey), index, body)) === 1;
		},
		async getStreamChunkSegments(streamKey) {
			const texts = (await connection.run(FIELDS, [segmentsOf(streamKey)], [])) as string[];
			return pairsOf(texts)
				.map(([index, body]) => ({ segmentIndex: Number(index), body }))
				.sort((left, right) => left.segmentIndex - right.segmentIndex);
		},
		// What was consumed is only in the way: its removal goes with the next request, and if that never
		// leaves, with the session.
		async deleteStreamChunkSegments(streamKey) {
			connection.rideAlong(COMMAND, segmentsOf(streamKey), 'DEL');
		},
	};
}

function beginningOf(input: Parameters<AgentSubmissionStore['beginTurnJournal']>[0]): string[] {
	return [
		...['session', input.sessionKey, 'kind', input.kind, 'attempt', input.attemptId],
		...['operation', input.operationId, 'turn', input.turnId, 'phase', input.phase],
		...optionsOf(input),
	];
}

/** Fields for what is given; `part` is the stream as it stands in the name of its segments. */
function optionsOf(given: {
	checkpointLeafId?: string;
	toolRequest?: unknown;
	streamKey?: string;
}): string[] {
	const { checkpointLeafId, toolRequest, streamKey } = given;
	return [
		...(checkpointLeafId === undefined ? [] : ['checkpoint', checkpointLeafId]),
		...(toolRequest === undefined ? [] : ['request', JSON.stringify(toolRequest)]),
		...(streamKey === undefined ? [] : ['stream', streamKey, 'part', encodePart(streamKey)]),
	];
}

function readJournal(
	submissionId: string,
	values: readonly (string | null)[],
): AgentTurnJournal | null {
	const fields = new Map(FIELD_NAMES.map((name, index) => [name, values[index] || undefined]));
	const text = (name: string) => fields.get(name) ?? '';
	if (fields.get('revision') === undefined) return null;
	const optional = (name: string, key: string, read: (value: string) => unknown = String) => {
		const value = fields.get(name);
		return value === undefined ? {} : { [key]: read(value) };
	};
	return {
		submissionId,
		sessionKey: text('session'),
		kind: text('kind') as AgentTurnJournal['kind'],
		attemptId: text('attempt'),
		operationId: text('operation'),
		turnId: text('turn'),
		phase: text('phase') as AgentTurnJournal['phase'],
		revision: Number(text('revision')),
		createdAt: Number(text('created')),
		updatedAt: Number(text('updated')),
		...optional('checkpoint', 'checkpointLeafId'),
		...optional('request', 'toolRequest', JSON.parse),
		...optional('stream', 'streamKey'),
		...optional('consumed', 'streamConsumedAt', Number),
		committed: text('committed') === '1',
		...optional('leaf', 'committedLeafId'),
	};
}
