// Level 1: each check in both directions, with the built command and real files.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { CheckStatus } from '../../../src/model/verification.ts';
import { flue } from '../../program.ts';
import { readTree } from '../../tree.ts';
import { CANARY, flueEnvironment, makeSubject, type Subject, verdict } from './subject.ts';

const CLOUDFLARE = "export default { target: 'cloudflare' };\n";
const replace = (from: string | RegExp, to: string) => (text: string) => {
	expect(text).toMatch(from);
	return text.replace(from, to);
};
/** All that --reconnect adds. */
const LISTENER = /\n\/\/ With a listener[\s\S]*?unref\(\);\n/;
const ADDRESS = `redis://me:${CANARY}@localhost:6390/1`;

describe('a project as it should be', () => {
	it('passes every check, changes nothing, and shows no password', async () => {
		const cwd = await makeSubject();
		const before = readTree(cwd);
		const { checks, ran, of } = await verdict(cwd);
		expect(checks.filter(({ status }) => status !== 'pass')).toEqual([]);
		expect(ran.status).toBe(0);
		expect(of('project.address').message).toBe('localhost:6390, database 1, without TLS');
		expect(of('project.node').message).toContain('Node 22.');
		expect(readTree(cwd)).toEqual(before);
	});

	it('takes the database from db.ts, or by name', async () => {
		const cwd = await makeSubject();
		expect((await verdict(cwd, ['redis'])).ran.status).toBe(0);
		const { of } = await verdict(cwd, ['valkey']);
		expect(of('project.blueprint')).toMatchObject({ status: 'fail' });
		expect(of('project.blueprint').message).toContain('for redis');
	});
});

type Row = [title: string, id: string, status: CheckStatus, subject: Subject, message?: string];

