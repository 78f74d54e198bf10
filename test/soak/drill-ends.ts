// Ends drills at random moments and in every way, and looks at what is left: no process, no file, no key, no change, and words that fit.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../adapter/test/patience.ts';
import { startServer, type TestServer } from '../../adapter/test/servers.ts';
import { type Connection, connectTo } from '../../src/commands/verify/drill/resp.ts';
import type { Check } from '../../src/model/verification.ts';
import { addToTree, readTree } from '../files.ts';
import { node22 } from '../node22.ts';
import { PROJECT } from '../project.ts';
import { processIds, randomFrom, saidOf, signal } from './random.ts';

const BIN = resolve('bin/flue.js');

/** What is ended, and how: a process of the drill gets a signal, or a person at its terminal does something. */
const ENDS = [
	...(['SIGKILL', 'SIGTERM', 'SIGHUP'] as const).flatMap((how) =>
		(['drill', 'server', 'worker', 'keeper'] as const).map((whose) => ({ whose, how })),
	),
	{ whose: 'drill', how: 'Ctrl-C' },
	{ whose: 'drill', how: 'Ctrl-C twice' },
	{ whose: 'drill', how: 'the terminal closes' },
] as const;

type End = (typeof ENDS)[number];

/** How the processes of a drill are known by their command lines. */
const NAMES = {
	server: /^\S*redis-server .*:\d+/,
	worker: /worker\.mjs/,
	keeper: /keeper\.mjs/,
};

/** What every round shares. */
interface Ground {
	root: string;
	project: Record<string, string>;
	/** The user's own server, whose database 0 holds keys of theirs. */
	server: TestServer;
	connection: Connection;
	/** How many milliseconds a drill takes that nobody ends. */
	lasts: number;
	random: () => number;
}

interface Drill {
	child: ChildProcess;
	folder: string;
	ended: Promise<{ status: number | null; said: string; document: string }>;
	isOver(): boolean;
}

/** Processes below the temporary folder of a drill: it stands in their environment, and a server works in it. */
function programsOf(folder: string): { pid: number; name: string }[] {
	const isOf = (pid: number): boolean => {
		if (saidOf(pid, 'environ').includes(folder)) return true;
		try {
			return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
		} catch {
			return false;
		}
	};
	return processIds()
		.filter(isOf)
		.map((pid) => ({ pid, name: saidOf(pid, 'cmdline').replaceAll('\0', ' ') }));
}

function startDrill({ root, server }: Ground, folder: string, isGiven: boolean): Drill {
	const PATH = `${dirname(node22())}:${process.env.PATH}`;
	const env = { PATH, HOME: root, TMPDIR: folder, REDIS_URL: server.url };
	const how = isGiven ? ['--drill-url', `${server.url}/1`, '--drill-may-write'] : ['--drill'];
	const args = [BIN, 'verify', 'database', 'redis', ...how, '--json'];
	// A group of its own, as a shell gives it to what it runs: Ctrl-C reaches all of it.
	const child = spawn(process.execPath, args, { cwd: root, env, detached: true });
	let said = '';
	let document = '';
	child.stdout.on('data', (text) => {
		document += text;
	});
	child.stderr.on('data', (text) => {
		said += text;
	});
	let isOver = false;
	const ended = new Promise<number | null>((end) =>
		child.once('exit', (status) => {
			isOver = true;
			// What it left running may hold its streams.
			setTimeout(() => end(status), 200);
		}),
	).then((status) => ({ status, said, document }));
	return { child, folder, ended, isOver: () => isOver };
}

/** Sends it to a process of the drill, as soon as there is one; false when the drill was over before. */
async function bring({ child, folder, isOver }: Drill, { whose, how }: End): Promise<boolean> {
	const { pid = 0, stdout, stderr } = child;
	if (isOver()) return false;
	if (how === 'Ctrl-C' || how === 'Ctrl-C twice') {
		signal(-pid, 'SIGINT');
		if (how === 'Ctrl-C') return true;
		await sleep(50);
		signal(-pid, 'SIGINT');
	} else if (how === 'the terminal closes') {
		stdout?.destroy();
		stderr?.destroy();
		signal(-pid, 'SIGHUP');
	} else if (whose === 'drill') signal(pid, how);
	else {
		const isMeant = ({ name }: { name: string }) => NAMES[whose].test(name);
		const found = await until(`a ${whose}`, () => isOver() || programsOf(folder).find(isMeant));
		if (found === true) return false;
		signal(found.pid, how);
	}
	return true;
}

/** What is said that does not fit an end, or a status that does not. */
function wrongWords(end: End, { status, said, document }: Awaited<Drill['ended']>): string[] {
	if (/INTERNAL/.test(said + document)) return [`a defect is told: ${said}${document}`];
	// Nobody reads it any more.
	if (end.how === 'the terminal closes') return [];
	if (status === null)
		// Before it listens to signals, they end it as they end any program; then it has begun nothing.
		return end.whose === 'drill' && said + document === '' ? [] : ['it was ended by a signal'];
	const { checks, error } = JSON.parse(document) as { checks: Check[]; error: unknown };
	const failed = checks.filter((check) => check.status === 'fail');
	if (status === 130)
		return JSON.stringify(error).includes('CANCELLED') ? [] : ['130 for no cancel'];
	if (status === 1) return failed.length > 0 ? [] : [`1 without a failed check: ${document}`];
	return status === 0 && failed.length === 0 ? [] : [`it ended with ${status}: ${document}`];
}

