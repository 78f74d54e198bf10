// `npm run bench`: round trips, bytes and times of each operation, as ratios to one bare EVALSHA that
// HSETs the same bytes on the same connection. A benchmark, not a test.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { ConversationRecord } from '@flue/runtime/adapter';
import { redis } from '../src/lines/v2/index.ts';
import { connectRunner } from '../test/clients.ts';
import { startServer, versionOf } from '../test/servers.ts';
import { measureColdLoad } from './cold-load.ts';
import { message, record } from './data.ts';
import { compare, meter } from './meter.ts';

const HSET = "return redis.call('HSET', KEYS[1], 'data', ARGV[1])";
const DIGEST = createHash('sha1').update(HSET).digest('hex');
const ROUNDS = 2000;

const args = process.argv.slice(2);
const only = args.find((word) => !word.startsWith('--'));
/** One JSON document at the end instead of lines. */
const asJson = args.includes('--json');
const rows: Row[] = [];

/** One operation of one server and client. Goals are the highest ratio that is wanted. */
interface Row {
	server: string;
	client: string;
	operation: string;
	/** Round trips at the runner; null where they were not counted. */
	trips: number | null;
	/** Bytes on the wire; null where they were not counted. */
	sent: number | null;
	received: number | null;
	/** To a bare EVALSHA of the same bytes; of a cold load, to the one without a checkpoint. */
	ratio: number;
	goal: number | null;
	/** Median, in milliseconds. */
	ms: number;
}

const say = (text: string) => (asJson ? undefined : process.stdout.write(`${text}\n`));

for (const kind of ['redis', 'valkey'] as const) {
	if (only && only !== kind) continue;
	for (const client of ['redis 5', 'redis 6'] as const) await measure(kind, client);
}
if (asJson) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
else {
	// The betas are another runtime, so another process.
	const npm = spawnSync('npm', ['run', '--silent', 'bench:betas'], {
		stdio: 'inherit',
		shell: true,
	});
	process.exitCode = npm.status ?? 1;
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
	const about = { server: `${kind} ${versionOf(kind)}`, client };
	say(`\n${about.server}, ${client}`);
	say('operation                     trips   sent    received   ratio   goal      ms');

	/** `make` prepares the input of a round, outside of what is timed. */
	const report = async <Input>(
		name: string,
		goal: string,
		work: {
			rounds: number;
			bytes: string;
			make: (round: number) => Input;
			run: (input: Input) => Promise<unknown>;
		},
	) => {
		const { rounds, bytes, make, run } = work;
		await run(make(-1));
		const one = await counter.count(() => run(make(-2)));
		const inputs = Array.from({ length: rounds }, (_unused, round) => make(round));
		const { ratio, time } = await compare(inputs, bare(bytes), run);
		const limit = /[\d.]+/.exec(goal)?.[0];
		rows.push({
			...about,
			operation: name,
			...one,
			ratio,
			goal: limit === undefined ? null : Number(limit),
			ms: time,
		});
		const cells = [
			name.padEnd(30),
			String(one.trips).padEnd(8),
			String(one.sent).padEnd(8),
			String(one.received).padEnd(11),
			ratio.toFixed(2).padEnd(8),
			goal.padEnd(10),
			time.toFixed(3),
		];
		say(cells.join(''));
	};

	const input = (round: number) => message(`s${round}`, `i${round}`);
	const attempt = (round: number) => ({ submissionId: `s${round}`, attemptId: `a${round}` });
	const bytes = JSON.stringify(input(1));
	const each = <Input>(
		make: (round: number) => Input,
		run: (input: Input) => Promise<unknown>,
	) => ({ rounds: ROUNDS, bytes, make, run });
	const lease = { ownerId: 'owner', leaseExpiresAt: Date.now() + 3_600_000 };
	await report('admit', '<= 2', each(input, submissions.admitDirect));
	await report(
		'ready',
		'',
		each((round) => `s${round}`, submissions.markSubmissionCanonicalReady),
	);
	await report(
		'claim',
		'<= 1.5',
		each((round) => ({ ...attempt(round), ...lease }), submissions.claimSubmission),
	);
	await report('input applied', '', each(attempt, submissions.markSubmissionInputApplied));
	await report('complete', '', each(attempt, submissions.completeSubmission));

	const path = 'agents/a/1';
	await streams.createStream(path, { agentName: 'a', instanceId: '1' });
	const producer = await streams.acquireProducer(path, 'p');
	let sequence = 0;
	const { offset: _, nextProducerSequence: __, ...claim } = producer;
	await report('append', '<= 1.2', {
		rounds: ROUNDS - 2,
		bytes: JSON.stringify([record(sequence)]),
		make: () => ({
			...claim,
			path,
			producerSequence: sequence,
			records: [record(sequence++)] as [ConversationRecord],
		}),
		run: streams.append,
	});
	const same = () => path;
	await report('meta', '', { rounds: 500, bytes, make: same, run: streams.getMeta });
	await report('page of 100', '', {
		rounds: 500,
		bytes,
		make: same,
		run: () => streams.read(path),
	});
	await report('2,000 records', '<= 25', {
		rounds: 100,
		bytes,
		make: same,
		async run() {
			const first = await streams.read(path, { limit: 1000 });
			await streams.read(path, { limit: 1000, offset: first.nextOffset });
		},
	});
	for (let index = 0; index < 300; index += 1) {
		await submissions.admitDirect(message(`q${index}`, `q${index}`));
		await submissions.markSubmissionCanonicalReady(`q${index}`);
	}
	await report('list 300 runnable', '<= 20', {
		rounds: 200,
		bytes,
		make: same,
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
		make: same,
		run: () => submissions.renewLeases('owner', ids),
	});
	const cold = await measureColdLoad(
		async () => (await redis(counter.runner).connect()).conversationStreamStore,
		say,
	);
	const uncounted = { trips: null, sent: null, received: null };
	const operation = 'cold load of 10,000 records with a checkpoint';
	rows.push({ ...about, operation, ...uncounted, ...cold, goal: 0.05 });
	await adapter.close?.();
	await server.stop();
}
