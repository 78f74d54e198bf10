import { chmodSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findExecutable } from '../../../src/inspect/files.ts';
import { isYarnBerry, readManagerTraits } from '../../../src/inspect/packages/manager-traits.ts';
import { memberFolders } from '../../../src/inspect/packages/members.ts';
import {
	detectPackageManager,
	type ManagedProject,
	type ManagerAsked,
} from '../../../src/inspect/packages/package-manager.ts';
import { findWorkspace } from '../../../src/inspect/packages/workspace.ts';
import { findProject } from '../../../src/inspect/project.ts';
import { makeTree } from '../../tree.ts';

async function readProject(files: Record<string, string>, folder = ''): Promise<ManagedProject> {
	const top = makeTree({ '.git/': '', ...files });
	const { root, manifest } = findProject(join(top, folder));
	return { root, manifest, workspace: await findWorkspace(root) };
}

async function detect(
	files: Record<string, string>,
	folder = '',
	asked: Partial<ManagerAsked> = {},
) {
	const project = await readProject(files, folder);
	return detectPackageManager({ ...project, userAgent: undefined, ...asked });
}

const PLAIN = { 'package.json': '{}' };
const MEMBER = { 'package.json': '{"workspaces":["apps/*"]}', 'apps/api/package.json': '{}' };

describe('a field of package.json', () => {
	test.each([
		['npm@11.0.0', 'npm'],
		['pnpm@9.12.0+sha512.abc', 'pnpm'],
		['yarn@4.1.0', 'yarn'],
		['bun@1.2', 'bun'],
		['nub@0.9.2', 'nub'],
		['pnpm', 'pnpm'],
	])('it takes packageManager %s', async (field, value) => {
		const { fact } = await detect({ 'package.json': `{"packageManager":"${field}"}` });
		expect(fact).toEqual({ value, from: 'packageManager in package.json' });
	});

	test.each(['"./pnpm"', '7', '""', '"other@1"'])('it refuses packageManager %s', async (field) => {
		const files = { 'package.json': `{"packageManager":${field}}` };
		await expect(detect(files)).rejects.toMatchObject({ code: 'UNREADABLE_PROJECT' });
		// With the flag it is not asked, and whoever runs nothing needs no answer.
		expect(await detect(files, '', { said: 'bun' })).toMatchObject({ fact: { value: 'bun' } });
		const locked = await detect({ ...files, 'yarn.lock': '' }, '', { isIdle: true });
		expect(locked).toMatchObject({ fact: { value: 'yarn' }, warnings: [] });
		const { fact } = await detect(files, '', { isIdle: true });
		const from = 'packageManager in package.json, which names none that is known here';
		expect(fact).toEqual({ value: 'npm', from });
	});

	test('it takes devEngines.packageManager after packageManager', async () => {
		const devEngines = '"devEngines":{"packageManager":{"name":"bun","onFail":"warn"}}';
		const { fact } = await detect({ 'package.json': `{${devEngines}}` });
		expect(fact).toEqual({ value: 'bun', from: 'devEngines.packageManager in package.json' });
		const both = await detect({
			'package.json': `{"packageManager":"yarn@1.22.22",${devEngines}}`,
		});
		expect(both.fact).toMatchObject({ value: 'yarn' });
	});

	test('it lets the lockfile choose among several that devEngines allows', async () => {
		const allowed = '{"devEngines":{"packageManager":[{"name":"npm"},{"name":"pnpm"}]}}';
		const first = await detect({ 'package.json': allowed });
		expect(first.fact).toMatchObject({ value: 'npm' });
		const locked = await detect({ 'package.json': allowed, 'pnpm-lock.yaml': '' });
		expect(locked).toMatchObject({ fact: { value: 'pnpm' }, warnings: [] });
	});

	test('it refuses a devEngines.packageManager that names none', async () => {
		const files = { 'package.json': '{"devEngines":{"packageManager":{"name":"other"}}}' };
		await expect(detect(files)).rejects.toMatchObject({ code: 'UNREADABLE_PROJECT' });
	});

	test('it takes the field of the workspace root for a member', async () => {
		const manifest = '{"packageManager":"pnpm@10.0.0","workspaces":["apps/*"]}';
		const { fact } = await detect({ ...MEMBER, 'package.json': manifest }, 'apps/api');
		expect(fact).toEqual({ value: 'pnpm', from: 'packageManager in ../../package.json' });
	});

	test('it wins over a lockfile, with a warning', async () => {
		const files = { 'package.json': '{"packageManager":"pnpm@9.0.0"}', 'package-lock.json': '{}' };
		const { fact, warnings } = await detect(files);
		expect(fact).toMatchObject({ value: 'pnpm' });
		expect(warnings).toMatchObject([{ code: 'LOCKFILE_DISAGREES' }]);
		expect(warnings[0]?.message).toContain('package-lock.json');
	});

	test('it settles two lockfiles without a warning', async () => {
		const lockfiles = { 'package-lock.json': '{}', 'pnpm-lock.yaml': '' };
		const found = await detect({ 'package.json': '{"packageManager":"pnpm@9.0.0"}', ...lockfiles });
		expect(found).toMatchObject({ fact: { value: 'pnpm' }, warnings: [] });
	});
});

