// `npm run bench`: the ratios of the generator and of the adapter in one table; `-- --json` for machines, `-- --peers` beside others,
// `-- --no-adapter` without the servers, `-- --ab REF` against the build of another commit, `-- --crew [REF]` eight processes on one server. A benchmark, not a test.
import { abTable, measureAgainst } from './ab.ts';
import { measureAdapter } from './adapter.ts';
import { crewTable, measureCrew } from './crew.ts';
import { preparePeers } from './peers.ts';
import { measureProgram, type Row } from './program.ts';

const args = process.argv.slice(2);

function table(rows: Row[]): string {
	const lines = rows.map(({ name, ratio, base, ms, mib, trips, goal }) => {
		const time = ms < 10 ? ms.toFixed(3) : ms.toFixed(0);
		const met = goal === null ? '' : `${ratio <= goal ? 'met' : 'missed'}: <= ${goal}x`;
		const cells = [
			name,
			`${ratio.toFixed(2)}x ${base}`,
			`${time} ms`,
			mib === null ? '' : `${mib.toFixed(0)} MiB`,
			trips ?? '',
			met,
		];
		return `| ${cells.join(' | ')} |`;
	});
	const head = ['operation', 'ratio', 'median', 'peak memory', 'round trips', 'goal'];
	return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines].join('\n');
}

/** The usual table, beside peers when they are asked for. */
function measureAll(): void {
	const peers = args.includes('--peers') ? preparePeers() : { subjects: [], absent: [] };
	const program = measureProgram(peers.subjects);
	const absent = [...peers.absent, ...program.absent];
	const rows = [...program.rows, ...(args.includes('--no-adapter') ? [] : measureAdapter())];
	const commands = [...new Set(rows.map(({ command }) => command))];
	process.stdout.write(
		args.includes('--json')
			? `${JSON.stringify({ node: process.version, rows, absent }, null, 2)}\n`
			: `${table(rows)}\n\nThe commands, run by Node 22:\n${commands.map((command) => `  ${command}\n`).join('')}`,
	);
	for (const reason of absent) process.stderr.write(`Not measured: ${reason}\n`);
}

function measureAb(ref: string): void {
	const measured = measureAgainst(ref, { adapter: !args.includes('--no-adapter') });
	const text = args.includes('--json') ? JSON.stringify(measured, null, 2) : abTable(measured);
	process.stdout.write(`${text}\n`);
}

function measureEight(word: string | undefined): void {
	const rows = measureCrew(word?.startsWith('--') ? undefined : word);
	const text = args.includes('--json') ? JSON.stringify(rows, null, 2) : crewTable(rows);
	process.stdout.write(`${text}\n`);
}

const crew = args.indexOf('--crew');
const at = args.indexOf('--ab');
const ref = args[at + 1];
if (crew >= 0) measureEight(args[crew + 1]);
else if (at < 0) measureAll();
else if (ref) measureAb(ref);
else {
	process.stderr.write('Name a commit: npm run bench -- --ab HEAD~1\n');
	process.exitCode = 2;
}
