// What 1.0.0-beta.8 and beta.9 do when the reply to a write is lost, and when memory is full.
import type { PersistenceStores } from '@flue/runtime/adapter';
import { expect } from 'vitest';
import { redis } from '../../src/lines/beta8/index.ts';
import { type CutCall, defineCutTests, lookShared, sharedCalls } from '../beta/cuts.ts';
import { attempt, claimOf, direct, dispatch } from '../beta/samples.ts';
import { batch, file, IDENTITY, PATH, record, settled } from './samples.ts';

type Stores = PersistenceStores;
type Call = [name: string, call: () => Promise<unknown>];

function submissionCalls({ executionStore: { submissions } }: Stores): CutCall[] {
	const ref = attempt('s', 'a');
	const next = attempt('s', 'b');
	const end = settled('s', 'b');
	const reservation = { recordId: end.id, record: end };
	const nothing: Record<string, boolean> = { claim: true, replace: true, finalize: true };
	const calls: Call[] = [
		['admit', () => submissions.admitDirect(direct('s'))],
		['admit a dispatch', () => submissions.admitDispatch(dispatch('d'))],
		['ready', () => submissions.markSubmissionCanonicalReady('s')],
		['claim', () => submissions.claimSubmission(claimOf('s', 'a'))],
		['applied', () => submissions.markSubmissionInputApplied(ref)],
		['mark', () => submissions.insertAttemptMarker(ref)],
		['recover', () => submissions.requestSubmissionRecovery(ref)],
		['replace', () => submissions.replaceSubmissionAttempt(ref, 'b')],
		['reserve', () => submissions.reserveSubmissionSettlement(next, reservation)],
		['finalize', () => submissions.finalizeSubmissionSettlement(next, end.id)],
		['unmark', () => submissions.deleteAttemptMarker(ref)],
		['abort', () => submissions.requestSessionAbort('agent-session:["i-d","default","default"]')],
	];
	return calls.map(([name, call]) => ({
		...{ name, call },
		answer: nothing[name] ? 'nothing' : 'the first',
	}));
}

async function conversationCalls(stores: Stores): Promise<CutCall[]> {
	const { conversationStreamStore: streams, attachmentStore: files } = stores;
	const attachment = await file('f');
	await streams.createStream('agents/assistant/held', IDENTITY);
	const path = 'agents/assistant/held';
	const producer = await streams.acquireProducer(path, 'p');
	const calls: Call[] = [
		['make a conversation', () => streams.createStream(PATH, IDENTITY)],
		['append', () => streams.append({ ...batch(producer, 0), path })],
		['append again', () => streams.append({ ...batch(producer, 1), path })],
		['attach', () => files.put(attachment)],
		['delete attachments', () => files.deleteForInstance(PATH)],
		['delete a conversation', () => streams.delete(PATH)],
	];
	return calls.map(([name, call]) => ({ name, call, answer: 'the first' }));
}

defineCutTests<Stores>({
	runtime: 'beta.9',
	open: async (runner) => redis(runner).connect(),
	calls: async (stores) => [
		...submissionCalls(stores),
		...(await conversationCalls(stores)),
		...sharedCalls(stores),
	],
	async look(stores) {
		const { submissions } = stores.executionStore;
		const { conversationStreamStore: streams, attachmentStore: files } = stores;
		return {
			rows: await Promise.all(['s', 'd'].map((id) => submissions.getSubmission(id))),
			pending: await submissions.listPendingSubmissionSettlements(),
			runnable: await submissions.listRunnableSubmissions(),
			markers: await submissions.listAttemptMarkers(),
			meta: await streams.getMeta(PATH),
			held: await streams.read('agents/assistant/held'),
			file: await files.get({ streamPath: PATH, conversationId: 'c', attachmentId: 'f' }),
			shared: await lookShared(stores),
		};
	},
	async begin({ executionStore: { submissions }, conversationStreamStore: streams }) {
		await submissions.admitDirect(direct('first'));
		await submissions.markSubmissionCanonicalReady('first');
		await submissions.claimSubmission(claimOf('first', 'a'));
		await streams.createStream(PATH, IDENTITY);
		await streams.acquireProducer(PATH, 'p');
	},
	writes: (stores, big) => [
		() =>
			stores.executionStore.submissions.admitDirect({
				...direct('m'),
				payload: { message: big },
			}),
	],
	// An answer that had begun is part of it.
	async goOn({ executionStore: { submissions }, conversationStreamStore: streams }) {
		const meta = await streams.getMeta(PATH);
		await streams.append({
			...{ path: PATH, producerId: 'p', producerEpoch: 1, producerSequence: 0 },
			incarnation: meta?.incarnation ?? '',
			records: [{ ...record(0), content: [{ type: 'text', text: 'x'.repeat(20_000) }] } as never],
		});
		expect(await submissions.completeSubmission(attempt('first', 'a'))).toBe(true);
	},
});