describe('a lockfile', () => {
	test.each([
		['package-lock.json', 'npm'],
		['npm-shrinkwrap.json', 'npm'],
		['nub.lock', 'nub'],
		['pnpm-lock.yaml', 'pnpm'],
		['yarn.lock', 'yarn'],
		['bun.lock', 'bun'],
		['bun.lockb', 'bun'],
		['pnpm-workspace.yaml', 'pnpm'],
	])('it reads %s', async (name, value) => {
		expect(await detect({ ...PLAIN, [name]: '' })).toEqual({
			fact: { value, from: name },
			foreign: null,
			warnings: [],
		});
	});

	test('it does not count two lockfiles of one manager as a question', async () => {
		const { fact } = await detect({ ...PLAIN, 'bun.lock': '', 'bun.lockb': '' });
		expect(fact).toEqual({ value: 'bun', from: 'bun.lock and bun.lockb' });
	});

	test('it leaves two managers open, each with its evidence', async () => {
		const { fact } = await detect({ ...PLAIN, 'package-lock.json': '{}', 'pnpm-lock.yaml': '' });
		expect(fact).toEqual({
			options: [
				{ value: 'npm', from: 'package-lock.json' },
				{ value: 'pnpm', from: 'pnpm-lock.yaml' },
			],
			from: 'package-lock.json and pnpm-lock.yaml',
		});
	});

	test('it finds that of the workspace root for a member', async () => {
		const { fact } = await detect({ ...MEMBER, 'bun.lock': '' }, 'apps/api');
		expect(fact).toEqual({ value: 'bun', from: '../../bun.lock' });
	});

	test('it asks when a member has one and the workspace root another', async () => {
		const files = { ...MEMBER, 'apps/api/package-lock.json': '{}', 'pnpm-lock.yaml': '' };
		const { fact } = await detect(files, 'apps/api');
		expect(fact).toMatchObject({ options: [{ value: 'npm' }, { value: 'pnpm' }] });
	});

	test('it ignores one above that does not govern the folder, with a warning', async () => {
		const files = { ...PLAIN, 'yarn.lock': '', 'app/package.json': '{}' };
		const { fact, warnings } = await detect(files, 'app');
		expect(fact).toEqual({ value: 'npm', from: 'nothing says otherwise' });
		expect(warnings).toMatchObject([{ code: 'FOREIGN_LOCKFILE' }]);
		expect(warnings[0]?.message).toContain('../yarn.lock');
	});

	test('it is not even mentioned when it lies above the git root', async () => {
		const files = { ...PLAIN, 'yarn.lock': '', 'app/package.json': '{}', 'app/.git/': '' };
		expect(await detect(files, 'app')).toMatchObject({ fact: { value: 'npm' }, warnings: [] });
	});
});

