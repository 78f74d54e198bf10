// `npm run servers`: the suites of every line of the adapter against servers of older and newer suites of Debian, which are unpacked beside the
// installed ones; docs/servers.md says what came out. Not run by CI. Words after `--` choose test files, as vitest does; before them
// `--runtime 2.0.3` and `--suite sid` narrow it to one runtime and to the servers of one suite. What is not run stays as it was seen.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Packaged, unpackedVersion, unpackServer } from '../../adapter/test/debian.ts';
import { type ServerKind, versionOf } from '../../adapter/test/servers.ts';
import { node22 } from '../node22.ts';
import { type Line, renderServers, type Seen, withLines } from './page.ts';

/** What the installed ones are called, where a pair has one alone. */
const INSTALLED: Record<ServerKind, string> = { redis: 'Redis', valkey: 'Valkey' };

/** In pairs, since each run of the suites starts one of either; the installed one where a pair has but one. */
const PAIRS: { title: string; server: Packaged }[][] = [
	[
		{ title: 'Redis', server: { suite: 'sid', name: 'redis-server', startedAs: 'redis-server' } },
		{
			title: 'Valkey',
			server: { suite: 'sid', name: 'valkey-server', startedAs: 'valkey-server' },
		},
	],
	[
		{ title: 'Redict', server: { suite: 'sid', name: 'redict-server', startedAs: 'redis-server' } },
		{
			title: 'Valkey',
			server: { suite: 'trixie', name: 'valkey-server', startedAs: 'valkey-server' },
		},
	],
	[
		{
			title: 'Redis',
			server: { suite: 'bullseye', name: 'redis-server', startedAs: 'redis-server' },
		},
	],
];

const ADAPTER = resolve('adapter');
const PLACE = resolve('node_modules/.tools/servers');
const say = (line: string) => process.stdout.write(`${line}\n`);

/** The names of the adapter's projects, a runtime each. */
function runtimes(): string[] {
	const text = readFileSync(join(ADAPTER, 'vitest.config.ts'), 'utf8');
	const copies = [...text.matchAll(/withRuntime\(\s*'([^']+)'/g)].map(([, name = '']) => name);
	return [...text.matchAll(/name: 'runtime ([^']+)'/g)].map(([, name = '']) => name).concat(copies);
}

/** Runs the suites of one runtime with some folders first on PATH. */
function runSuites(
	runtime: string,
	bins: string[],
	files: string[],
): Pick<Line, 'files' | 'passed' | 'total'> {
	const folder = mkdtempSync(join(tmpdir(), 'flue-servers-'));
	const report = join(folder, 'report.json');
	const program = join(ADAPTER, 'node_modules/vitest/vitest.mjs');
	const args = ['run', ...files, '--project', `runtime ${runtime}`, '--passWithNoTests'];
	const reporting = ['--reporter=json', `--outputFile=${report}`, '--maxWorkers=2'];
	const PATH = [...bins, dirname(node22()), process.env.PATH].join(delimiter);
	spawnSync(node22(), [program, ...args, ...reporting], {
		cwd: ADAPTER,
		env: { ...process.env, FLUE_EVERYTHING: '1', PATH },
		stdio: ['ignore', 'ignore', 'ignore'],
	});
	const { testResults, numPassedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8'));
	rmSync(folder, { recursive: true });
	const failed = testResults.flatMap((file: { assertionResults: Record<string, string>[] }) =>
		file.assertionResults.filter(({ status }) => status === 'failed'),
	);
	for (const { fullName } of failed) say(`failed: ${fullName}`);
	return { files: testResults.length, passed: numPassedTests, total: numTotalTests };
}

/** Unpacks a pair; what cannot be had is told, and then there is nothing to run. */
function unpackPair(pair: (typeof PAIRS)[number]): { bins: string[]; titles: string[] } | null {
	const bins: string[] = [];
	const titles: string[] = [];
	for (const { title, server } of pair) {
		try {
			const bin = unpackServer(PLACE, server);
			bins.push(bin);
			titles.push(`${title} ${unpackedVersion(bin, server.startedAs)}`);
		} catch (error) {
			const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : '';
			say(`absent: ${server.name} of ${server.suite}: ${reason}`);
			return null;
		}
	}
	const installed = (Object.keys(INSTALLED) as ServerKind[]).filter(
		(kind) => !pair.some(({ server }) => server.startedAs === `${kind}-server`),
	);
	return {
		bins,
		titles: [...titles, ...installed.map((kind) => `${INSTALLED[kind]} ${versionOf(kind)}`)],
	};
}

function runPair(pair: (typeof PAIRS)[number]): Line[] | null {
	const unpacked = unpackPair(pair);
	if (!unpacked) return null;
	const { bins, titles } = unpacked;
	say(titles.join(' and '));
	const wanted = runtimes().filter((name) => !only.runtime || name === only.runtime);
	const on = new Date().toISOString().slice(0, 10);
	return wanted.flatMap((runtime) => {
		const came = runSuites(runtime, bins, suites);
		say(`  @flue/runtime ${runtime}: ${came.passed} of ${came.total} in ${came.files} files`);
		return came.files === 0 ? [] : [{ titles, runtime, suites, ...came, on }];
	});
}

const { values: only, positionals: suites } = parseArgs({
	allowPositionals: true,
	options: { runtime: { type: 'string' }, suite: { type: 'string' } },
});
const SEEN = 'test/servers/seen.json';
const isWanted = (pair: (typeof PAIRS)[number]) =>
	!only.suite || pair.some(({ server }) => server.suite === only.suite);
let isGreen = true;
for (const pair of PAIRS.filter(isWanted)) {
	const lines = runPair(pair);
	const names = pair.map(({ title, server }) => `${title} of ${server.suite}`);
	const before: Seen = JSON.parse(readFileSync(SEEN, 'utf8'));
	const others = before.absent.filter((name) => !names.includes(name));
	const absent = lines ? others : [...others, ...names];
	const seen = withLines({ ...before, absent }, lines ?? []);
	// After each, so that a run that is broken off has not been for nothing.
	writeFileSync(SEEN, `${JSON.stringify(seen, null, '\t')}\n`);
	writeFileSync('docs/servers.md', renderServers(seen));
	isGreen &&= lines?.every(({ passed, total }) => passed === total) ?? false;
}
process.exitCode = isGreen ? 0 : 1;
