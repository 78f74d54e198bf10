// Random histories, told to our stores and to the runtime's own SQLite ones; every answer and every view
// afterwards must be the same. fast-check prints the seed and the shortest history on failure;
// FLUE_MODEL_SEED repeats a run, FLUE_MODEL_RUNS changes the number of histories.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RedisRunner } from '../../src/runner.ts';
import { connectRunner } from '../clients.ts';
import { EVERYTHING } from '../extent.ts';
import { startServer, type TestServer, versionOf } from '../servers.ts';

const RUNS = Number(process.env.FLUE_MODEL_RUNS ?? (EVERYTHING ? 40 : 20));
const SEED = Number(process.env.FLUE_MODEL_SEED ?? Date.now() % 1_000_000_000);

/** One call, the same for both; `prepare` may look at the reference first. */
export interface Step<Stores> {
	readonly name: string;
	readonly prepare: (reference: Stores) => Promise<(stores: Stores) => Promise<unknown>>;
}

/** A step that needs not look first. */
export function simple<Stores>(
	name: string,
	call: (stores: Stores) => Promise<unknown>,
): Step<Stores> {
	return { name, prepare: async () => call };
}

interface Opened<Stores> {
	readonly stores: Stores;
	readonly close: () => Promise<void>;
}

export interface Model<Stores> {
	readonly runtime: string;
	readonly openReal: (runner: RedisRunner) => Promise<Stores>;
	readonly openReference: () => Promise<Opened<Stores>>;
	readonly step: fc.Arbitrary<Step<Stores>>;
	/** Everything that can be seen of the stores, without what only one of them can know. */
	readonly view: (stores: Stores) => Promise<unknown>;
}

/** The answer, or that it was refused; the words of a refusal are each store's own. */
async function outcome<Stores>(
	call: (stores: Stores) => Promise<unknown>,
	stores: Stores,
): Promise<unknown> {
	return call(stores).then(plain, () => 'refused');
}

/** Without what is undefined, and without numbers that only have to rise. */
function plain(value: unknown): unknown {
	const text = JSON.stringify(value, (key, inner) => (key === 'sequence' ? undefined : inner));
	return text === undefined ? undefined : JSON.parse(text);
}

export function defineModelTests<Stores>(model: Model<Stores>): void {
	// One clock for both, that moves when a history says so: every moment, lease and deadline is compared.
	beforeEach(() => {
		vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-03T00:00:00.000Z') });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	describe.each([
		['redis', SEED],
		['valkey', SEED + 1],
	] as const)('the stores on %s', (kind, seed) => {
		let server: TestServer;
		let runner: RedisRunner;
		beforeAll(async () => {
			server = await startServer(kind);
			runner = await connectRunner(kind === 'redis' ? 'redis 5' : 'redis 6', server.url);
		});
		afterAll(async () => {
			await runner?.close();
			await server?.stop();
		});

		it(`answer ${RUNS} histories of seed ${seed} as the reference does`, async ({ task }) => {
			let count = 0;
			let changes = 0;
			const timed = fc.record({ step: model.step, wait: fc.constantFrom(0, 1, 2, 30_000) });
			const histories = fc.array(timed, { minLength: 20, maxLength: 60, size: 'max' });
			const property = fc.asyncProperty(histories, async (history) => {
				const reference = await model.openReference();
				const real = await model.openReal(runner);
				try {
					let before = await model.view(reference.stores);
					for (const { step, wait } of history) {
						vi.setSystemTime(Date.now() + wait);
						const call = await step.prepare(reference.stores);
						const expected = await outcome(call, reference.stores);
						expect(await outcome(call, real), step.name).toEqual(expected);
						const seen = plain(await model.view(reference.stores));
						expect(plain(await model.view(real)), `after ${step.name}`).toEqual(seen);
						count += 1;
						if (!isDeepStrictEqual(seen, before)) changes += 1;
						before = seen;
					}
				} finally {
					await reference.close();
				}
			});
			await fc.assert(property, { numRuns: RUNS, seed });
			task.meta.count = `model: ${model.runtime} ${kind} ${versionOf(kind)}: ${RUNS} histories, ${count} steps that made ${changes} changes, seed ${seed}, all as the reference`;
		});
	});
}
