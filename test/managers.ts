// The real package managers, at exact versions: one table for every test that runs them.
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { arch, env, execPath, platform } from 'node:process';
import { runCommand } from '../src/apply/run.ts';
import type { PackageManager } from '../src/model/request.ts';
import { node22 } from './node22.ts';
import { COMPILED, NPM, NUB, PNPM_12, pinned, tool } from './tools.ts';
import { makeTree } from './tree.ts';

export interface Manager {
	name: PackageManager;
	/** What `--version` prints: each test that runs a manager holds it to that. */
	version: string;
	/** The program and its first arguments. */
	command: string[];
	lockfile: string;
	/** Yarn 2 or later. */
	isBerry?: true;
	/** What a project of this manager has before its first install. */
	files?: Record<string, string>;
}

const MODULES = join(import.meta.dirname, '../node_modules');

/** A manager that is a devDependency, under its own name or another. */
function declared(name: string, path: string): Pick<Manager, 'version' | 'command'> {
	return { version: pinned(name), command: [execPath, join(MODULES, name, path)] };
}

/** A devDependency of this name would run this repository's own scripts. */
function npm(version: string, node: string): Manager {
	const command = [node, join(tool('npm', version), 'bin/npm-cli.js')];
	return { name: 'npm', version, command, lockfile: 'package-lock.json' };
}

// The package `bun` moves its program from another package by an install script, which may be blocked.
const system = platform === 'win32' ? 'windows' : platform;
const unmoved = `@oven/bun-${system}-${arch.replace('arm64', 'aarch64')}/bin/bun`;
const bun = join(MODULES, existsSync(join(MODULES, unmoved)) ? unmoved : 'bun/bin/bun.exe');
const berry = declared('@yarnpkg/cli-dist', 'bin/yarn.js');

export const MANAGERS: Record<string, Manager> = {
	npm: npm(NPM[0], execPath),
	// It needs a newer Node than this repository does.
	'npm 12': npm(NPM[1], node22()),
	pnpm: { name: 'pnpm', ...declared('pnpm', 'bin/pnpm.cjs'), lockfile: 'pnpm-lock.yaml' },
	// A devDependency of it breaks `npm ci`: its packages for other systems get no version in the lockfile. This script starts the
	// program of the system also where install scripts are blocked.
	'pnpm 12': {
		name: 'pnpm',
		version: PNPM_12,
		command: [execPath, join(tool('pnpm', PNPM_12), 'bin/pnpm.mjs')],
		lockfile: 'pnpm-lock.yaml',
	},
	'Yarn 1': { name: 'yarn', ...declared('yarn-classic', 'bin/yarn.js'), lockfile: 'yarn.lock' },
	"Yarn 4 with Plug'n'Play": {
		name: 'yarn',
		...berry,
		lockfile: 'yarn.lock',
		isBerry: true,
		files: { '.yarnrc.yml': '' },
	},
	'Yarn 4 with node_modules': {
		name: 'yarn',
		...berry,
		lockfile: 'yarn.lock',
		isBerry: true,
		files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
	},
	bun: { name: 'bun', version: pinned('bun'), command: [bun], lockfile: 'bun.lock' },
	nub: {
		name: 'nub',
		version: `v${NUB}`,
		command: [execPath, join(tool('@nubjs/nub', NUB), 'bin/nub')],
		lockfile: 'nub.lock',
	},
};

function pnpm(version: string, node: string): Manager {
	const command = [node, join(tool('pnpm', version), 'bin/pnpm.cjs')];
	return { name: 'pnpm', version, command, lockfile: 'pnpm-lock.yaml' };
}

function bunOf(version: string): Manager {
	const name = `@oven/bun-${system}-${arch.replace('arm64', 'aarch64')}`;
	return {
		name: 'bun',
		version,
		command: [join(tool(name, version), 'bin/bun')],
		lockfile: 'bun.lock',
	};
}

/** Other versions that people have. */
const OTHERS: Record<string, () => Manager> = {
	'npm 10': () => npm('10.9.9', execPath),
	'pnpm 9': () => pnpm('9.15.9', execPath),
	// It needs a newer Node than this repository does.
	'pnpm 11': () => pnpm('11.28.10', node22()),
	'bun 1.2': () => bunOf('1.2.23'),
	'bun 1.3': () => bunOf('1.3.14'),
};

/** Every version that is tried. */
export function everyManager(): [string, Manager][] {
	const others = Object.entries(OTHERS).map(([name, make]): [string, Manager] => [name, make()]);
	return [...Object.entries(MANAGERS), ...others];
}

const ENVIRONMENT = {
	...env,
	...COMPILED,
	CI: 'true',
	NODE_ENV: 'production',
	YARN_ENABLE_TELEMETRY: '0',
};

/** Runs a manager in CI mode; production is what a careless environment adds. */
export function execute([file = '', ...first]: string[], args: string[], cwd: string) {
	return runCommand({ file, args: [...first, ...args], cwd, environment: ENVIRONMENT });
}

/**
 * The environment of this process (a machine may say there how to reach the registry) in CI mode, with a folder first on PATH that has
 * the manager's program under its name, run by the given Node.
 */
export function environmentOf(manager: Manager, node: string): NodeJS.ProcessEnv {
	const bin = makeTree({});
	const [first = '', ...rest] = manager.command;
	const words = rest.length > 0 ? [node, ...rest] : [first];
	const link = (name: string, run: string[]): void => {
		const file = join(bin, name);
		writeFileSync(file, `#!/bin/sh\nexec ${run.map((word) => `'${word}'`).join(' ')} "$@"\n`);
		chmodSync(file, 0o755);
	};
	link(manager.name, words);
	if (manager.name === 'nub')
		link(
			'nubx',
			words.map((word) => word.replace(/nub$/, 'nubx')),
		);
	const PATH = [bin, dirname(node), env.PATH].join(':');
	return { ...env, ...COMPILED, CI: 'true', PATH, YARN_ENABLE_TELEMETRY: '0' };
}
