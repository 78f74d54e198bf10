// Beside the real @flue/cli, in any order and with each manager, `flue` is the framework's command and `flue-blueprints` ours;
// what ours prints can be pasted; and called as `flue` by a link of one's own it hands the framework's commands over.
import { execFileSync, spawn } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { BLUEPRINTS } from '../src/blueprints/index.ts';
import { FRAMEWORK_BLUEPRINTS, FRAMEWORK_COMMANDS } from '../src/framework/names.ts';
import { makeBase } from './e2e/layouts.ts';
import { flueProject } from './e2e/project.ts';
import { nodeEnvironment, run } from './e2e/toolchain.ts';
import { environmentOf, MANAGERS, type Manager } from './managers.ts';
import { node22 } from './node22.ts';
import { BIN } from './program.ts';
import { addToTree, makeTree } from './tree.ts';

const REPOSITORY = join(import.meta.dirname, '..');
const OURS = 'flue-blueprints';

/** One real install, below which the projects of the tests lie and find what @flue/cli needs. */
let base = '';
/** Tarballs: this package, and @flue/cli as it is but for what it depends on. Commands are linked by names alone. */
const tarballs: Record<string, string> = {};

function pack(name: string, folder: string): void {
	const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', base];
	tarballs[name] = join(base, execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }).trim());
}

beforeAll(() => {
	base = makeBase();
	const real = join(base, 'node_modules/@flue/cli');
	const bare = mkdtempSync(join(tmpdir(), 'flue-cli-'));
	cpSync(real, bare, { recursive: true });
	const {
		dependencies: _,
		devDependencies: __,
		scripts: ___,
		...rest
	} = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8'));
	writeFileSync(join(bare, 'package.json'), JSON.stringify(rest));
	pack('@flue/cli', bare);
	pack(OURS, REPOSITORY);
	rmSync(bare, { recursive: true });
	return () => rmSync(base, { recursive: true });
});

interface Ways {
	add(name: string, tarball: string): string[];
	remove(name: string): string[];
	install: string[];
}

/** How each manager adds a tarball, takes a package away, and installs what package.json says. */
const WAYS: Record<string, Ways> = {
	npm: {
		add: (_, tarball) => ['install', '--no-audit', '--no-fund', '-D', tarball],
		remove: (name) => ['uninstall', '--no-audit', '--no-fund', name],
		install: ['install', '--no-audit', '--no-fund'],
	},
	nub: {
		add: (name, tarball) => ['add', '-D', `${name}@file:${tarball}`],
		remove: (name) => ['remove', name],
		install: ['install'],
	},
	pnpm: {
		add: (_, tarball) => ['add', '-D', tarball],
		remove: (name) => ['remove', name],
		install: ['install'],
	},
	'Yarn 1': {
		add: (_, tarball) => ['add', '--non-interactive', '-D', `file:${tarball}`],
		remove: (name) => ['remove', '--non-interactive', name],
		install: ['install', '--non-interactive'],
	},
	'Yarn 4 with node_modules': {
		add: (name, tarball) => ['add', '-D', `${name}@file:${tarball}`],
		remove: (name) => ['remove', name],
		install: ['install'],
	},
	bun: {
		add: (_, tarball) => ['add', '-d', tarball],
		remove: (name) => ['remove', name],
		install: ['install'],
	},
};

/** A Flue project below the real install, whose package.json declares nothing, and the programs around it. */
function makeProject(key: string, manager: Manager) {
	const cwd = mkdtempSync(join(base, `${manager.name}-`));
	const { name, type } = JSON.parse(flueProject(manager.name)['package.json'] ?? '');
	addToTree(cwd, {
		...flueProject(manager.name),
		'package.json': JSON.stringify({ name, type, private: true }),
		...(manager.isBerry ? { 'yarn.lock': '' } : {}),
		...manager.files,
	});
	const env = { ...nodeEnvironment(), PATH: environmentOf(manager, node22()).PATH };
	const call = (args: string[]) => run(manager.name, args, { cwd, env });
	const ways = WAYS[key] as Ways;
	return {
		cwd,
		/** What a shell prints to whom pastes a command. */
		paste: (command: string) => run('sh', ['-c', command], { cwd, env }),
		has: (command: string) => existsSync(join(cwd, 'node_modules/.bin', command)),
		add: (one: string) => call(ways.add(one, tarballs[one] ?? '')),
		remove: (one: string) => call(ways.remove(one)),
		install: () => call(ways.install),
	};
}

