// What was found of a sample, compared with what was written, and in words. Pure.
import { createHash } from 'node:crypto';
import type { AttachmentRef, StreamBatch, Submission } from './contract.ts';
import type { Sample } from './sample.ts';

export interface Survival {
	/** Records that are what was written, in their place. */
	records: number;
	/** Records that were written. */
	of: number;
	/** Records beyond those: doubled, changed, out of place, or not ours. */
	strange: number;
	submission: 'runnable' | 'missing' | 'not-runnable' | 'changed' | 'twice';
	attachment: 'unchanged' | 'missing' | 'changed';
}

/** What a store answered about a sample. */
export interface Found {
	batches: StreamBatch[];
	submission: Submission | null;
	runnable: Submission[];
	attachment: { attachment: AttachmentRef; bytes: Uint8Array } | null;
}

/** The same text for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
	return JSON.stringify(value, (_, part) =>
		part !== null && typeof part === 'object' && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
			: part,
	);
}

/** Batches have to be what was appended: of a batch either all of it or nothing, in order, once. */
function compareRecords(
	sample: Sample,
	batches: StreamBatch[],
): { records: number; strange: number } {
	const offsets = new Set(batches.map(({ offset }) => offset));
	const counts = batches.map(({ records }, index) => {
		const isSame = canonical(records) === canonical(sample.batches[index] ?? null);
		return { same: isSame ? records.length : 0, strange: isSame ? 0 : records.length };
	});
	const records = counts.reduce((sum, { same }) => sum + same, 0);
	const strange = counts.reduce((sum, count) => sum + count.strange, 0);
	return { records, strange: strange + batches.length - offsets.size };
}

function compareSubmission({ submission: input }: Sample, found: Found): Survival['submission'] {
	const listed = found.runnable.filter(({ submissionId }) => submissionId === input.submissionId);
	if (!found.submission) return 'missing';
	if (canonical(found.submission.input) !== canonical(input)) return 'changed';
	if (listed.length > 1) return 'twice';
	const isReady = found.submission.canonicalReadyAt !== null;
	const isRunnable = listed.length === 1 && found.submission.status === 'queued' && isReady;
	return isRunnable ? 'runnable' : 'not-runnable';
}

function compareAttachment(sample: Sample, found: Found['attachment']): Survival['attachment'] {
	if (!found) return 'missing';
	const digest = createHash('sha256').update(found.bytes).digest('hex');
	const isSame =
		digest === sample.attachment.digest && found.attachment.digest === sample.attachment.digest;
	return isSame ? 'unchanged' : 'changed';
}

/** Compares what a store answers with what was written. */
export function compare(sample: Sample, found: Found): Survival {
	return {
		...compareRecords(sample, found.batches),
		of: sample.batches.flat().length,
		submission: compareSubmission(sample, found),
		attachment: compareAttachment(sample, found.attachment),
	};
}

/** Everything is there, once, in order. */
export function isWhole({ records, of, strange, submission, attachment }: Survival): boolean {
	return records === of && strange === 0 && submission === 'runnable' && attachment === 'unchanged';
}

/** Nothing is there. */
export function isGone({ records, strange, submission, attachment }: Survival): boolean {
	return records === 0 && strange === 0 && submission === 'missing' && attachment === 'missing';
}

const SUBMISSION: Record<Survival['submission'], string> = {
	runnable: 'the submission still runnable',
	missing: 'no submission',
	'not-runnable': 'the submission no longer runnable',
	changed: 'the submission changed',
	twice: 'the submission twice',
};

/** E.g. `12 of 12 records, the submission still runnable, the attachment unchanged`. */
export function inWords({ records, of, strange, submission, attachment }: Survival): string {
	const doubtful = strange > 0 ? [`${strange} doubled, changed or out of order`] : [];
	return [
		`${records} of ${of} records`,
		...doubtful,
		SUBMISSION[submission],
		attachment === 'missing' ? 'no attachment' : `the attachment ${attachment}`,
	].join(', ');
}
