// Kills `add` at random moments of a real install, as a power cut would, and lets the next run mend it: byte for byte as if none was killed.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addToTree, readTree } from '../files.ts';
import { PROJECT } from '../project.ts';
import { processIds, randomFrom, saidOf, signal } from './random.ts';

const BIN = resolve('bin/flue.js');
const ADD = ['add', 'database', 'redis', '--adapter', 'vendored', '--yes'];

function start(cwd: string, temporary: string): ChildProcess {
	// What the cache of npm has is not asked for again: it is the install that takes the time.
	const npm = { npm_config_prefer_offline: 'true', npm_config_audit: 'false' };
	const environment = { ...process.env, ...npm, CI: 'true', TMPDIR: temporary };
	const stdio = ['ignore', 'ignore', 'pipe'] as const;
	return spawn(process.execPath, [BIN, ...ADD], { cwd, env: environment, stdio: [...stdio] });
}

function ended(child: ChildProcess): Promise<number | null> {
	child.stderr?.resume();
	return new Promise((resolve) => child.once('exit', resolve));
}

/** What is wrong with the end of the run after the kill; null when it ends well. */
async function wrongEnd(child: ChildProcess): Promise<string | null> {
	let said = '';
	child.stderr?.on('data', (bytes) => {
		said += bytes;
	});
	const status = await new Promise((resolve) => child.once('close', resolve));
	if (status === 0) return null;
	return `the next run ends with ${status}: ${/^error .*/m.exec(said)?.[0] ?? said}`;
}

/** A process and all that it has started, from what the system lists. */
function family(pid: number): number[] {
	const parents = processIds().map((id) => {
		const stat = saidOf(id, 'stat');
		return { pid: id, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
	});
	const below = (of: number): number[] => [
		of,
		...parents.filter(({ parent }) => parent === of).flatMap((one) => below(one.pid)),
	];
	return below(pid);
}

function kill(pid: number): void {
	for (const one of family(pid)) signal(one, 'SIGKILL');
}

/** A project in which git holds everything, with its packages installed. */
function makeProject(folder: string): void {
	addToTree(folder, { ...PROJECT, 'package-lock.json': '' });
	rmSync(join(folder, 'package-lock.json'));
	const git = (...args: string[]) =>
		execFileSync(
			'git',
			['-c', 'user.name=soak', '-c', 'user.email=soak@example.invalid', ...args],
			{ cwd: folder },
		);
	execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent'], { cwd: folder });
	git('init', '--quiet');
	git('add', '--all');
	git('commit', '--quiet', '-m', 'Before');
}

interface Expected {
	before: Record<string, string>;
	after: Record<string, string>;
}

/** What is wrong right after the kill: a file of the user's that is neither the old one nor the new one, or a staged one that git sees. */
function wrongAfterKill(folder: string, { before, after }: Expected): string[] {
	const seen = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], {
		cwd: folder,
		encoding: 'utf8',
	});
	const staged = seen.split('\n').filter((line) => line.includes('.flue-blueprints-'));
	const now = readTree(folder);
	const torn = Object.keys(before).filter(
		// What npm writes is npm's.
		(path) =>
			path !== 'package-lock.json' && now[path] !== before[path] && now[path] !== after[path],
	);
	return [...staged.map((line) => `git sees ${line}`), ...torn.map((path) => `${path} is torn`)];
}

function wrongAfterRerun(now: Record<string, string>, { after }: Expected): string[] {
	const paths = new Set([...Object.keys(now), ...Object.keys(after)]);
	return [...paths]
		.filter((path) => now[path] !== after[path])
		.map((path) => `${path} differs, or is left over`);
}

/** Runs on until `count` runs were killed before their end, and gives the exit status. */
export async function soakKills(count: number, seed: number): Promise<number> {
	const home = mkdtempSync(join(tmpdir(), 'flue-soak-'));
	const temporary = join(home, 'tmp');
	const [template, reference, victim] = ['template', 'reference', 'victim'].map((name) =>
		join(home, name),
	) as [string, string, string];
	addToTree(temporary, { '.keep': '' });
	makeProject(template);
	cpSync(template, reference, { recursive: true });
	const begun = Date.now();
	const status = await ended(start(reference, temporary));
	const lasts = Date.now() - begun;
	if (status !== 0) throw new Error(`A run that nobody kills ends with ${status}.`);
	const expected = { before: readTree(template), after: readTree(reference) };
	const random = randomFrom(seed);
	let broken = 0;
	let killed = 0;
	let round = 0;
	while (killed < count) {
		round++;
		rmSync(victim, { recursive: true, force: true });
		cpSync(template, victim, { recursive: true });
		const child = start(victim, temporary);
		const killedEnd = ended(child);
		await Promise.race([killedEnd, sleep(random() * lasts * 1.1)]);
		if (child.exitCode === null) killed++;
		kill(child.pid ?? 0);
		await killedEnd;
		const wrong = wrongAfterKill(victim, expected);
		const end = await wrongEnd(start(victim, temporary));
		if (end !== null) wrong.push(end);
		wrong.push(...wrongAfterRerun(readTree(victim), expected));
		if (wrong.length > 0) broken++;
		for (const line of wrong) process.stdout.write(`round ${round}: ${line}\n`);
		if (round % 10 === 0) process.stdout.write(`${round}: ${killed} killed, ${broken} broken\n`);
	}
	process.stdout.write(
		`kills: ${killed} of ${round} runs were killed, seed ${seed}; ${broken} broken\n`,
	);
	rmSync(home, { recursive: true, force: true });
	return broken === 0 ? 0 : 1;
}
