// `npm run bench -- --ab REF`: this build against that of another commit, in turns: what the program does, and what its adapter does.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isIn } from '../../src/text/versions.ts';
import { node22 } from '../node22.ts';
import { packageOf } from './checkout.ts';
import {
	ADD,
	fill,
	folder,
	install,
	median,
	packHere,
	quantile,
	ROUNDS,
	run,
	type Subject,
} from './program.ts';

const ADAPTER = fileURLToPath(new URL('../adapter', import.meta.url));

/** One line of the table: this build to the other one, in the same rounds. Less than 1 is faster. */
interface Row {
	name: string;
	ratio: number;
	/** The ratios that a quarter of the rounds were below, and above. */
	spread: [number, number];
	/** Medians in milliseconds. */
	ms: { theirs: number; ours: number };
	/** Round trips at the runner. */
	trips: { theirs: number; ours: number } | null;
}

/** What is asked of a program; `bin` is the only file of it that is known. */
const JOBS: { name: string; args: string[]; inProject?: true; isFirst?: true }[] = [
	{ name: 'flue --help', args: ['--help'] },
	{ name: '  … the first run', args: ['--help'], isFirst: true },
	{ name: 'flue add (list)', args: ['add'] },
	{ name: 'flue add database redis --no-install', args: ADD, inProject: true },
	{ name: '  … the first run', args: ADD, inProject: true, isFirst: true },
];

function subjectOf(job: (typeof JOBS)[number], index: number, home: string): Subject {
	return {
		name: `${home} ${index}`,
		args: [join(home, 'bin/flue.js'), ...job.args],
		...(job.inProject ? { project: { beside: 0, below: false } } : {}),
		...(job.isFirst ? { isFirst: true } : {}),
	};
}

/** Both do a job in the same round, each first in every other one. */
function measureJob([theirs, ours]: [Subject, Subject], name: string): Row {
	for (const subject of [theirs, ours]) fill(subject);
	for (let warmUp = 0; warmUp < 2; warmUp++) for (const subject of [theirs, ours]) run(subject);
	const rounds = Array.from({ length: ROUNDS }, (_, round) => {
		if (round % 2 === 0) return { theirs: run(theirs).ms, ours: run(ours).ms };
		const second = run(ours).ms;
		return { theirs: run(theirs).ms, ours: second };
	});
	const ratios = rounds.map((round) => round.ours / round.theirs);
	return {
		name,
		ratio: median(ratios),
		spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
		ms: {
			theirs: median(rounds.map((one) => one.theirs)),
			ours: median(rounds.map((one) => one.ours)),
		},
		trips: null,
	};
}

/** The adapter that a package brings along for the runtime that the benchmark has, unpacked beside that runtime. */
function unpackAdapter(home: string, name: string): string {
	const place = join(folder, 'adapters', name);
	const { version } = JSON.parse(
		readFileSync(join(ADAPTER, 'node_modules/@flue/runtime/package.json'), 'utf8'),
	);
	const all = readdirSync(join(home, 'dist/adapter'), { recursive: true, encoding: 'utf8' });
	for (const [index, file] of all.filter((one) => one.endsWith('.tgz')).entries()) {
		const target = join(place, String(index));
		mkdirSync(target, { recursive: true });
		execFileSync('tar', ['-xzf', join(home, 'dist/adapter', file), '-C', target]);
		const { peerDependencies } = JSON.parse(
			readFileSync(join(target, 'package/package.json'), 'utf8'),
		);
		if (isIn(version, peerDependencies['@flue/runtime'])) return join(target, 'package');
	}
	throw new Error(`The package in ${home} has no adapter for @flue/runtime ${version}.`);
}

interface Measured {
	server: string;
	client: string;
	operation: string;
	ratio: number;
	spread: [number, number];
	time: number;
	baseTime: number;
	trips: [number, number] | null;
}

/** Runs a benchmark of adapter/ on the adapters of unpacked packages, and gives what it prints as JSON. */
export function runOnAdapters<Row>(words: string[], homes: readonly string[]): Row[] {
	const folders = homes.map((home, index) => unpackAdapter(home, String(index)));
	symlinkSync(join(ADAPTER, 'node_modules'), join(folder, 'adapters/node_modules'));
	const args = ['--experimental-strip-types', '--no-warnings', ...words, ...folders];
	const stdout = execFileSync(node22(), args, {
		cwd: ADAPTER,
		encoding: 'utf8',
		maxBuffer: 2 ** 26,
	});
	return JSON.parse(stdout);
}

function measureAdapters(homes: [string, string]): Row[] {
	const rows = runOnAdapters<Measured>(['bench/run.ts', '--ab'], homes);
	return rows.map(({ server, client, operation, ratio, spread, time, baseTime, trips }) => ({
		name: `${operation} (${server}, ${client})`,
		ratio,
		spread,
		ms: { theirs: baseTime, ours: time },
		trips: trips && { theirs: trips[0], ours: trips[1] },
	}));
}

/** Measures this build against that of a commit. `hash`: which one that is. */
export function measureAgainst(
	ref: string,
	{ adapter }: { adapter: boolean },
): { hash: string; rows: Row[] } {
	const { hash, tarball } = packageOf(ref);
	const theirs = install(tarball, 'theirs');
	const ours = install(packHere(), 'ours');
	const rows = JOBS.map((job, index) =>
		measureJob([subjectOf(job, index, theirs), subjectOf(job, index, ours)], job.name),
	);
	return { hash, rows: [...rows, ...(adapter ? measureAdapters([theirs, ours]) : [])] };
}

function time(ms: number): string {
	return `${ms < 10 ? ms.toFixed(3) : ms.toFixed(0)} ms`;
}

/** The rows as a table. */
export function abTable({ hash, rows }: ReturnType<typeof measureAgainst>): string {
	const head = ['operation', 'this build', hash.slice(0, 7), 'ratio', 'middle half', 'round trips'];
	const lines = rows.map(({ name, ms, ratio, spread, trips }) => {
		const middle = spread.map((one) => one.toFixed(2)).join(' to ');
		const counted = trips ? `${trips.ours} / ${trips.theirs}` : '';
		return `| ${[name, time(ms.ours), time(ms.theirs), `${ratio.toFixed(2)}x`, middle, counted].join(' | ')} |`;
	});
	return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines].join('\n');
}
