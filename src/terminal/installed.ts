// What is installed -> lines of text. Pure.
import type { InstalledProject } from '../model/installed.ts';
import { block, ink, STOP } from './page.ts';

const SAID: Record<InstalledProject['state'], string> = {
	none: 'no db entry',
	starter: 'the db entry of `npx flue init`',
	unchanged: 'as this command writes it',
	edited: 'changed by hand',
	unknown: 'written by another version of the blueprint',
	foreign: 'a db entry of your own',
	unreadable: 'could not be read',
};

function rowsOf({ dbEntry, blueprint, state, ...rest }: InstalledProject): [string, string][] {
	const { variable, adapter, updates, agentsFile, error } = rest;
	const failed: [string, string][] = error ? [['error', `${error.code}: ${error.message}`]] : [];
	if (error && dbEntry === null) return failed;
	const what = blueprint ? `${blueprint.kind}/${blueprint.name}@${blueprint.version}` : 'none';
	const installed = adapter?.installed ?? 'not installed';
	return [
		['blueprint', `${what} (${SAID[state]})`],
		...(dbEntry === null ? [] : [['db entry', ink.cyan(dbEntry)] as [string, string]]),
		...(variable === null ? [] : [['variable', variable] as [string, string]]),
		...(adapter && blueprint
			? [['adapter', `${adapter.declared} (${installed})`] as [string, string]]
			: []),
		...(agentsFile === null ? [] : [['agents', ink.cyan(agentsFile)] as [string, string]]),
		...updates.map(({ what: part, from, to }): [string, string] => [
			'update',
			`${part} ${from} -> ${to}`,
		]),
		...failed,
	];
}

/** A block a project. */
export function installedLines(projects: readonly InstalledProject[]): string[] {
	return projects.flatMap((project) => [
		ink.bold(project.root),
		...rowsOf(project).flatMap(([name, text]) => block(`  ${name.padEnd(9)}  ${STOP}${text}`)),
	]);
}
