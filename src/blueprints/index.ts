// Which blueprints there are, and what to say of a name that is not among them. Pure.
import { FlueError } from '../errors.ts';
import { FRAMEWORK_BLUEPRINTS } from '../framework/names.ts';
import type { Blueprint } from '../model/blueprint.ts';
import { nearest } from '../text/nearest.ts';
import { BLUEPRINTS } from './found.ts';

export { BLUEPRINTS };

/** The one that the client is named after, and whose protocol all others speak: what does not say which it is counts as it. */
export const ORIGIN = BLUEPRINTS.find(({ name, client }) => name === client.name) as Blueprint;

type Command = 'add' | 'verify' | 'remove' | 'update';

function unknown(message: string, hint: string): FlueError {
	return new FlueError('UNKNOWN_BLUEPRINT', message, { hint });
}

/** A refusal of what only the framework's own command has. Its `add` lists, or prints a guide for a name of a kind. */
function elsewhere(what: string, kind: string, name: string | undefined): FlueError {
	return unknown(
		`${what} a blueprint of the framework's own command, not of this one.`,
		name === undefined
			? 'Run `npx @flue/cli add`, which lists them.'
			: `Run \`npx @flue/cli add ${kind} ${name}\`, which prints a guide for a coding agent.`,
	);
}

/** Refuses a name that the framework's command has in a kind that is not ours. */
function refuseForeignName(name: string): void {
	const owner = Object.keys(FRAMEWORK_BLUEPRINTS).find((kind) =>
		FRAMEWORK_BLUEPRINTS[kind]?.includes(name),
	);
	if (owner) throw elsewhere(`${name} is a ${owner},`, owner, name);
}

/** What to do about a word that nobody knows. `before`: the words between the command and it. */
function hintFor(
	word: string,
	known: { command: Command; before: string[]; ours: string[]; theirs: readonly string[] },
): string {
	const { command, before, ours, theirs } = known;
	const guess = nearest(word, [...ours, ...theirs]);
	if (guess === null)
		return `Run \`${['flue', 'add', ...before].join(' ')}\` to see what there is.`;
	if (ours.includes(guess))
		return `Did you mean \`${['flue', command, ...before, guess].join(' ')}\`?`;
	return before.length === 0
		? `Did you mean ${guess}? \`npx @flue/cli add\` lists what the framework's own command has.`
		: `Did you mean \`${['npx @flue/cli add', ...before, guess].join(' ')}\`?`;
}

/**
 * @param name what stands behind the kind, for the hint
 * @throws UNKNOWN_BLUEPRINT with the nearest kind, or with the framework's own command for a kind that only it has
 */
export function checkKind(kind: string, command: Command = 'add', name?: string): void {
	const ours = [...new Set(BLUEPRINTS.map((blueprint) => blueprint.kind as string))];
	if (ours.includes(kind)) return;
	const theirs = Object.keys(FRAMEWORK_BLUEPRINTS);
	if (theirs.includes(kind)) throw elsewhere(`A ${kind} is`, kind, name);
	const asName = BLUEPRINTS.find((blueprint) => blueprint.name === kind);
	if (asName) {
		throw unknown(
			`"${kind}" is the name of a ${asName.kind}, not a kind.`,
			`Run \`flue ${command} ${asName.kind} ${kind}\`.`,
		);
	}
	refuseForeignName(kind);
	throw unknown(
		`There is no blueprint kind "${kind}".`,
		hintFor(kind, { command, before: [], ours, theirs }),
	);
}

/** @throws UNKNOWN_BLUEPRINT as `checkKind` does, for the name. */
export function findBlueprint(kind: string, name: string, command: Command = 'add'): Blueprint {
	checkKind(kind, command, name);
	const listed = BLUEPRINTS.filter((blueprint) => blueprint.kind === kind);
	const found = listed.find((blueprint) => blueprint.name === name);
	if (found) return found;
	refuseForeignName(name);
	const ours = listed.map((blueprint) => blueprint.name as string);
	const theirs = FRAMEWORK_BLUEPRINTS[kind] ?? [];
	throw unknown(
		`There is no ${kind} blueprint "${name}".`,
		hintFor(name, { command, before: [kind], ours, theirs }),
	);
}
