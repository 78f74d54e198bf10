// `npm run bench`: round trips, bytes and times of each operation, as ratios to one bare EVALSHA that
// HSETs the same bytes on the same connection. A benchmark, not a test.
import { createHash } from 'node:crypto';
import { redis } from '../src/index.ts';
import { connectRunner } from '../test/clients.ts';
import { startServer, versionOf } from '../test/servers.ts';
import { measureColdLoad } from './cold-load.ts';
import { message, record } from './data.ts';
import { compare, meter } from './meter.ts';

const HSET = "return redis.call('HSET', KEYS[1], 'data', ARGV[1])";
const DIGEST = createHash('sha1').update(HSET).digest('hex');
const ROUNDS = 2000;

const only = process.argv[2];

for (const kind of ['redis', 'valkey'] as const) {
	if (only && only !== kind) continue;
	for (const client of ['redis 5', 'redis 6'] as const) await measure(kind, client);
}

async function measure(kind: 'redis' | 'valkey', client: 'redis 5' | 'redis 6'): Promise<void> {
	const server = await startServer(kind);
	const counter = meter(await connectRunner(client, server.url));
	const adapter = redis(counter.runner);
	await adapter.migrate?.();
	const { submissionStore: submissions, conversationStreamStore: streams } =
		await adapter.connect();
	await counter.runner.eval(HSET, ['bench:base'], ['x']);
	const bare = (text: string) => () =>
		counter.runner.command('EVALSHA', [DIGEST, 1, 'bench:base', text]);
	const say = (text: string) => process.stdout.write(`${text}\n`);
	say(`\n${kind} ${versionOf(kind)}, ${client}`);
	say('operation                     trips   sent    received   ratio   goal      ms');

	const report = async (
		name: string,
		goal: string,
		{
			rounds,
			bytes,
			run,
		}: { rounds: number; bytes: string; run: (round: number) => Promise<unknown> },
	) => {
		await run(-1);
		const one = await counter.count(() => run(-2));
		const time = await compare(rounds, bare(bytes), run);
		const cells = [
			name.padEnd(30),
			String(one.trips).padEnd(8),
			String(one.sent).padEnd(8),
			String(one.received).padEnd(11),
			(time.subject / time.base).toFixed(2).padEnd(8),
			goal.padEnd(10),
			time.subject.toFixed(3),
		];
		say(cells.join(''));
	};

	const input = (round: number) => message(`s${round}`, `i${round}`);
	const attempt = (round: number) => ({ submissionId: `s${round}`, attemptId: `a${round}` });
	const bytes = JSON.stringify(input(1));
	const each = (run: (round: number) => Promise<unknown>) => ({ rounds: ROUNDS, bytes, run });
	await report(
		'admit',
		'<= 2',
		each((round) => submissions.admitDirect(input(round))),
	);
	await report(
		'ready',
		'',
		each((round) => submissions.markSubmissionCanonicalReady(`s${round}`)),
	);
	await report(
		'claim',
		'<= 1.5',
		each((round) =>
			submissions.claimSubmission({
				...attempt(round),
				ownerId: 'owner',
				leaseExpiresAt: Date.now() + 30_000,
			}),
		),
	);
	await report(
		'input applied',
		'',
		each((round) => submissions.markSubmissionInputApplied(attempt(round))),
	);
	await report(
		'complete',
		'',
		each((round) => submissions.completeSubmission(attempt(round))),
	);

	await streams.createStream('agents/a/1', { agentName: 'a', instanceId: '1' });
	const producer = await streams.acquireProducer('agents/a/1', 'p');
	let sequence = 0;
	const { offset: _, nextProducerSequence: __, ...claim } = producer;
	await report('append', '<= 1.2', {
		rounds: ROUNDS - 2,
		bytes: JSON.stringify([record(sequence)]),
		run: () =>
			streams.append({
				...claim,
				path: 'agents/a/1',
				producerSequence: sequence,
				records: [record(sequence++)],
			}),
	});
	await report('meta', '', { rounds: 500, bytes, run: () => streams.getMeta('agents/a/1') });
	await report('page of 100', '', { rounds: 500, bytes, run: () => streams.read('agents/a/1') });
	await report('2,000 records', '<= 25', {
		rounds: 100,
		bytes,
		async run() {
			const first = await streams.read('agents/a/1', { limit: 1000 });
			await streams.read('agents/a/1', { limit: 1000, offset: first.nextOffset });
		},
	});
	for (let index = 0; index < 300; index += 1) {
		await submissions.admitDirect(message(`q${index}`, `q${index}`));
		await submissions.markSubmissionCanonicalReady(`q${index}`);
	}
	await report('list 300 runnable', '<= 20', {
		rounds: 200,
		bytes,
		run: () => submissions.listRunnableSubmissions(),
	});
	const ids = Array.from({ length: 300 }, (_unused, index) => `q${index}`);
	for (const id of ids) {
		await submissions.claimSubmission({
			submissionId: id,
			attemptId: 'a',
			ownerId: 'owner',
			leaseExpiresAt: 1,
		});
	}
	await report('renew 300 leases', '', {
		rounds: 100,
		bytes,
		run: () => submissions.renewLeases('owner', ids),
	});
	await measureColdLoad(
		async () => (await redis(counter.runner).connect()).conversationStreamStore,
		say,
	);
	await adapter.close?.();
	await server.stop();
}
