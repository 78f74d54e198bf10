// What was measured, as the table of docs/speed.md: goals beside the figures, and below it what was run.
import type { Packed, Row } from './program.ts';

export interface Found {
	rows: Row[];
	/** What could not be measured, and why. */
	absent: string[];
	packed: Packed;
	/** The names of the peers' rows, and of the row that is to be faster than these. */
	peers: string[];
	plain: string;
	/** The other commit. */
	hash: string | null;
}

const LARGEST = { packed: 650, unpacked: 2500 };

function time(ms: number): string {
	return `${ms < 10 ? ms.toFixed(3) : ms.toFixed(0)} ms`;
}

function times(ratio: number): string {
	return `${ratio.toFixed(2)}x`;
}

function verdict(text: string, isMet: boolean): string {
	return `${text}: ${isMet ? 'met' : 'missed'}`;
}

function cellsOf({ name, base, ratio, ms, mib, trips, goals, other }: Row, hash: string | null) {
	const [low, high] = other?.spread ?? [];
	const spread = low && high ? ` (${low.toFixed(2)} to ${high.toFixed(2)})` : '';
	return [
		name,
		Number.isNaN(ratio) ? '' : `${times(ratio)} ${base}`,
		time(ms),
		...(hash === null ? [] : [other ? `${times(other.ratio)}${spread}` : '']),
		mib === null ? '' : `${mib.toFixed(0)} MiB`,
		trips ?? '',
		goals.map(({ text, isMet }) => verdict(text, isMet)).join('; '),
	];
}

function sizes({ packed, unpacked }: Packed): string[] {
	const goalOf = (bytes: number, goal: number) =>
		`${(bytes / 1000).toFixed(0)} kB (${verdict(`<= ${goal} kB`, bytes / 1000 <= goal)})`;
	return [
		`- The package packed, without the adapters of older lines: ${goalOf(packed, LARGEST.packed)}.`,
		`- Unpacked, all of it: ${goalOf(unpacked, LARGEST.unpacked)}.`,
	];
}

/** Whether the plain add is ahead of every peer of the same run. */
function ahead({ rows, peers, plain }: Found): string[] {
	const ratioOf = (name: string) => rows.find((row) => row.name === name)?.ratio ?? Number.NaN;
	const measured = peers.filter((name) => !Number.isNaN(ratioOf(name)));
	if (measured.length === 0) return [];
	const isMet = measured.every((name) => ratioOf(plain) < ratioOf(name));
	return [`- ${verdict('A plain add ahead of every peer', isMet)}.`];
}

/** The table, what it cannot show, and the commands. */
export function report(found: Found): string {
	const { rows, absent, packed, hash } = found;
	const other = hash === null ? [] : [`to ${hash.slice(0, 7)} (middle half)`];
	const head = ['operation', 'ratio', 'median', ...other, 'peak memory', 'round trips', 'goal'];
	const lines = rows.map((row) => `| ${cellsOf(row, hash).join(' | ')} |`);
	const commands = [...new Set(rows.map(({ command }) => command).filter((one) => one !== ''))];
	return `${[
		`| ${head.join(' | ')} |`,
		`|${'---|'.repeat(head.length)}`,
		...lines,
		'',
		...sizes(packed),
		...ahead(found),
		...absent.map((reason) => `- Not measured: ${reason}.`),
		'',
		'The commands, run by Node 22:',
		'',
		...commands.map((command) => `    ${command}`),
	].join('\n')}\n`;
}
