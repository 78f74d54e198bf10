// Level 2: each check in both directions, with the built command, real Redis and Valkey servers, and the project's own client.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVERYTHING, inTurns } from '../../../adapter/test/extent.ts';
import { until } from '../../../adapter/test/patience.ts';
import type { CheckStatus } from '../../../src/model/verification.ts';
import { tellLeftOut } from '../../left-out.ts';
import { flue } from '../../program.ts';
import { pinned } from '../../tools.ts';
import { makeTree } from '../../tree.ts';
import {
	answering,
	freePort,
	listen,
	makeCertificate,
	type ServerKind,
	serve,
	serveLoading,
	type TestServer,
	tell,
} from './servers.ts';
import {
	CANARY,
	flueEnvironment,
	makeSubject,
	type Subject,
	type Verdict,
	verdict,
} from './subject.ts';

const KINDS: ServerKind[] = ['redis', 'valkey'];
/** For tests of one state: the other server in a whole run. */
const REDIS_FIRST: ServerKind[] = EVERYTHING ? KINDS : ['redis'];
const VALKEY_FIRST: ServerKind[] = EVERYTHING ? KINDS : ['valkey'];
tellLeftOut(5, 'ways to the other server');
const ENOUGH =
	'~flue:* -@all +@read +@write +@scripting +@connection +@transaction -@dangerous +info'.split(
		' ',
	);

/** Makes `me`, whose password is the canary, a user with these rights. */
function user(port: number, rights: string[] = ENOUGH): Promise<unknown[]> {
	return tell(port, ['ACL', 'SETUSER', 'me', 'reset', 'on', `>${CANARY}`, ...rights]);
}

const addressOf = (port: number, more = '') => `redis://me:${CANARY}@localhost:${port}${more}`;

/** What level 2 says of an address. */
async function look(url: string, subject: Subject = {}, env = flueEnvironment()): Promise<Verdict> {
	return verdict(await makeSubject({ ...subject, url }), ['--server'], env);
}

async function lookAs(server: TestServer, rights: string[] = ENOUGH, subject: Subject = {}) {
	await user(server.port, rights);
	return look(addressOf(server.port), subject);
}

const ALL = ['~*', '&*', '+@all'];
const NAMES = [
	'client',
	'dns',
	'tcp',
	'tls',
	'answer',
	'auth',
	'database',
	'product',
	'version',
	'cluster',
	'role',
	'loading',
	'eviction',
	'memory',
	'persistence',
	'persistence-health',
	'timeout',
	'replicas',
	'permissions',
	'writes',
	'namespace',
].map((name) => `server.${name}`);

describe.each(KINDS)('%s as it should be', (kind) => {
	it.each(['redis', 'redis6'] as const)(
		'passes every check with the client %s, and nothing is written',
		async (client) => {
			const server = await serve(kind);
			await tell(server.port, ['SET', 'other', '1']);
			const files = kind === 'redis' ? {} : VALKEY;
			const subject = { client, files: { ...files, ...(client === 'redis6' ? SIX : {}) } };
			const found = await lookAs(server, ALL, subject);
			expect(found.ids('fail').concat(found.ids('warn'), found.ids('skipped'))).toEqual([]);
			expect(found.ids('pass')).toEqual(expect.arrayContaining(NAMES));
			expect(found.of('server.client').message).toBe(`redis ${pinned(client)}, of this project`);
			expect(found.of('server.version').message).toMatch(
				kind === 'redis' ? /^Redis 7/ : /^Valkey 8/,
			);
			const [keys, stats] = await tell(server.port, ['KEYS', '*'], ['INFO', 'commandstats']);
			expect(keys).toEqual(['other']);
			const calls = [
				...String(stats).matchAll(/^cmdstat_(set|hset|zadd|rpush|del|eval):calls=(\d+)/gm),
			];
			expect(calls.map(([, name, count]) => `${name} ${count}`)).toEqual(['set 1']);
		},
	);

	it('takes the rights that the adapter documents as enough', async () => {
		const found = await lookAs(await serve(kind), ENOUGH, {
			files: kind === 'redis' ? {} : VALKEY,
		});
		expect(found.ids('fail')).toEqual([]);
		expect(found.of('server.permissions').status).toBe('pass');
		expect(found.of('server.eviction').status).toBe('pass');
		expect(found.of('server.persistence').status).toBe('pass');
	});
});

