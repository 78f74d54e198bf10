// The copy of the adapter in a workspace member, with each real package manager: in the place of the copy of an older build, committed,
// and installed again from the lockfile by whoever clones.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../../adapter/test/extent.ts';
import { readVendored } from '../../../src/inspect/packages/vendor-lock.ts';
import type { PackageManager } from '../../../src/model/request.ts';
import { run } from '../../e2e/toolchain.ts';
import { environmentOf, everyManager, type Manager } from '../../managers.ts';
import { node22 } from '../../node22.ts';
import { flue } from '../../program.ts';
import { type Publication, serveRegistry } from '../../registry.ts';
import { makeTree } from '../../tree.ts';

/** As somebody installed it once: only the lockfile matters, but Yarn 1 makes none without the rest. */
const FIRST: Record<PackageManager, (manager: Manager) => string[]> = {
	npm: () => ['install', '--package-lock-only', '--no-audit', '--no-fund'],
	nub: () => ['install', '--lockfile-only', '--no-frozen-lockfile'],
	pnpm: () => ['install', '--lockfile-only', '--no-frozen-lockfile'],
	bun: () => ['install', '--lockfile-only'],
	yarn: ({ isBerry }) => [
		'install',
		...(isBerry ? ['--mode=update-lockfile', '--no-immutable'] : ['--non-interactive']),
	],
};

/** As CI does it: the lockfile as it is, or a failure. */
const FROZEN: Record<PackageManager, string[]> = {
	npm: ['ci', '--no-audit', '--no-fund'],
	nub: ['install', '--frozen-lockfile'],
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

const BUNDLED = join(import.meta.dirname, '../../../dist/adapter/flue-redis-2.0.3.tgz');
const UNPACKED = gunzipSync(readFileSync(BUNDLED));
/** What another build packed, as it was put there. */
const OLDER = gzipSync(UNPACKED, { level: 1 });
const DIGEST = createHash('sha256').update(OLDER).digest('hex').slice(0, 8);
const OLDER_PATH = `vendor/flue-redis-2.0.3-${DIGEST}.tgz`;

/** What the copy takes from the runtime. */
function namesFromRuntime(): Set<string> {
	const imports = UNPACKED.toString('latin1').matchAll(
		/import \{([^}]*)\} from '@flue\/runtime\/adapter'/g,
	);
	const names = [...imports].flatMap(([, list = '']) => list.split(',').map((one) => one.trim()));
	return new Set(names.filter((name) => /^\w+$/.test(name)));
}

/** A runtime that the copy can load, and that needs no other package. */
const PACKAGES: Publication[] = [
	{
		name: '@flue/runtime',
		version: '2.0.3',
		manifest: { exports: { './adapter': './adapter.mjs', './package.json': './package.json' } },
		files: {
			'adapter.mjs': [...namesFromRuntime()]
				.map((name) => `export class ${name} extends Error {}\n`)
				.join(''),
		},
	},
	{ name: 'redis', version: '5.12.1' },
];

/** What a project of the manager has: nub links a tarball of this machine to nothing that it asks for, unless all lies in one folder. */
function settings(manager: Manager): Record<string, string> {
	return manager.name === 'nub' ? { '.npmrc': 'node-linker=hoisted\n' } : (manager.files ?? {});
}

function member(manager: Manager): string {
	const top = makeTree({
		'.git/': '',
		'.gitignore': 'node_modules/\n',
		'package.json': manifest('top', { workspaces: ['apps/*'] }),
		'apps/api/package.json': manifest('api', {
			type: 'module',
			dependencies: { '@flue/redis': `file:${OLDER_PATH}`, '@flue/runtime': '2.0.3' },
		}),
		'apps/api/vendor/': '',
		'apps/api/flue.config.ts': "export default { target: 'node' };\n",
		...(manager.name === 'pnpm' ? { 'pnpm-workspace.yaml': PNPM_WORKSPACE } : {}),
		...(manager.name === 'yarn' && !manager.isBerry ? { 'yarn.lock': '# yarn lockfile v1\n' } : {}),
		...settings(manager),
	});
	writeFileSync(join(top, 'apps/api', OLDER_PATH), OLDER);
	return top;
}

/** Whose lockfile says nothing of the bytes of a local tarball. */
const WITHOUT_DIGEST = ['bun 1.2', 'nub'];

/** What Node 22 finds from a folder, with Yarn's map where there is one. */
function loads(root: string, top: string, isPlugAndPlay: boolean): string {
	const hooks = ['-r', join(top, '.pnp.cjs'), '--loader', join(top, '.pnp.loader.mjs')];
	const source = "import { redis } from '@flue/redis'; process.stdout.write(typeof redis);";
	const args = ['--no-warnings', ...(isPlugAndPlay ? hooks : []), '--input-type=module'];
	return execFileSync(node22(), [...args, '-e', source], { cwd: root, encoding: 'utf8' });
}

describe.each(everyManager())('%s', (name, manager) => {
	test('whoever clones the repository can install and load the copy', async () => {
		// With the real runtime in a whole run.
		const registry = EVERYTHING ? {} : await serveRegistry(PACKAGES);
		const node = node22();
		const env = { ...environmentOf(manager, node), ...registry };
		const top = member(manager);
		const root = join(top, 'apps/api');
		const isPlugAndPlay = name.endsWith("Plug'n'Play");
		await run(manager.name, FIRST[manager.name](manager), { cwd: top, env });
		const args = ['add', 'database', 'redis', '--adapter', 'vendored', '--json'];
		const ran = await flue([...args, '--package-manager', manager.name], { cwd: root, env, node });
		expect(JSON.parse(ran.stdout), ran.stdout).toMatchObject({ status: 'applied', warnings: [] });
		expect(loads(root, top, isPlugAndPlay)).toBe('function');
		const [file = '', ...rest] = readdirSync(join(root, 'vendor'));
		expect({ file, rest }).toMatchObject({ file: expect.not.stringContaining(DIGEST), rest: [] });
		expect(readVendored({ root, boundary: top }, `file:vendor/${file}`)).toMatchObject({
			lockfile: null,
		});
		const tampered = makeTree({ 'apps/api/vendor/': '' });
		cpSync(join(top, manager.lockfile), join(tampered, manager.lockfile));
		writeFileSync(join(tampered, 'apps/api/vendor', file), OLDER);
		const place = { root: join(tampered, 'apps/api'), boundary: tampered };
		expect(readVendored(place, `file:vendor/${file}`)).toMatchObject({
			lockfile: WITHOUT_DIGEST.includes(name) ? null : `../../${manager.lockfile}`,
		});
		const again = await flue([...args, '--package-manager', manager.name], {
			cwd: root,
			env,
			node,
		});
		expect(JSON.parse(again.stdout)).toMatchObject({ status: 'unchanged' });

		const clone = makeTree({});
		const committed = ['package.json', manager.lockfile, ...Object.keys(settings(manager))];
		if (manager.name === 'pnpm') committed.push('pnpm-workspace.yaml');
		for (const path of committed) cpSync(join(top, path), join(clone, path));
		mkdirSync(join(clone, 'apps/api'), { recursive: true });
		for (const path of ['apps/api/package.json', 'apps/api/vendor'])
			cpSync(join(top, path), join(clone, path), { recursive: true });
		const command = manager.isBerry ? ['install', '--immutable'] : FROZEN[manager.name];
		await run(manager.name, command, { cwd: clone, env });
		const version = await run(manager.name, ['--version'], { cwd: clone, env });
		expect(version.trim()).toBe(manager.version);
		expect(loads(join(clone, 'apps/api'), clone, isPlugAndPlay)).toBe('function');
	});
});
