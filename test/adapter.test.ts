// Every test of adapter/, a package of its own that needs Node 22, in a process of its own. What that run
// counted is printed here and held to what was promised, so that no suite can quietly disappear.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { EVERYTHING } from '../adapter/test/extent.ts';
import { SUITE_MS } from '../adapter/test/patience.ts';
import { tellLeftOut } from './left-out.ts';
import { node22 } from './node22.ts';
import { COMPILED } from './tools.ts';

const ADAPTER = fileURLToPath(new URL('../adapter', import.meta.url));
/** What the build has packed. */
const PACKED = fileURLToPath(new URL('../dist/adapter', import.meta.url));
const SERVERS = ['redis', 'valkey'];
/** Lines by which a run of the adapter tells what it counted. */
const COUNT = /^(contract|crash|race|full memory|cut|model|cost|admission): .*$/gm;

/** In the middle of how many storms each server is killed, at least. */
const KILLS = EVERYTHING ? 50 : 15;

let counts: string[] = [];

interface Ran {
	readonly status: number | null;
	readonly output: string;
}

function run(file: string, args: string[]): Promise<Ran> {
	const child = spawn(file, args, {
		cwd: ADAPTER,
		env: {
			...process.env,
			...COMPILED,
			FLUE_PACKED: PACKED,
			PATH: `${dirname(node22())}:${process.env.PATH}`,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text) => {
			output += text;
		});
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (status) => resolve({ status, output }));
	});
}

/**
 * What a run printed.
 * @throws with its first failure and its last lines; a missing server is named there, with how to get it
 */
async function mustSucceed(what: string, ran: Promise<Ran>): Promise<string> {
	const { status, output } = await ran;
	if (status === 0) return output;
	const plain = stripVTControlCharacters(output);
	const failure = plain.slice(Math.max(0, plain.search(/^ *(?:FAIL|npm error) /m))).slice(0, 6000);
	throw new Error(
		`${what} in adapter/ ended with ${status}:\n${failure}\n…\n${plain.slice(-1500)}`,
	);
}

interface Lock {
	packages: Record<string, { version?: string; optional?: boolean }>;
}

/** Whether the build has just installed what the lockfile says, to the version: then there is nothing to be done again. */
function isInstalled(): boolean {
	const [wanted, found] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) => {
		const path = join(ADAPTER, name);
		return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Lock).packages : {};
	});
	return Object.entries(wanted ?? {}).every(([path, { version, optional }]) => {
		const is = found?.[path]?.version;
		return path === '' || is === version || (is === undefined && optional === true);
	});
}

beforeAll(async () => {
	if (!isInstalled()) await mustSucceed('npm ci', run('npm', ['ci', '--no-audit', '--no-fund']));
	await mustSucceed('npm run check', run('npm', ['run', 'check']));
	const output = await mustSucceed(
		'The test run',
		run(node22(), ['node_modules/vitest/vitest.mjs', 'run']),
	);
	counts = output.match(COUNT) ?? [];
	process.stdout.write(`${counts.join('\n')}\n`);
}, SUITE_MS);

/** The numbers in the one line that a suite printed for each server, `kinds` of them. */
function numbers(pattern: RegExp): number[][] {
	return SERVERS.map((server) => {
		const lines = counts.filter((count) => count.includes(`: ${server} `) && pattern.test(count));
		expect(lines, `${pattern} on ${server}`).toHaveLength(1);
		return (
			pattern
				.exec(lines[0] ?? '')
				?.slice(1)
				.map(Number) ?? []
		);
	});
}

/** Two clients on two servers: elsewhere than on the newest number of a line each client once, and each server once. */
const PAIRS = EVERYTHING ? 4 : 2;

it.each([
	['1.0.0-beta.5', 79, PAIRS],
	['1.0.0-beta.7', 79, PAIRS],
	['1.0.0-beta.8', 93, PAIRS],
	['1.0.0-beta.9', 93, PAIRS],
	// valkey-glide on Valkey is one more.
	['2.0.3', 104, 5],
	['2.1.0', 104, PAIRS + 1],
])(
	'fulfils the published contract of %s with each client, and on each server',
	(runtime, tests, pairs) => {
		const end = `runtime ${runtime}: ${tests} of ${tests}`;
		const runs = counts.filter((count) => count.startsWith('contract: ') && count.endsWith(end));
		expect(new Set(runs).size).toBe(pairs);
		for (const one of ['redis5 client', 'redis6 client', 'redis server', 'valkey server'])
			expect(runs.join('\n')).toContain(one);
	},
);

tellLeftOut(10, 'pairs of a client and a server on the runtimes beside 2.0.3');

