// The commands and their options, as data: the one place that names them. `--help` is made from it, and the README is held to it.
import type { Shell } from '../model/request.ts';
import {
	APPLY_COMMAND,
	LIST_COMMAND,
	MCP_COMMAND,
	REMOVE_COMMAND,
	SCHEMA_COMMAND,
	UPDATE_COMMAND,
} from './later-commands.ts';
import {
	type CommandRow,
	CWD,
	DRY_RUN,
	ENV_VAR,
	INPUT,
	JSON_DOCUMENT,
	NO_INSTALL,
	type OptionRow,
	PACKAGE_MANAGER,
	PLAN_OUT,
	YES,
} from './rows.ts';

const ADD_OPTIONS: readonly OptionRow[] = [
	CWD,
	YES,
	DRY_RUN,
	JSON_DOCUMENT,
	{
		flags: '--print',
		meaning: 'print the rendered db.ts and change nothing',
		initial: false,
		conflicts: 'json',
	},
	NO_INSTALL,
	PACKAGE_MANAGER,
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
	ENV_VAR,
	{
		flags: '--key-prefix <prefix>',
		meaning: 'a key prefix of its own for this project, instead of "flue"',
	},
	{
		flags: '--no-inspect-server',
		meaning: 'do not check the server at start (for providers that deny CONFIG and INFO)',
	},
	{
		flags: '--retain <duration>',
		meaning:
			'let settled submissions expire after so long, e.g. 30d (m, h, d or w), or "never"; for the adapter of --adapter vendored',
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
		flags: '--align-runtime',
		meaning: "make the copies of @flue/runtime one, at the version that Flue's own packages pin",
	},
	{
		flags: '--no-align-runtime',
		meaning: 'leave several copies of @flue/runtime as they are',
	},
	{
		flags: '--format',
		meaning: "run the project's own formatter over db.ts",
		initial: false,
	},
	{
		flags: '--adapter <spec>',
		meaning:
			'another source for @flue/redis: "vendored" for this command\'s own implementation of it, with a layout of its own, put into vendor/; or a tarball, an alias, workspace:*, a git address',
	},
	{
		flags: '--target <target>',
		meaning: 'the build target, where the files leave it open',
		choices: ['node'],
	},
	{
		flags: '--entry <path>',
		meaning:
			'the module to write, relative to the project, where nothing loads a db.ts and a program of yours calls start({ db })',
	},
	{
		flags: '--agents-md',
		meaning: 'tell coding agents of it in a section of AGENTS.md, which `remove` takes away',
		initial: false,
	},
	{
		flags: '--verify',
		meaning: 'afterwards, check the project as `flue verify database` does',
		initial: false,
	},
	{ ...PLAN_OUT, conflicts: ['print', 'verify'] },
	INPUT,
];

const VERIFY_OPTIONS: readonly OptionRow[] = [
	CWD,
	YES,
	JSON_DOCUMENT,
	{ flags: '--all', meaning: 'show what passed too, a line each', initial: false },
	{ flags: '--strict', meaning: 'take a warning for a failure', initial: false },
	{
		flags: '--server',
		meaning: 'also connect to the configured server, and only read',
		initial: false,
	},
	{
		flags: '--since <stamp>',
		meaning: 'with --server: how the store grew since the run that printed this stamp',
	},
	ENV_VAR,
	{
		flags: '--drill',
		meaning: 'also rehearse a restart and the loss of the server, on a throwaway server',
		initial: false,
	},
	{
		flags: '--drill-url <url>',
		meaning: 'the server to use for the drill; needs --drill-may-write',
	},
	{
		flags: '--drill-may-write',
		meaning: 'yes, the server of --drill-url will be written to',
		initial: false,
	},
	INPUT,
];

const UNATTENDED =
	'Without a terminal, in CI, or called by a coding agent nothing is ever asked: what only you can decide fails once, with exit status 2, naming every flag. `flue help errors` prints the codes.';

export const COMMANDS: readonly CommandRow[] = [
	{
		name: 'add',
		summary: 'add a blueprint to the project',
		description: 'Add a blueprint to an existing Flue project. Without a name, list what there is.',
		examples: `
Examples:
  flue add database redis                      in a terminal: looks, asks, shows the plan, confirms, does it
  flue add database valkey --dry-run           shows the plan and changes nothing
  flue add database redis --json               for a coding agent: one JSON document, never a prompt
  flue add database redis --no-install --yes   edits files only; prints the install command that remains

${UNATTENDED}`,
		options: ADD_OPTIONS,
	},
	{
		name: 'verify',
		summary: 'check the project, its server, and that the state survives',
		description:
			'Check what a blueprint needs: the project, on request its server, and a drill. Without a name, the db entry tells which.',
		examples: `
Examples:
  flue verify database                            looks at the files of the project; in a terminal, asks about the server
  flue verify database --server                   also connects to the configured server, and only reads
  flue verify database --server --strict --json   for CI: one JSON document, and warnings are failures
  flue verify database redis --drill              on a throwaway server: writes, restarts, kills it, reads back

Exit status 0 when nothing fails, 1 otherwise. Nothing is changed. No password is ever printed.`,
		options: VERIFY_OPTIONS,
	},
	REMOVE_COMMAND,
	UPDATE_COMMAND,
	APPLY_COMMAND,
	LIST_COMMAND,
	SCHEMA_COMMAND,
	MCP_COMMAND,
];

/** Every word that may stand first. */
export const COMMAND_NAMES = [...COMMANDS.map(({ name }) => name as string), 'help', 'completion'];

/** What `flue help` knows beside the commands. */
export const HELP_TOPICS = {
	errors: 'the error codes and exit statuses',
	agent: 'how a coding agent uses this command',
};

/** The shells of `flue completion`. */
export const SHELLS: Shell[] = ['bash', 'zsh', 'fish'];
