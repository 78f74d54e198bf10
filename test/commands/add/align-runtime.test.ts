// Projects whose runtime is split, with each real package manager: every cure that `verify` prints is typed as it stands, and
// `--align-runtime` does the same; each ends with one copy. Flue's real packages are made one by the stock journey.
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../../adapter/test/extent.ts';
import type { Check } from '../../../src/model/verification.ts';
import { run } from '../../e2e/toolchain.ts';
import { fakeManager, INSTALLS } from '../../fake-manager.ts';
import { environmentOf, everyManager, MANAGERS, type Manager } from '../../managers.ts';
import { node22 } from '../../node22.ts';
import { cleanEnvironment, flue as runProgram } from '../../program.ts';
import { PROJECT } from '../../project.ts';
import { type Publication, serveRegistry } from '../../registry.ts';
import { makeTree, readTree } from '../../tree.ts';

const flue = (name: string, version: string, dependencies: object = {}): Publication => ({
	name: `@flue/${name}`,
	version,
	manifest: { dependencies },
});

/** Flue's packages as far as they depend on each other, and the client. */
const PACKAGES: Publication[] = [
	flue('runtime', '2.0.3'),
	flue('runtime', '2.1.0'),
	flue('vite', '2.0.3', { '@flue/runtime': '2.0.3' }),
	flue('cli', '2.0.3', { '@flue/runtime': '2.0.3', '@flue/vite': '2.0.3' }),
	flue('mysql', '2.1.0', { '@flue/runtime': '2.1.0' }),
	{ name: 'redis', version: '5.12.1' },
];

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
function workplace(manager: Manager, folder: string, registry: NodeJS.ProcessEnv) {
	const node = node22();
	const env = { ...environmentOf(manager, node), ...registry };
	const add = async (...more: string[]) => {
		const args = ['add', 'database', 'redis', '--adapter', 'vendored', '--json', ...more];
		const named = ['--package-manager', manager.name];
		const { stdout } = await runProgram([...args, ...named], { cwd: folder, env, node });
		return JSON.parse(stdout);
	};
	const copies = async (): Promise<Check> => {
		const { stdout } = await runProgram(['verify', 'database', '--json'], {
			cwd: folder,
			env,
			node,
		});
		const { checks } = JSON.parse(stdout) as { checks: Check[] };
		const found = checks.find(({ id }) => id === 'project.runtime-copies');
		if (!found) throw new Error(`Nothing is said of the runtime: ${stdout}`);
		return found;
	};
	/** At a terminal, as a person who types what is printed: CI would freeze the lockfile. */
	const type = async (command: string): Promise<void> => {
		const { CI: _, ...rest } = env;
		await run('sh', ['-c', command], { cwd: folder, env: rest }).catch((error: Error) => {
			// pnpm 11 and 12 end with 1 when all that they left out is a build script.
			if (!error.message.includes('ERR_PNPM_IGNORED_BUILDS')) throw error;
		});
	};
	const version = async (): Promise<string> =>
		(await run(manager.name, ['--version'], { cwd: folder, env })).trim();
	/** What a cure may have changed: the files in which a manager is told something. */
	const settings = (): Map<string, string | null> =>
		new Map(
			['package.json', 'pnpm-workspace.yaml'].map((name) => {
				const path = join(folder, name);
				return [path, existsSync(path) ? readFileSync(path, 'utf8') : null];
			}),
		);
	const restore = async (before: Map<string, string | null>): Promise<void> => {
		for (const [path, text] of before)
			if (text === null) rmSync(path, { force: true });
			else writeFileSync(path, text);
		// It does not look again when an override goes.
		if (manager.name === 'nub') rmSync(join(folder, manager.lockfile));
		await type(`${manager.name} install`);
	};
	/** One more package of Flue, which pins another runtime than the command line does. */
	const addMysql = async (): Promise<void> => {
		const path = join(folder, 'package.json');
		const manifest = JSON.parse(readFileSync(path, 'utf8'));
		manifest.dependencies['@flue/mysql'] = '2.1.0';
		writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
		await type(`${manager.name} install`);
	};
	return { folder, add, copies, type, version, settings, restore, addMysql };
}

