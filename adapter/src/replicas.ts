// Acknowledges what was written only when enough replicas have it.
import { Unconfirmed } from './faults.ts';
import { FENCE } from './lua/fence.ts';
import type { RedisRunner, ReplicaOptions } from './runner.ts';
import { attempt, type Confirm } from './script.ts';

/**
 * Checks what a db.ts asks for.
 *
 * @throws Error when a number is none that WAIT can wait for: a timeout of 0 would be for ever.
 */
export function checkReplicas(replicas: ReplicaOptions): void {
	for (const name of ['wait', 'timeoutMs'] as const) {
		const value: unknown = replicas[name];
		if (Number.isSafeInteger(value) && Number(value) >= 1) continue;
		throw new Error(`[flue] @flue/redis requires replicas.${name} to be a whole number from 1 on.`);
	}
}

/**
 * Sends WAIT right behind each write, in the same turn, so that a client with one connection sends both over it and
 * neither costs a round trip of its own. In a transaction with the write it would answer for older ones.
 */
export function confirmBy(runner: RedisRunner, fence: string, replicas: ReplicaOptions): Confirm {
	const { wait, timeoutMs } = replicas;
	const ask = async () => {
		const answers = [
			attempt(() => runner.eval(FENCE.text, [fence], [])),
			attempt(() => runner.command('WAIT', [wait, timeoutMs])),
		];
		const [, count] = await Promise.all(answers);
		return Number(count);
	};
	return async (writes, request) => {
		const reply = request();
		if (!writes) return reply;
		const asked = ask().catch((error: unknown) => unanswered(error));
		const written = await reply;
		const count = await asked;
		if (count instanceof Error) throw count;
		if (count < wait) throw tooFew(count, replicas);
		return written;
	};
}

const OUTCOME =
	'It stands on the primary and may yet reach its replicas; lost with the primary, it is gone. To repeat the same request is safe.';

function tooFew(count: number, { wait, timeoutMs }: ReplicaOptions): Error {
	return new Unconfirmed(
		`[flue] Written, but only ${count} of ${wait} replicas confirmed it within ${timeoutMs} ms. ${OUTCOME}`,
	);
}

function unanswered(cause: unknown): Error {
	const words = cause instanceof Error ? cause.message : String(cause);
	return new Unconfirmed(
		`[flue] Written, but whether replicas have it is not known (“${words}”). ${OUTCOME}`,
		{ cause },
	);
}
