// What 1.0.0-beta.5 to beta.7 do when the reply to a write is lost, and when memory is full.
import type { PersistenceStores } from '@flue/runtime/adapter';
import { expect } from 'vitest';
import { redis } from '../../src/lines/beta5/index.ts';
import { type CutCall, defineCutTests, lookShared, sharedCalls } from '../beta/cuts.ts';
import { attempt, claimOf, direct, dispatch } from '../beta/samples.ts';
import { journal, session } from './samples.ts';

type Stores = PersistenceStores;

const SESSION = 'agent-session:["i-s","default","default"]';

/** A journal that waits for the segments of one stream. */
async function beginJournal({ executionStore: { submissions } }: Stores): Promise<void> {
	await submissions.beginTurnJournal(journal('s', 'a'));
	const phase = { streamKey: 'k' };
	await submissions.updateTurnJournalPhase(attempt('s', 'a'), 'provider_started', phase);
}

function callsOf(stores: Stores): CutCall[] {
	const { submissions, sessions } = stores.executionStore;
	const ref = attempt('s', 'a');
	const next = attempt('s', 'b');
	const event = { outcome: 'completed' };
	const first = (name: string, call: () => Promise<unknown>): CutCall => ({
		...{ name, call },
		answer: 'the first',
	});
	const nothing = (name: string, call: () => Promise<unknown>): CutCall => ({
		...{ name, call },
		answer: 'nothing',
	});
	return [
		first('admit', () => submissions.admitDirect(direct('s'))),
		first('admit a dispatch', () => submissions.admitDispatch(dispatch('d'))),
		nothing('claim', () => submissions.claimSubmission(claimOf('s', 'a'))),
		first('applied', () => submissions.markSubmissionInputApplied(ref)),
		first('mark', () => submissions.insertAttemptMarker(ref)),
		first('recover', () => submissions.requestSubmissionRecovery(ref)),
		nothing('segment', () => submissions.appendStreamChunkSegment('k', 0, '[]')),
		{
			...nothing('consume', () => submissions.markStreamConsumed(ref, 'k')),
			before: () => beginJournal(stores),
		},
		nothing('commit', () => submissions.commitTurnJournal(ref, 'leaf')),
		nothing('replace', () => submissions.replaceTurnJournalAttempt(ref, 'b')),
		first('reserve', () => submissions.reserveSubmissionTerminal(next, { eventKey: 'e', event })),
		first('record', () => submissions.recordSubmissionTerminalOffset(next, 'e', '0_0')),
		nothing('finalize', () => submissions.finalizeSubmissionTerminal(next, 'e')),
		first('unmark', () => submissions.deleteAttemptMarker(ref)),
		first('save', () => sessions.save('x', session(3))),
		...sharedCalls(stores),
		{
			...first('delete a session', () => submissions.deleteSession(SESSION, async () => {})),
			isLong: true,
		},
	];
}

defineCutTests<Stores>({
	runtime: 'beta.7',
	open: async (runner) => redis(runner).connect(),
	calls: callsOf,
	async look(stores) {
		const { submissions, sessions } = stores.executionStore;
		return {
			rows: await Promise.all(['s', 'd'].map((id) => submissions.getSubmission(id))),
			journal: await submissions.getTurnJournal('s'),
			segments: await submissions.getStreamChunkSegments('k'),
			outboxes: await submissions.listPendingTerminalOutboxes(),
			runnable: await submissions.listRunnableSubmissions(),
			markers: await submissions.listAttemptMarkers(),
			session: await sessions.load('x'),
			shared: await lookShared(stores),
		};
	},
	async begin({ executionStore: { submissions, sessions } }) {
		await submissions.admitDirect(direct('first'));
		await submissions.claimSubmission(claimOf('first', 'a'));
		await sessions.save('x', session(2));
	},
	writes: ({ executionStore: { submissions } }, big) => [
		() => submissions.admitDirect({ ...direct('m'), payload: { message: big } }),
	],
	async goOn({ executionStore: { submissions, sessions } }) {
		expect(await submissions.beginTurnJournal(journal('first', 'a'))).toBe(true);
		expect(await submissions.completeSubmission(attempt('first', 'a'))).toBe(true);
		expect(await sessions.load('x')).toEqual(session(2));
	},
});
