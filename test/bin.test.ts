// The built program from outside: streams, exit statuses, signals, a failing package manager, a disk that refuses.
import { execFileSync, spawnSync } from 'node:child_process';
import {
	chmodSync,
	chownSync,
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../adapter/test/patience.ts';
import { isAlive } from '../src/apply/processes.ts';
import { BLUEPRINTS } from '../src/blueprints/index.ts';
import { fakeManager, INSTALLS, NOT_IN_REGISTRY } from './fake-manager.ts';
import { BIN, cleanEnvironment, flue } from './program.ts';
import { PROJECT } from './project.ts';
import { makeTree, readTree } from './tree.ts';

const ADD = ['add', 'database', 'redis'];

describe('what cannot be read', () => {
	/** Files that decide something, each with a text in which `NEST` stands for what nests. */
	const READ = {
		'package.json': (PROJECT['package.json'] ?? '').replace('{', '{ "x": NEST,'),
		'tsconfig.json': '{ "x": NEST }',
		'biome.json': '{ "x": NEST }',
		'flue.config.ts': "export default { target: 'node', x: NEST };",
		'src/db.ts': 'export default NEST;',
		'src/config.ts': 'export const config = { url: process.env.URL, x: NEST };',
	};

	const NO_INSTALL = [...ADD, '--json', '--no-install'];

	const DECIDING = ['package.json', 'package-lock.json', 'src/db.ts'];

	it.each([...new Set([...DECIDING, '.env', ...Object.keys(READ)])])(
		'never waits for a pipe in the place of %s',
		async (path) => {
			const cwd = makeTree({ ...PROJECT, [path]: '' });
			rmSync(join(cwd, path));
			execFileSync('mkfifo', [join(cwd, path)]);
			const { error } = JSON.parse((await flue(NO_INSTALL, { cwd })).stdout);
			if (DECIDING.includes(path)) expect(error.message).toMatch(/ is not a file\.$/);
			// What may be there or not counts as absent, as a folder of that name does.
			else expect(error).toBeUndefined();
		},
	);

	it.each([
		['.gitignore', ['add', 'database', 'redis', '--json', '--no-install']],
		['.gitignore', ['verify', 'database', '--json']],
		['.git/info/exclude', ['add', 'database', 'redis', '--json', '--no-install']],
	])('never lets git wait for a pipe in the place of %s (%j)', async (path, args) => {
		const { '.gitignore': _, ...files } = PROJECT;
		const cwd = makeTree(files);
		execFileSync('git', ['init', '-q'], { cwd });
		rmSync(join(cwd, path), { force: true });
		execFileSync('mkfifo', [join(cwd, path)]);
		const { stdout } = await flue(args, { cwd });
		expect(JSON.parse(stdout).error).toBeUndefined();
	});

	it('leaves no git behind that waits, where the run is stopped', async () => {
		const { '.gitignore': _, ...files } = PROJECT;
		const cwd = makeTree(files);
		execFileSync('git', ['init', '-q'], { cwd });
		const own = fakeManager(
			makeTree({}),
			'git',
			`require('node:fs').writeFileSync(${JSON.stringify(join(cwd, 'pid'))}, String(process.pid)); setInterval(() => {}, 1000);`,
		);
		const env = cleanEnvironment({ PATH: own });
		const stop = async (kill: (signal: NodeJS.Signals) => void) => {
			while (!existsSync(join(cwd, 'pid'))) await sleep(50);
			kill('SIGTERM');
		};
		const onStart = (kill: (signal: NodeJS.Signals) => void) => void stop(kill);
		const { stdout } = await flue(NO_INSTALL, { cwd, env, onStart });
		expect(JSON.parse(stdout).error).toMatchObject({ code: 'CANCELLED' });
		const pid = Number(readFileSync(join(cwd, 'pid'), 'utf8'));
		await until('the end of git', () => !isAlive(pid));
	});

	it.each(Object.entries(READ))('is told where %s nests too deeply', async (path, text) => {
		const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
		const agent = "import { config } from '../config.ts';\nexport default config;\n";
		const files = {
			...PROJECT,
			'src/agents/hello.ts': agent,
			[path]: text.replace('NEST', nested),
		};
		const cwd = makeTree(files);
		const { error } = JSON.parse((await flue(NO_INSTALL, { cwd })).stdout);
		if (error) {
			expect(error).toMatchObject({ code: 'UNREADABLE_PROJECT' });
			expect(error.message).toContain(path);
			expect(readTree(cwd)).toEqual(files);
		} else expect(['tsconfig.json', 'biome.json', 'src/config.ts']).toContain(path);
	});

	it.each([ADD.concat('--no-install'), ['remove', 'database', 'redis']])(
		'is left alone where a config module nests too deeply that has no brackets (%s)',
		async (...args) => {
			const sum = Array.from({ length: 5000 }, (_, at) => `'a${at}'`).join(' + ');
			const files = {
				...PROJECT,
				'src/agents/hello.ts': "import { config } from '../config.ts';\nexport default config;\n",
				'src/config.ts': `export const config = { url: process.env.DATABASE_URL, x: ${sum} };\n`,
			};
			const cwd = makeTree(files);
			const { status, stdout } = await flue([...args, '--json'], { cwd });
			expect(JSON.parse(stdout).error).toBeUndefined();
			expect(status).toBe(0);
			expect(readTree(cwd)['src/config.ts']).toBe(files['src/config.ts']);
		},
	);

	it('is told where something nests that has no brackets', async () => {
		const files = { ...PROJECT, 'flue.config.ts': `export default ${'!'.repeat(20_000)}{};\n` };
		const cwd = makeTree(files);
		const { error } = JSON.parse((await flue(NO_INSTALL, { cwd })).stdout);
		expect(error).toMatchObject({ code: 'UNREADABLE_PROJECT' });
		expect(readTree(cwd)).toEqual(files);
	});

	it.each([[ADD], [['verify', 'database']], [['add', '--adapter', './x.tgz', ...ADD.slice(1)]]])(
		'is told where the folder is gone in which %j was started',
		async (args) => {
			const cwd = makeTree({});
			const gone = [
				'-c',
				'rmdir "$PWD"; exec "$@"',
				'sh',
				process.execPath,
				BIN,
				...args,
				'--json',
			];
			const ran = spawnSync('sh', gone, { cwd, env: cleanEnvironment(), encoding: 'utf8' });
			mkdirSync(cwd, { recursive: true });
			expect(JSON.parse(ran.stdout).error).toMatchObject({
				code: 'NOT_A_PROJECT',
				hint: expect.stringContaining('--cwd'),
			});
		},
	);
});

describe('streams and exit statuses', () => {
	it('prints help and version on stdout, status 0', async () => {
		const cwd = makeTree({});
		for (const args of [
			[],
			['--help'],
			['add', '--help'],
			['help'],
			['help', 'add'],
			['help', 'errors'],
			['--version'],
		]) {
			const ran = await flue(args, { cwd });
			expect({ args, status: ran.status, stderr: ran.stderr }).toEqual({
				args,
				status: 0,
				stderr: '',
			});
			expect(ran.stdout.length).toBeGreaterThan(4);
		}
	});

	it('prints a usage error on stderr alone, status 2', async () => {
		const cwd = makeTree({});
		for (const args of [
			['frobnicate'],
			['add', '--frobnicate'],
			['add', 'database', 'redis', 'extra'],
			['add', '--secrets', 'x'],
			['help', 'x'],
			['add', '--cwd'],
		]) {
			const ran = await flue(args, { cwd });
			expect({ args, status: ran.status, stdout: ran.stdout }).toEqual({
				args,
				status: 2,
				stdout: '',
			});
			expect(ran.stderr).toMatch(/^error BAD_USAGE: .+\nhint: /);
		}
	});

	it('answers a usage error with one JSON document under --json', async () => {
		const ran = await flue(['add', '--json', '--frobnicate'], { cwd: makeTree({}) });
		expect(JSON.parse(ran.stdout)).toMatchObject({
			status: 'failed',
			blueprint: null,
			project: null,
			error: { code: 'BAD_USAGE' },
		});
		expect(ran.stderr).toBe('');
	});

	it('lists the blueprints, as a table and as JSON', async () => {
		const cwd = makeTree({});
		const table = (await flue(['add'], { cwd })).stdout;
		// A path with a blank, as that of a checkout may have, is quoted.
		for (const { name } of BLUEPRINTS)
			expect(table).toMatch(new RegExp(`flue\\.js'? add database ${name} `));
		const names = JSON.parse(
			(await flue(['add', 'database', '--json'], { cwd })).stdout,
		).blueprints.map(({ name }: { name: string }) => name);
		expect(names).toEqual(BLUEPRINTS.map(({ name }) => name));
	});

	it('does not call a list done when told to go on', async () => {
		const ran = await flue(['add', 'database', '--yes'], { cwd: makeTree(PROJECT) });
		expect(ran.status).toBe(2);
		expect(ran.stderr).toContain('flue.js add database redis`');
	});

	it('prints the rendered db.ts and nothing else with --print', async () => {
		const cwd = makeTree(PROJECT);
		const ran = await flue([...ADD, '--print'], { cwd });
		expect(ran.status).toBe(0);
		expect(ran.stdout).toBe(
			`// flue-blueprint: database/redis@1\n${readFileSync('templates/database/redis.ts', 'utf8')}`,
		);
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('prints db.ts although another one is there', async () => {
		const cwd = makeTree({ ...PROJECT, 'src/db.ts': 'export default 1;\n' });
		const ran = await flue([...ADD, '--print', '--reconnect'], { cwd });
		expect(ran).toMatchObject({ status: 0 });
		expect(ran.stdout).toContain("client.on('error'");
	});

	it('shows the plan of a dry run on stdout, without a secret', async () => {
		const cwd = makeTree(PROJECT);
		const ran = await flue([...ADD, '--dry-run'], { cwd });
		expect(ran.status).toBe(0);
		expect(ran.stdout).toContain('run npm install');
		expect(ran.stdout).toContain('+REDIS_URL=');
		expect(ran.stdout + ran.stderr).not.toContain('canary');
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it.each([
		['a dry run', ['--dry-run']],
		['the document', ['--dry-run', '--json']],
		['a failing install', []],
		['the document of a failing install', ['--json']],
	])('shows no token of an address in package.json in %s', async (_, args) => {
		const left = '"git+https://canary-token:x-oauth-basic@host.example.invalid/a/b.git"';
		const manifest = `{\n  "dependencies": {\n    "@flue/runtime": "2.0.3",\n    "left": ${left}\n  }\n}\n`;
		const cwd = makeTree({ ...PROJECT, 'package.json': manifest });
		const fails = `console.error('npm error', require('node:fs').readFileSync('package.json', 'utf8')); process.exit(1);`;
		const PATH = fakeManager(makeTree({}), 'npm', fails);
		const ran = await flue([...ADD, '--yes', ...args], {
			cwd,
			env: cleanEnvironment({ PATH, DEBUG: '1' }),
		});
		expect(ran.status).toBe(args.includes('--dry-run') ? 0 : 1);
		expect(ran.stdout + ran.stderr).toContain('https://***@host.example.invalid');
		expect(ran.stdout + ran.stderr).not.toContain('canary');
	});

	it.each([[[]], [['--json']]])(
		'quotes nothing of a package.json that cannot be parsed (%j)',
		async (args) => {
			const text = '{\n  "name": "app"\n  "token": "canary-token"\n}\n';
			const cwd = makeTree({ ...PROJECT, 'package.json': text });
			const ran = await flue([...ADD, ...args], { cwd, env: cleanEnvironment({ DEBUG: '1' }) });
			expect(ran.status).toBe(1);
			expect(ran.stdout + ran.stderr).toContain(
				'package.json is not valid JSON: see line 3, column 3.',
			);
			expect(ran.stdout + ran.stderr).not.toContain('canary');
		},
	);

	it('never prints anything of a db.ts that it replaces', async () => {
		const text =
			"const password = 'canary';\nexport const c = createClient({ url: 'redis://me:canary@h:6379' });\n";
		const cwd = makeTree({ ...PROJECT, 'src/db.ts': text });
		const ran = await flue([...ADD, '--dry-run', '--replace'], { cwd });
		expect(ran.stdout).toContain('create src/db.ts.bak');
		expect(ran.stdout + ran.stderr).not.toContain('canary');
	});

	it('fails when its answer cannot be written', () => {
		const cwd = makeTree(PROJECT);
		const command = `'${process.execPath}' '${BIN}' add database redis --dry-run --json >/dev/full`;
		const ran = spawnSync('bash', ['-c', command], {
			cwd,
			env: cleanEnvironment(),
			encoding: 'utf8',
		});
		expect(ran.status).toBe(1);
		expect(ran.stderr).toContain('could not be written');
	});

	it('suggests the command that was meant, and tells where options go', async () => {
		const cwd = makeTree({});
		expect((await flue(['ad'], { cwd })).stderr).toMatch(/Did you mean `node \S+flue\.js add`\?/);
		expect((await flue(['--yes', 'add'], { cwd })).stderr).toContain('after the command');
	});

	it('takes any name of a variable', async () => {
		const cwd = makeTree(PROJECT);
		for (const name of ['constructor', 'hasOwnProperty', 'toString']) {
			const ran = await flue([...ADD, '--dry-run', '--json', '--env-var', name], { cwd });
			expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'previewed', warnings: [] });
		}
	});

	it('previews nothing that could not be applied', async () => {
		const cwd = makeTree({ ...PROJECT, 'src/db.ts/': '' });
		const ran = await flue([...ADD, '--dry-run', '--json'], { cwd });
		expect(JSON.parse(ran.stdout).error.code).toBe('UNSAFE_PATH');
	});

	it('keeps the settings of an earlier run that are not said again', async () => {
		const cwd = makeTree(PROJECT);
		const said = [
			'--key-prefix',
			'app',
			'--no-inspect-server',
			'--env-var',
			'STORE_URL',
			'--reconnect',
		];
		await flue([...ADD, '--no-install', ...said], { cwd });
		const first = readTree(cwd);
		for (const more of [[], ['--replace']]) {
			const again = await flue([...ADD, '--no-install', '--json', ...more], { cwd });
			expect(JSON.parse(again.stdout)).toMatchObject({ status: 'unchanged', steps: [] });
		}
		expect(readTree(cwd)).toEqual(first);
		const other = await flue(['add', 'database', 'valkey', '--no-install', '--replace'], { cwd });
		expect(other.status).toBe(0);
		const text = readFileSync(join(cwd, 'src/db.ts'), 'utf8');
		expect(text).toContain("keyPrefix: 'app'");
		expect(text).toContain('process.env.VALKEY_URL');
		expect(text).toContain("client.on('error'");
		const retold = ['--key-prefix', 'other', '--replace'];
		await flue(['add', 'database', 'valkey', '--no-install', ...retold], { cwd });
		expect(readFileSync(join(cwd, 'src/db.ts'), 'utf8')).toContain("client.on('error'");
	});

	it('is coloured when asked and plain otherwise', async () => {
		const cwd = makeTree(PROJECT);
		const plain = await flue([...ADD, '--dry-run'], { cwd });
		const coloured = await flue([...ADD, '--dry-run'], {
			cwd,
			env: cleanEnvironment({ FORCE_COLOR: '1' }),
		});
		expect(plain.stdout).not.toContain('\u001b[');
		expect(coloured.stdout).toContain('\u001b[32m+');
	});

	it('refuses a Node that is too old, politely', () => {
		const text = readFileSync(BIN, 'utf8').replace(
			'process.versions.node.split',
			"'18.20.1'.split",
		);
		const ran = spawnSync(process.execPath, ['--input-type=module', '-e', text], {
			encoding: 'utf8',
		});
		expect(ran.status).toBe(1);
		expect(ran.stderr).toContain('needs Node 20.12');
	});
});

describe('the install', () => {
	it('runs one command in the project and reports what is there afterwards', async () => {
		const cwd = makeTree(PROJECT);
		const outside = makeTree({});
		const PATH = fakeManager(outside, 'npm', INSTALLS);
		const ran = await flue([...ADD, '--json'], {
			cwd,
			env: cleanEnvironment({ PATH, NODE_ENV: 'production' }),
		});
		expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'applied', warnings: [] });
		expect(readFileSync(join(outside, 'calls.txt'), 'utf8')).toBe(
			'["install","--no-audit","--no-fund"]\n',
		);
		expect(JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')).dependencies).toEqual({
			'@flue/redis': '2.0.3',
			'@flue/runtime': '2.0.3',
			redis: '^5.12.1',
		});
		const again = await flue([...ADD, '--json'], { cwd, env: cleanEnvironment({ PATH }) });
		expect(JSON.parse(again.stdout)).toMatchObject({ status: 'unchanged', steps: [] });
	});

	it('takes an adapter by a path from where the command was typed', async () => {
		const outside = makeTree({
			...Object.fromEntries(Object.entries(PROJECT).map(([path, text]) => [`app/${path}`, text])),
			'adapter.tgz': '',
		});
		await flue([...ADD, '--no-install', '--cwd', 'app', '--adapter', './adapter.tgz'], {
			cwd: outside,
		});
		const manifest = JSON.parse(readFileSync(join(outside, 'app/package.json'), 'utf8'));
		expect(manifest.dependencies['@flue/redis']).toBe('file:../adapter.tgz');
	});

	it('refuses a path to an adapter that is not there, and knows a tarball by its name', async () => {
		const cwd = makeTree({ ...PROJECT, 'adapter.tgz': '' });
		const missing = await flue([...ADD, '--no-install', '--adapter', './missing.tgz'], { cwd });
		expect(missing.status).toBe(2);
		expect(missing.stderr).toContain('missing.tgz');
		await flue([...ADD, '--no-install', '--adapter', 'adapter.tgz'], { cwd });
		const manifest = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
		expect(manifest.dependencies['@flue/redis']).toBe('file:adapter.tgz');
	});

	it('puts everything back when the manager fails, and repeats what it said', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(
			makeTree({}),
			'npm',
			`${INSTALLS}console.error('the registry is on fire'); process.exit(7);`,
		);
		const ran = await flue([...ADD, '--json'], { cwd, env: cleanEnvironment({ PATH }) });
		expect(ran.status).toBe(1);
		expect(JSON.parse(ran.stdout).error).toMatchObject({ code: 'INSTALL_FAILED' });
		expect(JSON.parse(ran.stdout).error.message).toContain('the registry is on fire');
		expect(readTree(cwd)).toEqual(PROJECT);
		expect(existsSync(join(cwd, 'node_modules'))).toBe(false);
	});

	it('names --adapter when the registry does not have the package', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(
			makeTree({}),
			'npm',
			`console.error(${JSON.stringify(NOT_IN_REGISTRY)}); process.exit(1);`,
		);
		const { error } = JSON.parse(
			(await flue([...ADD, '--json'], { cwd, env: cleanEnvironment({ PATH }) })).stdout,
		);
		expect(error.code).toBe('INSTALL_FAILED');
		expect(error.hint).toContain('--adapter vendored');
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('fails when the manager succeeds and the packages are not there', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(makeTree({}), 'npm', '');
		const ran = await flue([...ADD, '--json'], { cwd, env: cleanEnvironment({ PATH }) });
		expect(JSON.parse(ran.stdout).error.code).toBe('INSTALL_FAILED');
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('refuses before anything changes when the manager is not installed', async () => {
		const cwd = makeTree(PROJECT);
		const ran = await flue([...ADD, '--json', '--package-manager', 'bun'], {
			cwd,
			env: cleanEnvironment({ PATH: makeTree({}) }),
		});
		expect(JSON.parse(ran.stdout).error).toMatchObject({ code: 'MANAGER_MISSING' });
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('warns of two copies of the runtime with the override to paste', async () => {
		const cwd = makeTree(PROJECT);
		const nested =
			'mkdirSync(\'node_modules/@flue/redis/node_modules/@flue/runtime\', { recursive: true }); writeFileSync(\'node_modules/@flue/redis/node_modules/@flue/runtime/package.json\', \'{ "name": "@flue/runtime", "version": "2.1.0" }\');';
		const PATH = fakeManager(makeTree({}), 'npm', INSTALLS + nested);
		const document = JSON.parse(
			(await flue([...ADD, '--json'], { cwd, env: cleanEnvironment({ PATH }) })).stdout,
		);
		expect(document.status).toBe('applied');
		expect(document.warnings).toMatchObject([{ code: 'RUNTIME_DUPLICATED' }]);
		expect(document.warnings[0].message).toContain('"overrides"');
	});

	it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
		'stops the manager and puts everything back on %s',
		async (signal) => {
			const cwd = makeTree(PROJECT);
			const outside = makeTree({});
			const file = JSON.stringify(join(outside, 'pid'));
			// Whole as soon as it is there: the signal comes at once.
			const script = `${INSTALLS}require('node:fs').writeFileSync(${file} + '.new', String(process.pid)); require('node:fs').renameSync(${file} + '.new', ${file}); setTimeout(() => {}, 60000);`;
			const PATH = fakeManager(outside, 'npm', script);
			const ran = await flue([...ADD, '--json'], {
				cwd,
				env: cleanEnvironment({ PATH }),
				onStart: async (kill) => {
					while (!existsSync(join(outside, 'pid')))
						await new Promise((resume) => setTimeout(resume, 20));
					kill(signal);
				},
			});
			expect(ran.status).toBe(130);
			expect(JSON.parse(ran.stdout).error.code).toBe('CANCELLED');
			expect(readTree(cwd)).toEqual(PROJECT);
			const pid = Number(readFileSync(join(outside, 'pid'), 'utf8'));
			expect(() => process.kill(pid, 0)).toThrow();
		},
	);

	it('lets one of two runs at once through and leaves a whole project', async () => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(
			makeTree({}),
			'npm',
			`${INSTALLS}Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);`,
		);
		const env = cleanEnvironment({ PATH });
		const both = await Promise.all([
			flue([...ADD, '--json'], { cwd, env }),
			flue([...ADD, '--json'], { cwd, env }),
		]);
		const ends = both
			.map(({ stdout }) => JSON.parse(stdout))
			.map(({ status, error }) => error?.code ?? status);
		expect(ends).toContain('applied');
		expect(['BUSY', 'CHANGED_ON_DISK', 'unchanged']).toContain(
			ends.find((end) => end !== 'applied'),
		);
		expect(JSON.parse((await flue([...ADD, '--json'], { cwd, env })).stdout).status).toBe(
			'unchanged',
		);
	});
});

describe('a disk that refuses', () => {
	/** A user without rights, where the tests run as root. */
	const NOBODY = 65534;
	const isRoot = process.getuid?.() === 0;

	const asNobody = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

	/** The program, and a Node, where every user can read them: this checkout, or its Node, may be below a folder of root's alone. */
	function forEverybody(): { node: string; bin: string } {
		const folder = makeTree({});
		for (const path of ['bin', 'dist', 'templates', 'package.json'])
			cpSync(join(dirname(BIN), '..', path), join(folder, path), { recursive: true });
		let node = process.execPath;
		if (spawnSync(node, ['--version'], { cwd: '/', ...asNobody }).status !== 0) {
			node = join(folder, 'node');
			cpSync(process.execPath, node);
		}
		execFileSync('chmod', ['-R', 'a+rX', folder]);
		return { node, bin: join(folder, 'bin/flue.js') };
	}

	function runAsNobody(cwd: string) {
		const { node, bin } = forEverybody();
		return spawnSync(node, [bin, ...ADD, '--no-install', '--json'], {
			cwd,
			env: cleanEnvironment(),
			encoding: 'utf8',
			...asNobody,
		});
	}

	function giveAway(root: string): void {
		for (const entry of ['.', ...readdirSync(root, { recursive: true, encoding: 'utf8' })])
			if (isRoot) chownSync(join(root, entry), NOBODY, NOBODY);
	}

	it('puts everything back when a folder may not be written to', () => {
		const cwd = makeTree(PROJECT);
		giveAway(cwd);
		chmodSync(join(cwd, 'src'), 0o555);
		const ran = runAsNobody(cwd);
		chmodSync(join(cwd, 'src'), 0o755);
		expect(JSON.parse(ran.stdout).error).toMatchObject({ code: 'WRITE_FAILED' });
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('writes to files of another owner that the group may write to', ({ skip }) => {
		skip(!isRoot, 'only root can give files to another owner');
		const cwd = makeTree(PROJECT);
		for (const entry of ['.', ...readdirSync(cwd, { recursive: true, encoding: 'utf8' })]) {
			const path = join(cwd, entry);
			chownSync(path, 0, NOBODY);
			chmodSync(path, statSync(path).mode | 0o070);
		}
		const ran = runAsNobody(cwd);
		expect(JSON.parse(ran.stdout).status).toBe('applied');
		expect(statSync(join(cwd, '.env'))).toMatchObject({ uid: 0, gid: NOBODY });
		expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
	});

	it('names a file that may not be read', () => {
		const cwd = makeTree(PROJECT);
		giveAway(cwd);
		chmodSync(join(cwd, 'flue.config.ts'), 0o000);
		const ran = runAsNobody(cwd);
		chmodSync(join(cwd, 'flue.config.ts'), 0o644);
		expect(JSON.parse(ran.stdout).error).toMatchObject({ code: 'UNREADABLE_PROJECT' });
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('puts everything back when the disk is full', async ({ skip }) => {
		skip(!isRoot, 'only root can mount a disk that is small enough');
		const outside = makeTree({ 'disk/': '' });
		const disk = join(outside, 'disk');
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
		onTestFinished(() => void execFileSync('umount', ['-l', disk]));
		// package.json fits into the room that is left, .env with one more key does not.
		const files = { ...PROJECT, '.env': `TOKEN=${'x'.repeat(4080)}\n` };
		for (const [path, text] of Object.entries(files)) {
			mkdirSync(join(disk, path, '..'), { recursive: true });
			writeFileSync(join(disk, path), text);
		}
		fillUp(disk);
		const before = readTree(disk);
		const ran = await flue([...ADD, '--no-install', '--json'], { cwd: disk });
		expect(JSON.parse(ran.stdout).error).toMatchObject({ code: 'WRITE_FAILED' });
		expect(JSON.parse(ran.stdout).error.hint).toContain('full');
		expect(readTree(disk)).toEqual(before);
	});

	/** Leaves room for one small file, so that the failure comes in the middle. */
	function fillUp(disk: string): void {
		for (let index = 0; ; index++) {
			try {
				writeFileSync(join(disk, `fill${index}`), Buffer.alloc(4096), { flag: 'wx' });
			} catch {
				execFileSync('rm', [join(disk, `fill${index - 1}`), join(disk, `fill${index}`)]);
				return;
			}
		}
	}
});

describe('odd places', () => {
	it('works through a link to the project, in a path with spaces and unicode', async () => {
		const outside = makeTree(
			Object.fromEntries(Object.entries(PROJECT).map(([path, text]) => [`прое кт/${path}`, text])),
		);
		symlinkSync(join(outside, 'прое кт'), join(outside, 'link'));
		const ran = await flue([...ADD, '--no-install', '--json', '--cwd', 'link'], { cwd: outside });
		expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'applied' });
		expect(existsSync(join(outside, 'прое кт/src/db.ts'))).toBe(true);
	});

	it('says how to mend itself where it was not built or not installed whole', () => {
		const bin = readFileSync(BIN, 'utf8');
		const kind = readFileSync(join(dirname(BIN), 'package.json'), 'utf8');
		const cwd = makeTree({
			'package.json': '{ "type": "module" }',
			'bin/package.json': kind,
			'bin/flue.js': bin,
		});
		const ran = spawnSync(process.execPath, ['bin/flue.js'], { cwd, encoding: 'utf8' });
		expect(ran).toMatchObject({ status: 1, stdout: '' });
		expect(ran.stderr).toMatch(
			/^error INTERNAL: .* \(MODULE_NOT_FOUND\)\.\nhint: .*npm run build.*\nreport:\n {2}Node [\d.]+, .*\n$/,
		);
		expect(ran.stderr).not.toContain(cwd);
	});

	it('does not fail when nobody reads its output', () => {
		const cwd = makeTree(PROJECT);
		const ran = spawnSync(
			'bash',
			[
				'-c',
				`'${process.execPath}' '${BIN}' add database redis --dry-run | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`,
			],
			{ cwd, env: cleanEnvironment(), encoding: 'utf8' },
		);
		expect(ran.stdout.trim()).toBe('0');
		expect(ran.stderr).not.toContain('EPIPE');
	});
});
