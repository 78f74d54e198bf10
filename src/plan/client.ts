// Judges the database client that a project has: fit for the adapter, or refused with the cure. Pure.
import { gtr, minVersion, satisfies, valid, validRange } from 'semver';
import { FlueError } from '../errors.ts';
import type { Choices, Facts, PackageManager } from '../model.ts';

export type ClientFacts = Pick<Facts, 'line' | 'packages'>;
export type ClientChoices = Pick<Choices, 'blueprint' | 'packageManager'>;

const ADD: Record<PackageManager, string> = {
	npm: 'npm install',
	pnpm: 'pnpm add',
	yarn: 'yarn add',
	bun: 'bun add',
};

/**
 * The versions that a declared spec stands for: a range, or the range in an alias such as `npm:redis@5.12.1`.
 * null when it is for the manager to know: a tag, a file, `catalog:`, `workspace:*`, or a range that takes anything.
 */
export function versionsOf(spec: string): string | null {
	const range = validRange(spec.replace(/^(npm|workspace):(@?[^@]*@)?/, ''));
	return range === '*' ? null : range;
}

/** The version that decides: the lowest that the declaration lets in, unless the one installed is worse. */
function unfitVersion(facts: ClientFacts, accepts: string): string | null {
	const { declared, installed } = facts.packages.client;
	const range = declared ? versionsOf(declared.range) : null;
	const lowest = range ? minVersion(range)?.version : undefined;
	if (lowest && !satisfies(lowest, accepts)) return lowest;
	// An installed copy that the declaration does not let in is left over; the install replaces it.
	const isCurrent = installed !== null && (!range || satisfies(installed, range));
	return isCurrent && valid(installed) && !satisfies(installed, accepts) ? installed : null;
}

/** @throws CLIENT_TOO_OLD when the project declares a client that the adapter does not work with. */
export function checkClient(facts: ClientFacts, choices: ClientChoices): void {
	const { name, range, accepts } = choices.blueprint.client;
	const { declared } = facts.packages.client;
	if (!declared) return;
	const accepted = accepts[facts.line.value];
	const version = unfitVersion(facts, accepted);
	if (version === null) return;
	const isNewer = gtr(version, accepted);
	const reason = isNewer
		? `Flue ${facts.line.value} breaks with ${name} ${version}; it needs ${range}`
		: `${name} ${version} is older than the adapter works with; it needs ${range}`;
	throw new FlueError(
		'CLIENT_TOO_OLD',
		`package.json declares ${name} ${declared.range}. ${reason}.`,
		{
			path: 'package.json',
			hint: `${ADD[choices.packageManager.value]} ${name}@${range}`,
		},
	);
}
