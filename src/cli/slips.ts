// What the tables alone show to be wrong with a command line, told before its parser is loaded. Pure.
import { FlueError } from '../errors.ts';
import { FRAMEWORK_COMMANDS } from '../framework/names.ts';
import { nearest } from '../text/nearest.ts';
import { COMMAND_NAMES, COMMANDS, HELP_TOPICS } from './options.ts';
import { checkUsage } from './usage.ts';

export function unknownCommand(name: string): FlueError {
	const guess = nearest(name, COMMAND_NAMES);
	const topic = Object.hasOwn(HELP_TOPICS, name) ? `help ${name}` : '--help';
	const other = guess ? `Did you mean \`flue ${guess}\`?` : `Run \`flue ${topic}\`.`;
	const hint = FRAMEWORK_COMMANDS.includes(name)
		? `It is the framework's own: \`npx flue ${name}\`.`
		: other;
	return new FlueError('BAD_USAGE', `There is no command ${JSON.stringify(name)}.`, { hint });
}

/** Refuses a first word that is no command, before the options behind it are looked at, which would be blamed instead. */
export function refuseCommand(first: string): void {
	if (/^[^-]/.test(first) && !COMMAND_NAMES.includes(first)) throw unknownCommand(first);
}

/** What asks for a text, alone or among other letters; it is answered whatever else is wrong. */
const ASKS = /^-(?:-help$|-version$|[a-z]*[hV])/i;

/**
 * Refuses what the tables alone show to be wrong: most slips end here, and the parser need not be loaded for them.
 * @throws BAD_USAGE: what `parseArguments` would throw
 */
export function refuseSlips([first = '', ...words]: readonly string[]): void {
	refuseCommand(first);
	const command = COMMANDS.find(({ name }) => name === first);
	if (command && !words.some((word) => ASKS.test(word))) checkUsage(command, words, null);
}
