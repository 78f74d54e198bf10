// The adapter of this build against that of another commit, both on the same servers in the same rounds.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isIn } from '../../src/text/versions.ts';
import { node22 } from '../node22.ts';
import { type Builds, folder, type Other, type Row } from './program.ts';

const ADAPTER = fileURLToPath(new URL('../adapter', import.meta.url));

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

export interface Compared extends Pick<Row, 'name' | 'ms' | 'trips'> {
	other: Other;
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
export function runOnAdapters<Measurement>(
	words: readonly string[],
	homes: readonly string[],
): Measurement[] {
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

/** Each operation of the adapter by this build to that of the other, by the name of its row. */
export function compareAdapters({
	ours,
	theirs,
}: Required<Builds> & { theirs: string }): Map<string, Compared> {
	const rows = runOnAdapters<Measured>(['bench/run.ts', '--ab'], [theirs, ours]);
	return new Map(
		rows.map((one): [string, Compared] => {
			const { server, client, operation, ratio, spread, time, baseTime, trips } = one;
			const name = `${operation} (${server}, ${client})`;
			const other = { ratio, spread, ms: baseTime };
			return [name, { name, ms: time, trips: trips?.[0] ?? null, other }];
		}),
	);
}
