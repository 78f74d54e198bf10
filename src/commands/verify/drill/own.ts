// A drill on servers of its own: the rehearsal, and then a server killed under each kind of persistence.
import type { Check } from '../../../model/verification.ts';
import { TRIALS } from './judge.ts';
import { rehearse } from './rehearsal.ts';
import { type Ground, liveAndDie, runTrial, serverFor } from './trials.ts';
import { troubleCheck } from './trouble.ts';

/** The first server keeps every change; what Flue's second process wrote last is what its crash must not lose. */
async function firstServer(ground: Ground): Promise<Check[]> {
	const server = await serverFor(ground, 'aof-always');
	if ('trouble' in server) return [troubleCheck('drill.server', server.trouble, ground.subject)];
	const stage = { address: server.address, connection: server.connection, next: 1 };
	const { checks, running } = await rehearse(ground, stage);
	if (!running || checks.some(({ status }) => status === 'fail')) return checks;
	await server.kill();
	await running.kill();
	const read = await liveAndDie(ground, 'aof-always', [{ read: [1, 0] }]);
	if ('trouble' in read)
		return [...checks, troubleCheck('drill.loss.aof-always', read.trouble, ground.subject)];
	const [atOnce, later = null] = read.survivals;
	return atOnce ? [...checks, TRIALS['aof-always'].judge({ atOnce, later })] : checks;
}

/** All checks from `drill.load` to the last loss; the trials only when the rehearsal went well. */
export async function drillOwn(ground: Ground, say: (line: string) => void): Promise<Check[]> {
	const { entry } = ground.subject;
	say(`Running ${entry} against a throwaway server, and restarting it`);
	const checks = await firstServer(ground);
	if (checks.some(({ status, id }) => status === 'fail' && id !== 'drill.loss.aof-always'))
		return checks;
	say('Killing the server under AOF everysec, snapshots, and no persistence');
	const trials = (['aof-everysec', 'snapshots', 'nothing'] as const).map((name) =>
		runTrial(ground, name),
	);
	return [...checks, ...(await Promise.all(trials))];
}
