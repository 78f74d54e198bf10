// The storm of 1.0.0-beta.8 and beta.9: beside runs and event streams, submissions that are admitted, made ready,
// claimed and completed.
import type { PersistenceStores } from '@flue/runtime/adapter';
import { redis } from '../../src/lines/beta8/index.ts';
import { defineCrashTests, type OwnStorm } from '../beta/crash.ts';

type Stores = PersistenceStores;

defineCrashTests<Stores>({
	runtime: 'beta.9',
	open: async (runner) => redis(runner, { inspectServer: false }).connect(),
	storm: createStorm,
});

function createStorm(): OwnStorm<Stores> {
	const settled = new Set<string>();
	let acknowledged = 0;

	async function work({ executionStore }: Stores, tag: string): Promise<void> {
		const { submissions } = executionStore;
		for (let index = 0; ; index += 1) {
			const submissionId = `${tag}-${index}`;
			await submissions.admitDirect({
				...{ kind: 'direct' as const, submissionId, agent: 'assistant', id: submissionId },
				payload: { message: 'Hello' },
				acceptedAt: '2026-06-03T00:00:00.000Z',
			});
			await submissions.markSubmissionCanonicalReady(submissionId);
			const ref = { submissionId, attemptId: 'a' };
			await submissions.claimSubmission({ ...ref, ownerId: 'o', leaseExpiresAt: 1 });
			if (await submissions.completeSubmission(ref)) settled.add(submissionId);
			acknowledged += 1;
		}
	}

	return {
		begin: (stores, tag) => [work(stores, `${tag}a`), work(stores, `${tag}b`)],
		count: () => `${acknowledged} settlements`,
		async lookAfter({ executionStore }) {
			const lost: string[] = [];
			for (const id of settled) {
				const row = await executionStore.submissions.getSubmission(id);
				if (row?.status !== 'settled') lost.push(id);
			}
			settled.clear();
			return lost;
		},
	};
}
