// Conversations that go on while their servers are stopped: each says one message after the other, and says it again until it is accepted.
import { setTimeout as sleep } from 'node:timers/promises';
import { shownIn } from './journal.ts';

/** Longer than a server takes to answer, shorter than anybody would wait for one that is gone. */
const ANSWER_MS = 20_000;
const LOOK_MS = 250;

interface Said {
	readonly text: string;
	/** From the first try to the settlement. */
	readonly ms: number;
	/** Tries that were not answered with 202. */
	readonly refused: number;
}

export interface Talk {
	readonly conversation: string;
	readonly said: readonly Said[];
	/** What the conversation shows at the end. */
	readonly shown: ReturnType<typeof shownIn>;
}

async function isAccepted(address: string, body: string): Promise<boolean> {
	const headers = { 'content-type': 'application/json' };
	const signal = AbortSignal.timeout(ANSWER_MS);
	const response = await fetch(address, { method: 'POST', headers, body, signal }).catch(
		() => null,
	);
	await response?.body?.cancel();
	return response?.status === 202;
}

/** Says it under a key of its own, so that what was accepted without an answer is not taken twice. */
async function say(address: string, text: string): Promise<number> {
	const body = JSON.stringify({ kind: 'user', body: text, idempotencyKey: text });
	for (let refused = 0; ; refused++) {
		if (await isAccepted(address, body)) return refused;
		await sleep(LOOK_MS);
	}
}

async function read(address: string): Promise<ReturnType<typeof shownIn> | null> {
	try {
		const response = await fetch(address, { signal: AbortSignal.timeout(ANSWER_MS) });
		return response.ok ? shownIn(await response.text()) : null;
	} catch {
		return null;
	}
}

/** @throws when a message is not settled by the deadline */
async function settled(address: string, count: number, deadline: number) {
	while (Date.now() < deadline) {
		const shown = await read(address);
		if (shown && shown.outcomes.length >= count) return shown;
		await sleep(LOOK_MS);
	}
	throw new Error(`Message ${count} of ${address} is accepted and not settled.`);
}

/** Talks until it is told to end; the message that is under way then is waited for. */
export async function talk(
	url: string,
	conversation: string,
	{ isOver, patienceMs }: { isOver: () => boolean; patienceMs: number },
): Promise<Talk> {
	const address = `${url}/agents/hello/${conversation}`;
	const said: Said[] = [];
	let shown: ReturnType<typeof shownIn> = { texts: [], outcomes: [], submissions: [] };
	while (!isOver()) {
		const text = `message-${conversation}-${said.length + 1}`;
		const begun = Date.now();
		const refused = await say(address, text);
		shown = await settled(address, said.length + 1, begun + patienceMs);
		said.push({ text, ms: Date.now() - begun, refused });
	}
	return { conversation, said, shown };
}
