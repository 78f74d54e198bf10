// A session at a real (pseudo-)terminal: what a person sees, answers and interrupts.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CANARY, flueEnvironment, makeSubject } from './commands/verify/subject.ts';
import { fakeManager, INSTALLS } from './fake-manager.ts';
import { flue } from './program.ts';
import { PROJECT } from './project.ts';
import { CTRL_C, CTRL_D, DOWN, ENTER, ESCAPE, open, type Session } from './screen.ts';
import { makeTree, readTree } from './tree.ts';

const ADD = ['add', 'database', 'redis'];

describe('at a terminal', () => {
	it('shows what it found, asks, shows the plan, confirms, installs and tells how to repeat it', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(makeTree({}), 'npm', INSTALLS);
		const session = open(ADD, cwd, { env: { PATH } });
		await session.when('Reconnect when the connection drops?', ENTER);
		await session.when('Apply this plan?', ENTER);
		const { status, printed } = await session.end;
		expect(status).toBe(0);
		expect(printed).toContain('npm, because of package-lock.json');
		expect(printed).toContain('+REDIS_URL=');
		expect(printed).toContain('Done.');
		expect(printed).toContain('flue.js add database redis --package-manager npm --reconnect --yes');
		expect(printed).not.toContain('canary');
		expect(readFileSync(join(cwd, 'src/db.ts'), 'utf8')).toContain("client.on('error'");
	});

	it('offers the copy of the adapter when the registry has none, before anything is changed', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(makeTree({}), 'npm', INSTALLS, true);
		const session = open([...ADD, '--no-reconnect'], cwd, { env: { PATH } });
		await session.when('npm finds no @flue/redis in its registry.', '');
		expect(readTree(cwd)).toEqual(PROJECT);
		await session.when('', ENTER);
		await session.when('Apply this plan?', ENTER);
		const { status, printed } = await session.end;
		expect(status).toBe(0);
		expect(printed).toContain('create vendor/flue-redis-');
		expect(printed.replace(/[│\s]+/g, ' ')).toContain(
			"The adapter in vendor/ is flue-blueprints' own implementation",
		);
		expect(printed).toContain('--adapter vendored');
		expect(readFileSync(join(cwd, 'package.json'), 'utf8')).toContain('"file:vendor/flue-redis-');
	});

	it('ends there when the copy is declined: nothing is installed that is known not to be there', async () => {
		const cwd = makeTree(PROJECT);
		const folder = makeTree({});
		const PATH = fakeManager(folder, 'npm', INSTALLS, true);
		const session = open([...ADD, '--no-reconnect'], cwd, { env: { PATH } });
		await session.when('no other adapter reads it. A no ends here, and nothing is changed.', 'n');
		const { status, printed, rows } = await session.end;
		expect(status).toBe(1);
		expect(rows.at(-1)).toBe('└  Declined: nothing was changed.');
		expect(printed).not.toMatch(/Apply this plan|vendor\/flue-redis-/);
		expect(readFileSync(join(folder, 'calls.txt'), 'utf8').trim().split('\n')).toHaveLength(1);
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('says that no release was made for the runtime, where no registry could have one', async () => {
		const manifest = PROJECT['package.json']?.replace('2.0.3', '1.0.0-beta.8') ?? '';
		const cwd = makeTree({ ...PROJECT, 'package.json': manifest });
		const folder = makeTree({});
		const PATH = fakeManager(folder, 'npm', INSTALLS);
		const session = open([...ADD, '--no-reconnect'], cwd, { env: { PATH } });
		const reason = 'No release of @flue/redis was made for @flue/runtime 1.0.0-beta.8.';
		await session.when(`${reason} Take flue-blueprints' own implementation`, 'n');
		const { status, printed } = await session.end;
		expect(status).toBe(1);
		expect(printed).not.toContain('in its registry');
		expect(existsSync(join(folder, 'calls.txt'))).toBe(false);
	});

	it.each([
		['the adapter is named', ['--adapter', '2.0.3']],
		['nothing is to be installed', ['--no-install']],
	])('asks no registry when %s', async (_, args) => {
		const cwd = makeTree(PROJECT);
		const folder = makeTree({});
		const PATH = fakeManager(folder, 'npm', INSTALLS, true);
		const session = open([...ADD, '--no-reconnect', ...args], cwd, { env: { PATH } });
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
			env: { PATH: `${folder}/bin:${process.env.PATH}` },
		});
		await session.when('npm view @flue/redis version', CTRL_C);
		const { status } = await session.end;
		expect(status).toBe(130);
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('lets one pick the database', async () => {
		const cwd = makeTree(PROJECT);
		const session = open(['add', 'database', '--no-install'], cwd);
		await session.when('Which database?', DOWN + ENTER);
		await session.when('Reconnect', ENTER);
		await session.when('Apply this plan?', ENTER);
		expect((await session.end).status).toBe(0);
		expect(readFileSync(join(cwd, 'src/db.ts'), 'utf8')).toContain('database/valkey@1');
	});

	it('lets one pick kind and name', async () => {
		const cwd = makeTree(PROJECT);
		const session = open(['add', '--no-install', '--reconnect'], cwd);
		await session.when('What shall be added?', DOWN + ENTER);
		await session.when('Apply this plan?', ENTER);
		const { status, printed } = await session.end;
		expect(status).toBe(0);
		expect(printed).toContain('flue.js add database valkey');
		expect(readFileSync(join(cwd, 'src/db.ts'), 'utf8')).toContain('database/valkey@1');
	});

	it('takes the one kind there is, in a terminal and without one', async () => {
		const cwd = await makeSubject();
		const named = await open(['verify', 'database', '--yes'], cwd).end;
		const alone = await open(['verify', '--yes'], cwd).end;
		expect([alone.status, alone.rows]).toEqual([named.status, named.rows]);
		const json = (args: string[]) => flue([...args, '--json'], { cwd, env: flueEnvironment() });
		expect(await json(['verify'])).toEqual(await json(['verify', 'database']));
	});

	it.each([
		['it is refused', [...ADD], { 'package.json': '{}' }, 'NOT_FLUE'],
		['the kind is none', ['add', 'databse'], PROJECT, 'UNKNOWN_BLUEPRINT'],
	])('keeps its frame whole when %s', async (_, args, files, code) => {
		const { status, rows, hasCursor } = await open(args, makeTree(files)).end;
		expect(status).toBeGreaterThan(0);
		expect(hasCursor).toBe(true);
		expect(rows.join('\n')).toContain(`■  error ${code}`);
		expect([rows[0]?.charAt(0), rows.at(-1)]).toEqual(['┌', '└']);
		expect(rows.slice(1, -1).filter((row) => !/^[│■]/.test(row))).toEqual([]);
	});

	it.each([
		['the first question', 'Reconnect', undefined],
		['the confirmation', 'Reconnect', 'Apply this plan?'],
	])('ends with 130 and changes nothing on Ctrl-C at %s', async (_, first, second) => {
		const cwd = makeTree(PROJECT);
		const session = open([...ADD, '--no-install'], cwd);
		await session.when(first, second ? ENTER : CTRL_C);
		if (second) await session.when(second, CTRL_C);
		const { status, rows } = await session.end;
		expect(status).toBe(130);
		expect(rows.at(-1)).toBe('└  Cancelled, nothing was changed.');
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it.each<[string, (session: Session) => unknown]>([
		['Ctrl-C', (session) => session.when('', CTRL_C)],
		['Ctrl-D', (session) => session.when('', CTRL_D)],
		['Escape', (session) => session.when('', ESCAPE)],
		['SIGINT', (session) => session.kill('SIGINT')],
		['SIGTERM', (session) => session.kill('SIGTERM')],
		['SIGHUP', (session) => session.kill('SIGHUP')],
	])(
		'ends with 130, one line and the cursor back on %s, at each kind of question',
		async (_, act) => {
			const questions: [string[], string][] = [
				[['add'], 'What shall be added?'],
				[[...ADD, '--no-install'], 'Reconnect'],
			];
			for (const [args, question] of questions) {
				const session = open(args, makeTree(PROJECT));
				await session.when(question, '');
				await act(session);
				const { status, rows, hasCursor, printed } = await session.end;
				expect([status, hasCursor]).toEqual([130, true]);
				expect(rows.slice(-2)).toEqual(['│', '└  Cancelled, nothing was changed.']);
				expect(rows.at(-3)).not.toBe('│');
				expect(printed).not.toContain('CANCELLED');
			}
		},
	);

	it('puts everything back on Ctrl-C during the install', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(
			makeTree({}),
			'npm',
			`${INSTALLS}console.log('fetching things'); setTimeout(() => {}, 60000);`,
		);
		const session = open(ADD, cwd, { env: { PATH } });
		await session.when('Reconnect', ENTER);
		await session.when('Apply this plan?', ENTER);
		await session.when('fetching things', CTRL_C);
		const { status, printed } = await session.end;
		expect(status).toBe(130);
		expect(printed).toContain('Every file is as it was.');
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('ends with 1 and changes nothing when the plan is declined', async () => {
		const cwd = makeTree(PROJECT);
		const session = open([...ADD, '--no-install'], cwd);
		await session.when('Reconnect', ENTER);
		await session.when('Apply this plan?', 'n');
		const { status, printed } = await session.end;
		expect(status).toBe(1);
		expect(printed).toContain('Declined');
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
		const { status, printed } = await session.end;
		expect(status).toBe(1);
		expect(printed).toContain('store');
		expect(printed).toContain('src/use.ts');
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
			const { status, printed } = await open([...ADD, '--no-install'], cwd, { env }).end;
			expect(status).toBe(0);
			expect(printed).not.toContain('Reconnect when');
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
		const { status, printed } = await session.end;
		expect(printed.includes('server.tcp')).toBe(connects);
		expect(printed).toMatch(/^project: .*passed/m);
		expect(printed).not.toContain(CANARY);
		// Nothing listens there, and this Node may be older than Flue's.
		if (connects) expect(status).toBe(1);
	});

	it('ends with 130 on Ctrl-C at that question, and asks nothing without an address', async () => {
		const session = open(['verify', 'database'], await makeSubject());
		await session.when('only reads', CTRL_C);
		const { status, rows } = await session.end;
		expect(status).toBe(130);
		expect([rows[0], rows.at(-1)]).toEqual([
			expect.stringMatching(/^┌ {2}flue-blueprints \d+\.\d+\.\d+ · verify$/),
			'└  Cancelled, nothing was changed.',
		]);
		const unset = await open(['verify', 'database'], await makeSubject({ url: '' })).end;
		expect(unset.printed).not.toContain('only reads');
	});

	it.each([['--json'], ['--yes']])('asks nothing about the server with %s', async (flag) => {
		const { printed } = await open(['verify', 'database', flag], await makeSubject()).end;
		expect(printed).not.toContain('only reads');
		expect(printed).not.toContain('server.tcp');
	});

	it('refuses to apply a plan when a file changed while it was read', async () => {
		const cwd = makeTree(PROJECT);
		const session = open([...ADD, '--no-install'], cwd);
		await session.when('Reconnect', ENTER);
		await session.when('Apply this plan?', '');
		writeFileSync(join(cwd, '.env'), 'OTHER=1\n');
		await session.when('', ENTER);
		const { status, printed } = await session.end;
		expect(status).toBe(1);
		expect(printed).toContain('CHANGED_ON_DISK');
		expect(readTree(cwd)).toEqual({ ...PROJECT, '.env': 'OTHER=1\n' });
	});
});
