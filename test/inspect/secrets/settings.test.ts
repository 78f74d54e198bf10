import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/inspect/secrets/address.ts';
import { runnerIn } from '../../../src/inspect/secrets/managed.ts';
import { readSettings, type SettingPlace } from '../../../src/inspect/secrets/settings.ts';
import type { SettingFact } from '../../../src/model/verification.ts';
import { makeTree } from '../../tree.ts';

/** `${NAME}`, as text. */
const braced = (inside: string): string => ['$', '{', inside, '}'].join('');
const CLIENTS = { old: '5.10.0', five: '5.12.1', six: '6.3.1', later: '6.9.0' };

describe('an address by the version of the client', () => {
	it.each<[address: string, client: keyof typeof CLIENTS, shown: object | null, problem?: string]>([
		['redis://[::1]:6379', 'six', null, 'in brackets'],
		['redis://[::1]:6379', 'five', { host: '::1', port: 6379 }],
		['redis://[::1]:6379', 'old', null, 'in brackets'],
		['unix:///run/redis.sock', 'six', { path: '/run/redis.sock', database: 0 }],
		['unix:///run/redis.sock?db=3', 'six', { path: '/run/redis.sock', database: 3 }],
		['unix://me:pw@/run/redis.sock', 'later', { path: '/run/redis.sock', database: 0 }],
		['unix://:pw@/run/redis.sock', 'six', null, 'reaches no socket'],
		['unix:///run/redis.sock', 'five', null, 'redis 5.12.1 does not take'],
		['unix:///run/redis.sock?db=x', 'six', null, 'number of a database'],
		['unix://', 'six', null, 'is not the address of a socket'],
		[' redis://h:1', 'five', { host: 'h', port: 1 }],
		['redis://h:1\t ', 'six', { host: 'h', port: 1 }],
		[' unix:///run/redis.sock', 'six', null],
		// The client itself takes it for database 380 of localhost:6379 (seen with both).
		['redis:6380', 'six', null, 'begins with neither redis://'],
		[' ', 'five', null, 'is not an address'],
		['redis://h:0', 'five', null, 'has port 0'],
		['rediss://h:00/1', 'six', null, 'has port 0'],
	])('%j with redis %s', (address, client, shown, problem = '') => {
		const parsed = parseAddress(address, CLIENTS[client]);
		if (shown) expect(parsed.address).toMatchObject(shown);
		else expect(parsed.address).toBeNull();
		expect(parsed.problem ?? '').toContain(problem);
		// The client gets the address to read for itself.
		const given = parsed.secret?.environment().FLUE_PROBE_ADDRESS;
		if (shown) expect(given).toBe(address.trim());
	});
});

/** What each command of a project makes of its env files. */
function settingsOf(
	files: Record<string, string>,
	environment: Record<string, string> = {},
	place: Partial<SettingPlace> = {},
): Record<string, SettingFact> {
	const known = {
		...({ root: makeTree(files), folder: '', line: '2.x', client: CLIENTS.five } as const),
		manifest: { scripts: { start: 'node --env-file=.env dist/server.mjs' } },
		...place,
	};
	const settings = readSettings(known, 'REDIS_URL', environment);
	return Object.fromEntries(settings.map((setting) => [setting.command, setting]));
}

describe('a $ in an env file', () => {
	const hostOf = (setting: SettingFact | undefined) => setting?.address?.host;

	it('is a variable to vite dev alone', () => {
		const found = settingsOf({
			'.env': `REDIS_HOST=cache\nREDIS_URL=redis://${braced('REDIS_HOST')}:1\n`,
		});
		expect(found['vite dev']).toMatchObject({ dollar: 'expanded', address: { host: 'cache' } });
		expect(found['flue run']).toMatchObject({ dollar: 'literal' });
		expect(found['node dist/server.mjs']).toMatchObject({ dollar: 'literal' });
	});

	it.each([
		['redis://$H:1', 'cache'],
		[`redis://${braced('H')}:1`, 'cache'],
		[`redis://${braced('NONE:-spare')}:1`, 'spare'],
		[`redis://${braced('NONE-spare')}:1`, 'spare'],
		[`redis://${braced('DEEP')}:1`, 'cache'],
		[`'redis://${braced('H')}:1'`, 'cache'],
		[`redis://${braced('LOOP')}x:1`, 'x'],
	])('reads %s as dotenv-expand does', (value, host) => {
		const others = `H=cache\nDEEP=${braced('H')}\nLOOP=${braced('LOOP')}\n`;
		expect(hostOf(settingsOf({ '.env': `${others}REDIS_URL=${value}\n` })['vite dev'])).toBe(host);
	});

	it('takes a variable of the environment before one of a file, and a nearer file before .env', () => {
		const files = { '.env': 'H=env\nREDIS_URL=redis://$H:1\n', '.env.local': 'H=local\n' };
		expect(hostOf(settingsOf(files)['vite dev'])).toBe('local');
		expect(hostOf(settingsOf(files, { H: 'shell' })['vite dev'])).toBe('shell');
	});

	it('is nothing to ask about where the shell gave the value', () => {
		const found = settingsOf({}, { REDIS_URL: 'redis://:pa$s@h:1' });
		expect(found['vite dev']?.dollar).toBeUndefined();
	});
});

describe('a secret manager', () => {
	it.each([
		'op://vault/redis/url',
		'encrypted:BDsbVx',
		'ENC[AES256_GCM,data]',
		'ref+vault://a#b',
		'vault:secret/data/redis#url',
	])('puts an address in the place of %s', (value) => {
		const found = settingsOf({ '.env': `REDIS_URL="${value}"\n` });
		expect(found['flue run']).toMatchObject({ problem: null, address: null });
		expect(found['flue run']?.managedBy).toBeTypeOf('string');
	});

	it.each(['redis://h:1', 'valkey://h:1', 'http://h', 'optional'])('does not for %s', (value) => {
		expect(settingsOf({ '.env': `REDIS_URL=${value}\n` })['flue run']?.managedBy).toBeUndefined();
	});

	it.each([
		['op run --env-file=.env -- flue run', 'op run'],
		['npx dotenvx run -- vite dev', 'dotenvx run'],
		['pnpm exec doppler run -- node dist/server.mjs', 'doppler run'],
		['infisical run --env=dev -- npm start', 'infisical run'],
		['vite dev', undefined],
		['desktop run x', undefined],
	])('is seen in the script %j', (text, runner) => {
		expect(runnerIn([{ from: 'package.json', text }])?.value).toBe(runner);
	});
});
