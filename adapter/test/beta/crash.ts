// Kills the server in the middle of a storm, again and again, and checks that what was acknowledged is
// there, once, and in order. FLUE_SEED repeats a run, FLUE_KILLS changes the number of kills.
import { afterAll, describe, expect, it } from 'vitest';
import type { RedisRunner } from '../../src/runner.ts';
import { connectRunner } from '../clients.ts';
import { EVERYTHING } from '../extent.ts';
import { randomFrom } from '../random.ts';
import { type ServerKind, startServer, type TestServer, versionOf } from '../servers.ts';
import type { SharedStores } from './model-shared.ts';
import {
	appendUntilKilled,
	emptyLedger,
	type Findings,
	type Ledger,
	lookAfter,
	retryKeyed,
	runUntilKilled,
} from './storm.ts';

const SEED = Number(process.env.FLUE_SEED ?? Date.now() % 1_000_000);
const KILLS = Number(process.env.FLUE_KILLS ?? (EVERYTHING ? 50 : 15));
const WRITERS = [0, 1];

/** What a line does in the storm beyond runs and event streams, and how it is looked at afterwards. */
export interface OwnStorm<Stores> {
	readonly begin: (stores: Stores, tag: string) => Promise<void>[];
	readonly lookAfter: (stores: Stores) => Promise<string[]>;
	/** What was acknowledged, in words for the last line. */
	readonly count: () => string;
}

export interface CrashLine<Stores extends SharedStores> {
	readonly runtime: string;
	readonly open: (runner: RedisRunner) => Promise<Stores>;
	readonly storm: () => OwnStorm<Stores>;
}

export function defineCrashTests<Stores extends SharedStores>(line: CrashLine<Stores>): void {
	const running: TestServer[] = [];
	afterAll(async () => {
		for (const server of running) await server.stop();
	});

	async function open(server: TestServer) {
		const runner = await connectRunner('redis 5', server.url);
		return { runner, stores: await line.open(runner) };
	}

	/** One life of the server: a storm, a kill, a restart, every exact retry, and a look at what is there. */
	async function live(
		server: TestServer,
		ledger: Ledger,
		own: OwnStorm<Stores>,
		{ kill, delay }: { kill: number; delay: number },
	): Promise<Findings> {
		ledger.newest.clear();
		const { runner, stores } = await open(server);
		const ended = Promise.allSettled([
			...WRITERS.flatMap((writer) => [
				appendUntilKilled(stores, ledger, { path: `p${writer}`, tag: `k${kill}w${writer}` }),
				runUntilKilled(stores, ledger, `k${kill}r${writer}`),
			]),
			...own.begin(stores, `k${kill}`),
		]);
		await new Promise((resolve) => setTimeout(resolve, delay));
		await server.kill();
		await ended;
		// What the old client still holds back must not arrive after the look.
		await Promise.resolve(runner.close()).catch(() => {});
		await server.restart();
		const fresh = await open(server);
		await retryKeyed(fresh.stores, ledger);
		const found = await lookAfter(fresh.stores, ledger);
		found.lost.push(...(await own.lookAfter(fresh.stores)));
		await fresh.runner.close();
		return found;
	}

	describe.each<ServerKind>(['redis', 'valkey'])('a %s server that is killed', (kind) => {
		it(`keeps all it acknowledged, over ${KILLS} kills with seed ${SEED}`, async ({ task }) => {
			const random = randomFrom(SEED);
			const server = await startServer(kind, { appendonly: 'yes', appendfsync: 'always' });
			running.push(server);
			const ledger = emptyLedger();
			const own = line.storm();
			const all: Findings = { lost: [], twice: [] };
			for (let kill = 0; kill < KILLS; kill += 1) {
				const found = await live(server, ledger, own, { kill, delay: 20 + random() * 80 });
				expect(found, `kill ${kill}`).toEqual({ lost: [], twice: [] });
				all.lost.push(...found.lost);
				all.twice.push(...found.twice);
			}
			task.meta.count = `crash: ${line.runtime} ${kind} ${versionOf(kind)}: ${KILLS} kills, seed ${SEED}, ${ledger.acknowledged} acknowledged writes of runs and events, ${own.count()}, ${all.lost.length} lost, ${all.twice.length} twice`;
			expect(ledger.acknowledged).toBeGreaterThan(0);
		});
	});
}
