// The adapter's own benchmark as rows of the table: round trips, and ratios to a bare EVALSHA of the same bytes.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { node22 } from '../node22.ts';
import { atMost, type Row } from './program.ts';

const ADAPTER = fileURLToPath(new URL('../adapter', import.meta.url));

interface Measured {
	server: string;
	client: string;
	operation: string;
	trips: number | null;
	ratio: number;
	goal: number | null;
	ms: number;
}

/** Runs `npm run bench` of adapter/, whose packages the build has installed. */
export function measureAdapter(): Row[] {
	const args = ['--experimental-strip-types', '--no-warnings', 'bench/run.ts', '--json'];
	const ran = spawnSync(node22(), args, { cwd: ADAPTER, encoding: 'utf8', maxBuffer: 2 ** 26 });
	if (ran.status !== 0) throw new Error(`The adapter's benchmark failed:\n${ran.stderr}`);
	const rows = JSON.parse(ran.stdout) as Measured[];
	return rows.map(({ server, client, operation, trips, ratio, goal, ms }) => ({
		name: `${operation} (${server}, ${client})`,
		command: `(cd adapter && node ${args.join(' ')})`,
		base: operation.startsWith('cold load') ? 'without one' : 'EVALSHA',
		ratio,
		ms,
		mib: null,
		trips,
		goals: atMost(ratio, goal),
		other: null,
	}));
}
