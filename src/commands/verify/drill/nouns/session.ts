// An agent's session, saved whole after every step: 1.0.0-beta.5 to beta.7 keep a conversation so.
import { bytesOf, type Sample, TIME, textOf } from '../sample.ts';
import { canonical, type Finding, single } from '../survival.ts';
import type { Kept } from './kept.ts';

/** The part of `executionStore.sessions` that is called. */
export interface SessionStore {
	save(id: string, session: object): Promise<void>;
	load(id: string): Promise<object | null>;
}

const ENTRIES = 6;
/** As base64 more than one chunk of any store that splits at 64 KiB. */
const IMAGE = 70_000;

/** As the runtime names it (createSessionStorageKey of 1.0.0-beta.7). */
const idOf = ({ instance }: Sample): string =>
	`agent-session:${JSON.stringify([instance, 'default', 'default'])}`;

/** A session after some steps, with an image in its first message. */
export function sessionOf(sample: Sample, steps: number): object {
	const data = Buffer.from(bytesOf(sample, IMAGE)).toString('base64');
	const image = { type: 'image', data, mimeType: 'image/png' };
	const entries = Array.from({ length: steps }, (_, index) => ({
		type: 'message',
		id: `${sample.instance}-entry-${index}`,
		parentId: index === 0 ? null : `${sample.instance}-entry-${index - 1}`,
		timestamp: TIME,
		message: {
			role: 'user',
			content: [{ type: 'text', text: textOf(index) }, ...(index === 0 ? [image] : [])],
			timestamp: index,
		},
	}));
	return {
		version: 8,
		conversationId: `${sample.instance}-conversation`,
		affinityKey: sample.instance,
		entries,
		leafId: `${sample.instance}-entry-${steps - 1}`,
		childSessions: [],
		metadata: {},
		createdAt: TIME,
		updatedAt: TIME,
	};
}

/** Whatever was saved last has to be there, and nothing of what was before. */
export function compareSession(sample: Sample, found: object | null): Finding {
	const isSame = found && canonical(found) === canonical(sessionOf(sample, ENTRIES));
	return single('sessions', 'session', isSame);
}

/** One session, saved step by step. */
export function keptSession(store: SessionStore): Kept {
	return {
		async write(sample) {
			for (let steps = 1; steps <= ENTRIES; steps++)
				await store.save(idOf(sample), sessionOf(sample, steps));
		},
		read: async (sample) => compareSession(sample, await store.load(idOf(sample))),
	};
}
