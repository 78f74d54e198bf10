// `npm run bench -- --crew [REF]`: eight processes on one server, admissions a second and the server's CPU for each, beside nine round trips and another commit.
import { runOnAdapters } from './ab.ts';
import { packageOf } from './checkout.ts';
import { install, packHere } from './program.ts';

interface Row {
	readonly server: string;
	readonly build: string;
	readonly inFlight: number;
	readonly aSecond: number;
	/** Microseconds. */
	readonly cpu: number;
	readonly clientCpu: number;
}

/** Measures this build, that of a commit, and an admission in nine round trips. */
export function measureCrew(ref: string | undefined): Row[] {
	const other = ref === undefined ? null : packageOf(ref);
	const homes = [
		install(packHere().tarball, 'ours'),
		...(other ? [install(other.tarball, 'theirs')] : []),
	];
	const names = ['this build', ...(other ? [other.hash.slice(0, 7)] : []), 'nine round trips'];
	const rows = runOnAdapters<Row>(['bench/crew.ts'], homes);
	return rows.map((row, index) => ({ ...row, build: names[index % names.length] ?? '' }));
}

/** The rows as a table; ratios are those of this build to the other one, in the same run. */
export function crewTable(rows: Row[]): string {
	const head = [
		'server',
		'in flight',
		'build',
		'admissions a second',
		'this build to it',
		"server's CPU for each",
		"clients' CPU for each",
	];
	const lines = rows.map(({ server, build, inFlight, aSecond, cpu, clientCpu }) => {
		const ours = rows.find((one) => one.server === server && one.inFlight === inFlight);
		const ratio = `${((ours?.aSecond ?? 0) / aSecond).toFixed(2)}x`;
		const cells = [server, `8 x ${inFlight}`, build, aSecond.toFixed(0), ratio];
		return `| ${[...cells, `${cpu.toFixed(0)} µs`, `${clientCpu.toFixed(0)} µs`].join(' | ')} |`;
	});
	return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines].join('\n');
}
