// What `verify --server` shows of a store: bytes by kind, the largest conversations, and the growth since a stamp.
import { expect, it } from 'vitest';
import { storageOf } from '../../../src/commands/verify/checks/storage.ts';
import type { Storage, StorageFacts } from '../../../src/model/storage.ts';
import { sizeOf, storageLines } from '../../../src/terminal/storage.ts';
import { flue } from '../../program.ts';
import { serve, tell } from './servers.ts';
import { CANARY, flueEnvironment, makeSubject, verdict } from './subject.ts';

const address = { host: 'h', port: 1, database: 0, tls: false };
const facts: StorageFacts = {
	at: Date.parse('2026-11-28T01:00:00.000Z'),
	keys: 3,
	complete: true,
	bytes: { conversations: 2_000_000, submissions: 500, attachments: 0, leftovers: 1 },
	largest: [{ path: 'agents/a/1', bytes: 2_000_000 }],
	message: null,
};
const shown = (changes: Partial<StorageFacts>, since?: string, prefix = 'flue'): Storage =>
	storageOf({ ...facts, ...changes }, { address, prefix, since });
const plain = (storage: Storage) =>
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal
	storageLines(storage).map((line) => line.replace(/\u001b\[\d+m|[\u0000-\u001f]/g, ''));

it('tells the growth since a stamp, and that what is of another store cannot be compared', () => {
	const { stamp } = shown({});
	expect(stamp).toMatch(/^1(\.[0-9a-z]{1,10}){6}$/);
	const bytes = { conversations: 1_000_000, submissions: 900, attachments: 7, leftovers: 1 };
	const later = shown({ bytes }, stamp ?? '');
	expect(later.growth).toEqual({
		since: '2026-11-28T01:00:00.000Z',
		bytes: { conversations: -1_000_000, submissions: 400, attachments: 7, leftovers: 0 },
	});
	expect(plain(later).join('\n')).toContain('conversations -977 KiB, submissions +400 bytes');
	expect(shown({}, stamp ?? '', 'other')).toMatchObject({
		growth: null,
		incomparable: 'the stamp is of another server or prefix',
	});
	const cut = shown({ complete: false }, stamp ?? '');
	expect(cut).toMatchObject({ growth: null, stamp: null });
	expect(plain(cut).join('\n')).toMatch(
		/there are more, and it was cut short[\s\S]*no growth is told/,
	);
});

it.each([
	[0, '0 bytes'],
	[1023, '1023 bytes'],
	[1024, '1.0 KiB'],
	[-1536, '-1.5 KiB'],
	[150 * 1024 ** 2, '150 MiB'],
	[3 * 1024 ** 5, '3072 TiB'],
])('%d is %s', (bytes, text) => {
	expect(sizeOf(bytes)).toBe(text);
});

it('measures a real store, tells what nothing refers to, and leaves stores below it alone', async () => {
	const server = await serve('redis');
	const url = `redis://127.0.0.1:${server.port}`;
	const many = Array.from({ length: 12 }, (_, index) => [
		['HSET', `flue:stream/agents%2Fa%2F${index}`, 'identity', '{}'],
		['RPUSH', `flue:batches/agents%2Fa%2F${index}`, 'x'.repeat(1000 * 1.5 ** index)],
	]);
	await tell(
		server.port,
		['HSET', 'flue:@flue/redis', 'layout', '2', 'format_version', '1'],
		['HSET', 'flue:eu:@flue/redis', 'layout', '2'],
		['SET', 'flue:eu:sub/1', 'x'.repeat(9000)],
		['HSET', 'flue:sub/1', 'state', 'x'.repeat(3000)],
		['RPUSH', 'flue:parts/1', 'x'.repeat(5000)],
		['RPUSH', 'flue:parts/gone', 'x'.repeat(7000)],
		...many.flat(),
	);
	const cwd = await makeSubject({ url });
	const found = JSON.parse((await verdict(cwd, ['--server'])).ran.stdout).storage as Storage;
	expect(found).toMatchObject({ prefix: 'flue', keys: 28, complete: true, denied: null });
	expect(found.largest.map(({ path }) => path)).toEqual(
		Array.from({ length: 10 }, (_, index) => `agents/a/${11 - index}`),
	);
	const within = (bytes: number, least: number) => {
		expect(bytes).toBeGreaterThan(least);
		expect(bytes).toBeLessThan(least + 3000);
	};
	within(found.bytes.submissions, 3000);
	within(found.bytes.attachments, 5000);
	within(found.bytes.leftovers, 7000);
	expect(found.bytes.conversations).toBeGreaterThan(250_000);

	await tell(server.port, ['RPUSH', 'flue:batches/agents%2Fa%2F3', 'y'.repeat(200_000)]);
	const args = ['verify', 'database', '--server', '--since', found.stamp ?? ''];
	const later = await flue(args, { cwd, env: flueEnvironment() });
	expect(later.stdout).toMatch(/largest conversations:\s+2\d\d(\.\d)? KiB\s+agents\/a\/3\n/);
	expect(later.stdout).toMatch(/since 20.*: \+\d+(\.\d)? KiB \(conversations \+\d\d/);

	const rights =
		'~flue:* -@all +@read +@write +@scripting +@connection +@transaction -@dangerous +info';
	const user = ['ACL', 'SETUSER', 'me', 'reset', 'on', `>${CANARY}`, ...rights.split(' ')];
	await tell(server.port, user);
	const own = await makeSubject({ url: `redis://me:${CANARY}@127.0.0.1:${server.port}` });
	expect(JSON.parse((await verdict(own, ['--server'])).ran.stdout).storage).toMatchObject({
		keys: 28,
	});
	await tell(server.port, [...user, '-memory']);
	const denied = await verdict(own, ['--server']);
	expect(JSON.parse(denied.ran.stdout).storage).toMatchObject({
		keys: 0,
		stamp: null,
		denied: expect.stringContaining('NOPERM'),
	});
	expect(denied.of('server.namespace').status).toBe('pass');
});
