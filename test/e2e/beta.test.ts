// What the generator does for the 1.0 beta, held against the real build.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../tree.ts';
import { flueProject } from './project.ts';
import { flueAdd, run, runLocal } from './toolchain.ts';

/** A stand-in with the adapter's types: no registry here has an adapter of the 1.0 beta. */
const ADAPTER = {
	'package.json': JSON.stringify({
		name: '@flue/redis',
		version: '1.0.0-beta.9',
		type: 'module',
		exports: { '.': { types: './index.d.ts', import: './index.js' } },
	}),
	'index.js': 'export const redis = () => ({});\n',
	'index.d.ts': `type Value = string | number;
export declare function redis(runner: {
	command(command: string, args?: readonly Value[]): Promise<unknown>;
	eval(script: string, keys: string[], args?: readonly Value[]): Promise<unknown>;
	pipeline?(commands: readonly { command: string; args?: readonly Value[] }[]): Promise<unknown[]>;
	close(): Promise<void> | void;
}): object;
`,
};

describe('the 1.0 beta', () => {
	it('gets the versions of its line, type-checks and builds', async () => {
		const exact = { '@flue/cli': '1.0.0-beta.9', '@types/node': '22.20.0', typescript: '7.0.2' };
		const manifest = {
			name: 'beta',
			private: true,
			type: 'module',
			dependencies: { '@flue/runtime': '1.0.0-beta.9' },
			devDependencies: exact,
		};
		const { 'tsconfig.json': tsconfig = '' } = flueProject('beta');
		const root = makeTree({
			'package.json': JSON.stringify(manifest, null, '\t'),
			'tsconfig.json': tsconfig,
			'flue.config.ts':
				"import { defineConfig } from '@flue/cli/config';\n\nexport default defineConfig({ target: 'node' });\n",
			'src/agents/hello.ts':
				"import { defineAgent } from '@flue/runtime';\n\nexport default defineAgent(() => ({ model: 'anthropic/claude-haiku-4-5' }));\n",
		});
		await flueAdd(['redis', '--no-install', '--json'], root);
		const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
		expect(dependencies).toEqual({
			'@flue/redis': '1.0.0-beta.9',
			'@flue/runtime': '1.0.0-beta.9',
			redis: '^5.12.1',
		});
		const adapter = makeTree(ADAPTER);
		const [packed = ''] = (await run('npm', ['pack', '--silent'], { cwd: adapter })).split('\n');
		const standIn = ['--adapter', join(adapter, packed)];
		await flueAdd(['redis', '--package-manager', 'npm', ...standIn, '--json'], root);
		await runLocal('tsc', ['--noEmit'], root);
		const told = await runLocal('flue', ['build'], root);
		expect(existsSync(join(root, 'dist/server.mjs')), told).toBe(true);
	});
});