describe('nub, which keeps the lockfile of another', () => {
	const NUB = 'nub/0.9.2 npm/? node/v22.23.3 linux x64';
	const DECLARED = '{"devEngines":{"packageManager":{"name":"nub","version":"^0.9.2"}}}';

	test.each(['pnpm-lock.yaml', 'package-lock.json'])('it goes on with %s', async (lock) => {
		const declared = await detect({ 'package.json': DECLARED, [lock]: '' });
		expect(declared).toMatchObject({ fact: { value: 'nub' }, warnings: [] });
		const userAgent = 'pnpm/11.3.0 nub/0.9.2 node/v22.23.3 linux x64';
		const started = await detect({ ...PLAIN, [lock]: '' }, '', { userAgent });
		expect(started).toMatchObject({ fact: { value: 'nub' }, warnings: [] });
		expect(started.fact.from).toBe(`the command was started by nub, which keeps ${lock}`);
	});

	test("a lockfile alone is its own manager's, and a field goes before who started", async () => {
		const trace = { 'node_modules/.nub-engine': '' };
		expect(await detect({ ...PLAIN, 'pnpm-lock.yaml': '', ...trace })).toMatchObject({
			fact: { value: 'pnpm' },
		});
		const files = { 'package.json': '{"packageManager":"pnpm@10.0.0"}', 'pnpm-lock.yaml': '' };
		const named = await detect(files, '', { userAgent: NUB });
		expect(named).toMatchObject({ fact: { value: 'pnpm' } });
	});

	test('that of Yarn it refuses to write: it is told, or left', async () => {
		const said = await detect({ ...PLAIN, 'yarn.lock': '' }, '', { said: 'nub' });
		expect(said).toMatchObject({ warnings: [{ code: 'LOCKFILE_DISAGREES' }] });
		const started = await detect({ ...PLAIN, 'yarn.lock': '' }, '', { userAgent: NUB });
		expect(started).toMatchObject({ fact: { value: 'yarn' } });
	});
});

describe('the flag', () => {
	test('it is what the fact rests on, and lockfiles of another are told', async () => {
		const found = await detect({ ...PLAIN, 'package-lock.json': '{}' }, '', { said: 'bun' });
		expect(found).toMatchObject({
			fact: { value: 'bun', from: '--package-manager' },
			warnings: [{ code: 'LOCKFILE_DISAGREES' }],
		});
	});
});

describe('a manager that is not run here', () => {
	test.each([
		['deno', { ...PLAIN, 'deno.lock': '{}' }, 'deno.lock'],
		['aube', { ...PLAIN, 'aube-lock.yaml': '' }, 'aube-lock.yaml'],
		['vlt', { ...PLAIN, 'vlt-lock.json': '{}' }, 'vlt-lock.json'],
		['upm', { ...PLAIN, 'upm.lock': '' }, 'upm.lock'],
		['deno', { 'package.json': '{"packageManager":"deno@2"}' }, 'packageManager in package.json'],
		['cnpm', { 'package.json': '{"packageManager":"cnpm@9"}' }, 'packageManager in package.json'],
		[
			'vlt',
			{ 'package.json': '{"devEngines":{"packageManager":{"name":"vlt"}}}' },
			'devEngines.packageManager in package.json',
		],
		['deno', { 'package.json': '{"engines":{"deno":">=2"}}' }, 'engines.deno in package.json'],
	])('it names %s for %j', async (value, files, from) => {
		const { foreign, warnings } = await detect(files);
		expect(foreign).toEqual({ value, from });
		expect(warnings).toMatchObject([{ code: 'MANAGER_NOT_RUN' }]);
	});

	test('rush is found at the top of the repository', async () => {
		const files = { 'rush.json': '{}', 'apps/api/package.json': '{}' };
		expect((await detect(files, 'apps/api')).foreign).toEqual({
			value: 'rush',
			from: '../../rush.json',
		});
	});

	test('a lockfile of one that is run goes before it, and so does the flag', async () => {
		const files = { ...PLAIN, 'deno.lock': '{}', 'package-lock.json': '{}' };
		expect(await detect(files)).toMatchObject({ fact: { value: 'npm' }, foreign: null });
		const said = await detect({ ...PLAIN, 'deno.lock': '{}' }, '', { said: 'pnpm' });
		expect(said).toMatchObject({ fact: { value: 'pnpm' }, foreign: null, warnings: [] });
	});
});

