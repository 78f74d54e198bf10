// argv -> an invocation. Looks at nothing but its arguments.
import { Argument, Command, CommanderError, Option } from 'commander';
import { FlueError } from './errors.ts';
import type { AddOptions, AddRequest } from './model.ts';
import { nearest } from './nearest.ts';
import { ADD_OPTIONS, type OptionRow } from './options.ts';

/** What the command line asks for. */
export type Invocation =
	| { command: 'add'; request: AddRequest }
	| { command: 'help'; topic: 'errors' }
	| { command: 'text'; text: string };

interface Ending {
	text: string;
	invocation: Invocation | null;
}

const EXAMPLES = `
Examples:
  flue add database redis                      in a terminal: looks, asks, shows the plan, confirms, does it
  flue add database valkey --dry-run           shows the plan and changes nothing
  flue add database redis --json               for a coding agent: one JSON document, never a prompt
  flue add database redis --no-install --yes   edits files only; prints the install command that remains

Without a terminal, in CI, or called by a coding agent nothing is ever asked: what only you can decide fails once,
with exit status 2, naming every flag. \`flue help errors\` prints the codes.`;

function optionOf({ flags, meaning, choices, initial, conflicts }: OptionRow): Option {
	const option = new Option(flags, meaning);
	if (choices) option.choices(choices);
	// A false is not worth a mention in the help.
	if (initial) option.default(initial);
	if (conflicts) option.conflicts(conflicts);
	return option;
}

/** The options that are false unless said. */
function unsaid(): Partial<AddOptions> {
	const rows = ADD_OPTIONS.filter(({ initial }) => initial === false);
	return Object.fromEntries(rows.map((row) => [optionOf(row).attributeName(), false]));
}

function addCommand(ending: Ending): Command {
	const command = new Command('add')
		.summary('add a blueprint to the project')
		.description('Add a blueprint to an existing Flue project. Without a name, list what there is.')
		.addArgument(new Argument('[kind]', 'the kind of blueprint: database'))
		.addArgument(new Argument('[name]', 'its name: redis or valkey'))
		.addHelpText('after', EXAMPLES)
		.action((kind: string | undefined, name: string | undefined, options: AddOptions) => {
			ending.invocation = {
				command: 'add',
				request: { kind, name, options: { ...unsaid(), ...options } },
			};
		});
	for (const row of ADD_OPTIONS) command.addOption(optionOf(row));
	return command;
}

function helpCommand(program: Command, ending: Ending): Command {
	return new Command('help')
		.summary('show help for a command, or `errors` for the error codes')
		.argument('[topic]', 'a command, or errors')
		.action((topic: string | undefined) => {
			if (topic === 'errors') {
				ending.invocation = { command: 'help', topic };
				return;
			}
			const about = topic ? program.commands.find((command) => command.name() === topic) : program;
			if (!about)
				throw new FlueError('BAD_USAGE', `There is no help about "${topic}".`, {
					hint: 'Run `flue --help`.',
				});
			about.outputHelp();
		});
}

function unknownCommand(name: string, program: Command): FlueError {
	const guess = nearest(
		name,
		program.commands.map((command) => command.name()),
	);
	const hint = guess ? `Did you mean \`flue ${guess}\`?` : 'Run `flue --help`.';
	return new FlueError('BAD_USAGE', `There is no command ${JSON.stringify(name)}.`, { hint });
}

function makeProgram(version: string, ending: Ending): Command {
	const program = new Command('flue')
		.description('Blueprints for existing Flue projects: durable state in Redis or Valkey.')
		.version(version, '-V, --version', 'print the version')
		.helpCommand(false);
	program.addCommand(addCommand(ending)).addCommand(helpCommand(program, ending));
	const capture = (text: string) => {
		ending.text += text;
	};
	for (const command of [program, ...program.commands]) {
		command
			.exitOverride()
			.configureOutput({
				writeOut: capture,
				writeErr: capture,
				outputError: () => {},
				getOutHelpWidth: () => 100,
				getErrHelpWidth: () => 100,
			})
			.helpOption('-h, --help', 'show this help')
			.showSuggestionAfterError(true);
	}
	return program
		.argument('[command]')
		.usage('[options] <command>')
		.allowExcessArguments()
		.action((command: string | undefined) => {
			if (command === undefined) program.outputHelp();
			else throw unknownCommand(command, program);
		});
}

/** commander's own sentence, without its prefix, as one usage error. */
function usageError(error: CommanderError): FlueError {
	const message = error.message
		.replace(/^error: /, '')
		.replace(/\s+/g, ' ')
		.trim();
	return new FlueError(
		'BAD_USAGE',
		`${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.?$/, '.')}`,
		{
			hint: 'Options go after the command; `flue add --help` shows every one.',
		},
	);
}

function requireText(value: string | undefined, flag: string, allowed: RegExp, rule: string): void {
	if (value === undefined || allowed.test(value)) return;
	throw new FlueError('BAD_USAGE', `${flag} ${JSON.stringify(value)} ${rule}.`, {
		hint: 'Run `flue add --help` to see every option.',
	});
}

/** Values that commander takes as they are. Whatever a value is, it never becomes a flag of another program. */
function checkValues({ envVar, keyPrefix, adapter, cwd }: AddOptions): void {
	requireText(
		envVar,
		'--env-var',
		/^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]*$/,
		'is not the name of an environment variable',
	);
	requireText(
		keyPrefix,
		'--key-prefix',
		/^(?!--)(?=.*[^:])\P{Cc}+$/u,
		'is empty, begins with -- or holds control characters',
	);
	requireText(
		adapter,
		'--adapter',
		/^(?!-)[^\s\p{Cc}](\P{Cc}*[^\s\p{Cc}])?$/u,
		'is not a package spec',
	);
	requireText(cwd, '--cwd', /^(?!-)\P{Cc}+$/u, 'is not a folder');
}

/**
 * Parses the arguments behind the program's name.
 * @throws BAD_USAGE
 */
export function parseArguments(args: string[], version: string): Invocation {
	const ending: Ending = { text: '', invocation: null };
	try {
		makeProgram(version, ending).parse(args, { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode !== 0) throw usageError(error);
	}
	if (ending.invocation?.command === 'add') checkValues(ending.invocation.request.options);
	return ending.invocation ?? { command: 'text', text: ending.text };
}
