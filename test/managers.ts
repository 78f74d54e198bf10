// The real package managers, from devDependencies: one table for every test that runs them.
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { arch, env, execPath, platform } from 'node:process';
import { runCommand } from '../src/apply/run.ts';
import { findExecutable } from '../src/inspect/files.ts';
import type { PackageManager } from '../src/model/request.ts';
import { makeTree } from './tree.ts';

export interface Manager {
	name: PackageManager;
	/** The program and its first arguments. */
	command: string[];
	lockfile: string;
	/** Yarn 2 or later. */
	isBerry?: true;
	/** What a project of this manager has before its first install. */
	files?: Record<string, string>;
}

const MODULES = join(import.meta.dirname, '../node_modules');
const script = (name: string, path: string): string[] => [execPath, join(MODULES, name, path)];
// The package `bun` moves its program from another package by an install script, which may be blocked.
const system = platform === 'win32' ? 'windows' : platform;
const unmoved = `@oven/bun-${system}-${arch.replace('arm64', 'aarch64')}/bin/bun`;
const bun = join(MODULES, existsSync(join(MODULES, unmoved)) ? unmoved : 'bun/bin/bun.exe');
const berry = script('@yarnpkg/cli-dist', 'bin/yarn.js');

export const MANAGERS: Record<string, Manager> = {
	npm: {
		name: 'npm',
		command: [findExecutable('npm', env) ?? 'npm'],
		lockfile: 'package-lock.json',
	},
	pnpm: { name: 'pnpm', command: script('pnpm', 'bin/pnpm.cjs'), lockfile: 'pnpm-lock.yaml' },
	'Yarn 1': { name: 'yarn', command: script('yarn-classic', 'bin/yarn.js'), lockfile: 'yarn.lock' },
	"Yarn 4 with Plug'n'Play": {
		name: 'yarn',
		command: berry,
		lockfile: 'yarn.lock',
		isBerry: true,
		files: { '.yarnrc.yml': '' },
	},
	'Yarn 4 with node_modules': {
		name: 'yarn',
		command: berry,
		lockfile: 'yarn.lock',
		isBerry: true,
		files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
	},
	bun: { name: 'bun', command: [bun], lockfile: 'bun.lock' },
};

const ENVIRONMENT = { ...env, CI: 'true', NODE_ENV: 'production', YARN_ENABLE_TELEMETRY: '0' };

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
	const file = join(bin, manager.name);
	writeFileSync(file, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(' ')} "$@"\n`);
	chmodSync(file, 0o755);
	const PATH = [bin, dirname(node), env.PATH].join(':');
	return { ...env, CI: 'true', PATH, YARN_ENABLE_TELEMETRY: '0' };
}
