// Stops and replaces real servers of Flue on one Redis, one after the other, while conversations go on behind a proxy that sends each to one
// server: nothing is lost or settled twice, and the model is asked again only where a lease ran out. Says how long until work is taken over.
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../adapter/test/patience.ts';
import { startServer, versionOf } from '../../adapter/test/servers.ts';
import { type FlueServer, startFlue } from '../e2e/server.ts';
import { type AffineProxy, startAffineProxy } from './affine.ts';
import { buildJournalProject, type JournalProject, type ModelCall } from './journal.ts';
import { type Talk, talk } from './talk.ts';

const REPLY_MS = 2000;
const TALKS_A_SERVER = 2;
/** Several leases and the framework's scans for those that ran out. */
const PATIENCE_MS = 300_000;
/** How long a fleet is left alone where nothing stops it. */
const QUIET_MS = 40_000;
/** A lease is 30 s and begins a little before the model is asked. */
const LEASE_MS = 29_000;

type Signal = 'SIGTERM' | 'SIGKILL';
/** What stops the servers of a row; the last word is for a fleet that is left alone. */
const WAYS = ['SIGTERM', 'SIGKILL', 'nothing'] as const;
type Way = (typeof WAYS)[number];

interface Stop {
	readonly pid: number;
	readonly at: number;
	readonly tookMs: number;
	/** Until another server listens in its place. */
	readonly replacedMs: number;
}

interface Fleet {
	readonly project: JournalProject;
	/** Of the server in a place. */
	readonly environment: (place: number) => Record<string, string>;
	readonly servers: FlueServer[];
	/** The place of each process that there was. */
	readonly places: Map<number, number>;
	readonly proxy: AffineProxy;
}

async function start(fleet: Fleet, place: number): Promise<void> {
	const server = await startFlue(fleet.project.root, fleet.environment(place));
	fleet.servers[place] = server;
	fleet.places.set(server.pid, place);
	fleet.proxy.lead(place, server.url);
}

/** Stops the server of a place in the middle of a reply, and starts the next one there. */
async function replace(fleet: Fleet, place: number, signal: Signal): Promise<Stop> {
	const { project, proxy, servers } = fleet;
	const old = servers[place];
	if (!old) throw new Error(`There is no server ${place}.`);
	await until(`a call of server ${place}`, () => {
		const last = project.calls().findLast(({ pid }) => pid === old.pid);
		return last !== undefined && Date.now() - last.at < REPLY_MS / 2;
	});
	proxy.hold(place);
	const at = Date.now();
	await old.kill(signal);
	const tookMs = Date.now() - at;
	await start(fleet, place);
	return { pid: old.pid, at, tookMs, replacedMs: Date.now() - at };
}

/** The calls of each message that the model was asked for more than once. */
function repeated(calls: readonly ModelCall[]): ModelCall[][] {
	const texts = [...new Set(calls.map(({ text }) => text))];
	return texts
		.map((wanted) => calls.filter(({ text }) => text === wanted))
		.filter(({ length }) => length > 1);
}

/** What is wrong with a conversation at its end. */
function wrongIn({ conversation, said, shown }: Talk): string[] {
	const { texts, outcomes, submissions } = shown;
	const kept = texts.filter((text) => text.startsWith('message-'));
	const wanted = said.map(({ text }) => text);
	const lost = wanted.filter((text) => !kept.includes(text));
	return [
		...lost.map((text) => `${text} is lost`),
		...(lost.length === 0 && kept.join() !== wanted.join() ? [`${conversation}: ${kept}`] : []),
		...(texts.length === 2 * wanted.length ? [] : [`${conversation} shows ${texts.length} texts`]),
		...outcomes.filter((one) => one !== 'completed').map((one) => `${conversation}: ${one}`),
		...(outcomes.length === wanted.length && new Set(submissions).size === wanted.length
			? []
			: [`${conversation} has ${outcomes.length} settlements`]),
	];
}

/** Calls that were repeated although no server was stopped in them, or before their lease had run out. */
function wrongCalls(again: readonly ModelCall[][], stops: readonly Stop[]): string[] {
	return again.flatMap((calls) =>
		calls.slice(1).flatMap((call, index) => {
			const before = calls[index];
			const stop = stops.find(({ pid }) => pid === before?.pid);
			const isDue = before && stop && call.at - before.at >= LEASE_MS;
			return isDue ? [] : [`the model was asked for ${call.text} again too early`];
		}),
	);
}

