// What a history does with one conversation stream, beside the submissions whose records it holds.
import type {
	AgentSubmissionStore,
	ConversationRecord,
	ConversationStreamStore,
	SubmissionAttemptRef,
} from '@flue/runtime/adapter';
import fc from 'fast-check';
import { record } from '../bench/data.ts';
import {
	AGENTS,
	type Attempt,
	anAttempt,
	IDS,
	INSTANCE,
	resolve,
	type Step,
	settlement,
} from './model-steps.ts';

/** One of the two stores, with what its own producers were given. */
export interface Side {
	readonly submissions: AgentSubmissionStore;
	readonly streams: ConversationStreamStore;
	readonly claims: Awaited<ReturnType<ConversationStreamStore['acquireProducer']>>[];
}

type StreamStep = Pick<Step<Side>, 'name' | 'prepare'>;

const PATH = 'agents/é:1/x%';
const identityOf = (agentName: string) => ({ agentName, instanceId: INSTANCE });
const position = (index: number) =>
	index < 0 ? '-1' : `${'0'.repeat(16)}_${String(index).padStart(16, '0')}`;

const create = fc.constantFrom('alpha', 'alpha', 'beta').map(
	(agent): StreamStep => ({
		name: `create a stream of ${agent}`,
		prepare: async () => (side) => side.streams.createStream(PATH, identityOf(agent)),
	}),
);

/** Takes the stream; the incarnation is random in each store and stays in `claims`. */
async function acquire(side: Side, producerId: string): Promise<unknown> {
	const claim = await side.streams.acquireProducer(PATH, producerId);
	side.claims.push(claim);
	return { ...claim, incarnation: '' };
}

const acquireStep = fc.constantFrom('p0', 'p1').map(
	(producer): StreamStep => ({
		name: `acquire ${producer}`,
		prepare: async () => (side) => acquire(side, producer),
	}),
);

/** Whose records a batch holds: nobody's, its submission's, a delivery's too, or a settlement. */
type Content = 'free' | 'owned' | 'delivery' | 'foreign attempt' | 'settlement';

const batch = fc.record({
	claim: fc.constantFrom('newest', 'newest', 'newest', 'newest', 'older'),
	sequence: fc.constantFrom<number>(0, 0, 0, 0, -1, 1),
	content: fc.constantFrom<Content>(
		'free',
		'owned',
		'owned',
		'delivery',
		'settlement',
		'foreign attempt',
	),
	isAuthorized: fc.constantFrom(true, true, true, false),
	ref: anAttempt,
	other: fc.constantFrom(...IDS),
	text: fc.constantFrom('one', 'two'),
});

async function recordsOf(
	reference: Side,
	content: Content,
	{ ref, other, text }: { ref: Attempt; other: string; text: string },
): Promise<ConversationRecord[]> {
	const plain = { ...record(0), id: `record-${text}` };
	const owned = { ...plain, ...ref };
	if (content === 'free') return [plain];
	if (content === 'owned') return [owned, plain];
	if (content === 'foreign attempt') return [{ ...owned, attemptId: 'foreign' }];
	if (content === 'delivery') return [{ ...owned, submissionId: other }];
	const pending = await reference.submissions.listPendingSubmissionSettlements();
	const mine = pending.find(({ submissionId }) => submissionId === ref.submissionId);
	const isExact = mine !== undefined && text === 'one';
	return [isExact ? mine.record : settlement(ref, 'completed')];
}

const append = batch.map(
	({ claim, sequence, content, isAuthorized, ref, other, text }): StreamStep => ({
		name: `append ${content} ${sequence} ${claim} ${ref.submissionId} ${ref.attemptId}`,
		prepare: async (reference) => {
			const known = await resolve(reference.submissions, ref);
			const records = await recordsOf(reference, content, { ref: known, other, text });
			const next = (await reference.streams.getMeta(PATH))?.nextProducerSequence ?? 0;
			const submission: { submission?: SubmissionAttemptRef } = isAuthorized
				? { submission: known }
				: {};
			return async (side) => {
				const given = side.claims.at(claim === 'newest' ? -1 : -2);
				const { producerEpoch = 0, incarnation = 'none', producerId = 'none' } = given ?? {};
				const fence = { path: PATH, producerId, producerEpoch, incarnation };
				const producerSequence = next + sequence;
				return side.streams.append({ ...fence, producerSequence, records, ...submission });
			};
		},
	}),
);

const read = fc
	.record({ after: fc.integer({ min: -1, max: 4 }), limit: fc.constantFrom(1, 2, 100) })
	.map(
		({ after, limit }): StreamStep => ({
			name: `read ${limit} after ${after}`,
			prepare: async () => (side) => side.streams.read(PATH, { offset: position(after), limit }),
		}),
	);

const checkpoint = fc.integer({ min: -1, max: 4 }).map(
	(index): StreamStep => ({
		name: `checkpoint at ${index}`,
		prepare: async () => async (side) => {
			const offset = position(index);
			const found = await side.streams.getFoldCheckpoint?.(PATH, { atOrBefore: offset });
			const next = { offset, incarnation: 'i', formatVersion: 1, data: `é${index}` };
			await side.streams.putFoldCheckpoint?.(PATH, next);
			return found;
		},
	}),
);

/** Any step on the stream, appends most often. */
export const streamStep = fc.oneof(
	{ weight: 1, arbitrary: create },
	{ weight: 2, arbitrary: acquireStep },
	{ weight: 14, arbitrary: append },
	{ weight: 2, arbitrary: read },
	{ weight: 1, arbitrary: checkpoint },
);

/** Everything that the stream shows but its incarnation. */
export async function viewStream({ streams }: Side): Promise<unknown> {
	const [meta, page, checkpointed] = await Promise.all([
		streams.getMeta(PATH),
		streams.read(PATH),
		streams.getFoldCheckpoint?.(PATH),
	]);
	return { meta: meta && { ...meta, incarnation: '' }, page, checkpointed };
}

/** Makes the stream and takes it. */
export async function beginStream(side: Side): Promise<void> {
	await side.streams.createStream(PATH, identityOf(AGENTS[0] as string));
	await acquire(side, 'p0');
}
