// Judges the database client that a project has: fit for the adapter, or refused with the cure. Pure.
import { FlueError } from '../errors.ts';
import type { Choices, Facts, PackageManager } from '../model.ts';
import { exactVersion, isAbove, isIn, lowestVersion, rangeOf } from '../versions.ts';

export type ClientFacts = Pick<Facts, 'line' | 'packages'>;
export type ClientChoices = Pick<Choices, 'blueprint' | 'packageManager'>;

const ADD: Record<PackageManager, string> = {
	npm: 'npm install',
	pnpm: 'pnpm add',
	yarn: 'yarn add',
	bun: 'bun add',
};

/** The version that decides: the lowest that the declaration lets in, unless the one installed is worse. */
function unfitVersion(facts: ClientFacts, accepts: string): string | null {
	const { declared, installed } = facts.packages.client;
	const range = declared ? rangeOf(declared.range) : null;
	const lowest = range && lowestVersion(range);
	if (lowest && !isIn(lowest, accepts)) return lowest;
	// An installed copy that the declaration does not let in is left over; the install replaces it.
	const isCurrent = installed !== null && (!range || isIn(installed, range));
	return isCurrent && exactVersion(installed) && !isIn(installed, accepts) ? installed : null;
}

/** @throws CLIENT_TOO_OLD when the project declares a client that the adapter does not work with. */
export function checkClient(facts: ClientFacts, choices: ClientChoices): void {
	const { name, range, accepts } = choices.blueprint.client;
	const { declared } = facts.packages.client;
	if (!declared) return;
	const accepted = accepts[facts.line.value];
	const version = unfitVersion(facts, accepted);
	if (version === null) return;
	const isNewer = isAbove(version, accepted);
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
