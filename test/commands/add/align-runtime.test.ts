// Projects whose runtime is split, with each real package manager and Flue's real packages: every cure that `verify` prints is typed as it
// stands, and `--align-runtime` does the same; each ends with one copy.
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { describe, expect, test } from 'vitest';
import type { Check } from '../../../src/model/verification.ts';
import { fakeManager, INSTALLS } from '../../fake-manager.ts';
import { environmentOf, MANAGERS, type Manager } from '../../managers.ts';
import { node22 } from '../../node22.ts';
import { cleanEnvironment, flue } from '../../program.ts';
import { PROJECT } from '../../project.ts';
import { tool } from '../../tools.ts';
import { makeTree, readTree } from '../../tree.ts';

function pinned(name: 'npm' | 'pnpm', version: string, file: string): () => Manager {
	return () => ({
		name,
		version,
		command: [execPath, join(tool(name, version), file)],
		lockfile: name === 'npm' ? 'package-lock.json' : 'pnpm-lock.yaml',
	});
}

const { npm: npm11, pnpm: pnpm10, ...others } = MANAGERS;
const ROWS: Record<string, () => Manager> = {
	'npm 10': pinned('npm', '10.9.9', 'bin/npm-cli.js'),
	'npm 11': () => npm11 as Manager,
	'pnpm 10': () => pnpm10 as Manager,
	'pnpm 11': pinned('pnpm', '11.28.10', 'bin/pnpm.cjs'),
	...Object.fromEntries(Object.entries(others).map(([name, manager]) => [name, () => manager])),
};

/** What `flue init` writes in short, with the versions between which it is split. */
function split(manager: Manager): Record<string, string> {
	const { 'package-lock.json': lock, ...files } = PROJECT;
	const manifest = {
		name: 'app',
		version: '1.0.0',
		private: true,
		type: 'module',
		dependencies: { '@flue/runtime': '>=2.0.3 <=2.1.0' },
		devDependencies: { '@flue/cli': '2.0.3' },
	};
	return {
		...files,
		'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
		...(manager.lockfile === 'yarn.lock' ? { 'yarn.lock': '' } : {}),
		...manager.files,
	};
}

/** A project, and what is done to it with one manager. */
function workplace(manager: Manager, folder: string) {
	const env = environmentOf(manager, node22());
	const add = async (...more: string[]) => {
		const args = ['add', 'database', 'redis', '--adapter', 'vendored', '--json', ...more];
		const named = ['--package-manager', manager.name];
		const { stdout } = await flue([...args, ...named], { cwd: folder, env });
		return JSON.parse(stdout);
	};
	const copies = async (): Promise<Check> => {
		const { stdout } = await flue(['verify', 'database', '--json'], { cwd: folder, env });
		const { checks } = JSON.parse(stdout) as { checks: Check[] };
		const found = checks.find(({ id }) => id === 'project.runtime-copies');
		if (!found) throw new Error(`Nothing is said of the runtime: ${stdout}`);
		return found;
	};
	/** At a terminal, as a person who types what is printed: CI would freeze the lockfile. */
	const type = (command: string): void => {
		const { CI: _, ...rest } = env;
		try {
			execFileSync('sh', ['-c', command], { cwd: folder, env: rest, stdio: 'pipe' });
		} catch (error) {
			const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
			// pnpm 11 and 12 end with 1 when all that they left out is a build script.
			if (!`${stdout}${stderr}`.includes('ERR_PNPM_IGNORED_BUILDS'))
				throw new Error(`${command}: ${stdout}${stderr}`);
		}
	};
	const version = (): string =>
		execFileSync(manager.name, ['--version'], { cwd: folder, env, encoding: 'utf8' }).trim();
	/** What a cure may have changed: the files in which a manager is told something. */
	const settings = (): Map<string, string | null> =>
		new Map(
			['package.json', 'pnpm-workspace.yaml'].map((name) => {
				const path = join(folder, name);
				return [path, existsSync(path) ? readFileSync(path, 'utf8') : null];
			}),
		);
	const restore = (before: Map<string, string | null>): void => {
		for (const [path, text] of before)
			if (text === null) rmSync(path, { force: true });
			else writeFileSync(path, text);
		type(`${manager.name} install`);
	};
	/** One more package of Flue, which pins another runtime than the command line does. */
	const addMysql = (): void => {
		const path = join(folder, 'package.json');
		const manifest = JSON.parse(readFileSync(path, 'utf8'));
		manifest.dependencies['@flue/mysql'] = '2.1.0';
		writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
		type(`${manager.name} install`);
	};
	return { folder, add, copies, type, version, settings, restore, addMysql };
}