describe('other evidence', () => {
	const PREINSTALL = '{"scripts":{"preinstall":"npx only-allow pnpm"}}';
	test.each<[string, Record<string, string>, string]>([
		['pnpm', { 'package.json': PREINSTALL }, 'only-allow in package.json'],
		[
			'pnpm',
			{ 'package.json': PREINSTALL, 'node_modules/.package-lock.json': '' },
			'only-allow in package.json',
		],
		[
			'pnpm',
			{ 'package.json': '{"engines":{"node":">=22","npm":">=9","pnpm":">=9"}}' },
			'engines.pnpm in package.json',
		],
		[
			'yarn',
			{ 'package.json': '{"engines":{"pnpm":"please-use-yarn","yarn":"4.x"}}' },
			'engines.yarn in package.json',
		],
		['yarn', { ...PLAIN, '.yarnrc.yml': '' }, '.yarnrc.yml'],
		['bun', { ...PLAIN, 'bunfig.toml': '' }, 'bunfig.toml'],
		['pnpm', { ...PLAIN, 'node_modules/.modules.yaml': '' }, 'node_modules/.modules.yaml'],
		[
			'nub',
			{ ...PLAIN, 'node_modules/.modules.yaml': '', 'node_modules/.nub-engine': '' },
			'node_modules/.nub-engine',
		],
		['yarn', { ...PLAIN, 'node_modules/.yarn-integrity': '' }, 'node_modules/.yarn-integrity'],
		['npm', { ...PLAIN, 'node_modules/.package-lock.json': '' }, 'node_modules/.package-lock.json'],
	])('it takes %s for %j', async (value, files, from) => {
		const { fact, warnings } = await detect(files);
		expect({ fact, warnings }).toEqual({ fact: { value, from }, warnings: [] });
	});

	test('only-allow goes before a lockfile, with a warning', async () => {
		const found = await detect({ 'package.json': PREINSTALL, 'yarn.lock': '' });
		expect(found).toMatchObject({
			fact: { value: 'pnpm' },
			warnings: [{ code: 'LOCKFILE_DISAGREES' }],
		});
	});

	test('the package.json of every other member is known', async () => {
		const files = { ...MEMBER, 'apps/web/package.json': '{}' };
		const project = await readProject(files, 'apps/api');
		const members = await memberFolders(project.workspace.root);
		const { manifests } = readManagerTraits(project, members);
		expect(manifests).toEqual(['../../package.json', '../web/package.json']);
	});
});

describe('no evidence in files', () => {
	test('it takes the manager that started the command', async () => {
		const { fact } = await detect(PLAIN, '', {
			userAgent: 'pnpm/9.1.0 npm/? node/v20.20.2 linux x64',
		});
		expect(fact).toEqual({ value: 'pnpm', from: 'the command was started by pnpm' });
	});

	test('it takes npm when nothing, or something unknown, started it', async () => {
		expect((await detect(PLAIN)).fact).toMatchObject({ value: 'npm' });
		expect((await detect(PLAIN, '', { userAgent: 'cnpm/9' })).fact).toMatchObject({ value: 'npm' });
	});
});

