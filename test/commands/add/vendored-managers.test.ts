// The copy of the adapter in a workspace member, with each real package manager and the real runtime: installed by the command,
// committed, and installed again from the lockfile by whoever clones.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PackageManager } from '../../../src/model/request.ts';
import { environmentOf, MANAGERS, type Manager } from '../../managers.ts';
import { node22 } from '../../node22.ts';
import { flue } from '../../program.ts';
import { makeTree } from '../../tree.ts';

/** As CI does it: the lockfile as it is, or a failure. */
const FROZEN: Record<PackageManager, string[]> = {
	npm: ['ci', '--no-audit', '--no-fund'],
	pnpm: ['install', '--frozen-lockfile'],
	bun: ['install', '--frozen-lockfile'],
	yarn: ['install', '--frozen-lockfile', '--non-interactive'],
};

/** Whoever has pnpm 11 or later has decided about these scripts of the runtime's packages: it ends with 1 until that is done. */
const PNPM_WORKSPACE = `packages:
  - apps/*
allowBuilds:
  '@google/genai': false
  protobufjs: false
`;

function manifest(name: string, more: object): string {
	return `${JSON.stringify({ name, version: '1.0.0', private: true, ...more }, null, 2)}\n`;
}

function member(manager: Manager): string {
	return makeTree({
		'.git/': '',
		'.gitignore': 'node_modules/\n',
		'package.json': manifest('top', { workspaces: ['apps/*'] }),
		'apps/api/package.json': manifest('api', {
			type: 'module',
			dependencies: { '@flue/runtime': '2.0.3' },
		}),
		'apps/api/flue.config.ts': "export default { target: 'node' };\n",
		...(manager.name === 'pnpm' ? { 'pnpm-workspace.yaml': PNPM_WORKSPACE } : {}),
		...(manager.name === 'yarn' && !manager.isBerry ? { 'yarn.lock': '# yarn lockfile v1\n' } : {}),
		...manager.files,
	});
}

/** What Node 22 finds from a folder, with Yarn's map where there is one. */
function loads(root: string, top: string, isPlugAndPlay: boolean): string {
	const hooks = ['-r', join(top, '.pnp.cjs'), '--loader', join(top, '.pnp.loader.mjs')];
	const source = "import { redis } from '@flue/redis'; process.stdout.write(typeof redis);";
	const args = ['--no-warnings', ...(isPlugAndPlay ? hooks : []), '--input-type=module'];
	return execFileSync(node22(), [...args, '-e', source], { cwd: root, encoding: 'utf8' });
}

describe.each(Object.entries(MANAGERS))('%s', (name, manager) => {
	test('whoever clones the repository can install and load the copy', async () => {
		const env = environmentOf(manager, node22());
		const top = member(manager);
		const root = join(top, 'apps/api');
		const isPlugAndPlay = name.endsWith("Plug'n'Play");
		const args = ['add', 'database', 'redis', '--adapter', 'vendored', '--json'];
		const ran = await flue([...args, '--package-manager', manager.name], { cwd: root, env });
		expect(JSON.parse(ran.stdout), ran.stdout).toMatchObject({ status: 'applied', warnings: [] });
		expect(loads(root, top, isPlugAndPlay)).toBe('function');
		const again = await flue([...args, '--package-manager', manager.name], { cwd: root, env });
		expect(JSON.parse(again.stdout)).toMatchObject({ status: 'unchanged' });

		const clone = makeTree({});
		const committed = ['package.json', manager.lockfile, ...Object.keys(manager.files ?? {})];
		if (manager.name === 'pnpm') committed.push('pnpm-workspace.yaml');
		for (const path of committed) cpSync(join(top, path), join(clone, path));
		mkdirSync(join(clone, 'apps/api'), { recursive: true });
		for (const path of ['apps/api/package.json', 'apps/api/vendor'])
			cpSync(join(top, path), join(clone, path), { recursive: true });
		const command = manager.isBerry ? ['install', '--immutable'] : FROZEN[manager.name];
		execFileSync(manager.name, command, { cwd: clone, env, stdio: 'pipe' });
		const version = execFileSync(manager.name, ['--version'], {
			cwd: clone,
			env,
			encoding: 'utf8',
		});
		expect(version.trim()).toBe(manager.version);
		expect(loads(join(clone, 'apps/api'), clone, isPlugAndPlay)).toBe('function');
	});
});