/** The same project, for Valkey. */
const VALKEY: NonNullable<Subject['files']> = {
	'src/db.ts': (text) =>
		text
			.replace('database/redis@1', 'database/valkey@1')
			.replace("'Redis connection", "'Valkey connection"),
};
const SIX: NonNullable<Subject['files']> = {
	'package.json': (text) => text.replace('^5.12.1', '^6.0.0'),
};

describe('the way to a server', () => {
	it.each<[string, () => Promise<string>, string, string, string?]>([
		[
			'the host is unknown',
			async () => `redis://me:${CANARY}@nowhere.invalid:1`,
			'dns',
			'nowhere.invalid',
		],
		['the port is closed', async () => addressOf(await freePort()), 'tcp', 'ECONNREFUSED'],
		[
			'the server never answers',
			async () => addressOf(await listen(() => {})),
			'answer',
			'TIMEOUT',
		],
		[
			'the server hangs up',
			async () => addressOf(await listen((socket) => socket.end())),
			'answer',
			'CLOSED',
		],
		[
			'something else answers',
			async () => addressOf(await listen((socket) => socket.write('HTTP/1.1 400 Bad\r\n'))),
			'answer',
			'OTHER_PROTOCOL',
		],
		[
			'a protected server answers',
			async () =>
				addressOf(
					await listen((socket) => socket.write('-DENIED Redis is running in protected mode\r\n')),
				),
			'answer',
			'DENIED',
		],
		[
			'it falls silent behind the first answer',
			async () =>
				addressOf(await listen((socket) => socket.once('data', () => socket.write('+PONG\r\n')))),
			'auth',
			'TIMEOUT',
		],
	])('fails where %s', async (_, make, stage, words) => {
		const { of, checks } = await look(await make());
		expect(of(`server.${stage}`).status).toBe('fail');
		expect(of(`server.${stage}`).message).toContain(words);
		const behind = checks.filter(({ id }) => NAMES.indexOf(id) > NAMES.indexOf(`server.${stage}`));
		expect(new Set(behind.map(({ status }) => status))).toEqual(new Set(['skipped']));
		expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining(NAMES));
	});

	it('is skipped without a client, and without an address', async () => {
		expect((await look(addressOf(1), { client: null })).of('server.client')).toMatchObject({
			status: 'skipped',
		});
		expect((await look('')).of('server.client')).toMatchObject({ status: 'skipped' });
	});

	it('passes nothing where the client ends the program that asks', async () => {
		const seen = await look(`redis://:${CANARY}@localhost:1`, {
			client: null,
			files: {
				'node_modules/redis/package.json':
					'{ "name": "redis", "version": "5.12.1", "type": "module", "exports": "./index.js" }',
				'node_modules/redis/index.js': 'process.exit(0);\n',
			},
		});
		expect(seen.of('server.client')).toMatchObject({ status: 'fail' });
		expect(seen.of('server.client').message).toContain('without an answer');
		expect(
			seen.checks.filter(({ id, status }) => id.startsWith('server.') && status === 'pass'),
		).toEqual([]);
	});

	it('fails where the client is broken, and whatever it prints', async () => {
		const broken = {
			'node_modules/redis/package.json': '{"name":"redis","version":"5.12.1","main":"index.js"}',
			'node_modules/redis/index.js': 'console.log("hello\\n{}"); throw new Error("no");\n',
		};
		const { of } = await look(addressOf(1), { client: null, files: broken });
		expect(of('server.client')).toMatchObject({ status: 'fail' });
	});

	it.each(REDIS_FIRST)(
		'fails where %s refuses the password, the user, or wants one',
		async (kind) => {
			const server = await serve(kind, { requirepass: 'another' });
			for (const url of [addressOf(server.port), `redis://:${CANARY}@localhost:${server.port}`]) {
				const { of } = await look(url);
				expect(of('server.auth')).toMatchObject({ status: 'fail' });
				expect(of('server.auth').message).toContain('WRONGPASS');
			}
			const { of } = await look(`redis://localhost:${server.port}`);
			expect(of('server.auth')).toMatchObject({ status: 'fail' });
			expect(of('server.auth').message).toContain('NOAUTH');
			const right = await look(`redis://:another@localhost:${server.port}`);
			expect(right.of('server.auth').status).toBe('pass');
			expect(right.ran.stdout).not.toContain('another');
		},
	);

	it.each(['redis', 'redis6'] as const)(
		'tells a refused password with the client %s',
		async (client) => {
			const server = await serve('redis', { requirepass: 'another' });
			const { of } = await look(addressOf(server.port), {
				client,
				files: client === 'redis6' ? SIX : {},
			});
			expect(of('server.auth').message).toContain('WRONGPASS');
		},
	);

	it.each(['redis', 'redis6'] as const)(
		'tells a connection that %s never gets, and no right beside it',
		async (client) => {
			// It answers the first word and hangs up on the client's own greeting.
			const port = await listen((socket) =>
				socket.on('data', (bytes) => {
					if (bytes.toString() === 'PING\r\n') socket.write('+PONG\r\n');
					else socket.destroy();
				}),
			);
			const files = client === 'redis6' ? SIX : {};
			const { of, checks } = await look(addressOf(port), { client, files });
			expect(of('server.answer').status).toBe('pass');
			expect(of('server.auth')).toMatchObject({ status: 'fail' });
			expect(of('server.auth').hint).toContain('The connection was not kept');
			expect(checks.some(({ id }) => id === 'server.commands')).toBe(false);
		},
	);

	it('reaches a server through its socket with redis 6', async () => {
		const folder = makeTree({});
		const socket = join(folder, 'redis.sock');
		await serve('redis', { unixsocket: socket });
		const url = `unix://${socket.replaceAll(' ', '%20')}`;
		const { of } = await look(url, { client: 'redis6', files: SIX });
		expect(of('project.address').message).toBe(`the socket ${socket}, database 0`);
		for (const stage of ['dns', 'tcp', 'answer', 'auth', 'writes'])
			expect(of(`server.${stage}`), stage).toMatchObject({ status: 'pass' });
	});

	it.each(VALKEY_FIRST)('fails where a user of %s may not even connect', async (kind) => {
		const { of } = await lookAs(await serve(kind), ['~*', '-@all', '+get']);
		expect(of('server.auth')).toMatchObject({ status: 'fail' });
		expect(of('server.auth').message).toContain('NOPERM');
	});

	it.each(REDIS_FIRST)('fails where %s has no such database', async (kind) => {
		const server = await serve(kind);
		await user(server.port);
		const { of } = await look(addressOf(server.port, '/16'));
		expect(of('server.database')).toMatchObject({ status: 'fail' });
		expect((await look(addressOf(server.port, '/15'))).of('server.database').status).toBe('pass');
	});

	it.each(VALKEY_FIRST)(
		'tells what is wrong with TLS of %s, and passes with the certificate',
		async (kind) => {
			const { ca, settings } = makeCertificate();
			const port = await freePort();
			const server = await serve(kind, { ...settings, 'tls-port': `${port}` });
			await user(server.port);
			const secure = `rediss://me:${CANARY}@localhost:${port}`;
			const untrusted = (await look(secure)).of('server.tls');
			expect(untrusted).toMatchObject({ status: 'fail' });
			expect(untrusted.message).toContain('SELF_SIGNED');
			expect(untrusted.hint).toContain('NODE_EXTRA_CA_CERTS');
			const env = flueEnvironment({ NODE_EXTRA_CA_CERTS: ca });
			const trusted = await look(secure, {}, env);
			expect(trusted.of('server.tls')).toMatchObject({ status: 'pass' });
			expect(trusted.of('server.permissions').status).toBe('pass');
			const untested = await look(
				secure,
				{},
				flueEnvironment({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
			);
			expect(untested.of('server.tls')).toMatchObject({ status: 'warn' });
			const system = { NODE_OPTIONS: '--use-openssl-ca', SSL_CERT_FILE: ca };
			const bySystem = await look(secure, {}, flueEnvironment(system));
			expect(bySystem.of('server.tls')).toMatchObject({ status: 'pass' });
			const otherName = await look(secure.replace('localhost', '127.0.0.1'), {}, env);
			expect(otherName.of('server.tls').message).toContain('ALTNAME');
			const plainAddress = (await look(addressOf(port))).checks.filter(
				({ status, id }) => status === 'fail' && id.startsWith('server'),
			);
			expect(plainAddress.map(({ id }) => id)).toEqual(['server.tls']);
			expect(plainAddress[0]?.hint).toContain('rediss://');
			const plainServer = (await look(`rediss://me:${CANARY}@localhost:${server.port}`)).of(
				'server.tls',
			);
			expect(plainServer).toMatchObject({ status: 'fail' });
			expect(plainServer.hint).toContain('redis:// instead');
		},
	);
});

type Row = [
	title: string,
	settings: Record<string, string>,
	id: string,
	status: CheckStatus,
	message: string,
	after?: string[][],
];

const STATES: Row[] = [
	[
		'in Cluster mode',
		{ 'cluster-enabled': 'yes', appendonly: 'no' },
		'cluster',
		'fail',
		'Cluster mode is on',
	],
	['that evicts', { 'maxmemory-policy': 'allkeys-lru' }, 'eviction', 'fail', 'allkeys-lru'],
	['that keeps nothing', { appendonly: 'no', save: '' }, 'persistence', 'fail', 'neither'],
	[
		'with snapshots alone',
		{ appendonly: 'no', save: '900 1' },
		'persistence',
		'warn',
		'snapshots alone',
	],
	['that never flushes', { appendfsync: 'no' }, 'persistence', 'warn', 'without fsync'],
	['that flushes always', { appendfsync: 'always' }, 'persistence', 'pass', 'survives'],
	['that flushes every second', { appendfsync: 'everysec' }, 'persistence', 'pass', 'last second'],
	['that closes idle connections', { timeout: '300' }, 'timeout', 'pass', '300 s'],
	['that is a replica', {}, 'role', 'fail', 'replica', [['REPLICAOF', '127.0.0.1', '1']]],
	['that is a replica', {}, 'writes', 'fail', 'replica', [['REPLICAOF', '127.0.0.1', '1']]],
	['with too few replicas', { 'min-replicas-to-write': '1' }, 'writes', 'fail', 'too few replicas'],
	[
		'whose memory is full',
		{},
		'memory',
		'fail',
		'refused',
		[['CONFIG', 'SET', 'maxmemory', '1000']],
	],
	[
		'whose memory is full',
		{},
		'writes',
		'fail',
		'memory is full',
		[['CONFIG', 'SET', 'maxmemory', '1000']],
	],
	['with room', {}, 'memory', 'pass', 'of 1024 MiB used', [['CONFIG', 'SET', 'maxmemory', '1gb']]],
	['for another name', {}, 'product', 'warn', 'both work'],
];

it.each(inTurns(STATES, KINDS).map(([row, kind]) => [kind, ...row] as const))(
	'a server of %s %s: %o gives %s %s',
	async (kind, _, settings, id, status, message, after = []) => {
		const server = await serve(kind, settings);
		await user(server.port, ALL);
		if (after.length > 0) await tell(server.port, ...after);
		const other = kind === 'redis' ? VALKEY : {};
		const { of } = await look(addressOf(server.port), { files: other });
		const found = of(`server.${id}`);
		expect(found, found.message).toMatchObject({ status });
		expect(found.message).toContain(message);
	},
);
tellLeftOut(STATES.length, 'states with the other server');

describe.each(KINDS)('a server of %s', (kind) => {
	it('that closes idle connections fails a db.ts without a listener', async () => {
		const server = await serve(kind, { timeout: '300' });
		const files = { 'src/db.ts': (text: string) => text.replace(/^client\.on.*\n/m, '') };
		expect((await lookAs(server, ALL, { files })).of('server.timeout')).toMatchObject({
			status: 'fail',
		});
	});

	it('that is nearly full is a warning', async () => {
		const server = await serve(kind);
		const [info] = await tell(server.port, ['INFO', 'memory']);
		const used = Number(/used_memory:(\d+)/.exec(String(info))?.[1]);
		await tell(server.port, [
			'CONFIG',
			'SET',
			'maxmemory',
			`${Math.round((used + 100_000) * 1.06)}`,
		]);
		const { of } = await lookAs(server, ALL);
		expect(of('server.memory'), of('server.memory').message).toMatchObject({ status: 'warn' });
	});

	it('that cannot write its snapshot fails', async () => {
		const server = await serve(kind, { save: '900 1', appendonly: 'no' });
		const [directory] = (await tell(server.port, ['CONFIG', 'GET', 'dir'])) as [string[]];
		await tell(server.port, ['SET', 'a', '1']);
		rmSync(directory[1] ?? '/nonexistent', { recursive: true });
		await tell(server.port, ['BGSAVE']);
		await until('a snapshot that failed', async () => {
			const [info] = await tell(server.port, ['INFO', 'persistence']);
			return String(info).includes('rdb_last_bgsave_status:err');
		});
		const { of } = await lookAs(server, ALL);
		expect(of('server.persistence-health')).toMatchObject({ status: 'fail' });
		expect(of('server.writes')).toMatchObject({ status: 'fail' });
		expect(of('server.writes').message).toContain('disk');
	});

	it('that is loading fails, and nothing else is asked', async () => {
		const { of } = await look(`redis://localhost:${await serveLoading(kind)}`);
		expect(of('server.loading')).toMatchObject({ status: 'fail' });
		expect(of('server.permissions')).toMatchObject({ status: 'skipped' });
	});
});

/** What a client says before it asks for anything. */
const GREETING = /^(AUTH|CLIENT|SELECT|PING|HELLO|INFO|CONFIG|DISCARD)$/;

describe('a refusal that is no missing right', () => {
	it.each(REDIS_FIRST)('of %s, busy with a script, is told in its words', async (kind) => {
		const server = await serve(kind, { 'lua-time-limit': '1' });
		const endless = tell(server.port, ['EVAL', 'while true do end', '0']).catch(String);
		await until('a server that is busy', async () =>
			String(await tell(server.port, ['PING']).catch(String)).includes('BUSY'),
		);
		const { of, checks } = await look(`redis://localhost:${server.port}`);
		await tell(server.port, ['SCRIPT', 'KILL']);
		await endless;
		expect(of('server.commands').message).toMatch(/busy with a script.*BUSY/);
		expect(of('server.permissions')).toMatchObject({ status: 'skipped' });
		expect(JSON.stringify(checks)).not.toMatch(/no-inspect-server|inspectServer|may not run/);
	});

	it.each([
		[
			'a limit of the provider',
			'-ERR max requests limit exceeded. Limit: 1, Usage: 1.',
			'commands',
		],
		['words that nobody knows', '-ERR come back tomorrow', 'commands'],
		['the rights to a database', '-NOPERM No permissions to access database 0', 'database'],
	])('is %s', async (_, refusal, id) => {
		const port = await answering(([name = '']) =>
			GREETING.test(name.toUpperCase()) ? '+OK' : refusal,
		);
		const { of } = await look(addressOf(port));
		expect(of(`server.${id}`)).toMatchObject({ status: 'fail' });
		expect(of(`server.${id}`).message).toContain(refusal.slice(1));
		expect(of('server.permissions')).toMatchObject({ status: 'skipped' });
	});

	it('of HELLO names the way without it, which is then gone', async () => {
		const port = await answering(([name = '']) => {
			if (name === 'HELLO') return "-ERR unknown command 'HELLO', with args beginning with: '3'";
			return GREETING.test(name) ? '+OK' : '+QUEUED';
		});
		const six = { client: 'redis6' as const, files: SIX };
		const { of } = await look(addressOf(port), six);
		expect(of('server.auth').hint).toContain('RESP: 2');
		const files = {
			...SIX,
			'src/db.ts': (text: string) =>
				text.replace('createClient({ url', 'createClient({ RESP: 2, url'),
		};
		expect((await look(addressOf(port), { ...six, files })).of('server.auth').status).toBe('pass');
	});
});

const TOO_FEW: [title: string, rights: string[], words: string][] = [
	['one command', [...ENOUGH, '-zrangebyscore'], 'ZRANGEBYSCORE'],
	['scripts', [...ENOUGH, '-@scripting'], 'EVAL'],
	[
		'writes',
		['~flue:*', '+@read', '+@connection', '+@transaction', '+@scripting', '+info'],
		'HSET',
	],
	['transactions', [...ENOUGH, '-multi'], 'MULTI'],
	['the keys', ENOUGH.map((word) => (word === '~flue:*' ? '~app:*' : word)), 'flue:'],
	[
		'some of the keys',
		ENOUGH.map((word) => (word === '~flue:*' ? '~flue:[@srpufj]*' : word)),
		'flue:batches/0',
	],
	['writing to the keys', ENOUGH.map((word) => (word === '~flue:*' ? '%R~flue:*' : word)), 'flue:'],
];

it.each(inTurns(TOO_FEW, KINDS).map(([row, kind]) => [kind, ...row] as const))(
	'the rights of a user of %s are too few without %s',
	async (kind, _, rights, words) => {
		const server = await serve(kind);
		const { of } = await lookAs(server, rights);
		expect(of('server.permissions')).toMatchObject({ status: 'fail' });
		expect(of('server.permissions').message).toContain(words);
		expect(of('server.permissions').hint).toContain('~flue:*');
		expect((await tell(server.port, ['DBSIZE']))[0]).toBe(0);
	},
);
tellLeftOut(TOO_FEW.length, 'rights with the other server');

describe.each(KINDS)('the rights of a user of %s', (kind) => {
	it('may lack WAIT, except where db.ts waits for replicas', async () => {
		const server = await serve(kind);
		const rights = [...ENOUGH, '-wait'];
		expect((await lookAs(server, rights)).of('server.permissions').status).toBe('pass');
		const replicas = '}, { replicas: { wait: 1, timeoutMs: 1000 } });\n';
		const waiting = (text: string) => text.replace(/\}\);\s*$/, replicas);
		const { of } = await lookAs(server, rights, { files: { 'src/db.ts': waiting } });
		expect(of('server.replicas').message).toContain('waits for 1');
		expect(of('server.permissions')).toMatchObject({
			status: 'fail',
			message: 'this user may not run WAIT',
			hint: expect.stringContaining('+info +wait`'),
		});
	});

	it('may lack CONFIG: INFO tells the rest', async () => {
		const { of, ids } = await lookAs(await serve(kind), [...ALL, '-config'], {
			files: kind === 'valkey' ? VALKEY : {},
		});
		expect(ids('fail')).toEqual([]);
		expect(of('server.eviction')).toMatchObject({ status: 'pass' });
		expect(of('server.timeout')).toMatchObject({ status: 'skipped' });
	});

	it('fail without CONFIG and INFO, and --no-inspect-server is the advice', async () => {
		const server = await serve(kind);
		const denied = await lookAs(server, [...ALL, '-config', '-info']);
		expect(denied.of('server.eviction')).toMatchObject({ status: 'fail' });
		expect(denied.of('server.eviction').hint).toContain('--no-inspect-server');
		expect(denied.of('server.cluster')).toMatchObject({ status: 'pass' });
		expect(denied.of('server.role')).toMatchObject({ status: 'pass' });
		expect(denied.of('server.version')).toMatchObject({ status: 'pass' });
		const files = {
			'src/db.ts': (text: string) => text.replace(/\}\);\n$/, '}, { inspectServer: false });\n'),
		};
		const told = await lookAs(server, [...ALL, '-config', '-info'], { files });
		expect(told.of('server.eviction')).toMatchObject({ status: 'warn' });
		expect(told.of('server.eviction').hint).toContain('console');
	});
});

