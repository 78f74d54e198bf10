// argv -> an invocation. Looks at nothing but its arguments.
import { Argument, Command, CommanderError, Option } from 'commander';
import { BLUEPRINTS } from '../blueprints/index.ts';
import { FlueError } from '../errors.ts';
import type { Described, Shell } from '../model/request.ts';
import { type AllOptions, type Ending, type Invocation, invocationOf } from './invocation.ts';
import { COMMAND_NAMES, COMMANDS, HELP_TOPICS, SHELLS } from './options.ts';
import type { CommandRow, OptionRow } from './rows.ts';
import { refuseCommand, unknownCommand } from './slips.ts';
import { checkUsage } from './usage.ts';

const NAMES = BLUEPRINTS.map(({ name }) => name).join(' or ');
const TITLES = BLUEPRINTS.map(({ title }) => title).join(' or ');

function optionOf({ flags, meaning, choices, initial, conflicts }: OptionRow): Option {
	const option = new Option(flags, meaning);
	if (choices) option.choices(choices);
	// A false is not worth a mention in the help.
	if (initial) option.default(initial);
	if (conflicts) option.conflicts(conflicts);
	return option;
}

/** The options that are false unless said. */
function unsaid(rows: readonly OptionRow[]): Record<string, boolean> {
	const silent = rows.filter(({ initial }) => initial === false);
	return Object.fromEntries(silent.map((row) => [optionOf(row).attributeName(), false]));
}

function makeCommand(row: CommandRow, ending: Ending): Command {
	const command = new Command(row.name)
		.summary(row.summary)
		.description(row.description)
		.addHelpText('after', row.examples);
	if (row.file !== undefined)
		command.usage('[options] <file>').addArgument(new Argument('[file]', row.file));
	else if (!row.isAboutAll)
		command
			.addArgument(new Argument('[kind]', 'the kind of blueprint: database'))
			.addArgument(new Argument('[name]', `its name: ${NAMES}`));
	command.action(() => {
		const options: AllOptions = { ...unsaid(row.options), ...command.opts<AllOptions>() };
		ending.invocation = invocationOf(row.name, command.args, options);
	});
	for (const option of row.options) command.addOption(optionOf(option));
	return command;
}

function helpCommand(program: Command, ending: Ending): Command {
	return new Command('help')
		.summary('help for a command; `errors`: the codes; `agent`: for a coding agent')
		.argument('[topic]', 'a command, errors or agent')
		.option('--json', 'print one JSON document')
		.action((topic: string | undefined) => {
			if (topic === 'errors' || topic === 'agent') {
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

function describe(command: Command): Described {
	return {
		name: command.name(),
		summary: command.summary(),
		options: command.createHelp().visibleOptions(command),
		places: command.registeredArguments,
		commands: command.commands.map(describe),
	};
}

function completionCommand(program: Command, ending: Ending): Command {
	return new Command('completion')
		.summary('print a completion script for a shell')
		.addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
		.action((shell: Shell) => {
			const described = { ...describe(program), topics: HELP_TOPICS };
			ending.invocation = { command: 'completion', shell, program: described };
		});
}

/** `called`: the one command that the first word names, and then the only one; with none, all of them are told of. */
function makeProgram(version: string, called: CommandRow | undefined, ending: Ending): Command {
	const program = new Command('flue')
		.description(`Blueprints for existing Flue projects: durable state in ${TITLES}.`)
		.version(version, '-V, --version', 'print the version')
		.helpCommand(false);
	for (const row of called ? [called] : COMMANDS) program.addCommand(makeCommand(row, ending));
	if (!called)
		program.addCommand(helpCommand(program, ending)).addCommand(completionCommand(program, ending));
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
				// Who prints it wraps it, at the width there is.
				getOutHelpWidth: () => Number.POSITIVE_INFINITY,
				getErrHelpWidth: () => Number.POSITIVE_INFINITY,
			})
			.helpOption('-h, --help', 'show this help')
			// What is meant by an option of a command is told by `checkUsage`.
			.showSuggestionAfterError(!called);
	}
	return program
		.argument('[command]')
		.usage('[options] <command>')
		.allowExcessArguments()
		.action((command: string | undefined) => {
			if (command === undefined) program.outputHelp();
			else throw unknownCommand(command);
		});
}

/** commander's own sentence, without its prefix, as one usage error. `name` is the command that it is about. */
function usageError(error: CommanderError, name: string | undefined): FlueError {
	const isKnown = name !== undefined && COMMAND_NAMES.includes(name);
	const about = isKnown ? `flue ${name}` : 'flue';
	// What is wrong with it is that this command has none, however well others know it.
	const option = /unknown option '(-[^'=]*)/.exec(error.message)?.[1];
	const said = isKnown && option ? `There is no option ${option} of \`${about}\`` : error.message;
	const suggestion = /\(Did you mean [^)]*\)/.exec(error.message)?.[0];
	const isLost = suggestion !== undefined && !said.includes(suggestion);
	const message = (isLost ? `${said} ${suggestion}` : said)
		.replace(/^error: /, '')
		.replace(/\s+/g, ' ')
		.trim();
	return new FlueError(
		'BAD_USAGE',
		`${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.?$/, '.')}`,
		{
			hint: isKnown
				? `\`${about} --help\` shows every option.`
				: 'Options go after the command; `flue --help` shows every one.',
		},
	);
}

/** Lets commander parse, and gives what it has against the arguments; null: nothing, or it was asked for help. */
function parserFault(program: Command, args: string[], ending: Ending): CommanderError | null {
	try {
		program.parse(args, { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode !== 0) return error;
		const version = program.version() ?? '';
		if (error.code === 'commander.version') ending.invocation = { command: 'version', version };
	}
	return null;
}

/**
 * Parses the arguments behind the program's name.
 * @throws BAD_USAGE: the first fault, telling all of them
 */
export function parseArguments(args: string[], version: string): Invocation {
	const ending: Ending = { text: '', invocation: null };
	const [first = '', ...words] = args;
	const row = COMMANDS.find(({ name }) => name === first);
	refuseCommand(first);
	const program = makeProgram(version, row, ending);
	const fault = parserFault(program, args, ending);
	const { invocation } = ending;
	const parsed = invocation && 'request' in invocation ? invocation.request.options : null;
	// The parser tells of the first fault alone, and takes every value.
	if (row && (fault || parsed)) checkUsage(row, words, parsed);
	if (fault) throw usageError(fault, first);
	return invocation ?? { command: 'text', text: ending.text };
}
