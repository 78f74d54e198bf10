// Runs the built program as a user would: another process, real streams, a real folder.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../bin/flue.js', import.meta.url));

export interface Ran {
	status: number | null;
	signal: string | null;
	stdout: string;
	stderr: string;
}

/** The environment of a run with nobody to ask and nothing inherited that says who called. */
export function cleanEnvironment(more: Record<string, string> = {}): Record<string, string> {
	return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', CI: 'true', ...more };
}

export interface RunOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** The program; the one of this checkout unless named. */
	bin?: string;
	/** The node that runs it; the one that runs the tests unless named. */
	node?: string;
	/** Called with the process, to send it a signal. */
	onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs `flue` with arguments to its end. */
export function flue(
	args: string[],
	{ cwd, env, bin = BIN, node, onStart }: RunOptions,
): Promise<Ran> {
	return new Promise((resolve, reject) => {
		const child = spawn(node ?? process.execPath, [bin, ...args], {
			cwd,
			env: env ?? cleanEnvironment(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let stdout = '';
		let stderr = '';
		child.stdout.setEncoding('utf8').on('data', (chunk) => {
			stdout += chunk;
		});
		child.stderr.setEncoding('utf8').on('data', (chunk) => {
			stderr += chunk;
		});
		child.on('error', reject);
		child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
		onStart?.((name) => child.kill(name));
	});
}
