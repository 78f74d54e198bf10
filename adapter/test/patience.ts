// How long the tests of both packages wait for what may hang. None of these limits says anything about speed: with a load of 20 on
// two cores everything still ends within them.

/** For one wait: a server that is to listen, words that are to come, a program that is to end. Milliseconds, as all of them. */
export const WAIT_MS = 300_000;
/** For one test or hook, which may wait several times and run compilers, package managers and servers. */
export const TEST_MS = 1_800_000;
/** For a hook that runs the whole suite of another package. */
export const SUITE_MS = 3_600_000;

/**
 * Looks again and again until it finds something, and gives that.
 * @throws with what was waited for, when nothing came within WAIT_MS
 */
export async function until<T>(
	what: string | (() => string),
	look: () => T | Promise<T>,
): Promise<NonNullable<T>> {
	for (const started = Date.now(); Date.now() - started < WAIT_MS; ) {
		const found = await look();
		if (found) return found;
		await new Promise((resume) => setTimeout(resume, 10));
	}
	const told = typeof what === 'string' ? what : what();
	throw new Error(`Waited ${WAIT_MS / 1000} s for ${told}.`);
}
