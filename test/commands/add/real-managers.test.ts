// The planned step, carried out by the real package managers in CI mode, with the real redis from the registry.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { inTurns } from '../../../adapter/test/extent.ts';
import { missingPackage } from '../../../src/apply/install-output.ts';
import { saysAbsent, viewArguments } from '../../../src/apply/registry.ts';
import { checkInstalled } from '../../../src/apply/resolve-check.ts';
import { blueprint as redis } from '../../../src/blueprints/redis.ts';
import { readManagerTraits } from '../../../src/inspect/packages/manager-traits.ts';
import { memberFolders } from '../../../src/inspect/packages/members.ts';
import { detectPackageManager } from '../../../src/inspect/packages/package-manager.ts';
import { readPackageFact } from '../../../src/inspect/packages/packages.ts';
import { readRuntimes } from '../../../src/inspect/packages/runtimes.ts';
import { findWorkspace } from '../../../src/inspect/packages/workspace.ts';
import { findProject } from '../../../src/inspect/project.ts';
import type { PackageManager } from '../../../src/model/request.ts';
import { planInstall } from '../../../src/plan/install.ts';
import { addDependencies } from '../../../src/plan/manifest.ts';
import { tellLeftOut } from '../../left-out.ts';
import { everyManager, execute, MANAGERS, type Manager } from '../../managers.ts';
import { makeTree } from '../../tree.ts';
import { RUNTIME_AS_IT_IS } from '../../values.ts';

/** Package.json of a project that has something installed already, so that there is a lockfile to freeze. */
function manifest(name: string, more: object = {}): string {
	const dependencies = { 'cluster-key-slot': '1.1.2' };
	return JSON.stringify(
		{ name, version: '1.0.0', private: true, ...more, dependencies },
		null,
		'\t',
	);
}

/** Reads the project again and plans. */
async function plan(folder: string, starter: PackageManager) {
	const project = findProject(folder);
	const workspace = await findWorkspace(project.root);
	const managed = { ...project, workspace };
	const { fact } = await detectPackageManager({ ...managed, userAgent: `${starter}/0.0.0` });
	if ('options' in fact) throw new Error(`${fact.from} leave the manager open`);
	const [adapter, client] = [redis.adapter, redis.client].map(({ name }) =>
		readPackageFact(project, name),
	);
	if (!adapter || !client) throw new Error('unreachable');
	const facts = {
		root: project.root,
		boundary: workspace.root,
		line: { value: '2.x' as const, from: 'a test' },
		runtime: null,
		packages: { adapter, client },
		foreignManager: null,
		managerTraits: readManagerTraits(managed, await memberFolders(workspace.root)),
	};
	const choices = { blueprint: redis, packageManager: fact, adapter: undefined, copy: null };
	const install = planInstall(facts, {
		choices,
		options: { install: true },
		adapter: standIn,
		runtime: RUNTIME_AS_IT_IS,
	});
	return { project, workspace, manager: fact.value, install, packages: [adapter, client] };
}

let standIn = '';

beforeAll(async () => {
	const exports = { '.': './index.js', './package.json': './package.json' };
	const files = {
		'package.json': JSON.stringify({
			name: '@flue/redis',
			version: '2.0.3',
			type: 'module',
			exports,
		}),
		'index.js': 'export const redis = () => ({});\n',
	};
	// Made here and not with makeTree, whose folders end with the hook.
	const folder = mkdtempSync(join(tmpdir(), 'flue-adapter-'));
	for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
	const packed = await execute(MANAGERS.npm?.command ?? [], ['pack', '--silent'], folder);
	expect(packed).toMatchObject({ exitCode: 0 });
	standIn = `file:${join(folder, packed.stdout.trim())}`;
	return () => rmSync(folder, { recursive: true });
});

/** Installs once, adds the packages as `add` does, and checks what that left. */
async function addWith(manager: Manager, top: string, folder: string) {
	const first = await plan(top, manager.name);
	const { exitCode, tail } = await execute(manager.command, first.install.install?.args ?? [], top);
	expect({ exitCode, tail }).toMatchObject({ exitCode: 0 });
	const { stdout: version } = await execute(manager.command, ['--version'], top);
	expect(version.trim()).toBe(manager.version);

	const root = join(top, folder);
	const lockfile = join(top, manager.lockfile);
	const before = readFileSync(lockfile, 'utf8');
	const { project, workspace, install } = await plan(root, manager.name);
	const text = addDependencies(project.file.text, install.manifest);
	writeFileSync(join(root, 'package.json'), text);
	const added = await execute(manager.command, install.install?.args ?? [], root);
	expect(added.exitCode, added.tail).toBe(0);
	expect(readFileSync(join(root, 'package.json'), 'utf8')).toBe(text);
	expect(readFileSync(lockfile, 'utf8')).not.toBe(before);
	expect(install.touches.map((path) => join(root, path))).toContain(lockfile);

	const after = await plan(root, manager.name);
	const runtimes = readRuntimes(after.project, { boundary: workspace.root, members: [] });
	const installed = {
		manager: manager.name,
		traits: { ignoresWorkspace: false, pnpmMajor: null },
		runtimes,
	};
	expect(
		checkInstalled(
			{ ...installed, packages: after.packages },
			{ oneRuntime: true, before: runtimes },
		),
	).toEqual([]);
	expect(after.install).toMatchObject({ manifest: [], install: null });
	expect(after.packages.map(({ installed }) => installed)).toEqual([
		'2.0.3',
		expect.stringMatching(/^5\./),
	]);
	expect(await loads(root, top)).toBe('function function\n');
}

