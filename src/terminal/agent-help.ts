// What a coding agent needs to know to use this command, for `flue help agent`: one text, under 60 lines of plain markdown;
// and the part of it that a project keeps in its AGENTS.md.
import type { Blueprint } from '../model/blueprint.ts';

const TITLE = '# flue-blueprints, for a coding agent';

/** Lines of at most 120 columns that begin with the same mark. */
function wrapped(words: string, mark: string): string {
	return words.replace(/(.{1,118})(?: |$)/g, `${mark}$1\n`).trimEnd();
}

function promise(databases: readonly Blueprint[]): string {
	const titles = databases.map(({ title }) => title).join(' or ');
	return wrapped(
		`Gives an existing Flue project durable state in ${titles}: package.json, one install, an empty key in the env files, db.ts. It asks nothing with --json, needs no model, and puts every file back when anything fails.`,
		'> ',
	);
}

type Row = readonly [command: string, meaning: string];
type Action = 'preview' | 'add' | 'verify' | 'list' | 'update' | 'remove' | 'apply';

/** What there is to run, and what it is good for; `name` is a database's. */
function commands(name: string): Record<Action, Row> {
	return {
		preview: [
			`add database ${name} --json --dry-run`,
			'the plan: read steps and warnings, nothing is changed',
		],
		add: [`add database ${name} --json`, 'do it; a second run says "unchanged"'],
		verify: ['verify database --json', 'check what is there'],
		list: ['list --json', 'what is installed, and what could be updated'],
		update: [
			'update database --json',
			'merge what is newer into an edited db.ts, or say who decides',
		],
		remove: ['remove database --json', 'take it back'],
		apply: ['apply plan.json --json', 'what --plan-out plan.json kept of one of them, or nothing'],
	};
}

/** As a block of code, the meanings below each other. */
function commandLines(rows: readonly Row[]): string {
	const width = Math.max(...rows.map(([command]) => command.length));
	return rows
		.map(([command, meaning]) => `    flue ${command.padEnd(width)}  # ${meaning}`)
		.join('\n');
}

/** How to add one, and which words stand for the others. */
function use(databases: readonly Blueprint[], { name }: Blueprint): string {
	const others = databases.filter((one) => one.name !== name);
	const names = others.map((other) => `\`${other.name}\``).join(' or ');
	const titles = others.map(({ title }) => title).join(' or ');
	return `In the folder of the project, or with --cwd <dir>; ${names} instead of \`${name}\` for ${titles}:

${commandLines(Object.values(commands(name)))}`;
}

const NEVER = `- Never write a value into .env or any other env file, and never print one: the address is the user's to enter.
- Never edit db.ts, package.json or a lockfile by hand to get past an error; use the flags. One edit is allowed: where a
  hint or a warning quotes an entry of overrides or resolutions, that entry in the file that it names, then an install.`;

const REST = `\`npx flue\` is another program: the framework's own. For every option: \`flue add --help\`. Over MCP:
\`flue mcp\`; in AGENTS.md: --agents-md. On RUNTIME_DUPLICATED ask the user about --align-runtime.
Ask the user about --reconnect: without it the process ends when the connection drops, as in Flue's documentation.

## JSON

- stdout is exactly one document, also on failure. Ignore stderr. Its schema, and that of the options, which \`--input -\`
  takes as a document: \`flue schema\`.
- status: applied, unchanged, previewed or failed. When failed, error holds code, message and hint: do what the hint says.
  error.reasons, where it is there, holds all that was in the way, each with the flag that settles it.
- next is the next action: the exact command, and why. null: there is none, or it is the user's.
- state of a step: planned (not reached), done, undone (put back after a failure), partly-undone (error says what).
- Each fact under project has a value and, in from, what it rests on. Tell the user about every entry of warnings.

## Exit status

0: applied, unchanged, previewed. 1: failed or refused. 2: the command line, or a question that only the user can decide.
130: stopped by a signal. After 1, 2 and 130 the project's files are as they were before.

## On an error

- NEEDS_ANSWER: the hint names every flag that answers it (--target, --package-manager, --replace). Settle them with the
  user, then run it again with all of them; --yes answers none. --replace gives up the db entry that is there.
- INSTALL_FAILED: when the registry has no @flue/redis, --adapter vendored takes flue-blueprints' own implementation of
  its contract, whose keys no other adapter reads: ask the user, run it again and commit vendor/. Otherwise mend what the
  message quotes, or use --no-install and run the install that nextSteps names.
- UNSUPPORTED_TARGET: built for Cloudflare, which keeps its state itself. Stop, tell the user; do not change the target.
- NOT_FLUE, NOT_A_PROJECT: wrong folder; name the right one with --cwd.
- BUSY, CHANGED_ON_DISK: something else is changing the project; run it again when that has ended.
- The rest: \`flue help errors\`

## Never

${NEVER}

## Afterwards

1. Give the user the entries of nextSteps as they are: the address for development, and for the built server.
2. Run the project's own type check, then the command of next: its checks pass, warn or fail, each with a hint. That the
   address is not set yet is expected until the user has entered it.
`;

/** The text; its examples are of one of the databases. */
export function agentHelpText(databases: readonly Blueprint[], example: Blueprint): string {
	const parts = [TITLE, promise(databases), '## Use', use(databases, example), REST];
	return parts.join('\n\n');
}

/** What a section is about. */
export interface SectionSubject {
	blueprint: Blueprint;
	/** The db entry, relative to the project. */
	entry: string;
	/** The variable that holds the address. */
	variable: string;
	/** The command that installs the project's packages. */
	install: string;
}

/** What a project tells its agents of the blueprint, for a section of its AGENTS.md; its commands are yet to become pasteable. */
export function agentSection({ blueprint, entry, variable, install }: SectionSubject): string {
	const { title, name, adapter } = blueprint;
	const { verify, list, update, remove } = commands(name);
	return [
		`## Durable state in ${title}`,
		'flue-blueprints set it up:',
		[
			`- \`${entry}\` keeps the state of Flue's agents in ${title}, through \`${adapter.name}\`.`,
			`- \`${variable}\` holds the address.`,
			`- \`${install}\` installs the packages.`,
		].join('\n'),
		'In the folder of this file:',
		commandLines([verify, list, update, remove]),
		'What the answers mean, and what to do on a refusal: `flue help agent`.',
		NEVER,
	].join('\n\n');
}