describe('isYarnBerry', () => {
	test.each<[Record<string, string>, boolean | null]>([
		[{ 'package.json': '{"packageManager":"yarn@4.18.1"}' }, true],
		[{ 'package.json': '{"packageManager":"yarn@1.22.22"}', '.yarnrc.yml': '' }, false],
		[{ ...PLAIN, '.yarnrc.yml': 'nodeLinker: node-modules\n' }, true],
		[{ ...PLAIN, 'yarn.lock': '# made\n\n__metadata:\n  version: 8\n' }, true],
		[
			{ ...PLAIN, 'yarn.lock': '# yarn lockfile v1\n\n\nredis@^5.12.1:\n  version "5.12.1"\n' },
			false,
		],
		[{ ...PLAIN, 'yarn.lock': '' }, null],
		[PLAIN, null],
	])('it judges %j', async (files, expected) => {
		expect(isYarnBerry(await readProject(files))).toBe(expected);
	});

	test('it reads the files of the workspace root for a member', async () => {
		const project = await readProject({ ...MEMBER, '.yarnrc.yml': '' }, 'apps/api');
		expect(readManagerTraits(project, [])).toMatchObject({
			yarnIsBerry: true,
			ignoresWorkspace: false,
		});
	});
});

describe('the version of pnpm', () => {
	const named = (packageManager: string) => ({
		'package.json': JSON.stringify({ packageManager }),
	});
	test.each<[Record<string, string>, number | null]>([
		[{ 'package.json': '{}' }, null],
		[named('pnpm@9.15.9+sha512.abc'), 9],
		[named('pnpm@12.0.0'), 12],
		[named('yarn@4.1.0'), null],
		[
			{
				'package.json': '{}',
				'node_modules/.modules.yaml': 'layoutVersion: 5\npackageManager: pnpm@9.15.9\n',
			},
			9,
		],
		[
			{
				'package.json': '{}',
				'node_modules/.modules.yaml': '{\n  "packageManager": "pnpm@11.28.10"\n}',
			},
			11,
		],
		[
			{ ...named('pnpm@10.1.0'), 'node_modules/.modules.yaml': '"packageManager": "pnpm@9.0.0"' },
			10,
		],
		[{ ...MEMBER, 'node_modules/.modules.yaml': 'packageManager: pnpm@9.15.9' }, 9],
	])('%j: %s', async (files, expected) => {
		const place = 'apps/api/package.json' in files ? 'apps/api' : '.';
		const project = await readProject(files, place);
		expect(readManagerTraits(project, []).pnpmMajor).toBe(expected);
	});
});

describe('findExecutable', () => {
	test('it finds the first on PATH', () => {
		const top = makeTree({ 'one/': '', 'two/pnpm': '', 'three/pnpm': '' });
		chmodSync(join(top, 'two/pnpm'), 0o755);
		const PATH = ['one', 'two', 'three'].map((name) => join(top, name)).join(delimiter);
		expect(findExecutable('pnpm', { PATH })).toBe(join(top, 'two/pnpm'));
	});

	test('it tries the endings of Windows', () => {
		const top = makeTree({ pnpm: 'a shell script', 'pnpm.cmd': '' });
		chmodSync(join(top, 'pnpm.cmd'), 0o755);
		expect(findExecutable('pnpm', { PATH: top, PATHEXT: '.EXE;.CMD' })).toBe(join(top, 'pnpm.cmd'));
	});

	test('it passes over a file that may not be run, and folders that lie where one stands', () => {
		const top = makeTree({ 'one/pnpm': '', 'two/pnpm': '' });
		chmodSync(join(top, 'two/pnpm'), 0o755);
		const PATH = ['one', 'two'].map((name) => join(top, name)).join(delimiter);
		expect(findExecutable('pnpm', { PATH })).toBe(join(top, 'two/pnpm'));
		const near = relative(process.cwd(), join(top, 'two'));
		for (const here of ['.', '', near]) {
			expect(findExecutable('pnpm', { PATH: here })).toBeNull();
			expect(findExecutable('biome.json', { PATH: here })).toBeNull();
		}
	});

	test('it finds nothing in a folder, an empty PATH or none', () => {
		const top = makeTree({ 'pnpm/': '' });
		chmodSync(join(top, 'pnpm'), 0o755);
		expect(findExecutable('pnpm', { PATH: top })).toBeNull();
		expect(findExecutable('pnpm', { PATH: '' })).toBeNull();
		expect(findExecutable('pnpm', {})).toBeNull();
	});
});