const ENTRY: Row[] = [
	['there is none', 'project.entry', 'fail', { files: { 'src/db.ts': '' } }],
	[
		'it is named db.tsx too',
		'project.entry-only',
		'warn',
		{ files: { 'src/db.tsx': 'export {};\n' } },
		'db.tsx',
	],
	[
		'there is db.mjs too',
		'project.entry-only',
		'warn',
		{ files: { 'src/db.mjs': 'export {};\n' } },
		'db.mjs',
	],
	[
		'one stands outside of the source root',
		'project.entry-only',
		'warn',
		{ files: { 'db.ts': 'export {};\n' } },
		'db.ts',
	],
	[
		'it does not parse',
		'project.default-export',
		'fail',
		{ files: { 'src/db.ts': replace('close: () => client.close(),', 'close: () => (') } },
		'does not parse',
	],
	[
		'a licence stands above the marker',
		'project.marker',
		'pass',
		{ files: { 'src/db.ts': (text) => `/* Ours */\n${text}` } },
	],
	[
		'it is the scaffold of another database',
		'project.blueprint',
		'fail',
		{
			files: {
				'src/db.ts': "import { sqlite } from '@flue/runtime/node';\nexport default sqlite('x');\n",
			},
		},
		'@flue/redis',
	],
	[
		'its marker is of a newer program',
		'project.marker',
		'warn',
		{ files: { 'src/db.ts': replace('redis@1', 'redis@9') } },
		'newer',
	],
	[
		'it has no marker',
		'project.marker',
		'warn',
		{ files: { 'src/db.ts': replace(/^.*\n/, '') } },
		'no marker',
	],
	[
		'it was edited',
		'project.text',
		'warn',
		{ files: { 'src/db.ts': replace('client.connect()', 'client.connect().then(() => 0)') } },
		'line 6',
	],
	[
		'its client puts a prefix of its own before the names of keys',
		'project.text',
		'fail',
		{ files: { 'src/db.ts': replace('createClient({', "createClient({ keyPrefix: 'app:',") } },
		'at its start',
	],
	[
		'its client, of another make, does so',
		'project.text',
		'fail',
		{
			files: {
				'src/db.ts': replace(
					/createClient\(\{[^}]*\}\)/,
					"new Redis(process.env.REDIS_URL, { keyPrefix: 'app:' })",
				),
			},
		},
		'at its start',
	],
	[
		'its adapter has a prefix, as it should',
		'project.text',
		'warn',
		{ files: { 'src/db.ts': replace(/\}\);\s*$/, "}, { keyPrefix: 'app:' });\n") } },
		'differs',
	],
	[
		'it has no default export',
		'project.default-export',
		'fail',
		{ files: { 'src/db.ts': replace('export default redis', 'export const db = redis') } },
	],
	[
		'it has two of them',
		'project.default-export',
		'fail',
		{ files: { 'src/db.ts': (text) => `${text}\nexport default client;\n` } },
		'more than one default export',
	],
	[
		'it imports a file that is not there',
		'project.default-export',
		'fail',
		{ files: { 'src/db.ts': (text) => `${text}import { log } from './log';\n` } },
		'imports ./log, and there is no such file',
	],
	[
		'it imports what is not exported',
		'project.default-export',
		'fail',
		{
			files: {
				'src/db.ts': (text) => `${text}import { log } from './log.js';\n`,
				'src/log.ts': 'export const other = 1;\n',
			},
		},
		'imports log from ./log.js, and src/log.ts does not export it',
	],
	[
		'it imports what is there',
		'project.default-export',
		'pass',
		{
			files: {
				'src/db.ts': (text) =>
					`${text}import { log } from './log.js';\nimport data from './data.json';\nimport type { A } from './gone';\n`,
				'src/log.ts': 'export const { log, other } = console;\n',
				'src/data.json': '{}',
			},
		},
	],
	[
		'the module that it reads has lost its key',
		'project.variable',
		'fail',
		{
			files: {
				'src/db.ts': (text) =>
					`import { config } from './config';\n${text.replace('process.env.REDIS_URL', 'config.redisUrl')}`,
				'src/config.ts': 'export const config = { databaseUrl: process.env.DATABASE_URL };\n',
			},
		},
		'src/db.ts reads redisUrl of what it imports from src/config.ts',
	],
	[
		'the module that it reads has its key from another one',
		'project.variable',
		'pass',
		{
			files: {
				'src/db.ts': (text) =>
					`import { env } from './env';\n${text.replace('process.env.REDIS_URL', 'env.REDIS_URL')}`,
				'src/env.ts':
					"import { schema } from './schema';\nexport const env = schema.parse(process.env);\n",
				'src/schema.ts': 'export const schema = z.object({ REDIS_URL: z.string() });\n',
			},
		},
	],
	[
		'it has named exports',
		'project.named-exports',
		'warn',
		{ files: { 'src/db.ts': replace('const client', 'export const client') } },
		'client',
	],
	[
		'another file imports what it does not export',
		'project.named-exports',
		'fail',
		{ files: { 'src/report.ts': "import { pool, type Pool } from './db.js';\n" } },
		'src/report.ts imports pool from src/db.ts',
	],
	[
		'it has no listener',
		'project.listener',
		'warn',
		{ files: { 'src/db.ts': replace(LISTENER, '') } },
		'exits',
	],
	[
		'its listener stands before connect()',
		'project.listener',
		'warn',
		{
			files: {
				'src/db.ts': replace(
					'await client.connect();',
					"client.on('error', console.error);\nawait client.connect();",
				),
			},
		},
		'endless retry',
	],
	[
		'it is started by start()',
		'project.entry',
		'fail',
		{
			files: {
				'src/server.ts':
					"import { start } from '@flue/runtime/node';\nawait start({ agents: [] });\n",
				'package.json': replace('node --env-file=.env dist/server.mjs', 'node src/server.ts'),
			},
		},
		'start()',
	],
];

