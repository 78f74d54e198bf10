// Runs the programs around a Flue project (its package manager, Vite, tsc, our command) with the Node that Flue needs.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { node22 } from '../node22.ts';
import { BIN } from '../program.ts';
import { COMPILED } from '../tools.ts';

/** The environment of this process with Node 22 first on PATH; the managers' own variables are left out. */
export function nodeEnvironment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(
		([name]) => !/^(npm_|NODE_ENV$|VITEST)/.test(name),
	);
	const PATH = `${dirname(node22())}:${process.env.PATH}`;
	return { ...Object.fromEntries(kept), ...COMPILED, CI: 'true', ...more, PATH };
}

/**
 * Runs a program to its end and gives what it printed on stdout.
 * @throws with the end of its output when it fails
 */
export function run(
	file: string,
	args: string[],
	{ cwd, env }: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, { cwd, env: env ?? nodeEnvironment(), stdio: 'pipe' });
		let stdout = '';
		let all = '';
		child.stdout.setEncoding('utf8').on('data', (chunk) => {
			stdout += chunk;
			all += chunk;
		});
		child.stderr.setEncoding('utf8').on('data', (chunk) => {
			all += chunk;
		});
		child.on('error', reject);
		child.on('close', (status) => {
			if (status === 0) resolve(stdout);
			else
				reject(
					new Error(`${[file, ...args].join(' ')} ended with ${status}:\n${all.slice(-3000)}`),
				);
		});
	});
}

/** Runs the built command, with the Node that runs the project. */
export function flueAdd(args: string[], cwd: string, env?: NodeJS.ProcessEnv): Promise<string> {
	return run(node22(), [BIN, 'add', 'database', ...args], env ? { cwd, env } : { cwd });
}

/** A program of the project itself, run by Node 22. */
export function runLocal(program: 'vite' | 'tsc' | 'flue', args: string[], cwd: string) {
	return run(join(cwd, 'node_modules/.bin', program), args, { cwd });
}