const CURE =
	/^Write "(.+?)": "(.+?)" into (\w+) of package\.json(?:, and (("?)\w+\5): (\{ .+? \}) into (\S+))?, then run `(.+)`\.$/;

/** Does what a hint says, word for word. */
async function follow(
	hint: string | null,
	{ folder, type }: ReturnType<typeof workplace>,
): Promise<void> {
	const [, name = '', version = '', field = '', key, , object = '', file = '', command = ''] =
		CURE.exec(hint ?? '') ?? [];
	expect(command, `a cure that can be typed: ${hint}`).not.toBe('');
	const path = join(folder, 'package.json');
	const manifest = JSON.parse(readFileSync(path, 'utf8'));
	manifest[field] = { ...manifest[field], [name]: version };
	if (file === 'package.json') manifest[JSON.parse(key ?? '')] = JSON.parse(object);
	else if (file !== '') appendFileSync(join(folder, file), `${key}: ${object}\n`);
	writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
	await type(command);
}

function codesOf(document: { warnings: { code: string }[] }): string[] {
	return document.warnings.map(({ code }) => code);
}

/** What verify says in the end. */
const ONE = { status: 'pass', message: 'one copy of @flue/runtime, 2.0.3' };

/** The real registry in a whole run. */
const registry = async (): Promise<NodeJS.ProcessEnv> =>
	EVERYTHING ? {} : serveRegistry(PACKAGES);

/** Bun before 1.4 keeps the copies that are there, although all are of one version now. */
const DISOBEYING = ['bun 1.2', 'bun 1.3'];
const OBEYING = everyManager().filter(([name]) => !DISOBEYING.includes(name));

describe.each(OBEYING)('%s', (_, manager) => {
	test('both cures that verify prints, and the flag, make a split runtime one', async () => {
		const place = workplace(manager, makeTree(split(manager)), await registry());
		expect(await place.version()).toBe(manager.version);
		const first = await place.add();
		expect(first, JSON.stringify(first.error)).toMatchObject({ status: 'applied' });
		expect(codesOf(first)).toContain('RUNTIME_DUPLICATED');
		const told = await place.add('--dry-run');
		expect(told).toMatchObject({ steps: [], warnings: [{ code: 'RUNTIME_DUPLICATED' }] });
		expect(told.project.runtimeCopies.length).toBeGreaterThan(1);
		await follow((await place.copies()).hint, place);
		expect(await place.copies()).toMatchObject(ONE);

		await place.addMysql();
		const before = place.settings();
		const again = await place.copies();
		expect(again).toMatchObject({ status: 'fail' });
		await follow(again.hint, place);
		expect(await place.copies()).toMatchObject(ONE);

		await place.restore(before);
		expect(await place.copies()).toMatchObject({ status: 'fail' });
		const aligned = await place.add('--align-runtime');
		expect(aligned, JSON.stringify(aligned.error)).toMatchObject({ status: 'applied' });
		// What pnpm 12 holds back is another matter.
		expect(codesOf(aligned).filter((code) => code !== 'BUILDS_BLOCKED')).toEqual([]);
		expect(await place.copies()).toMatchObject(ONE);
		expect(await place.add('--align-runtime')).toMatchObject({ status: 'unchanged' });
	});
});

describe('npm', () => {
	const manager = MANAGERS.npm as Manager;

	test('a runtime that turns out to be split is put back, and the hint makes it one', async () => {
		const files = split(manager);
		const { folder, add, type, copies } = workplace(manager, makeTree(files), await registry());
		const before = readTree(folder);
		const refused = await add('--align-runtime');
		expect(refused).toMatchObject({ status: 'failed', error: { code: 'RUNTIME_SPLIT' } });
		expect(readTree(folder)).toEqual(before);
		expect(existsSync(join(folder, 'node_modules'))).toBe(false);
		await type(/`(npm install)`/.exec(refused.error.hint)?.[1] ?? 'false');
		expect(await add('--align-runtime')).toMatchObject({ status: 'applied', warnings: [] });
		expect(await copies()).toMatchObject(ONE);
	});

	test('a workspace whose members share a folder is told at its root', async () => {
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
		const { add, type, copies } = workplace(manager, join(top, 'apps/api'), await registry());
		await type('npm install');
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
		const { stdout } = await runProgram(args, { cwd: folder, env: cleanEnvironment({ PATH }) });
		const document = JSON.parse(stdout);
		expect(document).toMatchObject({ status: 'failed', error: { code } });
		expect(document.steps.map(({ path }: { path?: string }) => path)).toContain('package.json');
		expect(readTree(folder)).toEqual(before);
	});
});
