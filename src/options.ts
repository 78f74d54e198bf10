// The options of `flue add`, as data: the one place that names them. `--help` is made from it, and the README is held to it.
import type { AddOptions } from './model.ts';

export interface OptionRow {
	/** In the notation of commander. */
	flags: string;
	meaning: string;
	choices?: string[];
	/** Absent: not said. `--no-…` options are on unless said. */
	initial?: string | boolean;
	/** An option that may not be said beside it. */
	conflicts?: keyof AddOptions;
}

export const ADD_OPTIONS: readonly OptionRow[] = [
	{ flags: '--cwd <dir>', meaning: 'the project, or a folder inside it', initial: '.' },
	{
		flags: '-y, --yes',
		meaning: 'go on without asking; what only you can decide still needs its flag',
		initial: false,
	},
	{ flags: '--dry-run', meaning: 'show the plan and change nothing', initial: false },
	{
		flags: '--json',
		meaning: 'print one JSON document, also on failure; implies --yes',
		initial: false,
	},
	{
		flags: '--print',
		meaning: 'print the rendered db.ts and change nothing',
		initial: false,
		conflicts: 'json',
	},
	{ flags: '--no-install', meaning: 'edit package.json and leave the install to you' },
	{
		flags: '--package-manager <name>',
		meaning: 'the package manager to use',
		choices: ['npm', 'pnpm', 'yarn', 'bun'],
	},
	{
		flags: '--replace',
		meaning: 'replace a db entry that is not what this command writes',
		initial: false,
	},
	{
		flags: '--secrets <convention>',
		meaning: 'where the project keeps its secrets',
		choices: ['env', 'dev-vars', 'config-module', 'none'],
	},
	{
		flags: '--env-var <name>',
		meaning: "the project's own name for the variable that holds the address",
	},
	{
		flags: '--key-prefix <prefix>',
		meaning: 'a key prefix of its own for this project, instead of "flue"',
	},
	{
		flags: '--no-inspect-server',
		meaning: 'do not check the server at start (for providers that deny CONFIG and INFO)',
	},
	{
		flags: '--reconnect',
		meaning: 'add a listener so that a dropped connection reconnects instead of ending the process',
	},
	{
		flags: '--no-reconnect',
		meaning: 'stay with the documented text: the process ends when the connection drops',
	},
	{
		flags: '--format',
		meaning: "run the project's own formatter over db.ts",
		initial: false,
	},
	{
		flags: '--adapter <spec>',
		meaning:
			'another source for @flue/redis: "vendored" for the copy that this command brings along and puts into vendor/, or a tarball, an alias, workspace:*, a git address',
	},
	{
		flags: '--target <target>',
		meaning: 'the build target, where the files leave it open',
		choices: ['node'],
	},
];