const PACKAGES: Row[] = [
	[
		'it builds for Cloudflare',
		'project.target',
		'fail',
		{ files: { 'flue.config.ts': CLOUDFLARE } },
		'Cloudflare',
	],
	[
		'the adapter is not declared',
		'project.adapter',
		'fail',
		{ files: { 'package.json': replace(/"@flue\/redis": "2.0.3",\s*/, '') } },
		'not declare',
	],
	[
		'the adapter is not installed',
		'project.adapter',
		'fail',
		{ files: { 'node_modules/@flue/redis/package.json': '' } },
	],
	[
		'the adapter is another than declared',
		'project.adapter',
		'fail',
		{ files: { 'node_modules/@flue/redis/package.json': '{"version":"2.1.0"}' } },
		'2.1.0',
	],
	['the client is not installed', 'project.client', 'fail', { client: null }, 'not installed'],
	[
		'the client is a development dependency',
		'project.client',
		'fail',
		{
			files: {
				'package.json': (text) =>
					text
						.replace(/,\s*"redis": "\^5.12.1"/, '')
						.replace(
							'"dependencies"',
							'"devDependencies": { "redis": "^5.12.1" },\n  "dependencies"',
						),
			},
		},
		'devDependencies',
	],
	[
		'the client is too old',
		'project.client',
		'fail',
		{
			client: null,
			files: {
				'package.json': replace('"^5.12.1"', '"^4.0.0"'),
				'node_modules/redis/package.json': '{"version":"4.7.0"}',
			},
		},
		'older',
	],
	[
		'there are two runtimes',
		'project.runtime-copies',
		'fail',
		{
			files: {
				'node_modules/@flue/redis/node_modules/@flue/runtime/package.json': '{"version":"2.1.0"}',
			},
		},
		'2.1.0',
	],
	[
		'there is no runtime',
		'project.runtime-copies',
		'skipped',
		{ files: { 'node_modules/@flue/runtime/package.json': '' } },
	],
];

const SETTINGS: Row[] = [
	[
		'the variable is set nowhere',
		'project.variable',
		'fail',
		{ files: { '.env': 'OTHER=1\n' } },
		'localhost:6379',
	],
	['the variable is empty', 'project.variable', 'fail', { url: '' }, 'empty in .env'],
	[
		'it is only in .env.local',
		'project.variable-flue-run',
		'warn',
		{ files: { '.env': '', '.env.local': `REDIS_URL=${ADDRESS}\n`, '.gitignore': '.env*\n' } },
		'flue run',
	],
	[
		'the start script reads no file',
		'project.variable-built-server',
		'warn',
		{ files: { 'package.json': replace('--env-file=.env ', '') } },
		'localhost',
	],
	[
		'two files disagree',
		'project.address',
		'warn',
		{ files: { '.env.local': 'REDIS_URL=redis://h:1/2\n', '.gitignore': '.env*\n' } },
		'h:1, database 2',
	],
	['the address is none', 'project.address', 'fail', { url: `${CANARY}@h` }, 'not an address'],
	[
		'the password holds a sign of addresses',
		'project.address',
		'fail',
		{ url: `redis://me:${CANARY}#/x@h:1` },
		'percent-encoded',
	],
	...['#', '?', '/'].map(
		(sign): Row => [
			`the password holds ${sign}, and no user stands before it`,
			'project.address',
			'fail',
			{ url: `'rediss://${CANARY}${sign}x@db.example.invalid:6379'` },
			'percent-encoded',
		],
	),
	[
		'a part of the password looks like a port',
		'project.address',
		'fail',
		{ url: `"redis://${CANARY}:2024#x@db.example.invalid"` },
		'percent-encoded',
	],
	[
		'an unquoted # cuts the password off',
		'project.address',
		'fail',
		{ url: `rediss://${CANARY}#x@db.example.invalid:6379` },
		'percent-encoded',
	],
	[
		'a quote within quotes cuts the password off',
		'project.address',
		'fail',
		{ url: `"redis://${CANARY}"x@db.example.invalid:6379"` },
		'percent-encoded',
	],
	[
		'the client ignores a part of the address',
		'project.address',
		'warn',
		{ url: `"redis://me:x@h:1?db=3&password=${CANARY}#${CANARY}"` },
		'h:1, database 0, without TLS; the client ignores ?db, ?password, #…',
	],
	['the scheme is left out', 'project.address', 'fail', { url: 'h:6379' }, 'neither redis://'],
	['the port is none', 'project.address', 'fail', { url: 'redis://h:99999' }, '65535'],
	['the host is left out', 'project.address', 'fail', { url: 'redis://:x@:6379' }, 'needs a host'],
	[
		'the password has a stray percent',
		'project.address',
		'fail',
		{ url: `redis://me:%${CANARY}@h` },
		'%25',
	],
	[
		'the scheme is another',
		'project.address',
		'fail',
		{ url: `valkey://me:${CANARY}@h` },
		'valkey://',
	],
	[
		'the scheme is that of the web',
		'project.address',
		'fail',
		{ url: `https://me:${CANARY}@h` },
		'https://',
	],
	[
		'the database is no number',
		'project.address',
		'fail',
		{ url: `redis://me:${CANARY}@h/zero` },
		'number of a database',
	],
	[
		'the private file is open to git',
		'project.env-ignored',
		'fail',
		{ files: { '.gitignore': 'node_modules/\n' } },
		'not ignored',
	],
	['there is no repository', 'project.env-ignored', 'skipped', { git: false }, 'no git repository'],
];

