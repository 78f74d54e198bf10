// The commands of a project that a blueprint was added to, and their options, as data.
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

const LIST_OPTIONS: readonly OptionRow[] = [
	CWD,
	{ flags: '--json', meaning: 'print one JSON document, also on failure', initial: false },
	INPUT,
];

/** `flue list`. */
export const LIST_COMMAND: CommandRow = {
	name: 'list',
	summary: 'list what is installed in the project, and what could be updated',
	description:
		'List the blueprints that are installed: where, in which version, changed by hand or not. In a workspace, those of all members.',
	isAboutAll: true,
	examples: `
Examples:
  flue list          looks at the files of the project, and of the other members of its workspace
  flue list --json   for a coding agent: one JSON document

Nothing is changed, and nothing of yours is run. \`flue add\` lists what there is to add.`,
	options: LIST_OPTIONS,
};

const REMOVE_OPTIONS: readonly OptionRow[] = [
	CWD,
	YES,
	DRY_RUN,
	JSON_DOCUMENT,
	NO_INSTALL,
	PACKAGE_MANAGER,
	ENV_VAR,
	{
		flags: '--keep-packages',
		meaning: 'leave the adapter and the client installed',
		initial: false,
	},
	{
		flags: '--discard',
		meaning:
			'remove a db entry that is not as this command writes it; what git does not hold is kept as .bak',
		initial: false,
	},
	{
		flags: '--remove-value',
		meaning: 'remove the key from the env files where it holds a value too',
		initial: false,
	},
	PLAN_OUT,
	INPUT,
];

/** `flue remove`. */
export const REMOVE_COMMAND: CommandRow = {
	name: 'remove',
	summary: 'take back what `add` did',
	description:
		'Remove a blueprint from the project: the twin of `add`. What others use, and what was changed by hand, stays and is told.',
	examples: `
Examples:
  flue remove database redis              in a terminal: shows the plan, confirms, does it
  flue remove database --dry-run          shows the plan and changes nothing
  flue remove database valkey --json      for a coding agent: one JSON document, never a prompt

The data in the server stays there. The value of a secret is removed with --remove-value alone.`,
	options: REMOVE_OPTIONS,
};

/** `flue update`. */
export const UPDATE_COMMAND: CommandRow = {
	name: 'update',
	summary: 'bring what `add` wrote to its text of today',
	description:
		"Update a blueprint: what its text changed since the version of the db entry is merged into it, and your changes stay; the copy of the adapter in vendor/ becomes this command's.",
	examples: `
Examples:
  flue update database             in a terminal: shows the plan, confirms, does it
  flue update database --dry-run   shows what would change
  flue update database --json      for a coding agent: one JSON document, never a prompt

Where you and the blueprint changed the same lines, nothing is written before you have decided.`,
	options: [
		CWD,
		YES,
		DRY_RUN,
		JSON_DOCUMENT,
		NO_INSTALL,
		PACKAGE_MANAGER,
		ENV_VAR,
		{
			flags: '--theirs',
			meaning: 'where both changed the same lines, keep yours',
			initial: false,
			conflicts: ['ours', 'conflicts'],
		},
		{
			flags: '--ours',
			meaning: 'where both changed the same lines, take those of the blueprint',
			initial: false,
			conflicts: ['theirs', 'conflicts'],
		},
		{
			flags: '--conflicts',
			meaning: 'where both changed the same lines, write both between marks, to be settled by hand',
			initial: false,
			conflicts: ['ours', 'theirs'],
		},
		PLAN_OUT,
		INPUT,
	],
};

/** `flue apply`. */
export const APPLY_COMMAND: CommandRow = {
	name: 'apply',
	summary: 'do what a plan file says',
	description:
		'Apply a plan that --plan-out has kept: exactly those bytes, in the same project or on another clone of it, or nothing where a file has changed.',
	file: 'the file that --plan-out has written',
	examples: `
Examples:
  flue add database redis --plan-out plan.json   keeps the plan, and changes nothing
  flue apply plan.json --dry-run                 shows what it would do here
  flue apply plan.json --json                    for CI: one JSON document, never a prompt

A plan holds no secret and no text of yours, only edits and digests. What was edited in it, or is another project's, is refused.`,
	options: [CWD, YES, DRY_RUN, JSON_DOCUMENT, INPUT],
};

/** `flue schema`. */
export const SCHEMA_COMMAND: CommandRow = {
	name: 'schema',
	summary: 'print the JSON Schemas of what is taken, and of what is answered',
	description:
		'Print one JSON document: the command line as a JSON Schema (`input`), and that of the documents of --json (`output`).',
	isAboutAll: true,
	examples: `
Examples:
  flue schema                  for a program: what may be asked, and what the answer looks like
  flue add --input plan.json   takes a document that fits \`input\`; the options that are typed go before it`,
	options: [
		{ flags: '--json', meaning: 'changes nothing: it always is one document', initial: false },
	],
};

/** `flue mcp`. */
export const MCP_COMMAND: CommandRow = {
	name: 'mcp',
	summary: 'serve plan, apply, list and verify to an agent, over MCP',
	description:
		'Serve the tools plan, apply, list and verify over the Model Context Protocol, on stdin and stdout. Only what was planned is ever written.',
	isAboutAll: true,
	examples: `
Examples:
  flue mcp                     for the configuration of an MCP client: it starts this, and ends it
  flue mcp --cwd packages/api  the folder that is served; tools name folders inside it

A client that goes away while files are being changed is a Ctrl-C: every file is put back.`,
	options: [{ ...CWD, meaning: 'the folder that is served' }],
};
