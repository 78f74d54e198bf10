// Measures the built program with Node 22, each figure as a ratio to `node -e 0` in the same run. A benchmark, not a test.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node22 } from './node22.ts';

const BIN = fileURLToPath(new URL('../bin/flue.js', import.meta.url));
const PROJECT = fileURLToPath(new URL('../fixtures/projects/init-node/before', import.meta.url));
const ROUNDS = Number(process.env.ROUNDS ?? 15);
const NODE = node22();
const ADD = ['add', 'database', 'redis', '--no-install'];
/** Prints the peak of the process's memory when it ends. */
const PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak='+process.resourceUsage().maxRSS+'\\n'))`;

interface Subject {
	name: string;
	args: string[];
	/** The goal of the project for the ratio; none for context. */
	goal?: number;
	/** A project that is made anew for each round, with so many files beside it. */
	project?: { beside: number; below: boolean };
	/** Each run is the first after an install: nothing is in the compile cache. */
	isFirst?: true;
}

const folder = mkdtempSync(join(tmpdir(), 'flue-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** The program as a user has it: packed, and installed by npm into an empty folder. */
function install(): string {
	const place = join(folder, 'installed');
	mkdirSync(place);
	const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', place];
	const tarball = execFileSync('npm', pack, { encoding: 'utf8' }).trim();
	const add = ['install', '--no-audit', '--no-fund', '--silent', '--prefix', place];
	execFileSync('npm', [...add, join(place, tarball)]);
	return join(place, 'node_modules/flue-blueprints/bin/flue.js');
}

const INSTALLED = install();

const SUBJECTS: Subject[] = [
	{ name: 'node -e 0', args: ['-e', '0'] },
	{ name: 'flue --help', args: [BIN, '--help'], goal: 1.9 },
	{ name: 'flue --version', args: [BIN, '--version'], goal: 1.9 },
	{ name: 'flue add (list)', args: [BIN, 'add'], goal: 1.9 },
	{
		name: 'flue add database redis --no-install',
		args: [BIN, ...ADD],
		goal: 7,
		project: { beside: 0, below: false },
	},
	{
		name: '  … 50,000 files in a folder beside',
		args: [BIN, ...ADD],
		project: { beside: 50_000, below: true },
	},
	{
		name: '  … 50,000 files in the project folder',
		args: [BIN, ...ADD],
		project: { beside: 50_000, below: false },
	},
	{ name: 'installed: flue --version, later runs', args: [INSTALLED, '--version'] },
	{ name: '  … the first run', args: [INSTALLED, '--version'], isFirst: true },
	{
		name: 'installed: flue add … --no-install, later runs',
		args: [INSTALLED, ...ADD],
		project: { beside: 0, below: false },
	},
	{
		name: '  … the first run',
		args: [INSTALLED, ...ADD],
		project: { beside: 0, below: false },
		isFirst: true,
	},
];

function placeOf(subject: Subject): string {
	return join(folder, String(SUBJECTS.indexOf(subject)));
}

function fill(subject: Subject): void {
	const { beside, below } = subject.project ?? { beside: 0, below: false };
	const place = below ? join(placeOf(subject), 'assets') : placeOf(subject);
	mkdirSync(place, { recursive: true });
	for (let index = 0; index < beside; index++) writeFileSync(join(place, `asset-${index}.txt`), '');
}

function reset(subject: Subject): void {
	if (subject.project) cpSync(PROJECT, placeOf(subject), { recursive: true, force: true });
}

/** One run: wall time in milliseconds, from before the process starts until it has ended. */
function run(subject: Subject, more: string[] = []): { ms: number; stderr: string } {
	reset(subject);
	const cache = join(folder, 'cache');
	if (subject.isFirst) rmSync(`${cache}-first`, { recursive: true, force: true });
	const env = {
		PATH: process.env.PATH,
		HOME: process.env.HOME,
		CI: 'true',
		NODE_COMPILE_CACHE: subject.isFirst ? `${cache}-first` : cache,
	};
	const started = performance.now();
	const ran = spawnSync(NODE, [...more, ...subject.args], {
		cwd: placeOf(subject),
		env,
		encoding: 'utf8',
	});
	const ms = performance.now() - started;
	if (ran.status !== 0) throw new Error(`${subject.name} failed: ${ran.stdout}${ran.stderr}`);
	return { ms, stderr: ran.stderr };
}

function median(values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function peakMiB(subject: Subject): number {
	const peaks = Array.from(
		{ length: 3 },
		() => Number(/peak=(\d+)/.exec(run(subject, ['--import', PEAK]).stderr)?.[1]) / 1024,
	);
	return median(peaks);
}

function measure(): { name: string; ratio: number; ms: number; mib: number; goal?: number }[] {
	for (const subject of SUBJECTS) fill(subject);
	for (const subject of SUBJECTS) for (let warmUp = 0; warmUp < 2; warmUp++) run(subject);
	const rounds = Array.from({ length: ROUNDS }, () => SUBJECTS.map((subject) => run(subject).ms));
	return SUBJECTS.map((subject, index) => ({
		name: subject.name,
		ratio: median(rounds.map((round) => (round[index] ?? 0) / (round[0] ?? 1))),
		ms: median(rounds.map((round) => round[index] ?? 0)),
		mib: peakMiB(subject),
		...(subject.goal === undefined ? {} : { goal: subject.goal }),
	}));
}

function table(rows: ReturnType<typeof measure>): string {
	const lines = rows.map(
		({ name, ratio, ms, mib, goal }) =>
			`| ${name} | ${ratio.toFixed(2)}x | ${ms.toFixed(0)} ms | ${mib.toFixed(0)} MiB | ${goal ? `<= ${goal}x` : ''} |`,
	);
	return [
		'| command | ratio | median | peak memory | goal |',
		'|---|---|---|---|---|',
		...lines,
	].join('\n');
}

const rows = measure();
process.stdout.write(
	process.argv.includes('--json')
		? `${JSON.stringify({ rounds: ROUNDS, rows }, null, 2)}\n`
		: `${table(rows)}\n`,
);
