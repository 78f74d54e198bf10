// `remove` straight after `add` with each real package manager: package.json and the lockfile are as they were, byte for byte.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';
import { environmentOf, MANAGERS } from '../managers.ts';
import { node22 } from '../node22.ts';
import { flue } from '../program.ts';
import { makeTree } from '../tree.ts';

const PROJECT = {
	'package.json': `${JSON.stringify(
		{
			name: 'app',
			version: '1.0.0',
			private: true,
			type: 'module',
			dependencies: { '@flue/runtime': 'file:./runtime', 'cluster-key-slot': '1.1.2' },
		},
		null,
		2,
	)}\n`,
	// What an adapter and `add` look for of the real one, which takes long to install.
	'runtime/package.json': '{ "name": "@flue/runtime", "version": "2.0.3" }\n',
	'flue.config.ts': "export default { target: 'node' };\n",
	'.env': 'A=1\n',
	'.git/': '',
};

/** One of each kind. */
const KINDS = ['npm', 'nub', 'pnpm', 'Yarn 1', 'Yarn 4 with node_modules', 'bun'];

test.each(KINDS)('%s', async (name) => {
	const manager = MANAGERS[name];
	if (!manager) throw new Error(`There is no ${name}.`);
	const cwd = makeTree({ ...PROJECT, ...manager.files });
	const env = environmentOf(manager, node22());
	const first = manager.isBerry ? ['install', '--no-immutable'] : ['install'];
	execFileSync(manager.name, first, { cwd, env, stdio: 'pipe' });
	const files = ['package.json', manager.lockfile, '.env'];
	const read = () => files.map((path) => readFileSync(join(cwd, path), 'utf8'));
	const before = read();
	const ran = async (...args: string[]) => {
		const words = [...args, '--package-manager', manager.name, '--json'];
		const { stdout } = await flue(words, { cwd, env });
		expect(JSON.parse(stdout), stdout).toMatchObject({ status: 'applied' });
	};
	await ran('add', 'database', 'redis', '--adapter', 'vendored');
	expect(read()).not.toEqual(before);
	await ran('remove', 'database');
	expect(read()).toEqual(before);
	if (name !== 'nub') return;
	// And from one database to the other, whose packages are the same.
	await ran('add', 'database', 'redis', '--adapter', 'vendored');
	await ran('add', 'database', 'valkey', '--replace');
	await ran('remove', 'database');
	expect(read().slice(0, 2)).toEqual(before.slice(0, 2));
});
