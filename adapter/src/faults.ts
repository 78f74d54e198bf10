// Turns a server's refusal into sentences that name the cause and the cure. Any other error passes
// through untouched, in the words of the server or the client.
import { type Refusal, refusalOf } from './refusals.ts';

/** What was carried out, and is not as safe as was asked for. Whatever words it quotes, it is no refusal of the request. */
export class Unconfirmed extends Error {}

function known(error: unknown): Refusal | undefined {
	if (!(error instanceof Error) || error instanceof Unconfirmed) return undefined;
	return refusalOf(error.message);
}

/** True when this user may not run the command, or the server has none of that name; of no other refusal. */
export function isDenied(error: unknown): boolean {
	const original = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	const kind = known(original)?.kind;
	return kind === 'right' || kind === 'command';
}

/** True when the text of a script is to be sent, because the server does not know its digest. */
export function isUnknownScript(error: unknown): boolean {
	return known(error)?.code === 'NOSCRIPT';
}

/** In the words of redis, of ioredis and iovalkey, and of the system. What such a connection had been given may have been carried out. */
const LOST =
	/^(Socket closed unexpectedly|Disconnects client|Connection is closed\.?|(read|write) (ECONNRESET|EPIPE|ETIMEDOUT)|Socket timeout.*)$/;

/** True when the connection was lost before the reply came. */
export function isLost(error: unknown): boolean {
	return error instanceof Error && !(error instanceof Unconfirmed) && LOST.test(error.message);
}

/** True when the server has started and loads its data. Nothing of the request has run. */
export function isLoading(error: unknown): boolean {
	const original = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	return known(original)?.code === 'LOADING';
}

/** The error that callers see: the server's refusal in better words, with itself as the `cause`. */
export function explain(error: unknown): unknown {
	const refusal = known(error);
	if (!refusal || !(error instanceof Error)) return error;
	const { means, helps } = refusal;
	const sentence = means.charAt(0).toUpperCase() + means.slice(1);
	return new Error(`[flue] ${sentence}. ${helps} (${error.message})`, { cause: error });
}
