// Runs what most users do, with the program that lies in a folder as it will be installed, and tells what ran of it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ADD = ['add', 'database', 'redis', '--no-install', '--yes'];
/** What most users do, and slips of theirs, each with its exit status: nothing is installed there, which is what `verify` finds. */
const USUAL = [
	['init-node', ADD, 0],
	['init-node', ['verify', 'database', 'redis'], 1],
	['config-zod', ADD, 0],
	['init-node', ['add'], 0],
	['init-node', ['add', '--nothing'], 2],
	['init-node', ['nothing'], 2],
	['init-node', ['--help'], 0],
	['init-node', ['--version'], 0],
];

/** Where the functions begin that ran in one run, by file. */
function whatRan(home, [project, args, status], work) {
	const cwd = join(work, 'project');
	cpSync(`fixtures/projects/${project}/before`, cwd, { recursive: true });
	const coverage = join(work, 'coverage');
	const env = {
		PATH: process.env.PATH,
		NODE_V8_COVERAGE: coverage,
		NODE_DISABLE_COMPILE_CACHE: '1',
	};
	const command = [join(home, 'bin/flue.js'), ...args];
	const ran = spawnSync(process.execPath, command, { cwd, env, encoding: 'utf8' });
	if (ran.status !== status) throw new Error(`flue ${args.join(' ')}: ${ran.stderr}`);
	const found = new Map();
	for (const name of readdirSync(coverage)) {
		const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8'));
		for (const { url, functions } of result.filter((one) => one.url.startsWith('file:'))) {
			const starts = functions
				.filter(({ ranges }) => ranges[0].count > 0)
				.map(({ ranges }) => ranges[0].startOffset);
			found.set(fileURLToPath(url), new Set(starts));
		}
	}
	return found;
}

/** For each of the usual runs, where the functions begin that ran, by the path of their file below `dist/`. */
export function usualRuns(home) {
	const real = realpathSync(home);
	const dist = join(real, 'dist/');
	return USUAL.map((run) => {
		const work = realpathSync(mkdtempSync(join(tmpdir(), 'flue-usual-')));
		try {
			return new Map(
				[...whatRan(real, run, work)]
					.filter(([path]) => path.startsWith(dist))
					.map(([path, starts]) => [path.slice(dist.length), starts]),
			);
		} finally {
			rmSync(work, { recursive: true, force: true });
		}
	});
}