type Project = ReturnType<typeof makeProject>;

/** The words before a command of the project, for each manager: nothing is fetched in its place. */
const EXEC: Record<string, string> = {
	npm: 'npx --no-install',
	nub: 'nub exec',
	pnpm: 'pnpm exec',
	'Yarn 1': 'yarn -s',
	'Yarn 4 with node_modules': 'yarn',
	bun: 'bunx --no-install',
};
/** What every manager's words come to, and a start of its own less. */
const LINKED = 'node_modules/.bin/';

async function isFrameworks(project: Project, before: string): Promise<void> {
	expect(await project.paste(`${before}flue --version`)).toBe('2.0.3\n');
}

/** Gives the command that the preview names next. */
async function isOurs(project: Project, before: string): Promise<string> {
	const add = `${before}${OURS} add database redis --dry-run --no-install --json`;
	const document = JSON.parse(await project.paste(add));
	expect(document).toMatchObject({ command: 'add', status: 'previewed' });
	return document.next.command;
}

/** Each command that comes next is pasted as it stands. */
async function canBePasted(project: Project, next: string, { name }: Manager): Promise<void> {
	expect(next).toMatch(
		/^(npx|nubx|pnpm exec|yarn -s|yarn|bunx) flue-blueprints add database redis /,
	);
	const applied = JSON.parse(await project.paste(next));
	expect(applied).toMatchObject({ status: 'applied', next: { command: `${name} install` } });
	const [verify = ''] = applied.nextSteps.at(-1).match(/(?<=`)[^`]+ verify [^`]+(?=`)/);
	const checked = await project.paste(`${verify} --json || true`);
	expect(JSON.parse(checked)).toMatchObject({ command: 'verify', status: 'failed' });
}

describe.each(Object.keys(WAYS))('%s', (key) => {
	const manager = MANAGERS[key] as Manager;
	const exec = `${EXEC[key]} `;

	it('leaves `flue` to the framework in any order, after a clean install, and when ours goes again', async () => {
		const project = makeProject(key, manager);
		await project.add(OURS);
		expect(project.has('flue')).toBe(false);
		await project.add('@flue/cli');
		await isFrameworks(project, LINKED);
		await isOurs(project, LINKED);

		rmSync(join(project.cwd, 'node_modules'), { recursive: true });
		await project.install();
		await isFrameworks(project, exec);
		const answer = await project.paste(`${exec}flue run src/agents/hello.ts -m hi`);
		expect(answer).toContain('I was shown');
		const manifest = readFileSync(join(project.cwd, 'package.json'), 'utf8');
		await canBePasted(project, await isOurs(project, exec), manager);
		// What it has written there names a package that the registry need not have.
		addToTree(project.cwd, { 'package.json': manifest });

		await project.remove(OURS);
		// nub 0.9 leaves the script behind that started it.
		if (key !== 'nub') expect(project.has(OURS)).toBe(false);
		await isFrameworks(project, LINKED);
		await project.add(OURS);
		await isFrameworks(project, LINKED);
		await isOurs(project, LINKED);
	});
});

