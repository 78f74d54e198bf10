// How long a process needs to load a conversation it has not seen: with a checkpoint, and without.
// The folding is the runtime's own; its functions are not exported, so they are found by name.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ConversationRecord, ConversationStreamStore } from '@flue/runtime/adapter';

type Write = (
	store: ConversationStreamStore,
	path: string,
	state: unknown,
	incarnation: string,
) => void;

const TURNS = 100;
const RECORDS_PER_TURN = 100;

async function findFolding(): Promise<{ host: (...given: unknown[]) => Host; write: Write }> {
	const folder = dirname(fileURLToPath(import.meta.resolve('@flue/runtime/adapter')));
	const file = readdirSync(folder).find((name) => /^dispatch-.*\.mjs$/.test(name)) ?? '';
	const module = await import(pathToFileURL(join(folder, file)).href);
	const named = (name: string) =>
		Object.values(module).find((item) => typeof item === 'function' && item.name === name);
	return {
		host: named('getConversationFoldHost') as (...given: unknown[]) => Host,
		write: named('writeFoldCheckpoint') as Write,
	};
}

interface Host {
	readonly getStateAtHead: () => Promise<unknown>;
}

/** A conversation as a model streams it: a question, then an answer in many small pieces. */
function* conversation(): Generator<ConversationRecord> {
	const shared = {
		v: 1 as const,
		conversationId: 'c',
		harness: 'default',
		session: 'default',
		timestamp: '2026-06-25T00:00:00.000Z',
	};
	yield {
		...shared,
		id: 'created',
		type: 'conversation_created',
		kind: 'root',
		affinityKey: 'k',
		createdAt: shared.timestamp,
	};
	let parentId: string | null = null;
	const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, totalTokens: 2 };
	const cost = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0 };
	for (let turn = 0; turn < TURNS; turn += 1) {
		const question = `entry_q${turn}`;
		const messageId = `entry_m${turn}`;
		const blockId = `b${turn}`;
		const text = `Question number ${turn}, as long as people ask.`;
		yield {
			...shared,
			id: `${question}r`,
			type: 'user_message',
			messageId: question,
			parentId,
			content: [{ type: 'text', text }],
		};
		yield {
			...shared,
			id: `${messageId}r`,
			type: 'assistant_message_started',
			messageId,
			parentId: question,
			modelInfo: { api: 'x', provider: 'x', model: 'x' } as never,
		};
		yield {
			...shared,
			id: `${blockId}s`,
			type: 'assistant_text_started',
			messageId,
			blockId,
			blockIndex: 0,
		};
		const deltas = RECORDS_PER_TURN - 5;
		for (let sequence = 0; sequence < deltas; sequence += 1) {
			yield {
				...shared,
				id: `${blockId}d${sequence}`,
				type: 'assistant_text_delta',
				messageId,
				blockId,
				sequence,
				delta: 'some more words ',
			};
		}
		yield {
			...shared,
			id: `${blockId}e`,
			type: 'assistant_text_completed',
			messageId,
			blockId,
			deltaCount: deltas,
		};
		yield {
			...shared,
			id: `${messageId}e`,
			type: 'assistant_message_completed',
			messageId,
			stopReason: 'stop',
			usage: { ...usage, cost },
		};
		parentId = messageId;
	}
}

/** A long conversation in a store, to be loaded by a process that has not seen it. */
export interface LongConversation {
	records: number;
	/** Opens the store anew; what it gives loads the conversation, and gives its state. */
	prepare(): Promise<() => Promise<unknown>>;
	/** Writes a checkpoint of that state, and gives its size in characters. */
	checkpoint(): Promise<number>;
}

export async function storeConversation(
	open: () => Promise<ConversationStreamStore>,
): Promise<LongConversation> {
	const { host, write } = await findFolding();
	const path = 'agents/assistant/long';
	const store = await open();
	await store.createStream(path, { agentName: 'assistant', instanceId: 'long' });
	const producer = await store.acquireProducer(path, 'p');
	let count = 0;
	for (const record of conversation()) {
		await store.append({
			path,
			producerId: 'p',
			producerEpoch: producer.producerEpoch,
			incarnation: producer.incarnation,
			producerSequence: count++,
			records: [record],
		});
	}
	const prepare = async () => {
		const fresh = await open();
		return () => host(fresh, path).getStateAtHead();
	};
	return {
		records: count,
		prepare,
		async checkpoint() {
			write(store, path, await (await prepare())(), producer.incarnation);
			await new Promise((resolve) => setTimeout(resolve, 200));
			return (await store.getFoldCheckpoint?.(path))?.data.length ?? 0;
		},
	};
}

/** The shortest of three loads, in milliseconds. */
async function best({ prepare }: LongConversation): Promise<number> {
	const times: number[] = [];
	for (let round = 0; round < 3; round += 1) {
		const load = await prepare();
		const started = performance.now();
		await load();
		times.push(performance.now() - started);
	}
	return Math.min(...times);
}

/** Gives the time with a checkpoint, in milliseconds, and its ratio to that without. */
export async function measureColdLoad(
	open: () => Promise<ConversationStreamStore>,
	say: (text: string) => void,
): Promise<{ ratio: number; ms: number }> {
	const long = await storeConversation(open);
	const without = await best(long);
	const size = await long.checkpoint();
	const withOne = await best(long);
	const share = (100 * withOne) / without;
	say(
		`cold load of ${long.records} records: ${without.toFixed(1)} ms, with a checkpoint of ${size} characters ${withOne.toFixed(1)} ms (${share.toFixed(1)} %, goal <= 5 %)`,
	);
	return { ratio: share / 100, ms: withOne };
}
