// A submission that was accepted and waits for its turn. Its input differs from line to line.
import { AGENT, type Sample, TIME } from '../sample.ts';
import { canonical, type Finding } from '../survival.ts';
import type { Kept } from './kept.ts';

export interface SubmissionInput {
	kind: 'direct';
	submissionId: string;
	agent: string;
	id: string;
	acceptedAt: string;
	/** 2.x. */
	message?: { kind: 'user'; body: string };
	/** The betas. */
	payload?: { message: string };
}

export interface Submission {
	submissionId: string;
	status: string;
	input: unknown;
	/** Of lines on which a submission is made ready after its admission. */
	canonicalReadyAt?: number | null;
}

/** The part of a submission store that is called. */
export interface SubmissionStore {
	admitDirect(input: SubmissionInput): Promise<Submission>;
	/** 1.0.0-beta.8 and later. */
	markSubmissionCanonicalReady?(submissionId: string): Promise<Submission | null>;
	getSubmission(submissionId: string): Promise<Submission | null>;
	listRunnableSubmissions(): Promise<Submission[]>;
}

const BODY = 'Is this still here after a restart?';

/** What is said, in the words of a line. */
export type Message = (body: string) => Pick<SubmissionInput, 'message' | 'payload'>;

/** The input of a round's submission. */
export function inputOf({ instance }: Sample, message: Message): SubmissionInput {
	return {
		kind: 'direct',
		submissionId: `${instance}-submission`,
		agent: AGENT,
		id: instance,
		...message(BODY),
		acceptedAt: TIME,
	};
}

const WORDS = {
	runnable: 'the submission still runnable',
	missing: 'no submission',
	'not-runnable': 'the submission no longer runnable',
	changed: 'the submission changed',
	twice: 'the submission twice',
};

function judge(
	input: SubmissionInput,
	found: { submission: Submission | null; runnable: Submission[] },
): keyof typeof WORDS {
	const listed = found.runnable.filter(({ submissionId }) => submissionId === input.submissionId);
	if (!found.submission) return 'missing';
	if (canonical(found.submission.input) !== canonical(input)) return 'changed';
	if (listed.length > 1) return 'twice';
	const isReady = found.submission.canonicalReadyAt !== null;
	const isRunnable = listed.length === 1 && found.submission.status === 'queued' && isReady;
	return isRunnable ? 'runnable' : 'not-runnable';
}

/** It has to be there as it was admitted, and once in the queue. */
export function compareSubmission(
	input: SubmissionInput,
	found: { submission: Submission | null; runnable: Submission[] },
): Finding {
	const is = judge(input, found);
	const state = is === 'runnable' ? 'whole' : is === 'missing' ? 'gone' : 'other';
	return { noun: 'submission', state, words: WORDS[is] };
}

/** One submission that waits. */
export function keptSubmission(store: SubmissionStore, message: Message): Kept {
	return {
		async write(sample) {
			const input = inputOf(sample, message);
			await store.admitDirect(input);
			await store.markSubmissionCanonicalReady?.(input.submissionId);
		},
		async read(sample, { replay }) {
			const input = inputOf(sample, message);
			const submission = await store.getSubmission(input.submissionId);
			if (replay && submission) await store.admitDirect(input);
			const runnable = await store.listRunnableSubmissions();
			return compareSubmission(input, { submission, runnable });
		},
	};
}