describe('a project with one fault', () => {
	it.each([...ENTRY, ...PACKAGES, ...SETTINGS])('says so when %s', async (...row) => {
		const [, id, status, subject, message = ''] = row;
		const emptied = Object.entries(subject.files ?? {}).filter(([, text]) => text === '');
		const cwd = await makeSubject(subject);
		for (const [path] of emptied) execFileSync('rm', [path], { cwd });
		const found = (await verdict(cwd)).of(id);
		expect(found, found.message).toMatchObject({ status });
		expect(found.message).toContain(message);
	});

	it('gives the cure for a split runtime by manager where two lockfiles leave that open', async () => {
		const second = 'node_modules/@flue/redis/node_modules/@flue/runtime/package.json';
		const files = { [second]: '{"version":"2.1.0"}', 'yarn.lock': '# yarn lockfile v1\n' };
		const { hint } = (await verdict(await makeSubject({ files }))).of('project.runtime-copies');
		const cures = [...(hint ?? '').matchAll(/With (\w+): Write .+?`(.+?)`\./g)];
		expect(cures.map(([, manager, command]) => [manager, command])).toEqual([
			['npm', 'npm dedupe'],
			['yarn', 'yarn install'],
		]);
	});

	it('sees a private file that git holds although it is ignored', async () => {
		const cwd = await makeSubject();
		execFileSync('git', ['add', '-f', '.env'], { cwd });
		expect((await verdict(cwd)).of('project.env-ignored')).toMatchObject({ status: 'fail' });
	});

	it('needs a Node on PATH that Flue can run on', async () => {
		const cwd = await makeSubject();
		const node20 = makeNode('v20.20.0');
		const { of } = await verdict(cwd, [], flueEnvironment({ PATH: await node20 }));
		expect(of('project.node')).toMatchObject({ status: 'fail' });
		expect(of('project.node').message).toContain('20.20.0');
	});

	it('looks at the module that a program passes to start({ db }), where nothing loads a db.ts', async () => {
		const cwd = await makeSubject({
			files: {
				'flue.config.ts': '',
				'src/run.ts': `import { start } from '@flue/runtime/node';\nimport db from './db.ts';\nawait start({ agents: [], db });\n`,
			},
		});
		execFileSync('rm', ['flue.config.ts'], { cwd });
		const passed = await verdict(cwd);
		expect(passed.ids('fail')).toEqual([]);
		expect(passed.of('project.entry').message).toBe('src/db.ts, named by start() in src/run.ts:3');
		execFileSync('sed', ['-i', 's/, db }/ }/', 'src/run.ts'], { cwd });
		const { of } = await verdict(cwd);
		expect(of('project.entry')).toMatchObject({ status: 'fail' });
		expect(of('project.entry').message).toContain('src/run.ts:3');
	});

	it('says of a project for Cloudflare that it needs no db entry', async () => {
		const cwd = await makeSubject({ files: { 'flue.config.ts': CLOUDFLARE } });
		execFileSync('rm', ['src/db.ts'], { cwd });
		const { checks } = await verdict(cwd);
		expect(checks.map(({ id, status }) => [id, status])).toEqual([['project.target', 'fail']]);
	});
});

