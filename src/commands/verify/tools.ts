// The programs that `verify` may call: git, node, and the probe of a server. Made once, from the environment.
import { join } from 'node:path';
import { runCommand } from '../../apply/run.ts';
import { findExecutable, ifReadable, realPath } from '../../inspect/files.ts';
import type { ServerFacts } from '../../model/verification.ts';
import {
	type CommonTools,
	type Environment,
	makeCommonTools,
	type ShowProgress,
} from '../tools.ts';
import { type ProbeTask, probeServer } from './probe/index.ts';

export interface VerifyTools extends CommonTools {
	environment: Environment;
	/** The version of the node on PATH, as it starts in a folder; null when there is none. */
	nodeOnPath(root: string): Promise<string | null>;
	/** What the server of an address says; `task.entry` is relative to `root`. */
	probe(root: string, task: ProbeTask, signal: AbortSignal): Promise<ServerFacts>;
}

/** The node that runs this program. */
export interface OwnNode {
	path: string;
	version: string;
}

async function nodeVersion(
	root: string,
	environment: Environment,
	own: OwnNode,
): Promise<string | null> {
	const file = findExecutable('node', environment);
	if (file === null) return null;
	// The path of this process's own has its links followed.
	if (file === own.path || ifReadable(() => realPath(file)) === own.path) return own.version;
	// A shim of a version manager decides by the folder. NODE_OPTIONS would load code.
	const { NODE_OPTIONS: _, ...rest } = environment;
	const ran = await runCommand({ file, args: ['--version'], cwd: root, environment: rest });
	return /^v(\d+\.\d+\.\d+)/.exec(ran.stdout)?.[1] ?? null;
}

/** Makes the tools. Nothing is run before one of them is called. */
export function makeVerifyTools(
	environment: Environment,
	own: OwnNode,
	progress: ShowProgress,
): VerifyTools {
	return {
		...makeCommonTools(environment),
		environment,
		nodeOnPath: (root) => nodeVersion(root, environment, own),
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
