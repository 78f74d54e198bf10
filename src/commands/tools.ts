// What every command may ask of the machine: git, and the environment by name. Made once, from the environment.
import { runCommand } from '../apply/run.ts';
import { findExecutable } from '../inspect/files.ts';
import type { AskGit } from '../inspect/git-ignore.ts';

export type Environment = Record<string, string | undefined>;

/** A live display of something that takes time, or null when nobody watches. */
export type ShowProgress =
	| ((label: string) => { output(chunk: string): void; stop(): void })
	| null;

/** In milliseconds. An answer takes git a moment; where it opened a pipe it would wait for ever. */
const PATIENCE = 10_000;

export interface CommonTools {
	/** `npm_config_user_agent`: the package manager that started the program. */
	userAgent: string | undefined;
	askGit: AskGit;
	/** Whether the environment of this process has the variable. Its value is not looked at. */
	isSet(variable: string): boolean;
}

/** Makes the tools. Nothing is run before one of them is called. */
export function makeCommonTools(environment: Environment): CommonTools {
	let isMute = false;
	return {
		userAgent: environment.npm_config_user_agent,
		async askGit(args, folder) {
			const file = findExecutable('git', environment);
			if (!file || isMute) return null;
			const signal = AbortSignal.timeout(PATIENCE);
			const result = await runCommand({ file, args, cwd: folder, environment, signal });
			// What it waited for once it would wait for again.
			isMute ||= signal.aborted;
			return result.exitCode === 0 ? result.stdout : null;
		},
		isSet: (variable) =>
			Object.hasOwn(environment, variable) && environment[variable] !== undefined,
	};
}
