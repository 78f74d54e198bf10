// The programs that `verify` may call: git, node, and the probe of a server. Made once, from the environment.
import { join } from 'node:path';
import { runCommand } from './apply/run.ts';
import type { AskGit } from './inspect/build/entry-use.ts';
import { findExecutable } from './inspect/files.ts';
import type { InspectSeams } from './inspect/index.ts';
import type { ServerFacts } from './model.ts';
import { type ProbeTask, probeServer } from './probe/index.ts';
import type { ShowProgress } from './tools.ts';
import { makeTools } from './tools.ts';

export interface VerifyTools extends InspectSeams {
	environment: Record<string, string | undefined>;
	askGit: AskGit;
	isSet(variable: string): boolean;
	/** The version of the node on PATH; null when there is none. */
	nodeOnPath(): Promise<string | null>;
	/** What the server of an address says; `task.entry` is relative to `root`. */
	probe(root: string, task: ProbeTask, signal: AbortSignal): Promise<ServerFacts>;
}

/** The node that runs this program. */
export interface OwnNode {
	path: string;
	version: string;
}

/** Makes the tools. Nothing is run before one of them is called. */
export function makeVerifyTools(
	environment: Record<string, string | undefined>,
	own: OwnNode,
	progress: ShowProgress,
): VerifyTools {
	const { askGit, isSet, userAgent } = makeTools(environment, null);
	return {
		environment,
		askGit,
		isSet,
		userAgent,
		async nodeOnPath() {
			const file = findExecutable('node', environment);
			if (file === null || file === own.path) return file && own.version;
			const args = ['--version'];
			const { stdout } = await runCommand({
				file,
				args,
				cwd: '/',
				environment: { PATH: environment.PATH },
			});
			return /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null;
		},
		async probe(root, task, signal) {
			const { host, port } = task.address;
			const display = progress?.(`Asking ${host}:${port}`);
			try {
				return await probeServer(
					{ ...task, entry: join(root, task.entry) },
					{ run: runCommand, node: own.path, environment, signal },
				);
			} finally {
				display?.stop();
			}
		},
	};
}
