// Measures the built program with Node 22, each figure as a ratio to `node -e 0` in the same run; peers beside it, when asked.
import { execFileSync, spawnSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node22 } from '../node22.ts';

const PROJECT = fileURLToPath(new URL('../fixtures/projects/init-node/before', import.meta.url));
const ROUNDS = Number(process.env.ROUNDS ?? 15);
const NODE = node22();
/** What the name of a first run ends with. */
export const FIRST = ', the first run';
/** Prints the peak of the process's memory when it ends. */
const PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak='+process.resourceUsage().maxRSS+'\\n'))`;

export interface Subject {
	name: string;
	args: string[];
	/** The goals of the project for the ratio, for the ratio to a plain add, and for the memory; none for context. */
	goal?: number;
	goalToPlain?: number;
	goalMiB?: number;
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

export interface Packed {
	tarball: string;
	/** In bytes. The adapters of older lines of Flue are not counted: each is packed already, and as large as it is. */
	packed: number;
	unpacked: number;
}

/** Packs this build. */
export function packHere(): Packed {
	const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
	const [made] = JSON.parse(execFileSync('npm', pack, { encoding: 'utf8' }));
	const files: { path: string; size: number }[] = made.files;
	const older = files
		.filter(({ path }) => path.startsWith('dist/adapter/lines/'))
		.reduce((sum, { size }) => sum + size, 0);
	const packed = made.size - older;
	return { tarball: join(folder, made.filename), packed, unpacked: made.unpackedSize };
}

/** The program as a user has it: installed by npm into an empty folder. Gives the folder of the package. */
export function install(tarball: string, name: string): string {
	const place = join(folder, name);
	mkdirSync(place);
	const add = ['install', '--no-audit', '--no-fund', '--silent', '--prefix', place];
	execFileSync('npm', [...add, tarball]);
	return join(place, 'node_modules/flue-blueprints');
}

/** The folder in which a subject runs. */
function placeOf(subject: Subject): string {
	return join(folder, subject.name.replace(/[^\w.-]+/g, '_'));
}

function fill(subject: Subject): void {
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
function run(subject: Subject, more: string[] = []): { ms: number; stderr: string } {
	reset(subject);
	const cache = join(folder, 'cache');
	if (subject.isFirst) rmSync(`${cache}-first`, { recursive: true, force: true });
	const env = {
		// All of it: a peer may ask a registry, and a machine may say there how to reach it.
		...process.env,
		CI: 'true',
		// Who types a command has the Node that runs it on PATH.
		PATH: `${dirname(NODE)}${delimiter}${process.env.PATH}`,
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
function quantile(values: number[], share: number): number {
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

/** The same by the build of another commit, in the same rounds. */
export interface Other {
	/** What this build takes of what that one takes, and between which values half of the rounds lie. */
	ratio: number;
	spread: [number, number];
	ms: number;
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
	/** What is wanted, and whether it is so. */
	goals: { text: string; isMet: boolean }[];
	other: Other | null;
}

/** The highest ratio that is wanted. */
export function atMost(ratio: number, goal: number | null | undefined): Row['goals'] {
	return goal ? [{ text: `<= ${goal}x`, isMet: ratio <= goal }] : [];
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

/** The same subject, done by another build. */
function twinOf(subject: Subject, ours: string, theirs: string): Subject {
	const args = subject.args.map((one) => (one === ours ? theirs : one));
	return { ...subject, name: `other ${subject.name}`, args };
}

interface Times {
	subject: Subject;
	ms: number[];
	mib: number;
	twin: number[] | null;
}

/** One run of a subject, and of its twin before or after it. */
function runBoth(subject: Subject, twin: Subject | undefined, isTwinFirst: boolean) {
	const before = twin && isTwinFirst ? run(twin).ms : null;
	const own = run(subject).ms;
	return { own, theirs: before ?? (twin ? run(twin).ms : null) };
}

/** Each round runs every subject in turn; a twin next to the other, each first in every other round. */
function timesOf(subjects: Subject[], twins: Map<Subject, Subject>): Times[] {
	const round = (isTwinFirst: boolean) =>
		subjects.map((subject) => runBoth(subject, twins.get(subject), isTwinFirst));
	for (let warmUp = 0; warmUp < 2; warmUp++) round(true);
	const rounds = Array.from({ length: ROUNDS }, (_, index) => round(index % 2 === 0));
	return subjects.map((subject, at) => ({
		subject,
		ms: rounds.map((one) => one[at]?.own ?? Number.NaN),
		mib: peakMiB(subject),
		twin: twins.has(subject) ? rounds.map((one) => one[at]?.theirs ?? Number.NaN) : null,
	}));
}

function ratiosOf(left: number[], right: number[]): number[] {
	return left.map((one, round) => one / (right[round] ?? Number.NaN));
}

function otherOf(ms: number[], twin: number[] | null): Other | null {
	if (!twin) return null;
	const ratios = ratiosOf(ms, twin);
	const spread: [number, number] = [quantile(ratios, 0.25), quantile(ratios, 0.75)];
	return { ratio: median(ratios), spread, ms: median(twin) };
}

function goalsOf({ subject, ms, mib }: Times, ratio: number, plain: Times[]): Row['goals'] {
	const { goal, goalToPlain, goalMiB, isFirst } = subject;
	// A first run is compared with a first run.
	const twin = plain.find((one) => one.subject.isFirst === isFirst);
	const toPlain = median(ratiosOf(ms, twin?.ms ?? []));
	const text = `${toPlain.toFixed(2)}x the plain add${isFirst ? "'s first run" : ''}, <= ${goalToPlain}x`;
	return [
		...atMost(ratio, goal),
		...(goalToPlain ? [{ text, isMet: toPlain <= goalToPlain }] : []),
		...(goalMiB ? [{ text: `<= ${goalMiB} MiB`, isMet: mib <= goalMiB }] : []),
	];
}

function rowsOf(times: Times[], plainName: string): Row[] {
	const base = times[0]?.ms ?? [];
	const plain = times.filter(({ subject }) => subject.name.replace(FIRST, '') === plainName);
	return times.map((one) => {
		const { subject, ms, mib, twin } = one;
		const ratio = median(ratiosOf(ms, base));
		return {
			name: subject.name,
			command: ['node', ...subject.args].join(' '),
			base: 'node -e 0',
			ratio,
			ms: median(ms),
			mib,
			trips: null,
			goals: goalsOf(one, ratio, plain),
			other: otherOf(ms, twin),
		};
	});
}

/** The builds: this one, and perhaps another; each a folder in which the package is installed. */
export interface Builds {
	ours: string;
	theirs: string | null;
}

/** Measures our own program, beside it that of another commit, and of `others` those that run, in the same rounds. */
export function measureProgram(
	{ ours, theirs }: Builds,
	{ own, plain, others }: { own: (bin: string) => Subject[]; plain: string; others: Subject[] },
): { rows: Row[]; absent: string[] } {
	const [bin, otherBin] = [ours, theirs].map((home) => home && join(home, 'bin/flue.js'));
	const subjects = own(bin ?? '');
	const twins = otherBin ? subjects.map((one) => twinOf(one, bin ?? '', otherBin)) : [];
	const asked = [...others, ...twins];
	const troubles = asked.map(troubleOf);
	const runs = (one: Subject) => troubles[asked.indexOf(one)] === null;
	const all = [{ name: 'node -e 0', args: ['-e', '0'] }, ...subjects, ...others.filter(runs)];
	for (const subject of all) fill(subject);
	const pairs = subjects.flatMap((one, at): [Subject, Subject][] => {
		const twin = twins[at];
		return twin && runs(twin) ? [[one, twin]] : [];
	});
	const rows = rowsOf(timesOf(all, new Map(pairs)), plain);
	return { rows, absent: troubles.filter((trouble) => trouble !== null) };
}
