// The rows that histories are about: their ids, what is admitted under them, and how one is found by the
// state that it is in. Also how a history begins, and how everything ends.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';

/** Ids as hostile as ids can be; the last ones belong to another session. */
export const IDS = ['s:1', 's2', 's/4%25', 's5', 's:6:', 's3 é', 's7'];
const OTHER_SESSION = IDS.slice(5);
export const INSTANCE = 'i/é:1';
export const AGENTS = ['alpha', 'beta'];

/** How busy the first session already is when a history begins; random ids rarely build one. */
export const DEPTHS = ['empty', 'claimed', 'joining', 'joined', 'joined'] as const;

export type Attempt = { submissionId: string; attemptId: string };

/** The agent, and so the session, that an id belongs to. */
export const agentOf = (submissionId: string) =>
	AGENTS[OTHER_SESSION.includes(submissionId) ? 1 : 0] as string;

export const sessionOf = (agent: string) =>
	`agent-session:${JSON.stringify([agent, INSTANCE, 'default', 'default'])}`;

export function inputOf(submissionId: string, body: string, image?: string) {
	const attachments = image
		? [{ type: 'image' as const, data: image, mimeType: 'image/png' }]
		: undefined;
	return {
		submissionId,
		agent: agentOf(submissionId),
		id: INSTANCE,
		message: { kind: 'user' as const, body, ...(attachments ? { attachments } : {}) },
		acceptedAt: '2026-06-03T00:00:00.000Z',
	};
}

export function settlement(ref: Attempt, outcome: 'completed' | 'failed' | 'aborted') {
	return {
		v: 1 as const,
		id: `${ref.submissionId}:settled`,
		type: 'submission_settled' as const,
		conversationId: 'c',
		harness: 'default',
		session: 'default',
		timestamp: '2026-06-22T00:00:00.000Z',
		...ref,
		outcome,
		...(outcome === 'failed' ? { error: { message: 'safe text' } } : {}),
	};
}

/** The first row in a state; an id, or a state that no row is in, stands for itself. */
export async function pick(reference: AgentSubmissionStore, wanted: string): Promise<string> {
	const lists: Record<string, () => Promise<{ submissionId: string }[]>> = {
		unready: () => reference.listUnreadySubmissions(),
		runnable: () => reference.listRunnableSubmissions(),
		running: () => reference.listRunningSubmissions(),
		'last running': async () => (await reference.listRunningSubmissions()).reverse(),
		terminalizing: () => reference.listPendingSubmissionSettlements(),
	};
	if (IDS.includes(wanted)) return wanted;
	const [listed] = (await lists[wanted]?.()) ?? [];
	if (listed) return listed.submissionId;
	const rows = await Promise.all(IDS.map((value) => reference.getSubmission(value)));
	return rows.find((row) => row?.status === wanted)?.submissionId ?? wanted;
}

/** Both stores hold the same attempt, or the view before this step would have differed. */
export async function resolve(
	reference: AgentSubmissionStore,
	{ submissionId: wanted, attemptId }: Attempt,
): Promise<Attempt> {
	const submissionId = await pick(reference, wanted);
	if (attemptId !== 'current') return { submissionId, attemptId };
	const row = await reference.getSubmission(submissionId);
	const host = row?.joinedInto ? await reference.getSubmission(row.joinedInto) : row;
	return { submissionId, attemptId: host?.attemptId ?? 'a0' };
}

/** Brings a new store to one of the depths. */
export async function begin(
	store: AgentSubmissionStore,
	depth: (typeof DEPTHS)[number],
): Promise<void> {
	if (depth === 'empty') return;
	for (const submissionId of [...IDS.slice(0, 3), ...OTHER_SESSION.slice(0, 1)]) {
		await store.admitDirect({ kind: 'direct', ...inputOf(submissionId, 'hello') });
		await store.markSubmissionCanonicalReady(submissionId);
	}
	const host = { submissionId: IDS[0] as string, attemptId: 'a0' };
	const lease = { ownerId: 'o0', leaseExpiresAt: Date.now() };
	await store.claimSubmission({ ...host, ...lease });
	const other = { submissionId: OTHER_SESSION[0] as string, attemptId: 'a1' };
	await store.claimSubmission({ ...other, ...lease });
	if (depth === 'claimed') return;
	await store.claimJoinableSubmissions(host, 'alpha');
	if (depth === 'joined') await store.finalizeJoinedSubmission(host, IDS[1] as string);
}

/**
 * Ends what is unsettled, each row in the way that its state allows, and resolves to whether all is. A
 * host that was settled while it was queued again leaves its joins without an end, here and there.
 */
export async function drain(store: AgentSubmissionStore): Promise<boolean> {
	for (const _round of [...IDS, 'last']) {
		for (const pending of await store.listPendingSubmissionSettlements()) {
			await store.finalizeSubmissionSettlement(pending, pending.recordId);
		}
		for (const { submissionId } of await store.listUnreadySubmissions()) {
			await store.settleQueuedSubmission(submissionId, 'failed', 'the end');
		}
		for (const { submissionId } of await store.listRunnableSubmissions()) {
			const end = { submissionId, attemptId: 'end', ownerId: 'end', leaseExpiresAt: 0 };
			await store.claimSubmission(end);
		}
		for (const { submissionId, attemptId = '' } of await store.listRunningSubmissions()) {
			await store.completeSubmission({ submissionId, attemptId });
		}
	}
	return !(await store.hasUnsettledSubmissions());
}