const seconds = (times: readonly number[]) => {
	const [least, most] = [Math.min(...times), Math.max(...times)].map((ms) =>
		(ms / 1000).toFixed(1),
	);
	if (times.length === 0) return 'none';
	return least === most ? `${least} s` : `${least} to ${most} s`;
};

/** Runs one row of the table, and gives it and what is wrong. */
async function roll(
	project: JournalProject,
	{ count, way, areApart }: { count: number; way: Way; areApart: boolean },
): Promise<{ row: string; wrong: string[] }> {
	const redis = await startServer('redis');
	const proxy = await startAffineProxy(count);
	// A database of its own for each place is a store of its own.
	const urlOf = (place: number) => (areApart ? `${redis.url}/${place}` : redis.url);
	const environment = (place: number) => ({ ...project.environment, REDIS_URL: urlOf(place) });
	const fleet: Fleet = { project, environment, servers: [], places: new Map(), proxy };
	const before = project.calls().length;
	try {
		for (let place = 0; place < count; place++) await start(fleet, place);
		let isOver = false;
		const how = { isOver: () => isOver, patienceMs: PATIENCE_MS };
		const names = Array.from(
			{ length: count * TALKS_A_SERVER },
			(_unused, index) => `talk${index}`,
		);
		const talking = Promise.all(names.map((name) => talk(proxy.url, name, how)));
		talking.catch(() => {});
		const stops: Stop[] = [];
		if (way === 'nothing') await sleep(QUIET_MS);
		else for (let place = 0; place < count; place++) stops.push(await replace(fleet, place, way));
		await sleep(REPLY_MS);
		isOver = true;
		const talks = await talking;
		return told(talks, project.calls().slice(before), { stops, way, fleet });
	} finally {
		for (const server of fleet.servers) await server.kill('SIGKILL');
		proxy.stop();
		await redis.stop();
	}
}

function told(
	talks: readonly Talk[],
	calls: readonly ModelCall[],
	{ stops, way, fleet }: { stops: readonly Stop[]; way: Way; fleet: Fleet },
): { row: string; wrong: string[] } {
	const again = repeated(calls);
	const wrong = [...talks.flatMap(wrongIn), ...wrongCalls(again, stops)];
	const takeovers = again.flatMap((of) =>
		of.slice(1).map((call, index) => {
			const stop = stops.find(({ pid }) => pid === of[index]?.pid);
			return call.at - (stop?.at ?? call.at);
		}),
	);
	const said = talks.flatMap(({ said: some }) => some);
	const elsewhere = calls.filter(({ pid, text }) => {
		const conversation = /^message-(.+)-\d+$/.exec(text)?.[1] ?? '';
		return fleet.places.get(pid) !== fleet.proxy.placeOf(conversation);
	});
	const cells = [
		fleet.servers.length,
		way,
		said.length,
		wrong.length,
		calls.length - said.length,
		elsewhere.length,
		seconds(takeovers),
		seconds(stops.map(({ tookMs }) => tookMs)),
		seconds(stops.map(({ replacedMs }) => replacedMs)),
		said.filter(({ ms }) => ms > LEASE_MS).length,
		seconds([Math.max(...said.map(({ ms }) => ms))]),
		said.reduce((sum, { refused }) => sum + refused, 0),
	];
	return { row: `| ${cells.join(' | ')} |`, wrong };
}

const HEAD = [
	'servers',
	'stopped by',
	'messages',
	'wrong',
	'model asked again',
	'by another server',
	'taken over after',
	'ended after',
	'replaced after',
	'waited for a lease',
	'longest wait',
	'refused tries',
];

/**
 * Every row on one store, or on one for each place, or those of a number of servers and of what stops them. Ends with 1 when
 * a promise was broken.
 */
export async function soakRolling(
	store = 'shared',
	numbers = '2,4',
	ways: string = WAYS.join(),
): Promise<number> {
	const areApart = store === 'apart';
	const project = await buildJournalProject(REPLY_MS);
	const say = (line: string) => process.stdout.write(`${line}\n`);
	let broken = 0;
	try {
		say(`Flue ${project.runtime}, Redis ${versionOf('redis')}, ${new Date().toISOString()}`);
		say(`| ${HEAD.join(' | ')} |\n|${'---|'.repeat(HEAD.length)}`);
		for (const count of numbers.split(',').map(Number))
			for (const way of WAYS.filter((one) => ways.split(',').includes(one))) {
				const { row, wrong } = await roll(project, { count, way, areApart });
				say(row);
				for (const line of wrong) say(`  ${line}`);
				broken += wrong.length;
			}
		return broken === 0 ? 0 : 1;
	} finally {
		project.remove();
	}
}
