// A session at a real (pseudo-)terminal: what a person sees, answers and interrupts.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { describe, expect, it } from 'vitest';
import { CANARY, makeSubject } from './commands/verify/subject.ts';
import { fakeManager, INSTALLS } from './fake-manager.ts';
import { BIN } from './program.ts';
import { PROJECT } from './project.ts';
import { makeTree, readTree } from './tree.ts';

const ENTER = '\r';
const CTRL_C = '\u0003';

interface Session {
	/** Waits for text on the screen, then types. */
	when(text: string, keys: string): Promise<void>;
	kill(signal: string): void;
	end: Promise<{ status: number; screen: string }>;
}

function open(args: string[], cwd: string, env: Record<string, string> = {}): Session {
	const terminal = spawn(process.execPath, [BIN, ...args], {
		cwd,
		cols: 120,
		rows: 60,
		env: {
			PATH: process.env.PATH ?? '',
			HOME: process.env.HOME ?? '',
			TERM: 'xterm-256color',
			...env,
		},
	});
	let screen = '';
	let seen = 0;
	terminal.onData((chunk) => {
		screen += stripVTControlCharacters(chunk);
	});
	const end = new Promise<{ status: number; screen: string }>((resolve) => {
		terminal.onExit(({ exitCode }) => resolve({ status: exitCode, screen }));
	});
	return {
		end,
		kill: (signal) => terminal.kill(signal),
		async when(text, keys) {
			const deadline = Date.now() + 15_000;
			while (!screen.slice(seen).includes(text)) {
				if (Date.now() > deadline) throw new Error(`"${text}" never came:\n${screen}`);
				await new Promise((resume) => setTimeout(resume, 20));
			}
			seen = screen.length;
			await new Promise((resume) => setTimeout(resume, 60));
			terminal.write(keys);
		},
	};
}

const ADD = ['add', 'database', 'redis'];

