// `npm run bench`: the ratios of the generator and of the adapter in one table, which `docs/speed.md` shows as it is printed.
// `-- --peers` beside others, `-- --ab REF` beside the build of another commit, `-- --no-adapter` without the servers,
// `-- --no-install` without the registry, `-- --json` for machines, `-- --write` puts it into that page; `-- --crew [REF]` eight
// processes on one server. A benchmark, not a test.
import { readFileSync, writeFileSync } from 'node:fs';
import { requireServers } from '../../adapter/test/install-servers.ts';
import { compareAdapters } from './ab.ts';
import { measureAdapter } from './adapter.ts';
import { packageOf } from './checkout.ts';
import { crewTable, measureCrew } from './crew.ts';
import { measureInstall } from './install.ts';
import { preparePeers } from './peers.ts';
import { type Builds, folder, install, measureProgram, packHere, type Row } from './program.ts';
import { PLAIN, subjectsOf } from './subjects.ts';
import { report } from './table.ts';

const args = process.argv.slice(2);
const at = args.indexOf('--ab');
const ref = at < 0 ? null : (args[at + 1] ?? '');

/** The rows of the adapter; with those of the other build beside those that both have. */
function adapterRows(builds: Builds): Row[] {
	const { ours, theirs } = builds;
	const compared = theirs === null ? new Map() : compareAdapters({ ours, theirs });
	const rows = measureAdapter().map((row) => {
		const other = compared.get(row.name)?.other ?? null;
		compared.delete(row.name);
		return { ...row, other };
	});
	const rest = [...compared.values()].map((one): Row => {
		return { ...one, command: '', base: '', ratio: Number.NaN, mib: null, goals: [] };
	});
	return [...rows, ...rest];
}

const PAGE = 'docs/speed.md';
const MARKS = ['<!-- bench -->\n', '<!-- /bench -->'] as const;

/** Puts the report between the marks of the page. */
function writePage(text: string): void {
	const page = readFileSync(PAGE, 'utf8');
	const [begin, end] = MARKS.map((mark) => page.indexOf(mark));
	if (begin === undefined || end === undefined || begin < 0 || end < begin)
		throw new Error(`${PAGE} has no place for the figures.`);
	const head = page.slice(0, begin + MARKS[0].length);
	writeFileSync(PAGE, `${head}\n${text}\n${page.slice(end)}`);
}

function measure(): void {
	if (!args.includes('--no-adapter')) requireServers(['redis', 'valkey']);
	const commit = ref === null ? null : packageOf(ref);
	const packed = packHere();
	const builds = {
		ours: install(packed.tarball, 'ours'),
		theirs: commit && install(commit.tarball, 'theirs'),
	};
	const peers = args.includes('--peers') ? preparePeers() : { subjects: [], absent: [] };
	const wanted = { own: subjectsOf, plain: PLAIN, others: peers.subjects };
	const program = measureProgram(builds, wanted);
	const rows = [
		...program.rows,
		...(args.includes('--no-install') ? [] : [measureInstall(builds.ours)]),
		...(args.includes('--no-adapter') ? [] : adapterRows(builds)),
	];
	const names = peers.subjects.map(({ name }) => name);
	const absent = [...peers.absent, ...program.absent];
	const found = { rows, absent, packed, peers: names, plain: PLAIN, hash: commit?.hash ?? null };
	// Where the packages lie for this run tells nobody anything.
	for (const row of rows) {
		row.command = row.command.replaceAll(`${folder}/`, '').replaceAll(`${process.cwd()}/`, '');
	}
	const text = report(found);
	const json = () => `${JSON.stringify({ node: process.version, ...found }, null, 2)}\n`;
	process.stdout.write(args.includes('--json') ? json() : text);
	if (args.includes('--write')) writePage(text);
}

/** Eight processes on one server, beside the build of a commit where one is named. */
function measureEight(word: string | undefined): void {
	requireServers(['redis', 'valkey']);
	const rows = measureCrew(word?.startsWith('--') ? undefined : word);
	const text = args.includes('--json') ? JSON.stringify(rows, null, 2) : crewTable(rows);
	process.stdout.write(`${text}\n`);
}

const crew = args.indexOf('--crew');
if (crew >= 0) measureEight(args[crew + 1]);
else if (ref === '') {
	process.stderr.write('Name a commit: npm run bench -- --ab HEAD~1\n');
	process.exitCode = 2;
} else measure();