it('knows the commands and the blueprints of the real @flue/cli', async () => {
	const flue = join(base, 'node_modules/.bin/flue');
	// The list is on stderr for whoever is no agent.
	const listed = await run('sh', ['-c', `'${flue}' add 2>&1`], { cwd: base });
	const rows = [...listed.matchAll(/^ {2}flue add (\w+) ([\w-]+) {2}/gm)];
	const found = Object.entries(FRAMEWORK_BLUEPRINTS).flatMap(([kind, names]) =>
		names.map((name) => `${kind} ${name}`),
	);
	const shared = BLUEPRINTS.map(({ kind, name }) => `${kind} ${name}`);
	const theirs = rows.map(([, kind, name]) => `${kind} ${name}`);
	expect(theirs.filter((one) => !shared.includes(one)).sort()).toEqual(found.sort());
	const help = await run(flue, ['--help'], { cwd: base });
	const commands = [...help.matchAll(/^ {2}([a-z]+) [[<]/gm)].map(([, name = '']) => name);
	expect(commands).toContain('run');
	expect(commands.filter((name) => ![...FRAMEWORK_COMMANDS, 'add'].includes(name))).toEqual([]);
});

describe('called as `flue`, by a link of one’s own', () => {
	/** A folder with the link, and the link to the framework's own file, to compare with. */
	function links(): { ours: string; theirs: string } {
		const folder = makeTree({});
		symlinkSync(BIN, join(folder, 'flue'));
		return { ours: join(folder, 'flue'), theirs: join(base, 'node_modules/.bin/flue') };
	}

	interface Ended {
		status: number | null;
		signal: string | null;
		stdout: string;
		stderr: string;
	}

	function start(file: string, args: string[], { node = node22(), cwd = base, input = '' } = {}) {
		const child = spawn(node, [file, ...args], { cwd, env: nodeEnvironment(), stdio: 'pipe' });
		child.stdin.on('error', () => {}).end(input);
		const streams = { stdout: '', stderr: '' };
		for (const name of ['stdout', 'stderr'] as const)
			child[name].setEncoding('utf8').on('data', (chunk) => {
				streams[name] += chunk;
			});
		const end = new Promise<Ended>((resolve, reject) => {
			child.on('error', reject);
			child.on('close', (status, signal) => resolve({ status, signal, ...streams }));
		});
		return { child, end };
	}

	const endOf = (file: string, args: string[], more = {}) => start(file, args, more).end;

	it.each([
		['docs', 'read', 'guide/database'],
		['docs', 'search', 'two words'],
		['run'],
		['frobnicate', '--x'],
	])('says and ends as the framework does with %s %s', async (...args) => {
		const { ours, theirs } = links();
		const [own, other] = await Promise.all([endOf(ours, args), endOf(theirs, args)]);
		expect(own).toEqual(other);
		expect(own.stdout + own.stderr).not.toBe('');
	});

	it('runs an agent, with arguments as they are, and is stopped by a signal as the framework is', async () => {
		const { ours, theirs } = links();
		const cwd = mkdtempSync(join(base, 'agent-'));
		addToTree(cwd, flueProject('agent'));
		const args = ['run', 'src/agents/hello.ts', '-m', "it's  two", '--id', 'one', '--json'];
		const { status, stdout } = await endOf(ours, args, { cwd });
		expect({ status, ...JSON.parse(stdout) }).toMatchObject({ status: 0, id: 'one' });

		const stopped = async (file: string): Promise<Pick<Ended, 'status' | 'signal'>> => {
			const env = 'REPLY_MS=60000\n';
			addToTree(cwd, { '.env': env });
			const { child, end } = start(file, ['run', 'src/agents/hello.ts', '-m', 'hi'], { cwd });
			await new Promise((resume) => child.stderr.once('data', resume));
			child.kill('SIGTERM');
			const ended = await end;
			return { status: ended.status, signal: ended.signal };
		};
		expect(await stopped(ours)).toEqual(await stopped(theirs));
	});

	it('lets the framework say that a Node is too old for it', async () => {
		const { ours } = links();
		const [major = 0] = process.versions.node.split('.').map(Number);
		// The suite may run on a Node that Flue runs on.
		if (major >= 22) return;
		const ended = await endOf(ours, ['docs'], { node: process.execPath });
		expect(ended).toMatchObject({ status: 1, stdout: '' });
		expect(ended.stderr).toContain('is not supported by Flue');
	});

	it('keeps what is its own, and says so where the framework is not installed', async () => {
		const { ours } = links();
		const list = await endOf(ours, ['add']);
		expect(list.stdout).toMatch(/\/flue' add database redis /);
		const absent = await endOf(ours, ['run', 'x'], { cwd: makeTree({}) });
		expect(absent).toMatchObject({ status: 2, stdout: '' });
		expect(absent.stderr).toMatch(
			/^error BAD_USAGE: There is no command "run"\.\nhint: .*@flue\/cli run/,
		);
		const byOurName = await endOf(join(dirname(BIN), 'flue-blueprints.js'), ['docs']);
		expect(byOurName).toMatchObject({ status: 2, stdout: '' });
	});

	it('ends as Node does where the file of the framework is broken', async () => {
		const { ours } = links();
		const cwd = makeTree({
			'node_modules/@flue/cli/package.json': '{ "bin": { "flue": "flue.mjs" } }',
			'node_modules/@flue/cli/flue.mjs': 'throw new Error("broken on purpose");\n',
		});
		mkdirSync(join(cwd, 'src'));
		const ended = await endOf(ours, ['docs'], { cwd: join(cwd, 'src') });
		expect(ended).toMatchObject({ status: 1, stdout: '' });
		expect(ended.stderr).toContain('Error: broken on purpose');
		expect(ended.stderr).not.toContain('INTERNAL');
	});
});
