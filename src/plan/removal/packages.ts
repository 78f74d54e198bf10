// Takes the packages of a blueprint out of package.json: those that were not there before, and that nobody else uses. Pure.
import type { Blueprint } from '../../model/blueprint.ts';
import type { Facts, PackageFact } from '../../model/facts.ts';
import type { TextFile } from '../../model/found.ts';
import { objectOf, parseJson, valueAt } from '../../text/jsonc.ts';
import { addDependencies, removeDependencies } from '../manifest.ts';

interface PackageUse {
	facts: Facts;
	blueprint: Blueprint;
	/** package.json in the last commit, where that commit was made before `add`; else null. */
	committed: string | null;
	/** Files that name the client or the adapter, the db entry left out; null: there are too many to look through. */
	mentions: TextFile[] | null;
}

/** Whether the package.json of before `add` declares a package. */
function wasCommitted(name: string, { committed }: PackageUse): boolean {
	const before = objectOf(parseJson(committed ?? ''));
	const fields = ['dependencies', 'devDependencies', 'optionalDependencies'];
	return before ? fields.some((field) => valueAt(before, field, name) !== undefined) : false;
}

/** Why a package stays; null when it goes. */
function reasonToKeep(fact: PackageFact, use: PackageUse): string | null {
	const { declared, name } = fact;
	const { client } = use.blueprint;
	if (wasCommitted(name, use)) return 'the last commit has it without the blueprint';
	if (name === client.name && declared?.range !== client.range)
		return `package.json asks for ${declared?.range}, which is not what this command writes`;
	if (use.mentions === null) return 'there are too many files to see whether one uses it';
	const isImport = new RegExp(`['"\`]${name}(?:/[^'"\`]*)?['"\`]`);
	const user = use.mentions.find(
		({ path, text }) => !path.endsWith('package.json') && isImport.test(text),
	);
	return user ? `${user.path} uses it` : null;
}

/** The text of package.json without them, and why what stays does. */
export function planPackageRemoval(use: PackageUse): { text: string; kept: string[] } {
	const { facts, committed } = use;
	const { text } = facts.manifest;
	const own = [facts.packages.adapter, facts.packages.client].filter(
		({ declared }) => declared?.field === 'dependencies',
	);
	const judged = own.map((fact) => ({ fact, reason: reasonToKeep(fact, use) }));
	const kept = judged.flatMap(({ fact, reason }) =>
		reason === null ? [] : [`${fact.name} stays in package.json: ${reason}.`],
	);
	const added = own.map(({ name, declared }) => ({ name, spec: declared?.range ?? '' }));
	// One that somebody began to use since is in no earlier text.
	const isUndone = judged.every(({ fact, reason }) => !reason || wasCommitted(fact.name, use));
	const isOlder = committed !== null && committed !== text;
	if (isUndone && isOlder && addDependencies(committed, added) === text)
		return { text: committed, kept };
	const gone = judged.filter(({ reason }) => reason === null).map(({ fact }) => fact.name);
	return { text: removeDependencies(text, gone), kept };
}