/** A PATH whose first node says that it is of this version. */
async function makeNode(version: string): Promise<string> {
	const { chmodSync, writeFileSync } = await import('node:fs');
	const { makeTree } = await import('../../tree.ts');
	const folder = makeTree({});
	writeFileSync(`${folder}/node`, `#!/bin/sh\necho ${version}\n`);
	chmodSync(`${folder}/node`, 0o755);
	return `${folder}:${process.env.PATH}`;
}

describe('what sets the variable', () => {
	it('is the environment before any file, for every command', async () => {
		const cwd = await makeSubject({ url: 'redis://file:1' });
		const env = flueEnvironment({ REDIS_URL: `rediss://me:${CANARY}@shell:2/3` });
		const { of } = await verdict(cwd, [], env);
		expect(of('project.address').message).toBe('shell:2, database 3, with TLS');
		for (const command of ['flue-run', 'vite-dev', 'built-server'])
			expect(of(`project.variable-${command}`).message).toContain('the environment');
	});

	it('is an empty value of the environment too, as for Flue', async () => {
		const env = flueEnvironment({ REDIS_URL: '' });
		const { of } = await verdict(await makeSubject(), [], env);
		expect(of('project.variable')).toMatchObject({ status: 'fail' });
	});

	it('is .env.development.local before .env for Vite', async () => {
		const files = {
			'.env.development.local': 'REDIS_URL=redis://vite:7\n',
			'.gitignore': '.env*\n',
		};
		const { of } = await verdict(await makeSubject({ files }));
		expect(of('project.variable-vite-dev').message).toContain('.env.development.local');
	});

	it('may have the name that db.ts reads, or that --env-var says', async () => {
		const files = {
			'src/db.ts': replace('process.env.REDIS_URL', 'process.env.STORE'),
			'.env': `STORE=${ADDRESS}\nOTHER=redis://other:9\n`,
		};
		const cwd = await makeSubject({ files });
		const named = await verdict(cwd);
		expect(named.ids('fail')).toEqual([]);
		expect(named.of('project.text')).toMatchObject({ status: 'pass' });
		const other = await verdict(cwd, ['--env-var', 'OTHER']);
		expect(other.of('project.address').message).toContain('other:9');
	});
});

