// Replicas of a server against what db.ts waits for, and what db.ts says of it.
import { expect, it } from 'vitest';
import { replicasCheck } from '../../../../src/commands/verify/checks/replicas.ts';
import { readAdapterSettings } from '../../../../src/plan/generated.ts';

const NONE = { connected_slaves: '0' };
const TWO = { connected_slaves: '2' };

it.each([
	['none', NONE, undefined, 'pass', /^none is connected$/],
	['some that nobody waits for', TWO, undefined, 'warn', /^2 connected.*may lack the last ones$/],
	[
		'some that the server counts',
		{ ...TWO, min_slaves_good_slaves: '2' },
		undefined,
		'warn',
		/lag/,
	],
	['more than it waits for', TWO, 1, 'pass', /waits for 1$/],
	['as many as it waits for', TWO, 2, 'pass', /while one is away, every write is refused$/],
	['fewer than it waits for', NONE, 1, 'fail', /: every write is refused$/],
	['an expression', TWO, null, 'pass', /waits for some/],
	['a server that does not say it', {}, undefined, 'skipped', /does not say/],
	['a denied INFO', null, 1, 'skipped', /denies INFO/],
] as const)('%s', (_name, info, waits, status, message) => {
	const check = replicasCheck({ info }, waits);
	expect(check).toMatchObject({ id: 'server.replicas', status });
	expect(check.message).toMatch(message);
	if (status !== 'pass') expect(check.hint).toMatch(/replicas/);
});

it.each([
	['', undefined],
	[', { replicas: { wait: 2, timeoutMs: 1_000 } }', 2],
	[', { replicas: { wait: COUNT, timeoutMs: 1 } }', null],
	[', { replicas: SETTINGS }', null],
])('reads for how many db.ts waits: redis(runner%s)', (settings, waits) => {
	const text = `export default redis(runner${settings});\n`;
	expect(readAdapterSettings('db.ts', text).waits).toBe(waits);
});
