// Eight processes race for the submissions of one session, on a line of the betas: one claim wins each time.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RedisRunner } from '../../src/runner.ts';
import { connectRunner } from '../clients.ts';
import { type Crew, startCrew } from '../crew.ts';
import { type ServerKind, startServer, type TestServer, versionOf } from '../servers.ts';
import type { Race } from './racer.ts';

interface Racing {
	/** Admits a submission of the session that all race for, and makes it ready where the line knows that. */
	readonly admit: (id: string) => Promise<unknown>;
	readonly look: (id: string) => Promise<{ status: string; attemptCount: number } | null>;
	/** Ends it, whoever has it. */
	readonly end: (id: string) => Promise<unknown>;
}

export interface RacingLine {
	readonly runtime: string;
	/** The name under which its runtime is installed. */
	readonly copy: string;
	/** The program of each process. */
	readonly program: URL;
	readonly open: (runner: RedisRunner) => Promise<Racing>;
}

const KINDS = ['redis', 'valkey'] as const;
const ROUNDS = 8;

export function defineRaceTests(line: RacingLine): void {
	const servers = new Map<ServerKind, TestServer>();
	let crew: Crew<Race>;
	// Once for both servers: to start them takes far longer than all the races.
	beforeAll(async () => {
		for (const kind of KINDS) servers.set(kind, await startServer(kind));
		const urls = [...servers.values()].map(({ url }) => url);
		crew = await startCrew<Race>(urls, { program: line.program, runtime: line.copy });
	});
	afterAll(async () => {
		crew?.stop();
		for (const server of servers.values()) await server.stop();
	});

	describe('eight processes', () => {
		it.for(KINDS)(
			'race for a session on %s and one claim wins each time',
			async (kind, { task }) => {
				const url = servers.get(kind)?.url ?? '';
				const runner = await connectRunner('redis 6', url);
				const stores = await line.open(runner);
				let claims = 0;
				for (let round = 0; round < ROUNDS; round += 1) {
					const ids = Array.from({ length: 5 }, (_unused, index) => `r${round}-${index}`);
					for (const id of ids) await stores.admit(id);
					for (const id of ids) {
						expect((await crew.tell({ url, ids })).flat()).toEqual([id]);
						claims += 1;
						expect(await stores.look(id)).toMatchObject({ status: 'running', attemptCount: 1 });
						await stores.end(id);
					}
				}
				await runner.close();
				task.meta.count = `race: ${line.runtime} ${kind} ${versionOf(kind)}: 8 processes, ${claims} claims, each won once`;
			},
		);
	});
}
