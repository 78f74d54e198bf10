// The program that `remove` may call beside git: the package manager. Made once, from the environment.
import { join } from 'node:path';
import type { ApplySeams } from '../../apply/index.ts';
import { blockedWarnings, failureOf } from '../../apply/install-failure.ts';
import type { Warning } from '../../model/found.ts';
import type { PackageManager } from '../../model/request.ts';
import { managerPath, runManager } from '../add/tools.ts';
import {
	type CommonTools,
	type Environment,
	makeCommonTools,
	type ShowProgress,
} from '../tools.ts';

export interface RemoveTools {
	/** @throws MANAGER_MISSING when it is not on PATH. */
	requireManager(name: PackageManager): void;
	/** What `applyPlan` needs; `warnings` receives what the install has to say. */
	removeSeams(
		root: string,
		adapter: string,
		run: { signal: AbortSignal; warnings: Warning[] },
	): Omit<ApplySeams, 'mark'>;
}

/** Makes the tools. Nothing is run before one of them is called. */
export function makeRemoveTools(
	environment: Environment,
	progress: ShowProgress,
): CommonTools & RemoveTools {
	return {
		...makeCommonTools(environment),
		requireManager: (name) => void managerPath(name, environment),
		removeSeams: (root, adapter, { signal, warnings }) => ({
			signal,
			install: ({ command, args, folder = '' }, onStart) => {
				const cwd = join(root, folder);
				return runManager({ environment, progress }, { command, args, cwd, signal, onStart });
			},
			checkInstalled({ command }, result) {
				const failure = failureOf(result, { command, adapter, hasCopy: false });
				if (failure) throw failure;
				warnings.push(...blockedWarnings(command, result));
			},
		}),
	};
}