/** What Node itself finds, with Yarn's map where there is one. */
async function loads(root: string, top: string): Promise<string> {
	const map = join(top, '.pnp.cjs');
	const loader = join(top, '.pnp.loader.mjs');
	const hooks = existsSync(map) ? ['-r', map, '--loader', loader] : [];
	const source =
		"import { redis } from '@flue/redis'; import { createClient } from 'redis'; console.log(typeof redis, typeof createClient);";
	const result = await execute([execPath], [...hooks, '--input-type=module', '-e', source], root);
	return result.exitCode === 0 ? result.stdout : result.tail;
}

async function addToProject(manager: Manager): Promise<void> {
	const top = makeTree({ '.git/': '', 'package.json': manifest('app'), ...manager.files });
	await addWith(manager, top, '');
}

async function addToMember(manager: Manager): Promise<void> {
	const top = makeTree({
		'.git/': '',
		'package.json': manifest('top', { workspaces: ['apps/*'] }),
		'apps/api/package.json': manifest('api'),
		'apps/web/package.json': manifest('web'),
		...(manager.name === 'pnpm' ? { 'pnpm-workspace.yaml': 'packages:\n  - apps/*\n' } : {}),
		...manager.files,
	});
	await addWith(manager, top, 'apps/api');
	expect(existsSync(join(top, 'apps/api', manager.lockfile))).toBe(false);
}

test.each(
	inTurns(everyManager(), [
		['a project', addToProject],
		['a workspace member', addToMember],
	] as const)
		// Yarn 1 looks for a member's tarball from where it is started: one that lies elsewhere it does not find.
		.filter(([[name], [, add]]) => name !== 'Yarn 1' || add !== addToMember)
		.map(([[name, manager], [place, add]]) => [name, place, manager, add] as const),
)('%s installs what %s asks for', (_name, _place, manager, add) => add(manager));
tellLeftOut(everyManager().length, 'managers with the other kind of project');

describe.each(everyManager())('%s', (_, manager) => {
	test('it says what the registry does not have', async () => {
		const name = '@flue/there-is-no-such-package';
		const dependencies = { [name]: '2.0.3' };
		const files = { 'package.json': JSON.stringify({ name: 'app', private: true, dependencies }) };
		const top = makeTree({ ...files, ...manager.files });
		const { install } = await plan(top, manager.name);
		const { exitCode, tail } = await execute(manager.command, install.install?.args ?? [], top);
		expect(exitCode).not.toBe(0);
		expect({ tail, isMissing: missingPackage(tail, name) }).toMatchObject({ isMissing: true });
		expect(missingPackage(tail, 'redis')).toBe(false);
	});

	test('its registry is asked whether it has a package', async () => {
		const top = makeTree({ 'package.json': manifest('app'), ...manager.files });
		const ask = async (name: string): Promise<string> => {
			const args = viewArguments(manager.name, { yarnIsBerry: manager.isBerry ?? false }, name);
			return (await execute(manager.command, args, top)).tail;
		};
		expect(saysAbsent(await ask('@flue/redis'))).toBe(true);
		const present = await ask('redis');
		expect({ present, isAbsent: saysAbsent(present) }).toMatchObject({ isAbsent: false });
		expect(present).toMatch(/\d+\.\d+\.\d+/);
	});
});

test('it makes pnpm install a project that a workspace above does not list', async () => {
	const top = makeTree({
		'.git/': '',
		'pnpm-workspace.yaml': 'packages:\n  - libs/*\n',
		'package.json': manifest('top'),
		'app/package.json': manifest('app'),
		'app/pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
	});
	const root = join(top, 'app');
	const { project, install, manager } = await plan(root, 'pnpm');
	writeFileSync(join(root, 'package.json'), addDependencies(project.file.text, install.manifest));
	const result = await execute(MANAGERS[manager]?.command ?? [], install.install?.args ?? [], root);
	expect(result).toMatchObject({ exitCode: 0 });
	expect(await loads(root, root)).toBe('function function\n');
	expect(existsSync(join(top, 'pnpm-lock.yaml'))).toBe(false);
});
