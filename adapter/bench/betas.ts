// `npm run bench:betas`: round trips, bytes and times of what the 1.0 betas store, at the runner. A benchmark, not
// a test; what a whole prompt costs is counted by test/beta5/costs.test.ts.
import { redis } from '../src/lines/beta5/index.ts';
import { attempt, claimOf, direct } from '../test/beta/samples.ts';
import { journal, session } from '../test/beta5/samples.ts';
import { connectRunner } from '../test/clients.ts';
import { startServer, versionOf } from '../test/servers.ts';
import { meter } from './meter.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

for (const kind of ['redis', 'valkey'] as const) {
	const server = await startServer(kind);
	const counter = meter(await connectRunner('redis 5', server.url));
	const stores = await redis(counter.runner).connect();
	const { submissions, sessions } = stores.executionStore;
	const { runStore, eventStreamStore: streams } = stores;
	say(`\n1.0.0-beta.7, ${kind} ${versionOf(kind)}, redis 5`);
	say('operation                                trips   sent    received   ms');
	const report = async (name: string, work: () => Promise<unknown>) => {
		const started = performance.now();
		const { trips, sent, received } = await counter.count(work);
		const time = (performance.now() - started).toFixed(2);
		say(
			name.padEnd(41) +
				[trips, sent].map((one) => String(one).padEnd(8)).join('') +
				String(received).padEnd(11) +
				time,
		);
	};
	const ref = attempt('s', 'a');
	const event = { outcome: 'completed' };
	await report('admit', () => submissions.admitDirect(direct('s')));
	await report('list 1 runnable', () => submissions.listRunnableSubmissions());
	await report('claim', () => submissions.claimSubmission(claimOf('s', 'a')));
	await report('input applied', () => submissions.markSubmissionInputApplied(ref));
	await report('begin a journal', () => submissions.beginTurnJournal(journal('s', 'a')));
	await report('phase of a journal', () =>
		submissions.updateTurnJournalPhase(ref, 'provider_started', { streamKey: 'k' }),
	);
	await report('segment', () => submissions.appendStreamChunkSegment('k', 0, '["text"]'));
	await report('commit a journal', () => submissions.commitTurnJournal(ref, 'leaf'));
	await report('terminal reserve', () =>
		submissions.reserveSubmissionTerminal(ref, { eventKey: 'e', event }),
	);
	await report('terminal record', () =>
		submissions.recordSubmissionTerminalOffset(ref, 'e', '0_0'),
	);
	await report('terminal finalize', () => submissions.finalizeSubmissionTerminal(ref, 'e'));
	const ids = Array.from({ length: 300 }, (_unused, index) => `q${index}`);
	await Promise.all(ids.map((id) => submissions.admitDirect(direct(id))));
	await report('list 300 runnable', () => submissions.listRunnableSubmissions());
	await submissions.claimSubmission(claimOf('q0', 'a'));
	await report('complete', () => submissions.completeSubmission(attempt('q0', 'a')));
	const startedAt = (index: number) => new Date(1e12 + index).toISOString();
	const runOf = (index: number) => ({
		runId: `run${index}`,
		workflowName: 'w',
		startedAt: startedAt(index),
		input: {},
	});
	await report('createRun', () => runStore.createRun(runOf(300)));
	await report('endRun', () =>
		runStore.endRun({ runId: 'run300', endedAt: startedAt(1), isError: false, durationMs: 1 }),
	);
	await Promise.all(ids.map((_id, index) => runStore.createRun(runOf(index))));
	await report('listRuns, 300', () => runStore.listRuns({ limit: 300 }));
	const first = await runStore.listRuns({ limit: 100 });
	const second = await runStore.listRuns({ limit: 100, cursor: first.nextCursor ?? '' });
	await report('listRuns, 100, page 1', () => runStore.listRuns({ limit: 100 }));
	await report('listRuns, 100, page 3', () =>
		runStore.listRuns({ limit: 100, cursor: second.nextCursor ?? '' }),
	);
	await report('createStream', () => streams.createStream('p'));
	await report('appendEvent', () => streams.appendEvent('p', event));
	await Promise.all(
		Array.from({ length: 1000 }, (_unused, index) => streams.appendEvent('p', { index })),
	);
	await report('readEvents, 1,000', () => streams.readEvents('p', { limit: 1000 }));
	await report('save a session of 100 KB', () => sessions.save('x', session(100)));
	await report('save it again', () => sessions.save('x', session(100)));
	await report('save it with one entry more', () => sessions.save('x', session(101)));
	await report('load it', () => sessions.load('x'));
	await counter.runner.close();
	await server.stop();
}