const stamp = (prefix: string, ...fields: string[]) => ['HSET', `${prefix}:@flue/redis`, ...fields];
const OURS = ['format_version', '1', 'layout', '2'];
/** Keys, and what is said of them. */
const KEYS: [title: string, commands: string[][], status: CheckStatus, message: string][] = [
	['are none', [['SET', 'flu:x', '1']], 'pass', 'nothing lies under flue:'],
	['are ours', [stamp('flue', ...OURS), ['SET', 'flue:sequence', '3']], 'pass', '2 keys'],
	[
		'are ours of an older layout',
		[stamp('flue', 'format_version', '1', 'layout', '1'), ['SET', 'flue:sequence', '3']],
		'pass',
		'2 keys',
	],
	[
		'have a newer format',
		[stamp('flue', 'format_version', '2', 'layout', '1')],
		'fail',
		'format version 2',
	],
	[
		'have a newer layout',
		[stamp('flue', 'format_version', '1', 'layout', '3')],
		'fail',
		'layout 3',
	],
	['bear a stamp that says nothing', [stamp('flue', 'x', 'y')], 'fail', 'unknown'],
	['are of another make', [['HSET', 'flue:meta', 'format_version', '1']], 'fail', 'another make'],
	[
		'bear two stamps',
		[stamp('flue', ...OURS), ['HSET', 'flue:meta', 'format_version', '1']],
		'fail',
		'two adapters',
	],
	['are somebody else’s', [['SET', 'flue:session:7', '1']], 'fail', 'flue:session:7'],
	[
		'are those of a nested prefix',
		[stamp('flue:eu', ...OURS), ['SET', 'flue:eu:sequence', '1']],
		'pass',
		'nothing lies under',
	],
];

