// Whose keys lie under the prefix, on every line of Flue and with the marks of every other.
import { describe, expect, it } from 'vitest';
import { contractOf } from '../../../../src/commands/verify/checks/contract.ts';
import { namespaceCheck, type Owner } from '../../../../src/commands/verify/checks/namespace.ts';
import type { NamespaceFacts, StoreContract } from '../../../../src/model/verification.ts';

function owner(version: string | null, make: Owner['make'] = 'peer'): Owner {
	const isBeta = version === null || version.includes('beta');
	const line = { value: isBeta ? '1.0-beta' : '2.x', from: 'a test' } as const;
	const runtime = version === null ? null : { value: version, from: 'a test' };
	return { make, facts: { line, runtime }, name: 'valkey' };
}

function namespace(marks: Partial<Pick<NamespaceFacts, 'stamp' | 'meta'>>): NamespaceFacts {
	const found = { keys: 7, complete: true, examples: ['flue:sequence'] };
	return { prefix: 'flue', stamp: null, meta: null, ...found, ...marks };
}

/** A version of each line, what marks its data, and what is said of that elsewhere. */
const LINES = [
	['2.1.0', { format_version: '1' }, '2.x', 'format version 1'],
	['1.0.0-beta.8', { schemaVersion: '4' }, '1.0.0-beta.8 and beta.9', 'schema version 4'],
	['1.0.0-beta.9', { schemaVersion: '4' }, '1.0.0-beta.8 and beta.9', 'schema version 4'],
	['1.0.0-beta.5', { schemaVersion: '3' }, '1.0.0-beta.5 to beta.7', 'schema version 3'],
	['1.0.0-beta.7', { schemaVersion: '3' }, '1.0.0-beta.5 to beta.7', 'schema version 3'],
] as const;

const PAIRS = LINES.flatMap(([version]) =>
	LINES.map(([other, mark, writer, stamp]) => [version, other, mark, writer, stamp] as const),
);

describe('a project with', () => {
	it.each(PAIRS)('%s and the data of %s', (version, other, mark, writer, stamp) => {
		const isOwn = contractOf(owner(version).facts) === contractOf(owner(other).facts);
		for (const [make, marks] of [
			['peer', { stamp: { ...mark, layout: '1' } }],
			['pinned', { meta: mark }],
		] as const) {
			const { status, message, hint } = namespaceCheck(namespace(marks), owner(version, make));
			if (isOwn) {
				expect(status).toBe('pass');
				expect(message).toBe(`7 keys of this project's kind under flue:, ${stamp}`);
			} else {
				expect(status).toBe('fail');
				expect(message).toContain(
					`were written for @flue/runtime ${writer}, and this project has ${version}`,
				);
				expect(hint).toContain('`flue add database valkey --key-prefix NAME --replace`');
			}
		}
	});

	it.each<[string, Partial<Pick<NamespaceFacts, 'stamp' | 'meta'>>, string]>([
		[
			'1.0.0-beta.7',
			{ stamp: { schemaVersion: '5', layout: '1' } },
			'have schema version 5, and this version of Flue knows 3',
		],
		[
			'1.0.0-beta.9',
			{ stamp: { schemaVersion: '4', layout: '3' } },
			'have layout 3, and this adapter knows 1',
		],
		[
			'1.0.0-beta.9',
			{ stamp: { schemaVersion: '4', format_version: '1', layout: '1' } },
			'were written for @flue/runtime 2.x',
		],
		[
			'1.0.0-beta.7',
			{ stamp: { schema_version: '8', layout: '1' } },
			'have schema version unknown, and this version of Flue knows 3',
		],
		['1.0.0-beta.7', { meta: { schemaVersion: '3' } }, 'another make of @flue/redis'],
	])('%s and %j is told what is there', (version, marks, message) => {
		const check = namespaceCheck(namespace(marks), owner(version));
		expect(check).toMatchObject({ status: 'fail' });
		expect(check.message).toContain(message);
		expect(check.hint).toBeTruthy();
	});

	it('an early mark of 2.x takes it over', () => {
		const stamp = { schema_version: '8', layout: '1' };
		expect(namespaceCheck(namespace({ stamp }), owner('2.0.3')).status).toBe('pass');
	});
});

it.each<[string | null, StoreContract]>([
	['2.0.3', '2.x'],
	['1.0.0-beta.5', '1.0.0-beta.5'],
	['1.0.0-beta.7', '1.0.0-beta.5'],
	['1.0.0-beta.8', '1.0.0-beta.8'],
	// What an install of this range brings.
	['^1.0.0-beta.7', '1.0.0-beta.8'],
	[null, '1.0.0-beta.8'],
])('%s has the contract of %s', (version, contract) => {
	expect(contractOf(owner(version).facts)).toBe(contract);
});
