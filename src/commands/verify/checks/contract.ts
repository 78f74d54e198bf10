// What a line of Flue asks of an adapter, and how its data is marked in a server. Pure.
import type { Facts } from '../../../model/facts.ts';
import type { StoreContract } from '../../../model/verification.ts';
import { overlap } from '../../../text/versions.ts';

/** What the project's Flue asks of an adapter; a range that is not installed yet is what an install would bring. */
export function contractOf({ line, runtime }: Pick<Facts, 'line' | 'runtime'>): StoreContract {
	if (line.value === '2.x') return '2.x';
	const isNew = runtime === null || overlap(runtime.value, '>=1.0.0-beta.8 <2.0.0-0');
	return isNew ? '1.0.0-beta.8' : '1.0.0-beta.5';
}

/** The field of a mark that tells whose data it is, and its value; as adapter/src/migrate.ts writes them. */
export interface Stamp {
	contract: StoreContract;
	field: 'format_version' | 'schemaVersion';
	version: string;
	/** Which versions of @flue/runtime write it. */
	runtime: string;
}

export const STAMPS: readonly Stamp[] = [
	{ contract: '2.x', field: 'format_version', version: '1', runtime: '2.x' },
	{
		contract: '1.0.0-beta.8',
		field: 'schemaVersion',
		version: '4',
		runtime: '1.0.0-beta.8 and beta.9',
	},
	{
		contract: '1.0.0-beta.5',
		field: 'schemaVersion',
		version: '3',
		runtime: '1.0.0-beta.5 to beta.7',
	},
];
