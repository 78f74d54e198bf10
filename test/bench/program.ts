// Measures the built program with Node 22, each figure as a ratio to `node -e 0` in the same run; peers beside it, when asked.
import { execFileSync, spawnSync } from 'node:child_process';
import {
	appendFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node22 } from '../node22.ts';

const BIN = fileURLToPath(new URL('../bin/flue.js', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../fixtures/projects', import.meta.url));
const PROJECT = join(FIXTURES, 'init-node/before');
export const ROUNDS = Number(process.env.ROUNDS ?? 15);
const NODE = node22();
export const ADD = ['add', 'database', 'redis', '--no-install'];
/** Prints the peak of the process's memory when it ends. */
const PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak='+process.resourceUsage().maxRSS+'\\n'))`;

export interface Subject {
	name: string;
	args: string[];
	/** The goal of the project for the ratio; none for context. */
	goal?: number;
	/** A project that is made anew for each round, with so many files beside it; `from`: a folder to copy, ours unless given;
	 * `modules`: its packages; `in`: where in it the command is run. */
	project?: { beside: number; below: boolean; from?: string; modules?: string; in?: string };
	/** The exit status that is right; 0 unless given. */
	status?: number;
	/** Each run is the first after an install: nothing is in the compile cache. */
	isFirst?: true;
}

/** Everything of this run; removed when it ends. */
export const folder = mkdtempSync(join(tmpdir(), 'flue-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Packs this build and gives the path of the package. */
export function packHere(): string {
	const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
	return join(folder, execFileSync('npm', pack, { encoding: 'utf8' }).trim());
}

/** The program as a user has it: installed by npm into an empty folder. Gives the folder of the package. */
export function install(tarball: string, name: string): string {
	const place = join(folder, name);
	mkdirSync(place);
	const add = ['install', '--no-audit', '--no-fund', '--silent', '--prefix', place];
	execFileSync('npm', [...add, tarball]);
	return join(place, 'node_modules/flue-blueprints');
}

/** A fixture, copied so that it can be changed. */
function copied(fixture: string, name: string): string {
	const place = join(folder, `source-${name}`);
	cpSync(join(FIXTURES, fixture, 'before'), place, { recursive: true });
	return place;
}

/** A workspace with so many packages beside the project, which is `packages/agents`. */
function workspaceOf(members: number): string {
	const place = join(folder, 'source-workspace');
	cpSync(PROJECT, join(place, 'packages/agents'), { recursive: true });
	const root = { name: 'root', private: true, workspaces: ['packages/*'] };
	writeFileSync(join(place, 'package.json'), JSON.stringify(root));
	writeFileSync(join(place, 'package-lock.json'), '{ "lockfileVersion": 3, "packages": {} }\n');
	for (let index = 0; index < members; index++) {
		const member = join(place, `packages/member-${index}`);
		mkdirSync(member);
		const manifest = { name: `member-${index}`, version: '1.0.0', private: true };
		writeFileSync(join(member, 'package.json'), JSON.stringify(manifest));
	}
	return place;
}

/** A project whose config module goes on for so many lines. */
function longModule(lines: number): string {
	const place = copied('config-zod', 'long-module');
	const more = Array.from(
		{ length: lines },
		(_, at) => `export const limit${at} = { at: ${at} };\n`,
	);
	appendFileSync(join(place, 'src/env.ts'), `\n${more.join('')}`);
	return place;
}

/** A project whose flue.config names its target elsewhere. */
function constantTarget(): string {
	const place = copied('init-node', 'constant');
	const text = "const target = 'node';\n\nexport default { target };\n";
	writeFileSync(join(place, 'flue.config.ts'), text);
	return place;
}

function projectSubjects(): Subject[] {
	const at = (from: string, more = {}) => ({ beside: 0, below: false, from, ...more });
	const fixture = (name: string) => join(FIXTURES, name, 'before');
	const zod = { args: [BIN, ...ADD], project: at(fixture('config-zod')) };
	return [
		{ name: '  … with a zod config module', ...zod, goal: 5 },
		{ name: '  … with a zod config module, the first run', ...zod, goal: 7, isFirst: true },
		{
			name: '  … where flue.config names a constant',
			args: [BIN, ...ADD],
			project: at(constantTarget()),
		},
		{
			name: '  … with a config module of 2,000 lines',
			args: [BIN, ...ADD],
			project: at(longModule(2000)),
		},
		{
			name: '  … in a workspace of 300 members',
			args: [BIN, ...ADD],
			project: at(workspaceOf(300), { in: 'packages/agents' }),
		},
		{
			name: 'flue verify database redis',
			args: [BIN, 'verify', 'database', 'redis'],
			project: at(PROJECT),
			goal: 4,
			// Nothing is installed there.
			status: 1,
		},
	];
}

function ownSubjects(): Subject[] {
	const installed = join(install(packHere(), 'installed'), 'bin/flue.js');
	return [
		{ name: 'node -e 0', args: ['-e', '0'] },
		{ name: 'flue --help', args: [BIN, '--help'], goal: 1.15 },
		{ name: 'flue --version', args: [BIN, '--version'], goal: 1.15 },
		{
			name: 'flue add --nothing (usage error)',
			args: [BIN, 'add', '--nothing'],
			goal: 1.15,
			status: 2,
		},
		{ name: 'flue add (list)', args: [BIN, 'add'], goal: 1.4 },
		{
			name: 'flue add database redis --no-install',
			args: [BIN, ...ADD],
			goal: 4,
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
		...projectSubjects(),
		{ name: 'installed: flue --version, later runs', args: [installed, '--version'], goal: 1.15 },
		{ name: '  … the first run', args: [installed, '--version'], goal: 1.15, isFirst: true },
		{
			name: 'installed: flue add … --no-install, later runs',
			args: [installed, ...ADD],
			goal: 4,
			project: { beside: 0, below: false },
		},
		{
			name: '  … the very first run',
			args: [installed, ...ADD],
			goal: 6.2,
			project: { beside: 0, below: false },
			isFirst: true,
		},
	];
}

/** The folder in which a subject runs. */
function placeOf(subject: Subject): string {
	return join(folder, subject.name.replace(/[^\w.-]+/g, '_'));
}

export function fill(subject: Subject): void {
	const { beside, below } = subject.project ?? { beside: 0, below: false };
	const place = below ? join(placeOf(subject), 'assets') : placeOf(subject);
	mkdirSync(place, { recursive: true });
	const linked = join(placeOf(subject), 'node_modules');
	if (subject.project?.modules && !existsSync(linked)) symlinkSync(subject.project.modules, linked);
	for (let index = 0; index < beside; index++) writeFileSync(join(place, `asset-${index}.txt`), '');
}

function reset(subject: Subject): void {
	if (!subject.project) return;
	const from = subject.project.from ?? PROJECT;
	cpSync(from, placeOf(subject), { recursive: true, force: true });
}

/** One run: wall time in milliseconds, from before the process starts until it has ended. */
export function run(subject: Subject, more: string[] = []): { ms: number; stderr: string } {
	reset(subject);
	const cache = join(folder, 'cache');
	if (subject.isFirst) rmSync(`${cache}-first`, { recursive: true, force: true });
	const env = {
		// All of it: a peer may ask a registry, and a machine may say there how to reach it.
		...process.env,
		CI: 'true',
		NODE_COMPILE_CACHE: subject.isFirst ? `${cache}-first` : cache,
	};
	const started = performance.now();
	const ran = spawnSync(NODE, [...more, ...subject.args], {
		cwd: join(placeOf(subject), subject.project?.in ?? '.'),
		env,
		encoding: 'utf8',
	});
	const ms = performance.now() - started;
	if (ran.status !== (subject.status ?? 0))
		throw new Error(`${subject.name} failed: ${ran.stdout}${ran.stderr}`);
	return { ms, stderr: ran.stderr };
}

/** The value that this share of all values is below. */
export function quantile(values: number[], share: number): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

export function median(values: number[]): number {
	return quantile(values, 0.5);
}

function peakMiB(subject: Subject): number {
	const peaks = Array.from(
		{ length: 3 },
		() => Number(/peak=(\d+)/.exec(run(subject, ['--import', PEAK]).stderr)?.[1]) / 1024,
	);
	return median(peaks);
}

/** One line of the table. `ratio` is to `base` in the same run. */
export interface Row {
	name: string;
	command: string;
	base: string;
	ratio: number;
	ms: number;
	mib: number | null;
	/** Round trips at the runner. */
	trips: number | null;
	/** The highest ratio that is wanted. */
	goal: number | null;
}

/** Runs a subject once; null when it works, else why it does not. */
function troubleOf(subject: Subject): string | null {
	fill(subject);
	try {
		run(subject);
		return null;
	} catch (error) {
		return String(error).split('\n').slice(0, 3).join(' ');
	}
}

/** Measures our own program, and of `others` those that run, in the same rounds. */
export function measureProgram(others: Subject[]): { rows: Row[]; absent: string[] } {
	const troubles = others.map(troubleOf);
	const subjects = [...ownSubjects(), ...others.filter((_, index) => troubles[index] === null)];
	for (const subject of subjects) fill(subject);
	for (const subject of subjects) for (let warmUp = 0; warmUp < 2; warmUp++) run(subject);
	const rounds = Array.from({ length: ROUNDS }, () => subjects.map((subject) => run(subject).ms));
	const rows = subjects.map((subject, index) => ({
		name: subject.name,
		command: ['node', ...subject.args].join(' '),
		base: 'node -e 0',
		ratio: median(rounds.map((round) => (round[index] ?? 0) / (round[0] ?? 1))),
		ms: median(rounds.map((round) => round[index] ?? 0)),
		mib: peakMiB(subject),
		trips: null,
		goal: subject.goal ?? null,
	}));
	return { rows, absent: troubles.filter((trouble) => trouble !== null) };
}
