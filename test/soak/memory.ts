// Drives the real server of Flue into a full memory in mid-turn: what was accepted ends with one call of its model, and new work is
// refused until there is memory.
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../adapter/test/patience.ts';
import { type ServerKind, startServer, versionOf } from '../../adapter/test/servers.ts';
import { tell } from '../commands/verify/servers.ts';
import { startFlue } from '../e2e/server.ts';
import { buildJournalProject, type JournalProject, shownIn } from './journal.ts';

const REPLY_MS = 3000;

function hold(isSo: boolean, promise: string): void {
	if (!isSo) throw new Error(`It does not hold: ${promise}`);
}

async function fill(project: JournalProject, kind: ServerKind): Promise<string> {
	const server = await startServer(kind);
	const before = project.calls().length;
	const called = () => project.calls().slice(before);
	const environment = { ...project.environment, REDIS_URL: server.url };
	let flue = await startFlue(project.root, environment);
	try {
		await flue.send('turn', 'message-turn');
		await until('the model', () => called().length > 0);
		await tell(server.port, ['CONFIG', 'SET', 'maxmemory', '1']);
		const refused = await flue.send('new', 'message-new').then(
			() => '',
			(error: Error) => error.message,
		);
		hold(refused !== '', 'a new message is refused');
		const { outcomes, texts } = shownIn(await flue.settled('turn', 1));
		hold(outcomes.join() === 'completed' && texts.length === 2, 'the turn ends completed');
		await flue.kill('SIGKILL');
		await tell(server.port, ['CONFIG', 'SET', 'maxmemory', '0']);
		flue = await startFlue(project.root, environment);
		await flue.send('new', 'message-new');
		hold(shownIn(await flue.settled('new', 1)).texts.length === 2, 'it is taken later, once');
		// Longer than a lease would be left alone.
		await sleep(5000);
		const texted = called().map(({ text }) => text);
		hold(texted.join() === 'message-turn,message-new', `one call each, not ${texted}`);
		return `${kind} ${versionOf(kind)}: settled with one call of the model; a new message was refused (${refused.slice(0, 200)}) and taken later`;
	} finally {
		await flue.kill('SIGKILL');
		await server.stop();
	}
}

/** Ends with 1 when a promise was broken. */
export async function soakMemory(): Promise<number> {
	const project = await buildJournalProject(REPLY_MS);
	try {
		for (const kind of ['redis', 'valkey'] as const)
			process.stdout.write(`${await fill(project, kind)}\n`);
		return 0;
	} finally {
		project.remove();
	}
}
