// What `verify` says of the variable and its address, from facts.
import { expect, it } from 'vitest';
import { settingChecks } from '../../../../src/commands/verify/checks/settings.ts';
import { parseAddress } from '../../../../src/inspect/secrets/address.ts';
import type { Check, ProjectFacts, SettingFact } from '../../../../src/model/verification.ts';

function checks(settings: SettingFact[], more: Partial<ProjectFacts> = {}): Record<string, Check> {
	const project = {
		variable: 'REDIS_URL',
		settings,
		privateFiles: [],
		facts: {},
		...more,
	} as unknown;
	const made = settingChecks(project as ProjectFacts);
	return Object.fromEntries(made.map((check) => [check.id, check]));
}

function setting(
	command: SettingFact['command'],
	url: string,
	more: Partial<SettingFact> = {},
): SettingFact {
	return { command, from: '.env', ...parseAddress(url, '6.9.0'), ...more };
}

it('names the command that expands a $ and the one that does not', () => {
	const made = checks([
		setting('flue run', `redis://${['$', '{REDIS_HOST}'].join('')}:6379`, { dollar: 'literal' }),
		setting('vite dev', 'redis://cache:6379', { dollar: 'expanded' }),
	]);
	expect(made['project.address']).toMatchObject({ status: 'warn' });
	expect(made['project.address']?.message).toBe(
		'REDIS_URL in .env holds a $: `vite dev` expands it, `flue run` takes it as it is',
	);
	expect(made['project.address']?.hint).toContain('%24');
});

it('fails where a $ leaves no command an address', () => {
	const made = checks([
		setting('flue run', 'redis://$HOST:$PORT', { dollar: 'literal' }),
		setting('vite dev', 'redis://:', { dollar: 'expanded', address: null }),
	]);
	expect(made['project.address']).toMatchObject({ status: 'fail' });
});

it('skips a reference for a secret manager, and says why', () => {
	const managed: SettingFact = {
		...{ command: 'flue run', from: '.env', address: null, problem: null, ignored: [] },
		...{ secret: null, managedBy: '`op run`' },
	};
	const made = checks([managed]);
	for (const id of ['variable', 'variable-flue-run', 'address'])
		expect(made[`project.${id}`], id).toMatchObject({
			status: 'skipped',
			message: 'REDIS_URL in .env is a reference, in the place of which `op run` puts the address',
		});
});

it('skips a variable that only the runner of a script may set', () => {
	const unset: SettingFact = {
		...{ command: 'flue run', from: null, address: null, problem: null, ignored: [] },
		secret: null,
	};
	const runner = { value: 'doppler run', from: 'package.json (scripts.dev)' };
	const made = checks([unset], { runner });
	expect(made['project.address']).toMatchObject({ status: 'skipped' });
	expect(made['project.address']?.message).toContain('`doppler run`');
	expect(checks([unset])['project.variable']).toMatchObject({ status: 'fail' });
	// A file that sets it is believed, whatever starts the program.
	const set = checks([setting('flue run', 'redis://h:1')], { runner });
	expect(set['project.address']).toMatchObject({ status: 'pass' });
});

it('shows a socket without the user who connects', () => {
	const made = checks([setting('flue run', 'unix://me:canary@/run/redis.sock?db=2')]);
	expect(made['project.address']?.message).toBe('the socket /run/redis.sock, database 2');
});

it('says of a program that starts Flue itself nothing that holds for its own commands', () => {
	const host = { from: 'src/run.ts:3', path: 'src/run.ts', db: 'src/db.ts', isAlone: true };
	const facts = { host } as ProjectFacts['facts'];
	const made = checks([setting('flue run', 'redis://cache:6379')], { facts });
	expect(Object.keys(made)).not.toContain('project.variable-flue-run');
	expect(made['project.variable']).toMatchObject({ status: 'pass' });
	expect(made['project.variable']?.message).toContain('start() itself reads no env file');
});
