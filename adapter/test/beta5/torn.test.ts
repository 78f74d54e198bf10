// What 1.0.0-beta.5 to beta.7 read back after a crash in the middle of a write and another crash.
import { isDeepStrictEqual } from 'node:util';
import type { PersistenceStores } from '@flue/runtime/adapter';
import { expect } from 'vitest';
import { redis } from '../../src/lines/beta5/index.ts';
import { attempt, claimOf, direct } from '../beta/samples.ts';
import { SHARED_TEARS } from '../beta/torn.ts';
import { describeTorn, type Tear } from '../tearing.ts';
import { journal, session } from './samples.ts';

const version = (count: number, name: string) => {
	const data = session(count);
	const entries = data.entries.map((entry, index) =>
		index % 2 === 0 ? { ...entry, timestamp: name } : entry,
	);
	return { ...data, entries, metadata: { name } };
};
const save = (count: number, name: string) => async (stores: PersistenceStores) =>
	stores.executionStore.sessions.save('s', version(count, name));

const submissionsOf = (stores: PersistenceStores) => stores.executionStore.submissions;

const TEARS: Tear<PersistenceStores>[] = [
	{
		name: 'a session is whole, and a journal and an admission that are torn with others',
		async prepare(stores) {
			const submissions = submissionsOf(stores);
			await save(3, 'before')(stores);
			await submissions.admitDirect(direct('s', 'i'));
			await submissions.claimSubmission(claimOf('s', 'a'));
			await submissions.beginTurnJournal(journal('s', 'a'));
		},
		torn: (stores) =>
			Promise.all([
				submissionsOf(stores).updateTurnJournalPhase(attempt('s', 'a'), 'provider_started', {
					streamKey: 'torn',
				}),
				submissionsOf(stores).admitDirect(direct('torn', 'j')),
				submissionsOf(stores).requestSubmissionRecovery(attempt('s', 'a')),
				save(5, 'torn')(stores),
			]),
		after: [
			async (stores) => {
				const submissions = submissionsOf(stores);
				await submissions.updateTurnJournalPhase(attempt('s', 'a'), 'tool_request_recorded');
				await save(2, 'after')(stores);
			},
			(stores) => submissionsOf(stores).markSubmissionInputApplied(attempt('s', 'a')),
		],
		async look(stores) {
			const data = await stores.executionStore.sessions.load('s');
			const name = String(data?.metadata.name);
			const count = data?.entries.length ?? 0;
			return {
				name,
				isWhole: isDeepStrictEqual(data, version(count, name)),
				row: await submissionsOf(stores).getSubmission('s'),
				journal: await submissionsOf(stores).getTurnJournal('s'),
			};
		},
		async goOn(stores) {
			const submissions = submissionsOf(stores);
			await submissions.admitDirect(direct('torn', 'j'));
			const runnable = await submissions.listRunnableSubmissions();
			expect(runnable.map(({ submissionId }) => submissionId)).toEqual(['torn']);
			await submissions.completeSubmission(attempt('s', 'a'));
			await submissions.claimSubmission(claimOf('torn', 'a'));
			await submissions.completeSubmission(attempt('torn', 'a'));
			expect(await submissions.hasUnsettledSubmissions()).toBe(false);
			await save(4, 'then')(stores);
			expect(await stores.executionStore.sessions.load('s')).toEqual(version(4, 'then'));
		},
	},
];

describeTorn({
	open: async (runner) => redis(runner, { inspectServer: false }).connect(),
	tears: [...SHARED_TEARS, ...TEARS],
});