describe('at a terminal', () => {
	it('shows what it found, asks, shows the plan, confirms, installs and tells how to repeat it', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(makeTree({}), 'npm', INSTALLS);
		const session = open(ADD, cwd, { PATH });
		await session.when('Reconnect when the connection drops?', ENTER);
		await session.when('Apply this plan?', ENTER);
		const { status, screen } = await session.end;
		expect(status).toBe(0);
		expect(screen).toContain('npm, because of package-lock.json');
		expect(screen).toContain('+REDIS_URL=');
		expect(screen).toContain('Done.');
		expect(screen).toContain(
			'flue.js add database redis --package-manager npm --reconnect --yes',
		);
		expect(screen).not.toContain('canary');
		expect(readFileSync(join(cwd, 'src/db.ts'), 'utf8')).toContain("client.on('error'");
	});

	it('offers the copy of the adapter when the registry has none, before anything is changed', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(makeTree({}), 'npm', INSTALLS, true);
		const session = open([...ADD, '--no-reconnect'], cwd, { PATH });
		await session.when('npm finds no @flue/redis in its registry.', '');
		expect(readTree(cwd)).toEqual(PROJECT);
		await session.when('', ENTER);
		await session.when('Apply this plan?', ENTER);
		const { status, screen } = await session.end;
		expect(status).toBe(0);
		expect(screen).toContain('create vendor/flue-redis-');
		expect(screen).toContain('--adapter vendored');
		expect(readFileSync(join(cwd, 'package.json'), 'utf8')).toContain('"file:vendor/flue-redis-');
	});

	it('goes on without the copy when it is declined', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(makeTree({}), 'npm', INSTALLS, true);
		const session = open([...ADD, '--no-reconnect'], cwd, { PATH });
		await session.when('npm finds no @flue/redis in its registry.', 'n');
		await session.when('Apply this plan?', 'n');
		const { status, screen } = await session.end;
		expect(status).toBe(1);
		expect(screen).not.toContain('vendor/flue-redis-');
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it.each([
		['the adapter is named', ['--adapter', '2.0.3']],
		['nothing is to be installed', ['--no-install']],
	])('asks no registry when %s', async (_, args) => {
		const cwd = makeTree(PROJECT);
		const folder = makeTree({});
		const PATH = fakeManager(folder, 'npm', INSTALLS, true);
		const session = open([...ADD, '--no-reconnect', ...args], cwd, { PATH });
		await session.when('Apply this plan?', 'n');
		await session.end;
		expect(existsSync(join(folder, 'calls.txt'))).toBe(false);
	});

	it('ends with 130 on Ctrl-C while a registry does not answer', async () => {
		const cwd = makeTree(PROJECT);
		const folder = makeTree({});
		fakeManager(folder, 'npm', '');
		const slow = `#!${process.execPath}\nsetTimeout(() => {}, 60000);\n`;
		writeFileSync(join(folder, 'bin/npm'), slow);
		const session = open([...ADD, '--no-reconnect'], cwd, {
			PATH: `${folder}/bin:${process.env.PATH}`,
		});
		await session.when('npm view @flue/redis version', CTRL_C);
		const { status } = await session.end;
		expect(status).toBe(130);
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('lets one pick the database', async () => {
		const cwd = makeTree(PROJECT);
		const session = open(['add', 'database', '--no-install'], cwd);
		await session.when('Which database?', `\u001b[B${ENTER}`);
		await session.when('Reconnect', ENTER);
		await session.when('Apply this plan?', ENTER);
		expect((await session.end).status).toBe(0);
		expect(readFileSync(join(cwd, 'src/db.ts'), 'utf8')).toContain('database/valkey@1');
	});

	it.each([
		['the first question', 'Reconnect', undefined],
		['the confirmation', 'Reconnect', 'Apply this plan?'],
	])('ends with 130 and changes nothing on Ctrl-C at %s', async (_, first, second) => {
		const cwd = makeTree(PROJECT);
		const session = open([...ADD, '--no-install'], cwd);
		await session.when(first, second ? ENTER : CTRL_C);
		if (second) await session.when(second, CTRL_C);
		const { status, screen } = await session.end;
		expect(status).toBe(130);
		expect(screen).toContain('CANCELLED');
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('ends with 130 when it is terminated at a question', async () => {
		const cwd = makeTree(PROJECT);
		const session = open([...ADD, '--no-install'], cwd);
		await session.when('Reconnect', '');
		session.kill('SIGTERM');
		expect((await session.end).status).toBe(130);
	});

	it('puts everything back on Ctrl-C during the install', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(
			makeTree({}),
			'npm',
			`${INSTALLS}console.log('fetching things'); setTimeout(() => {}, 60000);`,
		);
		const session = open(ADD, cwd, { PATH });
		await session.when('Reconnect', ENTER);
		await session.when('Apply this plan?', ENTER);
		await session.when('fetching things', CTRL_C);
		const { status, screen } = await session.end;
		expect(status).toBe(130);
		expect(screen).toContain('Every file is as it was.');
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('ends with 1 and changes nothing when the plan is declined', async () => {
		const cwd = makeTree(PROJECT);
		const session = open([...ADD, '--no-install'], cwd);
		await session.when('Reconnect', ENTER);
		await session.when('Apply this plan?', 'n');
		const { status, screen } = await session.end;
		expect(status).toBe(1);
		expect(screen).toContain('Declined');
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('asks before it replaces a db.ts, naming what would be lost; no is the default', async () => {
		const files = {
			...PROJECT,
			'src/db.ts': 'export const store = 1;\nexport default store;\n',
			'src/use.ts': "import { store } from './db';\n",
		};
		const cwd = makeTree(files);
		const session = open([...ADD, '--no-install'], cwd);
		await session.when('Replace src/db.ts?', ENTER);
		const { status, screen } = await session.end;
		expect(status).toBe(1);
		expect(screen).toContain('store');
		expect(screen).toContain('src/use.ts');
		expect(readTree(cwd)).toEqual(files);
	});

	it('asks which of two lockfiles counts', async () => {
		const cwd = makeTree({ ...PROJECT, 'yarn.lock': '# yarn lockfile v1\n' });
		const session = open([...ADD, '--no-install', '--no-reconnect'], cwd);
		await session.when('Which package manager', ENTER);
		await session.when('Apply this plan?', ENTER);
		expect((await session.end).status).toBe(0);
	});

	it.each([{ CI: 'true' }, { CLAUDECODE: '1' }])(
		'asks nothing with %j, terminal or not',
		async (env) => {
			const cwd = makeTree(PROJECT);
			const { status, screen } = await open([...ADD, '--no-install'], cwd, env).end;
			expect(status).toBe(0);
			expect(screen).not.toContain('Reconnect when');
			expect(readFileSync(join(cwd, 'src/db.ts'), 'utf8')).not.toContain("client.on('error'");
		},
	);

	it.each([
		[ENTER, true],
		['n', false],
	])('asks after the project whether to connect to its server (%j)', async (key, connects) => {
		const cwd = await makeSubject({ url: `redis://me:${CANARY}@localhost:1/3` });
		const session = open(['verify', 'database'], cwd);
		await session.when('localhost:1, database 3, without TLS', key);
		const { status, screen } = await session.end;
		expect(screen.includes('server.tcp')).toBe(connects);
		expect(screen).toContain('project.address');
		expect(screen).not.toContain(CANARY);
		// Nothing listens there, and this Node may be older than Flue's.
		if (connects) expect(status).toBe(1);
	});

	it('ends with 130 on Ctrl-C at that question, and asks nothing without an address', async () => {
		const session = open(['verify', 'database'], await makeSubject());
		await session.when('only reads', CTRL_C);
		expect((await session.end).status).toBe(130);
		const unset = await open(['verify', 'database'], await makeSubject({ url: '' })).end;
		expect(unset.screen).not.toContain('only reads');
	});

	it.each([['--json'], ['--yes']])('asks nothing about the server with %s', async (flag) => {
		const { screen } = await open(['verify', 'database', flag], await makeSubject()).end;
		expect(screen).not.toContain('only reads');
		expect(screen).not.toContain('server.tcp');
	});

	it('refuses to apply a plan when a file changed while it was read', async () => {
		const cwd = makeTree(PROJECT);
		const session = open([...ADD, '--no-install'], cwd);
		await session.when('Reconnect', ENTER);
		await session.when('Apply this plan?', '');
		writeFileSync(join(cwd, '.env'), 'OTHER=1\n');
		await session.when('', ENTER);
		const { status, screen } = await session.end;
		expect(status).toBe(1);
		expect(screen).toContain('CHANGED_ON_DISK');
		expect(readTree(cwd)).toEqual({ ...PROJECT, '.env': 'OTHER=1\n' });
	});
});
