// Kills servers: writes, takes the server away with SIGKILL, starts it again on its data, and reads back.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '../../../model/verification.ts';
import type { CheckId } from './checks.ts';
import { type Database, type DatabasePlan, startDatabase, type Trouble } from './database.ts';
import { TRIALS, type TrialName } from './judge.ts';
import type { Job } from './messages.ts';
import type { Connection } from './resp.ts';
import { type Server, startServer } from './server.ts';
import type { Survival } from './survival.ts';
import { type Subject, troubleCheck } from './trouble.ts';

export interface Ground {
	plan: DatabasePlan;
	subject: Subject;
	/** Absolute path of the server program. */
	serverFile: string;
	nonce: string;
}

type Worked = { survivals: Survival[] } | { trouble: Trouble };

/** A server with the persistence of a trial, on the data that it left before, if any. */
export async function serverFor(
	{ plan, serverFile }: Ground,
	name: TrialName,
): Promise<Server | { trouble: Trouble }> {
	const persistence = [...TRIALS[name].persistence];
	const { throwaway, environment } = plan;
	try {
		return await startServer(throwaway, { file: serverFile, name, persistence, environment });
	} catch (error) {
		return { trouble: { kind: 'no-server', said: (error as Error).message } };
	}
}

type Moment = (connection: Connection) => Promise<void>;

/** What a process of db.ts does in one life of a server, step by step. */
type Life = (Partial<Job> | Moment)[];

async function workThrough(
	{ nonce }: Ground,
	life: Life,
	{ database, server }: { database: Database; server: Server },
): Promise<Worked> {
	const survivals: Survival[] = [];
	for (const step of life) {
		if (typeof step === 'function') await step(server.connection);
		else {
			const worked = await database.work({ nonce, read: [], replay: false, write: null, ...step });
			if ('trouble' in worked) return worked;
			survivals.push(...worked.survivals);
		}
	}
	return { survivals };
}

/** One life of a server, in which a process of db.ts starts and works; then the server is killed at once, and it too. */
export async function liveAndDie(ground: Ground, name: TrialName, life: Life): Promise<Worked> {
	const server = await serverFor(ground, name);
	if ('trouble' in server) return server;
	const database = startDatabase(ground.plan, server);
	const trouble = (await database.load()) ?? (await database.open());
	const worked = trouble ? { trouble } : await workThrough(ground, life, { database, server });
	await server.kill();
	await database.kill();
	return worked;
}

/** Longer than the second in which `appendfsync everysec` calls fsync. */
const A_SECOND = 1200;

/** Waits until the server says that something is so, but not for ever: then the reading back shows it. */
async function untilSaid({ ask }: Connection, isSo: RegExp): Promise<void> {
	for (let attempt = 0; attempt < 200; attempt++) {
		if (isSo.test(String(await ask('INFO', 'persistence')))) return;
		await sleep(25);
	}
}

/** A disk that is slow to sync holds writes back for longer. */
async function synced(connection: Connection): Promise<void> {
	await sleep(A_SECOND);
	await untilSaid(connection, /aof_buffer_length:0\r?\n[\s\S]*aof_pending_bio_fsync:0/);
}

async function snapshot(connection: Connection): Promise<void> {
	await connection.ask('BGSAVE');
	await untilSaid(connection, /rdb_bgsave_in_progress:0/);
}

/** What each kind of persistence needs to have kept what was written. */
const MOMENTS: Partial<Record<TrialName, Moment>> = {
	'aof-everysec': synced,
	snapshots: snapshot,
};

/**
 * The check of a trial: one round is written and gets the moment that the persistence needs, another is written just before
 * the server is killed.
 */
export async function runTrial(ground: Ground, name: TrialName): Promise<Check> {
	const id: CheckId = `drill.loss.${name}`;
	const moment = MOMENTS[name];
	const early = moment ? [{ write: 1 }, moment] : [];
	const written = await liveAndDie(ground, name, [...early, { write: 0 }]);
	if ('trouble' in written) return troubleCheck(id, written.trouble, ground.subject);
	const read = await liveAndDie(ground, name, [{ read: moment ? [0, 1] : [0] }]);
	if ('trouble' in read) return troubleCheck(id, read.trouble, ground.subject);
	const [atOnce, later = null] = read.survivals;
	if (!atOnce) throw new Error('A drill read nothing back.');
	return TRIALS[name].judge({ atOnce, later });
}
