// Judges the database client that a project has: fit for the adapter, or refused with the cure. Pure.
import { FlueError } from '../errors.ts';
import { MANAGERS } from '../managers/table.ts';
import type { Choices } from '../model/choices.ts';
import type { Facts } from '../model/facts.ts';
import { askedFor, exactVersion, isAbove, isIn, lowestVersion, rangeOf } from '../text/versions.ts';
import { isVendored } from './vendor.ts';

export type ClientFacts = Pick<Facts, 'line' | 'packages'>;
export type ClientChoices = Pick<Choices, 'blueprint' | 'packageManager' | 'adapter'>;

/** The version that decides: the one installed, if the declaration lets it in; else the lowest that it lets in. */
function decidingVersion({ packages: { client } }: ClientFacts): string | null {
	const range = client.declared && rangeOf(askedFor(client.declared));
	const { installed } = client;
	// An installed copy that the declaration does not let in is left over; the install replaces it.
	if (installed !== null && exactVersion(installed) && (!range || isIn(installed, range)))
		return installed;
	return range && lowestVersion(range);
}

/** @throws CLIENT_TOO_OLD when the project declares a client that the adapter does not work with. */
export function checkClient(facts: ClientFacts, choices: ClientChoices): void {
	const { name, range, accepts } = choices.blueprint.client;
	const { declared } = facts.packages.client;
	if (!declared) return;
	// This program's own adapters take either client on every line; the framework's of the betas do not.
	const accepted = isVendored(facts.packages, choices.adapter)
		? accepts['2.x']
		: accepts[facts.line.value];
	const version = decidingVersion(facts);
	if (version === null || isIn(version, accepted)) return;
	const isRange = facts.packages.client.installed !== version && version !== askedFor(declared);
	const which = isRange ? `${version}, which that lets in,` : version;
	const inCatalog = declared.catalog
		? ` (${declared.catalog.value} in ${declared.catalog.from})`
		: '';
	const isNewer = isAbove(version, accepted);
	const reason = isNewer
		? `Flue ${facts.line.value} breaks with ${name} ${which.replace(/,$/, '')}; it needs ${range}`
		: `${name} ${which} is older than the adapter works with; it needs ${range}`;
	throw new FlueError(
		'CLIENT_TOO_OLD',
		`package.json declares ${name} ${declared.range}${inCatalog}. ${reason}.`,
		{
			path: declared.catalog?.from ?? 'package.json',
			hint: declared.catalog
				? `Write ${range} beside ${name} in the catalog, and run \`${choices.packageManager.value} install\`.`
				: `Run \`${MANAGERS[choices.packageManager.value].add} ${name}@${range}\`.`,
		},
	);
}
