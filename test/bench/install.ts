// An add that installs, against the manager's own install of the same two packages: both into an empty folder, from the same cache.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node22 } from '../node22.ts';
import { atMost, folder, median, type Row } from './program.ts';

const PROJECT = fileURLToPath(new URL('../fixtures/projects/init-node/before', import.meta.url));
const ROUNDS = 5;
const ADD = ['add', 'database', 'redis', '--adapter', 'vendored', '--yes'];
const OWN = ['install', '--no-audit', '--no-fund'];
const ENV = { ...process.env, CI: 'true', PATH: `${dirname(node22())}:${process.env.PATH}` };

/** A project of the runtime alone: what else a project holds would be installed by both, and hide the difference. */
function makeProject(name: string): string {
	const place = join(folder, name);
	cpSync(PROJECT, place, { recursive: true });
	const manifest = {
		name: 'agents',
		private: true,
		type: 'module',
		dependencies: { '@flue/runtime': '2.0.3' },
	};
	writeFileSync(join(place, 'package.json'), JSON.stringify(manifest));
	writeFileSync(join(place, 'package-lock.json'), '{ "lockfileVersion": 3, "packages": {} }\n');
	return place;
}

/** Wall time of a command in a copy of a project. */
function timed(from: string, command: string, args: string[]): number {
	const place = join(folder, 'install');
	rmSync(place, { recursive: true, force: true });
	mkdirSync(place);
	cpSync(from, place, { recursive: true });
	const started = performance.now();
	const ran = spawnSync(command, args, { cwd: place, env: ENV, encoding: 'utf8' });
	if (ran.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${ran.stdout}${ran.stderr}`);
	return performance.now() - started;
}

/** Its row, for the program that is installed in a folder. */
export function measureInstall(home: string): Row {
	const add = [join(home, 'bin/flue.js'), ...ADD];
	const before = makeProject('before-install');
	// With what an add writes, so that the manager has the same two packages to install.
	const written = makeProject('written');
	execFileSync(node22(), [...add, '--no-install'], { cwd: written, env: ENV, stdio: 'ignore' });
	const rounds: { own: number; ours: number }[] = [];
	for (let round = -1; round < ROUNDS; round++) {
		const own = timed(written, 'npm', OWN);
		const ours = timed(before, node22(), add);
		if (round >= 0) rounds.push({ own, ours });
	}
	const ratio = median(rounds.map(({ own, ours }) => ours / own));
	return {
		name: 'flue add database redis, with the install',
		command: ['node', ...add].join(' '),
		base: `npm ${OWN.join(' ')}`,
		ratio,
		ms: median(rounds.map(({ ours }) => ours)),
		mib: null,
		trips: null,
		goals: atMost(ratio, 1.05),
		other: null,
	};
}
