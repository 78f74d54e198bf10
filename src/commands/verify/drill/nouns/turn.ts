// The turn of a submission that is at work, with its recovery journal and the segments of the model's answer: 1.0.0-beta.5 to beta.7.
import { type Sample, textOf } from '../sample.ts';
import { canonical, type Finding, single } from '../survival.ts';
import type { Kept } from './kept.ts';
import { inputOf, type Message, type Submission, type SubmissionInput } from './submission.ts';

interface Attempt {
	submissionId: string;
	attemptId: string;
}

interface Segment {
	segmentIndex: number;
	body: string;
}

/** The part of `executionStore.submissions` that is called. */
export interface TurnStore {
	admitDirect(input: SubmissionInput): Promise<{ sessionKey: string }>;
	claimSubmission(
		claim: Attempt & { ownerId: string; leaseExpiresAt: number },
	): Promise<Submission | null>;
	beginTurnJournal(
		journal: Attempt & {
			sessionKey: string;
			kind: 'direct';
			operationId: string;
			turnId: string;
			phase: 'before_provider';
		},
	): Promise<boolean>;
	updateTurnJournalPhase(
		attempt: Attempt,
		phase: 'tool_request_recorded',
		options: { toolRequest: unknown; streamKey: string },
	): Promise<boolean>;
	appendStreamChunkSegment(streamKey: string, index: number, body: string): Promise<boolean>;
	getSubmission(submissionId: string): Promise<(Submission & { attemptId?: string }) | null>;
	listRunningSubmissions(): Promise<Submission[]>;
	getTurnJournal(submissionId: string): Promise<object | null>;
	getStreamChunkSegments(streamKey: string): Promise<Segment[]>;
}

const SEGMENTS = [0, 1, 2];
/** Nobody may take the turn away while the drill lasts. */
const LEASE = 3_600_000;

/** The names and texts of a round's turn. */
export function turnOf({ instance }: Sample) {
	const submissionId = `${instance}-running`;
	const attempt: Attempt = { submissionId, attemptId: `${instance}-attempt` };
	const streamKey = `${instance}-answer`;
	const toolCalls = [{ type: 'toolCall', id: `${instance}-call`, name: 'look' }];
	return {
		attempt,
		begun: { ...attempt, operationId: `${instance}-operation`, turnId: `${instance}-turn` },
		written: { toolRequest: { toolCalls, note: textOf(1) }, streamKey },
		segments: SEGMENTS.map((segmentIndex) => ({ segmentIndex, body: textOf(segmentIndex) })),
	};
}

/** What a store answers about a turn. */
export interface FoundTurn {
	submission: (Submission & { attemptId?: string }) | null;
	running: Submission[];
	journal: object | null;
	segments: Segment[];
}

/** The attempt has to be at work still, with all that it had written down. */
export function compareTurn(sample: Sample, found: FoundTurn): Finding {
	const { attempt, begun, written, segments } = turnOf(sample);
	const { submission, running, journal } = found;
	const isGone = !submission && !journal && found.segments.length === 0;
	const listed = running.filter(({ submissionId }) => submissionId === attempt.submissionId);
	const expected = { ...begun, ...written, phase: 'tool_request_recorded', committed: false };
	const isSame =
		submission?.status === 'running' &&
		submission.attemptId === attempt.attemptId &&
		listed.length === 1 &&
		canonical({ ...journal, ...expected }) === canonical(journal) &&
		canonical(found.segments) === canonical(segments);
	return single('turn', 'turn in flight', isGone ? null : isSame);
}

/** One turn that is at work. */
export function keptTurn(store: TurnStore, message: Message): Kept {
	return {
		async write(sample) {
			const { attempt, begun, written, segments } = turnOf(sample);
			const waiting = inputOf(sample, message);
			const id = `${sample.instance}-busy`;
			const input = { ...waiting, submissionId: attempt.submissionId, id };
			const { sessionKey } = await store.admitDirect(input);
			const leaseExpiresAt = Date.now() + LEASE;
			await store.claimSubmission({ ...attempt, ownerId: `${id}-owner`, leaseExpiresAt });
			const kind = { sessionKey, kind: 'direct' as const };
			await store.beginTurnJournal({ ...begun, ...kind, phase: 'before_provider' });
			await store.updateTurnJournalPhase(attempt, 'tool_request_recorded', written);
			for (const { segmentIndex, body } of segments)
				await store.appendStreamChunkSegment(written.streamKey, segmentIndex, body);
		},
		async read(sample) {
			const { attempt, written } = turnOf(sample);
			return compareTurn(sample, {
				submission: await store.getSubmission(attempt.submissionId),
				running: await store.listRunningSubmissions(),
				journal: await store.getTurnJournal(attempt.submissionId),
				segments: await store.getStreamChunkSegments(written.streamKey),
			});
		},
	};
}
