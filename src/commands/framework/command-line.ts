// Called as `flue` this program stands before the framework's command of that name: which command lines are the framework's. Pure.
import { BLUEPRINTS } from '../../blueprints/index.ts';
import { FRAMEWORK_COMMANDS } from '../../framework/names.ts';
import { nearest } from '../../text/nearest.ts';

/** A word that is neither of ours nor a slip of one. */
function isForeign(word: string, ours: string[]): boolean {
	return !ours.includes(word) && nearest(word, ours) === null;
}

/** Whether a blueprint that was asked for is none that we have. */
function isForeignBlueprint([kind, name]: string[]): boolean {
	const names = BLUEPRINTS.map((blueprint) => blueprint.name as string);
	const kinds = BLUEPRINTS.map((blueprint) => blueprint.kind as string);
	if (kind === undefined || kind.startsWith('-') || names.includes(kind)) return false;
	if (!kinds.includes(kind)) return isForeign(kind, kinds);
	return name !== undefined && !name.startsWith('-') && isForeign(name, names);
}

/**
 * Whether a command line is for the framework's command.
 * @param args what stands behind `flue`
 * @param ours the names of our own commands
 */
export function isForFramework([command = '', ...rest]: string[], ours: string[]): boolean {
	if (command === 'add' || command === 'update') return isForeignBlueprint(rest);
	if (command === '' || command.startsWith('-') || ours.includes(command)) return false;
	return FRAMEWORK_COMMANDS.includes(command) || isForeign(command, ours);
}
