// Two builds of the adapter in turns on one connection. Both are folders of unpacked packages, of which
// only `redis(runner, options)` is called.
import type { PersistenceAdapter } from '@flue/runtime/adapter';
import { type ClientKind, connectRunner } from '../test/clients.ts';
import { type ServerKind, startServer, versionOf } from '../test/servers.ts';
import { type Build, load } from './build.ts';
import { type LongConversation, storeConversation } from './cold-load.ts';
import { type Comparison, compare, type Meter, meter } from './meter.ts';
import { operationsOf, warmUp } from './operations.ts';

/** One build at work: below a prefix of its own, with a count of its own. */
interface Side {
	counter: Meter;
	open(): ReturnType<PersistenceAdapter['connect']>;
}

/** Round trips at the runner of the base and of the subject; null where they were not counted. */
interface Row extends Comparison {
	server: string;
	client: ClientKind;
	operation: string;
	trips: [number, number] | null;
}

async function openSide(build: Build, runner: Meter['runner'], keyPrefix: string): Promise<Side> {
	const counter = meter(runner);
	const make = () => build.redis(counter.runner, { keyPrefix });
	await make().migrate?.();
	return { counter, open: () => make().connect() };
}

/** Pairs what the two have to offer, which is the same list: it is made here. */
async function* pairs<Item>(one: AsyncGenerator<Item>, other: AsyncGenerator<Item>) {
	for (;;) {
		const [left, right] = [await one.next(), await other.next()];
		if (left.done || right.done) return;
		yield [left.value, right.value] as const;
	}
}

async function measureColdLoads(
	[base, subject]: readonly [LongConversation, LongConversation],
	rounds: number,
): Promise<Comparison> {
	const inputs = [];
	for (let round = 0; round < rounds; round += 1)
		inputs.push([await base.prepare(), await subject.prepare()] as const);
	const options = { group: 1, areEqual: true };
	return compare(
		inputs,
		([run]) => run(),
		([, run]) => run(),
		options,
	);
}

async function measure(
	builds: [Build, Build],
	kind: ServerKind,
	client: ClientKind,
): Promise<Row[]> {
	const about = { server: `${kind} ${versionOf(kind)}`, client };
	const server = await startServer(kind);
	const runner = await connectRunner(client, server.url);
	for (const build of builds) {
		await warmUp(await (await openSide(build, runner, 'before')).open());
		await runner.command('FLUSHALL');
	}
	const base = await openSide(builds[0], runner, 'base');
	const subject = await openSide(builds[1], runner, 'subject');
	const rows: Row[] = [];
	const both = pairs(operationsOf(await base.open()), operationsOf(await subject.open()));
	for await (const [left, right] of both) {
		await left.prepare(-1)();
		await right.prepare(-1)();
		const counts = [
			await base.counter.count(left.prepare(-2)),
			await subject.counter.count(right.prepare(-2)),
		] as const;
		const inputs = Array.from(
			{ length: left.rounds },
			(_unused, round) => [left.prepare(round), right.prepare(round)] as const,
		);
		const compared = await compare(
			inputs,
			([run]) => run(),
			([, run]) => run(),
			{ group: Math.ceil(left.rounds / 40), areEqual: true },
		);
		rows.push({
			...about,
			operation: left.name,
			trips: [counts[0].trips, counts[1].trips],
			...compared,
		});
	}
	const streams = (side: Side) => async () => (await side.open()).conversationStreamStore;
	const long = [
		await storeConversation(streams(base)),
		await storeConversation(streams(subject)),
	] as const;
	const operation = `cold load of ${long[0].records} records`;
	rows.push({ ...about, operation, trips: null, ...(await measureColdLoads(long, 6)) });
	for (const one of long) await one.checkpoint();
	rows.push({
		...about,
		operation: `${operation} with a checkpoint`,
		trips: null,
		...(await measureColdLoads(long, 12)),
	});
	await runner.close();
	await server.stop();
	return rows;
}

/** Measures the build in the folder `subject` against the one in `base`, on both servers; redis 5 is enough for that. */
export async function measureBuilds(base: string, subject: string): Promise<Row[]> {
	const builds: [Build, Build] = [await load(base), await load(subject)];
	const rows: Row[] = [];
	for (const kind of ['redis', 'valkey'] as const)
		rows.push(...(await measure(builds, kind, 'redis 5')));
	return rows;
}