describe('the command', () => {
	it('ends with 0 on warnings, and with 1 under --strict', async () => {
		const subject = { files: { 'src/db.ts': replace(LISTENER, '') } };
		const cwd = await makeSubject(subject);
		const plain = await verdict(cwd);
		expect([plain.ran.status, plain.ids('warn')]).toEqual([0, ['project.listener']]);
		const strict = await verdict(cwd, ['--strict']);
		expect([strict.ran.status, strict.ids('fail')]).toEqual([1, ['project.listener']]);
	});

	it('prints a block a level, the worst first, with hints, counts and the names of what passed', async () => {
		const subject = { url: '', files: { 'src/db.ts': replace(LISTENER, '') } };
		const cwd = await makeSubject(subject);
		const ran = await flue(['verify', 'database'], { cwd, env: flueEnvironment() });
		const statuses = (text: string) =>
			[...text.matchAll(/^ {2}(fail|warn|skipped|pass) /gm)].map(([, one = '']) => one);
		expect(statuses(ran.stdout)).toEqual(['fail', 'warn', 'skipped', 'skipped', 'pass']);
		expect(ran.stdout).toMatch(/^project: 1 failed, 1 to look at, 5 skipped, \d+ passed\n/);
		expect(ran.stdout).toMatch(/^ {2}fail {5}project\.variable +REDIS_URL is empty in \.env/m);
		expect(ran.stdout).toMatch(/^ {11}hint: Give REDIS_URL/m);
		expect(ran.stdout).toMatch(/^ {2}pass {5}target, entry, entry-only, /m);
		expect(ran.stdout).toMatch(
			/^1 failed, 1 to look at, 5 skipped, \d+ passed\. --all shows what passed\.$/m,
		);
		expect([ran.status, ran.stderr]).toEqual([1, '']);
		const all = await flue(['verify', 'database', '--all'], { cwd, env: flueEnvironment() });
		expect(statuses(all.stdout)).toEqual(
			statuses(all.stdout).sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other)),
		);
		expect(all.stdout).toMatch(
			/^ {2}pass {5}project\.entry +src\/db\.ts, where Flue looks for it$/m,
		);
		expect(all.stdout).not.toContain('--all');
		const json = await flue(['verify', 'database', '--json'], { cwd, env: flueEnvironment() });
		const same = await flue(['verify', 'database', '--json', '--all'], {
			cwd,
			env: flueEnvironment(),
		});
		expect(same).toEqual(json);
	});

	it.each([
		[['verify', 'databse'], 2, 'UNKNOWN_BLUEPRINT'],
		[['verify', 'database', 'redsi'], 2, 'UNKNOWN_BLUEPRINT'],
		[['verify', 'database', '--frobnicate'], 2, 'BAD_USAGE'],
		[['verify', 'database', '--drill-url', `redis://me:${CANARY}@h`], 2, 'BAD_USAGE'],
		[['verify', 'database', '--drill-url', `http://me:${CANARY}@h`], 2, 'BAD_USAGE'],
		[['verify', 'database', '--cwd', '/'], 1, 'NOT_A_PROJECT'],
	])('refuses %j', async (args, status, code) => {
		const cwd = await makeSubject();
		const ran = await flue([...args, '--json'], { cwd });
		const document = JSON.parse(ran.stdout);
		expect(document).toMatchObject({ version: 1, command: 'verify', status: 'failed', checks: [] });
		expect([ran.status, document.error.code]).toEqual([status, code]);
		expect(ran.stdout + ran.stderr).not.toContain(CANARY);
		const plain = await flue(args, { cwd });
		expect([plain.status, plain.stdout]).toEqual([status, '']);
		expect(plain.stderr).toContain(code);
		expect(plain.stderr).not.toContain(CANARY);
	});

	it('is also run by `add --verify`, whose exit status it does not change', async () => {
		const cwd = await makeSubject({ url: '' });
		const ran = await flue(['add', 'database', 'redis', '--no-install', '--verify', '--json'], {
			cwd,
			env: flueEnvironment(),
		});
		const document = JSON.parse(ran.stdout);
		expect([ran.status, document.command, document.status]).toEqual([0, 'add', 'unchanged']);
		const found = document.checks.find(({ id }: { id: string }) => id === 'project.variable');
		expect(found.status).toBe('fail');
		const plain = await flue(['add', 'database', 'redis', '--no-install', '--verify'], { cwd });
		expect(plain.stdout).toContain('Verified:\nproject: ');
	});
});

const ORDER = ['fail', 'warn', 'skipped', 'pass'];

it('takes no address from .env that db.ts does not read', async () => {
	const literal = `url: 'redis://me:${CANARY}@localhost:6399'`;
	const cwd = await makeSubject({
		files: { 'src/db.ts': replace('url: process.env.REDIS_URL', literal) },
	});
	const { of } = await verdict(cwd, ['--server']);
	const message = 'src/db.ts does not read REDIS_URL: the address stands in it';
	expect(of('project.variable')).toMatchObject({ status: 'fail', message });
	expect(of('project.address')).toMatchObject({ status: 'skipped', message });
	expect(of('server.client')).toMatchObject({ status: 'skipped', message });
});