async function keysOf({ ask }: Connection, database: number): Promise<string> {
	await ask('SELECT', database);
	const keys = ((await ask('KEYS', '*')) as string[]).sort();
	return JSON.stringify(
		await Promise.all(keys.map(async (key) => [key, await ask('GET', key).catch(() => '?')])),
	);
}

/** Whatever is left a while after the end. After SIGKILL the keeper needs its moment, and keys of a named database stay. */
async function wrongLeft(
	ground: Ground,
	{ folder }: Drill,
	{ kept, isKilled }: { kept: string; isKilled: boolean },
): Promise<string[]> {
	const left = () => [
		...programsOf(folder).map(({ name }) => `it runs on: ${name}`),
		...readdirSync(folder)
			.filter((name) => name !== 'node-compile-cache')
			.map((name) => `${name} is in the temporary folder`),
	];
	const deadline = Date.now() + (isKilled ? 30_000 : 0);
	let wrong = left();
	while (wrong.length > 0 && Date.now() < deadline) {
		await sleep(50);
		wrong = left();
	}
	const now = readTree(ground.root);
	const paths = new Set([...Object.keys(now), ...Object.keys(ground.project)]);
	const changed = [...paths].filter((path) => now[path] !== ground.project[path]);
	const { connection } = ground;
	if ((await keysOf(connection, 0)) !== kept) changed.push('a key of the user’s');
	const written = await keysOf(connection, 1);
	if (written !== '[]' && !isKilled) wrong.push(`keys are left: ${written.slice(0, 300)}`);
	await connection.ask('FLUSHDB');
	return [...wrong, ...changed.map((what) => `${what} is changed`)];
}

/** One drill that is ended; gives how it ended in a line, and what is wrong with that. */
async function endOne(ground: Ground, home: string): Promise<{ line: string; wrong: string[] }> {
	const { random, lasts, connection } = ground;
	const end = ENDS[Math.floor(random() * ENDS.length)] as End;
	const isGiven = random() < 0.25 && end.whose !== 'server';
	const moment = Math.round(random() * lasts * (isGiven ? 0.4 : 1));
	const kept = await keysOf(connection, 0);
	const folder = mkdtempSync(join(home, 'tmp-'));
	const drill = startDrill(ground, folder, isGiven);
	await Promise.race([drill.ended, sleep(moment)]);
	const isBrought = await bring(drill, end);
	const ended = await drill.ended;
	const isKilled = isBrought && end.whose === 'drill' && ended.status === null;
	const wrong = [
		...wrongWords(end, ended),
		...(await wrongLeft(ground, drill, { kept, isKilled })),
	];
	rmSync(folder, { recursive: true, force: true });
	const told = /"status": "fail",\s*"message": "([^\n]*)"/.exec(ended.document)?.[1] ?? '';
	const how = `${end.whose} ${end.how} after ${moment} ms${isGiven ? ', on a named server' : ''}`;
	return { line: `${how}${isBrought ? '' : ' (too late)'}: ${ended.status} ${told}`, wrong };
}

/** A project with its packages and the adapter installed. */
function makeProject(root: string): void {
	addToTree(root, { ...PROJECT, 'package-lock.json': '' });
	rmSync(join(root, 'package-lock.json'));
	execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent'], { cwd: root });
	const args = ['add', 'database', 'redis', '--adapter', 'vendored', '--yes', '--json'];
	execFileSync(process.execPath, [BIN, ...args], { cwd: root });
}

/** How long a drill takes that nobody ends. */
async function timeOf(ground: Ground, home: string): Promise<number> {
	const folder = mkdtempSync(join(home, 'tmp-'));
	const begun = Date.now();
	const { status, document } = await startDrill(ground, folder, false).ended;
	if (status !== 0) throw new Error(`A drill that nobody ends ends with ${status}: ${document}`);
	return Date.now() - begun;
}

/** Runs `count` drills and gives the exit status. */
export async function soakDrillEnds(count: number, seed: number): Promise<number> {
	const home = mkdtempSync(join(tmpdir(), 'flue-soak-'));
	const root = join(home, 'project');
	mkdirSync(root);
	makeProject(root);
	const server = await startServer('redis');
	const connection = await connectTo(server.url);
	await connection.ask('MSET', 'flue:mine', 'canary', 'other', 'canary');
	const random = randomFrom(seed);
	const ground = { root, project: readTree(root), server, connection, random, lasts: 0 };
	ground.lasts = await timeOf(ground, home);
	let broken = 0;
	for (let round = 1; round <= count; round++) {
		const { line, wrong } = await endOne(ground, home);
		process.stdout.write(`${round}: ${line}\n`);
		for (const one of wrong) process.stdout.write(`${round}: WRONG: ${one}\n`);
		if (wrong.length > 0) broken++;
	}
	process.stdout.write(`drill: ${count} drills were ended, seed ${seed}; ${broken} broken\n`);
	connection.close();
	await server.stop();
	rmSync(home, { recursive: true, force: true });
	return broken === 0 ? 0 : 1;
}
