// How an install of a real manager can end without doing what was asked, and what the command makes of it.
import { join } from 'node:path';
import { execPath } from 'node:process';
import { expect, test } from 'vitest';
import { environmentOf, MANAGERS, type Manager } from '../../managers.ts';
import { flue } from '../../program.ts';
import { makeTree, readTree } from '../../tree.ts';

const ADD = ['add', 'database', 'redis', '--adapter', 'vendored', '--json'];
const CONFIG = "export default { target: 'node' };\n";
const YARN_4 = 'Yarn 4 with node_modules';

function managed(name: string): Manager {
	const manager = MANAGERS[name];
	if (!manager) throw new Error(`There is no ${name}.`);
	return manager;
}

function manifest(more: object): string {
	return `${JSON.stringify({ name: 'app', private: true, type: 'module', ...more }, null, 2)}\n`;
}

async function add(manager: Manager, cwd: string) {
	const ran = await flue(ADD, { cwd, env: environmentOf(manager, execPath) });
	return JSON.parse(ran.stdout);
}

test('pnpm 12 puts another client than was asked for: all is put back', async () => {
	const files = {
		'.git/': '',
		'package.json': manifest({}),
		'flue.config.ts': CONFIG,
		'pnpm-workspace.yaml': 'autoInstallPeers: false\noverrides:\n  redis: 4.7.0\n',
	};
	const cwd = makeTree(files);
	const before = readTree(cwd);
	const { error } = await add(managed('pnpm 12'), cwd);
	expect(error, JSON.stringify(error)).toMatchObject({ code: 'INSTALL_FAILED' });
	expect(error.message).toContain('put redis 4.7.0 where ^5');
	expect(error.hint).toContain('pnpm-workspace.yaml');
	expect(readTree(cwd)).toEqual(before);
});

test('pnpm 12 holds build scripts back: the install is taken, and the cure is told', async () => {
	const cwd = makeTree({
		'.git/': '',
		'package.json': manifest({ dependencies: { protobufjs: '7.5.4' } }),
		'flue.config.ts': CONFIG,
		'pnpm-workspace.yaml': 'autoInstallPeers: false\n',
	});
	const { status, warnings, error } = await add(managed('pnpm 12'), cwd);
	expect({ status, error }).toEqual({ status: 'applied', error: undefined });
	const blocked = warnings.find(({ code }: { code: string }) => code === 'BUILDS_BLOCKED');
	expect(blocked?.message).toContain('protobufjs@7.5.4');
	expect(blocked?.message).toContain('pnpm approve-builds');
});

test('Yarn 4 fails in its last step: every package.json is as it was, and no copy is left', async () => {
	// Yarn sorts what it reads, in every member.
	const web =
		'{"name":"web","private":true,"scripts":{"postinstall":"exit 1"},"dependencies":{"redis":"^5.12.1","cluster-key-slot":"1.1.2"}}';
	const files = {
		'.git/': '',
		'package.json': manifest({ name: 'top', workspaces: ['apps/*'] }),
		'yarn.lock': '',
		'.yarnrc.yml': 'nodeLinker: node-modules\n',
		'apps/api/package.json':
			'{"type":"module","name":"api","private":true,"dependencies":{"redis":"^5.12.1","cluster-key-slot":"1.1.2"}}',
		'apps/api/flue.config.ts': CONFIG,
		'apps/web/package.json': web,
	};
	const top = makeTree(files);
	const before = readTree(top);
	const { error } = await add(managed(YARN_4), join(top, 'apps/api'));
	expect(error, JSON.stringify(error)).toMatchObject({ code: 'INSTALL_FAILED' });
	expect(error.message).toContain('Every file is as it was');
	const after = readTree(top);
	expect(
		Object.fromEntries(Object.entries(after).filter(([path]) => !path.startsWith('.yarn/'))),
	).toEqual(before);
});

/** A member whose runtime and adapter nub links one by one, unless it is told otherwise. */
const NUB_MEMBER = {
	'.git/': '',
	'package.json': manifest({ name: 'top', workspaces: ['apps/*'], packageManager: 'nub@0.9.2' }),
	'apps/api/package.json': manifest({
		name: 'api',
		dependencies: { '@flue/runtime': 'file:./runtime' },
	}),
	'apps/api/runtime/package.json': '{ "name": "@flue/runtime", "version": "2.0.3" }',
	'apps/api/flue.config.ts': CONFIG,
};

test('nub links a tarball to nothing that it asks for: in a member all is put back, and the cure is told', async () => {
	const top = makeTree(NUB_MEMBER);
	const before = readTree(top);
	const { error } = await add(managed('nub'), join(top, 'apps/api'));
	expect(error, JSON.stringify(error)).toMatchObject({ code: 'INSTALL_FAILED' });
	expect(error.message).toContain('put @flue/redis where it does not find @flue/runtime');
	expect(error.hint).toContain('node-linker=hoisted');
	expect(readTree(top)).toEqual(before);
});

test('the cure helps', async () => {
	const top = makeTree({ ...NUB_MEMBER, '.npmrc': 'node-linker=hoisted\n' });
	const { status, error } = await add(managed('nub'), join(top, 'apps/api'));
	expect({ status, error }).toEqual({ status: 'applied', error: undefined });
});