it('costs a prompt of six words and a workflow run on 1.0.0-beta.7 at most twenty round trips', () => {
	const cost =
		/^cost: beta\.7: (\d+) .* first prompt, (\d+) .* further one, (\d+) .* workflow run$/;
	const [trips = []] = counts.flatMap((count) =>
		[cost.exec(count)?.slice(1).map(Number) ?? []].filter((found) => found.length > 0),
	);
	expect(trips).toHaveLength(3);
	expect(Math.max(...trips)).toBeLessThanOrEqual(20);
	expect(counts).toContain(
		'admission: beta.7: 30 of 30 reads right after an admission found the stream',
	);
});

it('loses nothing it acknowledged, and writes nothing twice, when the server is killed', () => {
	const crash =
		/^crash: \S+ \S+: (\d+) kills, seed \d+, (\d+) acknowledged appends .*, (\d+) lost, (\d+) twice$/;
	for (const [kills, appends, lost, twice] of numbers(crash)) {
		expect(kills).toBeGreaterThanOrEqual(KILLS);
		expect(appends).toBeGreaterThan(KILLS);
		expect([lost, twice]).toEqual([0, 0]);
	}
});

it.each([
	['beta.7', /^crash: beta\.7 (redis|valkey) \S+: (\d+) kills, .* (\d+) lost, (\d+) twice$/],
	['beta.9', /^crash: beta\.9 (redis|valkey) \S+: (\d+) kills, .* (\d+) lost, (\d+) twice$/],
])('loses nothing of the runs, event streams and submissions of %s', (_runtime, pattern) => {
	const found = counts
		.flatMap((count) => [pattern.exec(count)?.slice(1) ?? []])
		.filter(([server]) => server);
	expect(found.map(([server]) => server).sort()).toEqual(SERVERS);
	for (const [, kills, lost, twice] of found) {
		expect(Number(kills)).toBeGreaterThanOrEqual(KILLS);
		expect([lost, twice]).toEqual(['0', '0']);
	}
});

it.each([
	['as the reference does', /^model: beta\.7 (redis|valkey) .*, all as the reference$/],
	[
		'as the reference does, and beta.9 too',
		/^model: beta\.9 (redis|valkey) .*, all as the reference$/,
	],
	[
		'when replies are cut off',
		/^cut: beta\.7 (redis|valkey) \S+: 21 replies .* nothing changed by a retry$/,
	],
	['whole or not at all', /^full memory: beta\.7 (redis|valkey) \S+: 4 writes refused whole/],
	[
		'when replies are cut off, and beta.9 too',
		/^cut: beta\.9 (redis|valkey) \S+: 23 replies .* nothing changed by a retry$/,
	],
	[
		'whole or not at all, and beta.9 too',
		/^full memory: beta\.9 (redis|valkey) \S+: 4 writes refused whole/,
	],
	['once when eight race', /^race: beta\.7 (redis|valkey) \S+: 8 processes, 40 claims, each won/],
	[
		'once when eight race, and beta.9 too',
		/^race: beta\.9 (redis|valkey) \S+: 8 processes, 40 claims, each won/,
	],
])('answers the calls of beta.7 %s', (_how, pattern) => {
	const servers = counts.map((count) => pattern.exec(count)?.[1]).filter(Boolean);
	expect(servers.sort()).toEqual(SERVERS);
});

it('lets one of eight racing processes win, each time', () => {
	const race = /^race: \S+ \S+: (\d+) processes, (\d+) claims, each won once$/;
	expect(numbers(race)).toEqual([
		[8, 100],
		[8, 100],
	]);
});

it('admits whole or not at all when memory is full, and answers exact retries as its README says', () => {
	for (const [, refused] of numbers(/^full memory: \S+ \S+: (\d+) admitted, (\d+) refused whole/))
		expect(refused).toBe(1);
	for (const [cut, answered] of numbers(
		/^cut: \S+ \S+: (\d+) replies cut off and retried, (\d+) answered as the first time, /,
	)) {
		expect(cut).toBeGreaterThanOrEqual(18);
		expect(answered).toBeGreaterThanOrEqual(9);
	}
});

it('answers random histories as the published in-memory reference does', () => {
	const model =
		/^model: \S+ \S+: (\d+) histories, (\d+) steps that made (\d+) changes, seed \d+, all as the reference$/;
	for (const [histories = 0, steps, changes] of numbers(model)) {
		expect(histories).toBeGreaterThanOrEqual(EVERYTHING ? 100 : 40);
		expect(steps).toBeGreaterThan(20 * histories);
		expect(changes).toBeGreaterThan(5 * histories);
	}
});
