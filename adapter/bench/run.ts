// `npm run bench`: round trips, bytes and times of each operation, as ratios to one bare EVALSHA that
// HSETs the same bytes on the same connection. `--ab BASE SUBJECT` measures two unpacked packages against
// each other instead, and prints JSON. A benchmark, not a test.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { redis } from '../src/lines/v2/index.ts';
import { connectRunner } from '../test/clients.ts';
import { startServer, versionOf } from '../test/servers.ts';
import { measureColdLoad } from './cold-load.ts';
import { compare, meter } from './meter.ts';
import { operationsOf, warmUp } from './operations.ts';

const HSET = "return redis.call('HSET', KEYS[1], 'data', ARGV[1])";
const DIGEST = createHash('sha1').update(HSET).digest('hex');

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

const at = args.indexOf('--ab');
if (at >= 0) {
	const { measureBuilds } = await import('./ab.ts');
	const [base = '', subject = ''] = args.slice(at + 1);
	process.stdout.write(`${JSON.stringify(await measureBuilds(base, subject), null, 2)}\n`);
} else {
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
}

async function measure(kind: 'redis' | 'valkey', client: 'redis 5' | 'redis 6'): Promise<void> {
	const server = await startServer(kind);
	const counter = meter(await connectRunner(client, server.url));
	await warmUp(await redis(counter.runner).connect());
	await counter.runner.command('FLUSHALL');
	const adapter = redis(counter.runner);
	await adapter.migrate?.();
	const stores = await adapter.connect();
	await counter.runner.eval(HSET, ['bench:base'], ['x']);
	const bare = (text: string) => () =>
		counter.runner.command('EVALSHA', [DIGEST, 1, 'bench:base', text]);
	const about = { server: `${kind} ${versionOf(kind)}`, client };
	say(`\n${about.server}, ${client}`);
	say('operation                     trips   sent    received   ratio   goal      ms');

	for await (const { name, goal, rounds, bytes, prepare } of operationsOf(stores)) {
		await prepare(-1)();
		const one = await counter.count(prepare(-2));
		const inputs = Array.from({ length: rounds }, (_unused, round) => prepare(round));
		const { ratio, time } = await compare(inputs, bare(bytes), (run) => run());
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
	}
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
