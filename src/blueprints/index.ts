// Which blueprints there are, and what to say of a name that is not among them. Pure.
import { FlueError } from '../errors.ts';
import type { Blueprint } from '../model/blueprint.ts';
import { nearest } from '../text/nearest.ts';
import { BLUEPRINTS } from './found.ts';

export { BLUEPRINTS };

/** The one that the client is named after, and whose protocol all others speak: what does not say which it is counts as it. */
export const ORIGIN = BLUEPRINTS.find(({ name, client }) => name === client.name) as Blueprint;

/** Kinds and database names of the framework's own `flue add` (@flue/cli 2.0.3), which prints a guide for a coding agent. */
const FRAMEWORK_KINDS = ['channel', 'sandbox', 'tooling'];
const FRAMEWORK_DATABASES = ['boxd', 'libsql', 'mongodb', 'mysql', 'postgres', 'supabase', 'turso'];

function unknown(message: string, hint: string): FlueError {
	return new FlueError('UNKNOWN_BLUEPRINT', message, { hint });
}

function elsewhere(what: string): FlueError {
	return unknown(
		`${what} is a blueprint of the framework's own CLI, not of this one.`,
		`Run \`npx @flue/cli add ${what.toLowerCase()}\`, which prints a guide for a coding agent.`,
	);
}

/** @throws UNKNOWN_BLUEPRINT with the nearest kind, or with the framework's own CLI for a kind that only it has. */
export function checkKind(kind: string, command: 'add' | 'verify' = 'add'): void {
	const kinds = [...new Set(BLUEPRINTS.map((blueprint) => blueprint.kind as string))];
	if (kinds.includes(kind)) return;
	if (FRAMEWORK_KINDS.includes(kind)) throw elsewhere(kind);
	const guess = nearest(kind, [...kinds, ...FRAMEWORK_KINDS]);
	const asName = BLUEPRINTS.find((blueprint) => blueprint.name === kind);
	if (asName) {
		throw unknown(
			`"${kind}" is the name of a ${asName.kind}, not a kind.`,
			`Run \`flue ${command} ${asName.kind} ${kind}\`.`,
		);
	}
	throw unknown(
		`There is no blueprint kind "${kind}".`,
		guess ? `Did you mean \`flue ${command} ${guess}\`?` : `Run \`flue add\` to see what there is.`,
	);
}

/** @throws UNKNOWN_BLUEPRINT as `checkKind` does, for the name. */
export function findBlueprint(
	kind: string,
	name: string,
	command: 'add' | 'verify' = 'add',
): Blueprint {
	checkKind(kind, command);
	const found = BLUEPRINTS.find((blueprint) => blueprint.kind === kind && blueprint.name === name);
	if (found) return found;
	if (FRAMEWORK_DATABASES.includes(name)) throw elsewhere(`${kind} ${name}`);
	const guess = nearest(name, [
		...BLUEPRINTS.map((blueprint) => blueprint.name),
		...FRAMEWORK_DATABASES,
	]);
	throw unknown(
		`There is no ${kind} blueprint "${name}".`,
		guess
			? `Did you mean \`flue ${command} ${kind} ${guess}\`?`
			: `Run \`flue add ${kind}\` to see what there is.`,
	);
}
