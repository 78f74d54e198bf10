// The stores of each line of Flue: how they are known, and which nouns they keep.
import type { StoreContract } from '../../../model/verification.ts';
import { type AttachmentStore, keptAttachment } from './nouns/attachment.ts';
import { keptRecords, type StreamStore } from './nouns/conversation.ts';
import { type EventStore, keptStreams } from './nouns/events.ts';
import type { Kept } from './nouns/kept.ts';
import { keptRuns, type RunStore } from './nouns/runs.ts';
import { keptSession, type SessionStore } from './nouns/session.ts';
import { keptSubmission, type Message, type SubmissionStore } from './nouns/submission.ts';
import { keptTurn, type TurnStore } from './nouns/turn.ts';

/** Every store that some line has, as far as `connect()` gave it. */
interface Stores {
	submissionStore?: SubmissionStore;
	conversationStreamStore?: StreamStore;
	attachmentStore?: AttachmentStore;
	executionStore?: { sessions?: SessionStore; submissions?: SubmissionStore & TurnStore };
	runStore?: RunStore;
	eventStreamStore?: EventStore;
}

const asMessage: Message = (body) => ({ message: { kind: 'user', body } });
const asPayload: Message = (message) => ({ payload: { message } });

/** The nouns of a line, in the order in which they are told of; null for the stores of another. */
type Open = (stores: Stores) => Kept[] | null;

function openV2({ conversationStreamStore, submissionStore, attachmentStore }: Stores) {
	if (!conversationStreamStore || !submissionStore || !attachmentStore) return null;
	return [
		keptRecords(conversationStreamStore),
		keptSubmission(submissionStore, asMessage),
		keptAttachment(attachmentStore),
	];
}

function openBeta8(stores: Stores) {
	const { conversationStreamStore, attachmentStore, runStore, eventStreamStore } = stores;
	const submissions = stores.executionStore?.submissions;
	if (!conversationStreamStore || !attachmentStore || !submissions) return null;
	if (!runStore || !eventStreamStore) return null;
	return [
		keptRecords(conversationStreamStore),
		keptSubmission(submissions, asPayload),
		keptAttachment(attachmentStore),
		keptRuns(runStore),
		keptStreams(eventStreamStore),
	];
}

function openBeta5({ executionStore, runStore, eventStreamStore }: Stores) {
	const { sessions, submissions } = executionStore ?? {};
	if (!sessions || !submissions || !runStore || !eventStreamStore) return null;
	return [
		keptSubmission(submissions, asPayload),
		keptTurn(submissions, asPayload),
		keptRuns(runStore),
		keptStreams(eventStreamStore),
		keptSession(sessions),
	];
}

const LINES: Record<StoreContract, { title: string; open: Open }> = {
	'2.x': { title: 'Flue 2.x', open: openV2 },
	'1.0.0-beta.8': { title: 'Flue 1.0.0-beta.8 and beta.9', open: openBeta8 },
	'1.0.0-beta.5': { title: 'Flue 1.0.0-beta.5 to beta.7', open: openBeta5 },
};

/**
 * The nouns that stores keep.
 * @param given - what `connect()` of the project's adapter gave
 * @throws Error that names the line of the project, and that of the stores if it is another
 */
export function openNouns(contract: StoreContract, given: unknown): Kept[] {
	const stores = (given ?? {}) as Stores;
	const nouns = LINES[contract].open(stores);
	if (nouns) return nouns;
	const other = Object.values(LINES).find(({ open }) => open(stores) !== null);
	const but = other ? `, but those of ${other.title}` : '';
	throw new Error(`its stores are not those of ${LINES[contract].title}${but}`);
}