const CURE =
	/^Write "(.+?)": "(.+?)" into (\w+) of package\.json(?:, and (("?)\w+\5): (\{ .+? \}) into (\S+))?, then run `(.+)`\.$/;

/** Does what a hint says, word for word. */
function follow(hint: string | null, { folder, type }: ReturnType<typeof workplace>): void {
	const [, name = '', version = '', field = '', key, , object = '', file = '', command = ''] =
		CURE.exec(hint ?? '') ?? [];
	expect(command, `a cure that can be typed: ${hint}`).not.toBe('');
	const path = join(folder, 'package.json');
	const manifest = JSON.parse(readFileSync(path, 'utf8'));
	manifest[field] = { ...manifest[field], [name]: version };
	if (file === 'package.json') manifest[JSON.parse(key ?? '')] = JSON.parse(object);
	else if (file !== '') appendFileSync(join(folder, file), `${key}: ${object}\n`);
	writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
	type(command);
}

function codesOf(document: { warnings: { code: string }[] }): string[] {
	return document.warnings.map(({ code }) => code);
}

/** What verify says in the end. */
const ONE = { status: 'pass', message: 'one copy of @flue/runtime, 2.0.3' };

/** `FLUE_ALL_MANAGERS=1` runs them too: they obey what npm 11 and pnpm 12 do. */
const ON_REQUEST = ['npm 12', 'pnpm 11'];
const isWhole = process.env.FLUE_ALL_MANAGERS === '1';
const chosen = Object.entries(ROWS).filter(([name]) => isWhole || !ON_REQUEST.includes(name));

describe.each(chosen)('%s', (_, make) => {
	test('both cures that verify prints, and the flag, make a split runtime one', async () => {
		const manager = make();
		const place = workplace(manager, makeTree(split(manager)));
		expect(place.version()).toBe(manager.version);
		const first = await place.add();
		expect(first, JSON.stringify(first.error)).toMatchObject({ status: 'applied' });
		expect(codesOf(first)).toContain('RUNTIME_DUPLICATED');
		const told = await place.add('--dry-run');
		expect(told).toMatchObject({ steps: [], warnings: [{ code: 'RUNTIME_DUPLICATED' }] });
		expect(told.project.runtimeCopies.length).toBeGreaterThan(1);
		follow((await place.copies()).hint, place);
		expect(await place.copies()).toMatchObject(ONE);

		place.addMysql();
		const before = place.settings();
		const again = await place.copies();
		expect(again).toMatchObject({ status: 'fail' });
		follow(again.hint, place);
		expect(await place.copies()).toMatchObject(ONE);

		place.restore(before);
		expect(await place.copies()).toMatchObject({ status: 'fail' });
		const aligned = await place.add('--align-runtime');
		expect(aligned, JSON.stringify(aligned.error)).toMatchObject({ status: 'applied' });
		// What pnpm 12 holds back is another matter.
		expect(codesOf(aligned).filter((code) => code !== 'BUILDS_BLOCKED')).toEqual([]);
		expect(await place.copies()).toMatchObject(ONE);
		expect(await place.add('--align-runtime')).toMatchObject({ status: 'unchanged' });
	});
});

describe.each(isWhole ? ['npm'] : [])('%s', () => {
	const npm = ROWS['npm 11'] as () => Manager;

	test('a runtime that turns out to be split is put back, and the hint makes it one', async () => {
		const manager = npm();
		const { folder, add, type, copies } = workplace(manager, makeTree(split(manager)));
		const before = readTree(folder);
		const refused = await add('--align-runtime');
		expect(refused).toMatchObject({ status: 'failed', error: { code: 'RUNTIME_SPLIT' } });
		expect(readTree(folder)).toEqual(before);
		expect(existsSync(join(folder, 'node_modules'))).toBe(false);
		type(/`(npm install)`/.exec(refused.error.hint)?.[1] ?? 'false');
		expect(await add('--align-runtime')).toMatchObject({ status: 'applied', warnings: [] });
		expect(await copies()).toMatchObject(ONE);
	});

	test('a workspace whose members share a folder is told at its root', async () => {
		const manager = npm();
		const { 'package.json': own = '', ...files } = split(manager);
		const web = JSON.stringify({
			name: 'web',
			version: '1.0.0',
			dependencies: { '@flue/runtime': '^2.0.3' },
		});
		const top = makeTree({
			'.git/': '',
			'package.json': '{\n  "name": "top",\n  "private": true,\n  "workspaces": ["apps/*"]\n}\n',
			'apps/web/package.json': web,
			'apps/api/package.json': own,
			...Object.fromEntries(
				Object.entries(files).map(([path, text]) => [`apps/api/${path}`, text]),
			),
		});
		const { add, type, copies } = workplace(manager, join(top, 'apps/api'));
		type('npm install');
		const done = await add('--align-runtime');
		expect(done, JSON.stringify(done.error)).toMatchObject({ status: 'applied', warnings: [] });
		expect(JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'))).toMatchObject({
			overrides: { '@flue/runtime': '2.0.3' },
		});
		expect(readFileSync(join(top, 'apps/web/package.json'), 'utf8')).toBe(web);
		expect(await copies()).toMatchObject(ONE);
		expect(await add('--align-runtime')).toMatchObject({ status: 'unchanged' });
	});
});

describe('an alignment that does not hold', () => {
	const at = (path: string, manifest: object) => ({
		[`node_modules/${path}/package.json`]: JSON.stringify(manifest),
	});
	const SPLIT = {
		...PROJECT,
		'package.json': PROJECT['package.json']?.replace('2.0.3', '>=2.0.3 <=2.1.0') ?? '',
		...at('@flue/runtime', { name: '@flue/runtime', version: '2.1.0' }),
		...at('@flue/cli', { version: '2.0.3', dependencies: { '@flue/runtime': '2.0.3' } }),
		...at('@flue/cli/node_modules/@flue/runtime', { name: '@flue/runtime', version: '2.0.3' }),
	};

	test.each([
		['leaves two copies', INSTALLS, 'RUNTIME_SPLIT'],
		['fails', `${INSTALLS}process.exit(1);`, 'INSTALL_FAILED'],
	])('is put back when the install %s', async (_, script, code) => {
		const folder = makeTree(SPLIT);
		const before = readTree(folder);
		const PATH = fakeManager(makeTree({}), 'npm', script);
		const args = ['add', 'database', 'redis', '--adapter', 'vendored', '--align-runtime', '--json'];
		const { stdout } = await flue(args, { cwd: folder, env: cleanEnvironment({ PATH }) });
		const document = JSON.parse(stdout);
		expect(document).toMatchObject({ status: 'failed', error: { code } });
		expect(document.steps.map(({ path }: { path?: string }) => path)).toContain('package.json');
		expect(readTree(folder)).toEqual(before);
	});
});
