// What a history does with conversation streams, beside the submissions whose records it holds.
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
	agentOf,
	INSTANCE,
	pick,
	resolve,
	settlement,
} from './model-rows.ts';
import { anAttempt, inState, type Step } from './model-steps.ts';

/** One of the two stores, with what its own producers were given. */
export interface Side {
	readonly submissions: AgentSubmissionStore;
	readonly streams: ConversationStreamStore;
	readonly claims: (Awaited<ReturnType<ConversationStreamStore['acquireProducer']>> & {
		readonly path: string;
	})[];
}

type StreamStep = Pick<Step<Side>, 'name' | 'prepare'>;

/** One stream for each session, named as hostile as a path can be. */
const pathOf = (agent: string) => `agents/é:1/${agent}%`;
const agent = fc.constantFrom(...AGENTS);
const identityOf = (agentName: string) => ({ agentName, instanceId: INSTANCE });
const position = (index: number) =>
	index < 0 ? '-1' : `${'0'.repeat(16)}_${String(index).padStart(16, '0')}`;

const create = fc.tuple(agent, agent).map(
	([name, owner]): StreamStep => ({
		name: `create the stream ${name} of ${owner}`,
		prepare: async () => (side) => side.streams.createStream(pathOf(name), identityOf(owner)),
	}),
);

/** Takes a stream; the incarnation is random in each store and stays in `claims`. */
async function acquire(side: Side, path: string, producerId: string): Promise<unknown> {
	const claim = await side.streams.acquireProducer(path, producerId);
	side.claims.push({ ...claim, path });
	return { ...claim, incarnation: '' };
}

const acquireStep = fc.tuple(agent, fc.constantFrom('p0', 'p1')).map(
	([name, producer]): StreamStep => ({
		name: `acquire ${name} for ${producer}`,
		prepare: async () => (side) => acquire(side, pathOf(name), producer),
	}),
);

/** Whose records a batch holds: nobody's, its submission's, a delivery's too, or a settlement. */
type Content = 'free' | 'owned' | 'delivery' | 'foreign attempt' | 'settlement';

const batch = fc.record({
	stream: fc.constantFrom('own', 'own', 'own', 'own', ...AGENTS),
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
	ref: fc.oneof(
		{ weight: 2, arbitrary: anAttempt },
		{ weight: 1, arbitrary: fc.constant({ submissionId: 'last running', attemptId: 'current' }) },
	),
	other: inState('joining', 'joined'),
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
	if (content === 'delivery') {
		return [{ ...owned, submissionId: await pick(reference.submissions, other) }];
	}
	const pending = await reference.submissions.listPendingSubmissionSettlements();
	const mine = pending.find(({ submissionId }) => submissionId === ref.submissionId);
	const isExact = mine !== undefined && text === 'one';
	return [isExact ? mine.record : settlement(ref, 'completed')];
}

const append = batch.map(
	({ stream, claim, sequence, content, isAuthorized, ref, other, text }): StreamStep => ({
		name: `append ${content} ${sequence} ${claim} to ${stream} ${ref.submissionId} ${ref.attemptId}`,
		prepare: async (reference) => {
			const known = await resolve(reference.submissions, ref);
			const records = await recordsOf(reference, content, { ref: known, other, text });
			const path = pathOf(stream === 'own' ? agentOf(known.submissionId) : stream);
			const next = (await reference.streams.getMeta(path))?.nextProducerSequence ?? 0;
			const submission: { submission?: SubmissionAttemptRef } = isAuthorized
				? { submission: known }
				: {};
			return async (side) => {
				const claims = side.claims.filter((one) => one.path === path);
				const given = claims.at(claim === 'newest' ? -1 : -2);
				const { producerEpoch = 0, incarnation = 'none', producerId = 'none' } = given ?? {};
				const fence = { path, producerId, producerEpoch, incarnation };
				const producerSequence = next + sequence;
				return side.streams.append({ ...fence, producerSequence, records, ...submission });
			};
		},
	}),
);

const read = fc
	.record({ agent, after: fc.integer({ min: -1, max: 4 }), limit: fc.constantFrom(1, 2, 100) })
	.map(
		({ agent: name, after, limit }): StreamStep => ({
			name: `read ${limit} of ${name} after ${after}`,
			prepare: async () => (side) =>
				side.streams.read(pathOf(name), { offset: position(after), limit }),
		}),
	);

const checkpoint = fc.tuple(agent, fc.integer({ min: -1, max: 4 })).map(
	([name, index]): StreamStep => ({
		name: `checkpoint of ${name} at ${index}`,
		prepare: async () => async (side) => {
			const offset = position(index);
			const path = pathOf(name);
			const found = await side.streams.getFoldCheckpoint?.(path, { atOrBefore: offset });
			const next = { offset, incarnation: 'i', formatVersion: 1, data: `é${index}` };
			await side.streams.putFoldCheckpoint?.(path, next);
			return found;
		},
	}),
);

/** Any step on a stream, appends most often. */
export const streamStep = fc.oneof(
	{ weight: 1, arbitrary: create },
	{ weight: 2, arbitrary: acquireStep },
	{ weight: 14, arbitrary: append },
	{ weight: 2, arbitrary: read },
	{ weight: 1, arbitrary: checkpoint },
);

/** Everything that the streams show but their incarnations. */
export async function viewStreams({ streams }: Side): Promise<unknown> {
	const view = async (path: string) => {
		const [meta, page, checkpointed] = await Promise.all([
			streams.getMeta(path),
			streams.read(path),
			streams.getFoldCheckpoint?.(path),
		]);
		return { meta: meta && { ...meta, incarnation: '' }, page, checkpointed };
	};
	return Promise.all(AGENTS.map((name) => view(pathOf(name))));
}

/** Makes the streams and takes them. */
export async function beginStreams(side: Side): Promise<void> {
	for (const name of AGENTS) {
		await side.streams.createStream(pathOf(name), identityOf(name));
		await acquire(side, pathOf(name), 'p0');
	}
}