it.each(inTurns(KEYS, KINDS).map(([row, kind]) => [kind, ...row] as const))(
	'the keys under the prefix on %s %s',
	async (kind, _, commands, status, message) => {
		const server = await serve(kind);
		await tell(server.port, ...commands);
		const { of } = await lookAs(server, ALL);
		expect(of('server.namespace'), of('server.namespace').message).toMatchObject({ status });
		expect(of('server.namespace').message).toContain(message);
	},
);

tellLeftOut(KEYS.length, 'keys with the other server');

describe.each(KINDS)('the keys under the prefix on %s', (kind) => {
	it('are those of the prefix in db.ts, pattern signs and all', async () => {
		const server = await serve(kind);
		await tell(server.port, ['SET', 'flue:x', '1'], ['SET', 'a*b:x', '1'], ['SET', 'aXb:x', '1']);
		const files = {
			'src/db.ts': (text: string) => text.replace(/\}\);\n$/, "}, { keyPrefix: 'a*b' });\n"),
		};
		const { of } = await lookAs(server, ALL, { files });
		expect(of('server.namespace').message).toContain('1 key under a*b:');
	});

	it('are the other make’s where that is installed', async () => {
		const server = await serve(kind);
		await tell(server.port, ['HSET', 'flue:meta', 'format_version', '1']);
		const pinned = JSON.stringify({
			name: '@flue/redis',
			version: '2.0.3',
			dependencies: { '@flue/runtime': '2.0.3' },
		});
		const found = await lookAs(server, ALL, {
			files: { 'node_modules/@flue/redis/package.json': pinned },
		});
		expect(found.of('server.namespace')).toMatchObject({ status: 'pass' });
	});
});

/** The command lines of every process that may be seen. */
function commandLines(): string {
	if (!existsSync('/proc')) return 'probe.js';
	const read = (id: string): string => {
		try {
			return readFileSync(`/proc/${id}/cmdline`, 'utf8');
		} catch {
			return '';
		}
	};
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(read)
		.join('\n');
}

it('ends the probe with the command, and shows the address to no list of processes', async () => {
	let seen = '';
	let connections = 0;
	let closed = 0;
	const port = await listen((socket) => {
		connections++;
		seen = commandLines();
		socket.on('close', () => closed++);
	});
	const cwd = await makeSubject({ url: addressOf(port) });
	const ran = await flue(['verify', 'database', '--server', '--json'], {
		cwd,
		env: flueEnvironment(),
		onStart: (kill) => {
			const timer = setInterval(() => {
				if (connections === 0) return;
				clearInterval(timer);
				kill('SIGINT');
			}, 20);
		},
	});
	expect([ran.status, JSON.parse(ran.stdout).error.code]).toEqual([130, 'CANCELLED']);
	await until('the end of its connections', () => closed === connections);
	expect(seen).toContain('probe.js');
	expect(seen).not.toContain(CANARY);
	expect(ran.stdout + ran.stderr).not.toContain(CANARY);
});
