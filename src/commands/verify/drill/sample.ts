// What a drill writes is named by and made of, the same in every process that is told the same nonce and round. Pure.
import { createHash } from 'node:crypto';

/** Stands in every name that a drill gives, and so in every key that bears one. */
export const AGENT = 'flue-drill';
export const TIME = '2026-01-01T00:00:00.000Z';

/** The names of one round. */
export interface Sample {
	/** Stands in every name of the round. */
	instance: string;
	/** As the runtime names the stream of an agent instance (agentStreamPath of 1.0.0-beta.5 to 2.0.3). */
	path: string;
}

/** The names of one round of a drill. */
export function sampleOf(nonce: string, round: number): Sample {
	const instance = `${AGENT}-${nonce}-${round}`;
	return { instance, path: `agents/${AGENT}/${instance}` };
}

/** Text that a store may spoil: other alphabets, quotes, line ends, something that looks like a key or a number. */
const BODIES = [
	'Grüße aus Zürich',
	'東京は雨 ☔',
	'"quoted" \\ and\nbroken',
	'flue:meta * 1e3 null',
];

/** A text for each number. */
export function textOf(index: number): string {
	return `${BODIES[index % BODIES.length]} (${index})`;
}

/** Bytes of every value, other ones in each round. */
export function bytesOf({ instance }: Sample, size: number): Uint8Array {
	const seed = createHash('sha256').update(instance).digest();
	const bytes = new Uint8Array(size);
	for (let index = 0; index < bytes.length; index++)
		bytes[index] = ((seed[index % seed.length] ?? 0) + index * 31 + (index >> 9)) & 255;
	return bytes;
}
