// `npm run servers`: the suites of every line of the adapter against servers of older and newer suites of Debian, which are unpacked beside the
// installed ones; docs/servers.md says what came out. Not run by CI. Words after `--` choose test files, as vitest does.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { type Packaged, unpackedVersion, unpackServer } from '../../adapter/test/debian.ts';
import { type ServerKind, versionOf } from '../../adapter/test/servers.ts';
import { node22 } from '../node22.ts';
import { type Line, type Pair, renderServers } from './page.ts';

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
	const copies = [...text.matchAll(/withRuntime\('([^']+)'/g)].map(([, name = '']) => name);
	return [...text.matchAll(/name: 'runtime ([^']+)'/g)].map(([, name = '']) => name).concat(copies);
}

/** Runs the suites of one runtime with some folders first on PATH. */
function runSuites(runtime: string, bins: string[], files: string[]): Line {
	const folder = mkdtempSync(join(tmpdir(), 'flue-servers-'));
	const report = join(folder, 'report.json');
	const program = join(ADAPTER, 'node_modules/vitest/vitest.mjs');
	const args = ['run', ...files, '--project', `runtime ${runtime}`, '--passWithNoTests'];
	const reporting = ['--reporter=json', `--outputFile=${report}`, '--maxWorkers=2'];
	const PATH = [...bins, dirname(node22()), process.env.PATH].join(delimiter);
	spawnSync(node22(), [program, ...args, ...reporting], {
		cwd: ADAPTER,
		env: { ...process.env, PATH },
		stdio: ['ignore', 'ignore', 'ignore'],
	});
	const { testResults, numPassedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8'));
	rmSync(folder, { recursive: true });
	const failed = testResults.flatMap((file: { assertionResults: Record<string, string>[] }) =>
		file.assertionResults.filter(({ status }) => status === 'failed'),
	);
	for (const { fullName } of failed) say(`failed: ${fullName}`);
	return { runtime, files: testResults.length, passed: numPassedTests, total: numTotalTests };
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

function runPair(pair: (typeof PAIRS)[number], files: string[]): Pair | null {
	const unpacked = unpackPair(pair);
	if (!unpacked) return null;
	say(unpacked.titles.join(' and '));
	const lines = runtimes().map((runtime) => {
		const line = runSuites(runtime, unpacked.bins, files);
		say(`  @flue/runtime ${runtime}: ${line.passed} of ${line.total} in ${line.files} files`);
		return line;
	});
	return { titles: unpacked.titles, lines: lines.filter(({ files: count }) => count > 0) };
}

const files = process.argv.slice(2);
const pairs: Pair[] = [];
const absent: string[] = [];
for (const pair of PAIRS) {
	const ran = runPair(pair, files);
	if (ran) pairs.push(ran);
	else absent.push(...pair.map(({ title, server }) => `${title} of ${server.suite}`));
	// After each, so that a run that is broken off has not been for nothing.
	writeFileSync('docs/servers.md', renderServers({ pairs, files, absent }));
}
const isGreen = pairs.every(({ lines }) => lines.every(({ passed, total }) => passed === total));
process.exitCode = isGreen && absent.length === 0 ? 0 : 1;
