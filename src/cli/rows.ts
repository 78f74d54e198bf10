// What a command and an option are, as data, and the options that several commands have.
import type { CommandName } from '../model/request.ts';

export interface OptionRow {
	/** In the notation of commander. */
	flags: string;
	meaning: string;
	choices?: string[];
	/** Absent: not said. `--no-…` options are on unless said. */
	initial?: string | boolean;
	/** Options that may not be said beside it. */
	conflicts?: string | string[];
}

export const CWD: OptionRow = {
	flags: '--cwd <dir>',
	meaning: 'the project, or a folder inside it',
	initial: '.',
};

export const YES: OptionRow = {
	flags: '-y, --yes',
	meaning: 'go on without asking; what only you can decide still needs its flag',
	initial: false,
};

export const JSON_DOCUMENT: OptionRow = {
	flags: '--json',
	meaning: 'print one JSON document, also on failure; implies --yes',
	initial: false,
};

export const ENV_VAR: OptionRow = {
	flags: '--env-var <name>',
	meaning: "the project's own name for the variable that holds the address",
};

export const DRY_RUN: OptionRow = {
	flags: '--dry-run',
	meaning: 'show the plan and change nothing',
	initial: false,
};

export const NO_INSTALL: OptionRow = {
	flags: '--no-install',
	meaning: 'edit package.json and leave the install to you',
};

export const PACKAGE_MANAGER: OptionRow = {
	flags: '--package-manager <name>',
	meaning: 'the package manager to use',
	choices: ['npm', 'nub', 'pnpm', 'yarn', 'bun'],
};

/** Of the commands that make a plan. */
export const PLAN_OUT: OptionRow = {
	flags: '--plan-out <file>',
	meaning: 'keep the plan in a file for `flue apply`, and change nothing',
};

export const INPUT: OptionRow = {
	flags: '--input <file>',
	meaning:
		'take the options from a JSON document too, of a file or of stdin (-); see `flue schema`',
};

export interface CommandRow {
	name: CommandName | 'schema' | 'mcp';
	summary: string;
	description: string;
	/** It is about no blueprint in particular: no kind and no name stand behind it. */
	isAboutAll?: true;
	/** What stands behind it instead of a kind and a name. */
	file?: string;
	/** What stands behind the options in the help. */
	examples: string;
	options: readonly OptionRow[];
}
