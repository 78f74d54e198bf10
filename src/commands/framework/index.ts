// Called as `flue` this program stands before the framework's command of that name: which words are the framework's, and where
// its command lies. Reads package.json files and runs nothing.
import { join } from 'node:path';
import { BLUEPRINTS } from '../../blueprints/index.ts';
import { FRAMEWORK_COMMANDS } from '../../framework/names.ts';
import { readIfPossible, realPath, seemsFile } from '../../inspect/files.ts';
import { foldersAbove, isWithin } from '../../inspect/paths.ts';
import { parseJson, valueAt } from '../../text/jsonc.ts';
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
	if (command === 'add') return isForeignBlueprint(rest);
	if (command === '' || command.startsWith('-') || ours.includes(command)) return false;
	return FRAMEWORK_COMMANDS.includes(command) || isForeign(command, ours);
}

/** The file of a package's command; null when it names none, or one that does not lie in the package. */
function commandOf(folder: string, name: string): string | null {
	const text = readIfPossible(join(folder, 'package.json'));
	const bin = text === null ? undefined : valueAt(parseJson(text), 'bin');
	const path = typeof bin === 'string' ? bin : valueAt(bin, name);
	const root = realPath(folder);
	if (typeof path !== 'string' || root === null) return null;
	const file = join(root, path);
	if (!seemsFile(file)) return null;
	const real = realPath(file);
	return real !== null && isWithin(root, real) ? real : null;
}

/** The absolute path of the framework's command that a project at or above a folder has installed; null when there is none. */
export function findFrameworkCommand(folder: string): string | null {
	for (const at of [folder, ...foldersAbove(folder)]) {
		const found = commandOf(join(at, 'node_modules/@flue/cli'), 'flue');
		if (found !== null) return found;
	}
	return null;
}
