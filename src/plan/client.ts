// Judges the database client that a project has: fit for the adapter, or refused with the cure. Pure.
import { posix } from 'node:path';
import { FlueError } from '../errors.ts';
import { MANAGERS } from '../managers/table.ts';
import type { Choices } from '../model/choices.ts';
import type { Catalog, Facts } from '../model/facts.ts';
import type { Warning } from '../model/found.ts';
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

/** The versions of the client that the adapter works with. */
function acceptedBy(
	{ line, packages }: ClientFacts,
	{ blueprint, adapter }: ClientChoices,
): string {
	// This program's own adapters take either client on every line; the framework's of the betas do not.
	return blueprint.client.accepts[isVendored(packages, adapter) ? '2.x' : line.value];
}

/** @throws CLIENT_TOO_OLD when the project declares a client that the adapter does not work with. */
export function checkClient(facts: ClientFacts, choices: ClientChoices): void {
	const { name, range } = choices.blueprint.client;
	const { declared } = facts.packages.client;
	if (!declared) return;
	const accepted = acceptedBy(facts, choices);
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

/** `catalog:` as a package.json names the catalog, whose members share the versions in it. */
function nameOf({ name }: Catalog): string {
	return name === 'default' ? 'catalog:' : `catalog:${name}`;
}

/** That the client is written with a range of its own, although the workspace keeps its version in a catalog. */
export function catalogWarnings(
	facts: ClientFacts & Pick<Facts, 'catalogs'>,
	choices: ClientChoices,
): Warning[] {
	const { name, range } = choices.blueprint.client;
	if (facts.packages.client.declared) return [];
	const files = MANAGERS[choices.packageManager.value].catalogs.map(([file]) => file);
	const entries = facts.catalogs
		.filter(({ from, specs }) => files.includes(posix.basename(from)) && Object.hasOwn(specs, name))
		.map((catalog) => ({ catalog, spec: catalog.specs[name] ?? '' }));
	const accepted = acceptedBy(facts, choices);
	const isFit = ({ spec }: { spec: string }): boolean => {
		const asked = rangeOf(spec);
		const lowest = asked && lowestVersion(asked);
		return lowest === null || isIn(lowest, accepted);
	};
	const shown = entries.find(isFit) ?? entries[0];
	if (!shown) return [];
	const { catalog, spec } = shown;
	const own = `package.json asks for ${name} ${range} itself, and ${catalog.from} has ${name} ${spec} in its catalog`;
	const message = isFit(shown)
		? `${own}: write "${nameOf(catalog)}" in its place where this package is to follow the others, and run \`${choices.packageManager.value} install\`.`
		: `${own}, with which the adapter does not work: what follows the catalog stays with that.`;
	return [{ code: 'CLIENT_BESIDE_CATALOG', message }];
}
