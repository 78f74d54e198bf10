// The operations that are measured, in the order of a submission's life, each on what the ones before it have left.
import type { ConversationRecord, PersistenceAdapter } from '@flue/runtime/adapter';
import { message, record } from './data.ts';

const ROUNDS = 2000;

export interface Operation {
	name: string;
	/** The highest ratio to a bare request of the same bytes that is wanted, as `<= 2`; empty for none. */
	goal: string;
	rounds: number;
	/** What that bare request carries. */
	bytes: string;
	/** Makes the input of a round, outside of what is timed. Rounds below 0 are for warming up and counting. */
	prepare(round: number): () => Promise<unknown>;
}

type Stores = Awaited<ReturnType<PersistenceAdapter['connect']>>;

/** Gives the operations one by one; between two of them it writes what the next needs. */
export async function* operationsOf(stores: Stores): AsyncGenerator<Operation> {
	const { submissionStore: submissions, conversationStreamStore: streams } = stores;
	yield* lifeOf(submissions);
	yield* streamOf(streams);
	yield* listsOf(submissions);
}

/** Does everything once: what is measured is a program that runs, not one that V8 has yet to compile. */
export async function warmUp(stores: Stores): Promise<void> {
	for await (const { rounds, prepare } of operationsOf(stores)) {
		for (let round = 0; round < rounds; round += 1) await prepare(round)();
	}
}

const sample = JSON.stringify(message('s1', 'i1'));

async function* lifeOf(submissions: Stores['submissionStore']): AsyncGenerator<Operation> {
	const lease = { ownerId: 'owner', leaseExpiresAt: Date.now() + 3_600_000 };
	const attempt = (round: number) => ({ submissionId: `s${round}`, attemptId: `a${round}` });
	const each = (name: string, goal: string, prepare: Operation['prepare']): Operation => ({
		name,
		goal,
		rounds: ROUNDS,
		bytes: sample,
		prepare,
	});
	yield each('admit', '<= 2', (round) => {
		const input = message(`s${round}`, `i${round}`);
		return () => submissions.admitDirect(input);
	});
	yield each('ready', '', (round) => {
		const id = `s${round}`;
		return () => submissions.markSubmissionCanonicalReady(id);
	});
	yield each('claim', '<= 1.5', (round) => {
		const input = { ...attempt(round), ...lease };
		return () => submissions.claimSubmission(input);
	});
	yield each('input applied', '', (round) => {
		const input = attempt(round);
		return () => submissions.markSubmissionInputApplied(input);
	});
	yield each('complete', '', (round) => {
		const input = attempt(round);
		return () => submissions.completeSubmission(input);
	});
}

async function* streamOf(streams: Stores['conversationStreamStore']): AsyncGenerator<Operation> {
	const path = 'agents/a/1';
	await streams.createStream(path, { agentName: 'a', instanceId: '1' });
	const {
		offset: _,
		nextProducerSequence: __,
		...claim
	} = await streams.acquireProducer(path, 'p');
	let sequence = 0;
	yield {
		name: 'append',
		goal: '<= 1.2',
		rounds: ROUNDS - 2,
		bytes: JSON.stringify([record(sequence)]),
		prepare() {
			const records: [ConversationRecord] = [record(sequence)];
			const batch = { ...claim, path, producerSequence: sequence++, records };
			return () => streams.append(batch);
		},
	};
	const again = (
		name: string,
		goal: string,
		rounds: number,
		run: () => Promise<unknown>,
	): Operation => ({ name, goal, rounds, bytes: sample, prepare: () => run });
	yield again('meta', '', 500, () => streams.getMeta(path));
	yield again('page of 100', '', 500, () => streams.read(path));
	yield again('2,000 records', '<= 25', 100, async () => {
		const first = await streams.read(path, { limit: 1000 });
		await streams.read(path, { limit: 1000, offset: first.nextOffset });
	});
}

async function* listsOf(submissions: Stores['submissionStore']): AsyncGenerator<Operation> {
	const ids = Array.from({ length: 300 }, (_unused, index) => `q${index}`);
	for (const id of ids) {
		await submissions.admitDirect(message(id, id));
		await submissions.markSubmissionCanonicalReady(id);
	}
	yield {
		name: 'list 300 runnable',
		goal: '<= 20',
		rounds: 200,
		bytes: sample,
		prepare: () => () => submissions.listRunnableSubmissions(),
	};
	for (const submissionId of ids) {
		await submissions.claimSubmission({
			submissionId,
			attemptId: 'a',
			ownerId: 'owner',
			leaseExpiresAt: 1,
		});
	}
	yield {
		name: 'renew 300 leases',
		goal: '',
		rounds: 100,
		bytes: sample,
		prepare: () => () => submissions.renewLeases('owner', ids),
	};
}
