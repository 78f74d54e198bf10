// What a store keeps -> a block of lines. Pure.
import type { Storage, StorageKind } from '../model/storage.ts';
import { block, ink, STOP } from './page.ts';

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** E.g. `512 bytes`, `1.4 MiB`. */
export function sizeOf(bytes: number): string {
	let [value, unit] = [bytes, 0];
	while (Math.abs(value) >= 1024 && unit < UNITS.length - 1)
		[value, unit] = [value / 1024, unit + 1];
	return `${unit === 0 || Math.abs(value) >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

const total = (bytes: Storage['bytes']) => Object.values(bytes).reduce((sum, one) => sum + one, 0);

const signed = (bytes: number) => (bytes < 0 ? sizeOf(bytes) : `+${sizeOf(bytes)}`);

function rowLines(rows: [left: string, right: string][]): string[] {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.flatMap(([left, right]) => block(`  ${left.padEnd(width)}  ${STOP}${right}`));
}

function growthLines({ growth, incomparable, stamp }: Storage): string[] {
	const said = [
		...(incomparable === null ? [] : [`no growth is told: ${incomparable}`]),
		...(growth === null
			? []
			: [
					`since ${growth.since}: ${signed(total(growth.bytes))} (${Object.entries(growth.bytes)
						.map(([kind, more]) => `${kind} ${signed(more)}`)
						.join(', ')})`,
				]),
		...(stamp === null ? [] : [`growth from now on: --since ${stamp}`]),
	];
	return said.flatMap((line) => block(`  ${line}`));
}

/** The bytes by kind, the largest conversations and the growth. */
export function storageLines(storage: Storage): string[] {
	const { prefix, keys, complete, bytes, largest, denied } = storage;
	if (denied !== null) {
		const line = `${ink.bold('storage')}: not measured under ${prefix}: (SCAN and MEMORY USAGE): ${denied}`;
		return ['', ...block(line)];
	}
	const extent = complete
		? `${keys} keys`
		: `the first ${keys} keys that were found; there are more, and it was cut short`;
	const kinds = Object.entries(bytes) as [StorageKind, number][];
	return [
		'',
		...block(`${ink.bold('storage')}: ${sizeOf(total(bytes))} under ${prefix}:, ${extent}`),
		...rowLines(kinds.map(([kind, size]) => [kind, sizeOf(size)])),
		...(largest.length === 0
			? []
			: [
					'  largest conversations:',
					...rowLines(largest.map((one) => [`  ${sizeOf(one.bytes)}`, one.path])),
				]),
		...growthLines(storage),
	];
}
