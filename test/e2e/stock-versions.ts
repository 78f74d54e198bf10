// Which versions the stock journey was last seen to end well with, and what a failure says beside them.
import { join } from 'node:path';
import { readPackageFact } from '../../src/inspect/packages/packages.ts';
import { findProject } from '../../src/inspect/project.ts';

/** Package -> version. */
export type Versions = Record<string, string>;

/** Written by `UPDATE_STOCK=1 npx vitest run test/e2e/stock.test.ts`, of a run that ended well. */
export const LAST_GOOD = join(import.meta.dirname, 'stock-last-good.json');

/** What can break the journey from outside. */
const WATCHED = [
	'@flue/runtime',
	'@flue/cli',
	'@flue/vite',
	'@earendil-works/pi-ai',
	'hono',
	'redis',
	'vite',
];

/** The versions that are installed in a project. */
export function installedVersions(root: string): Versions {
	const project = findProject(root);
	const found = WATCHED.map((name) => [name, readPackageFact(project, name).installed ?? 'absent']);
	return Object.fromEntries(found);
}

/** A failure, with what the registry has that no journey was seen to end well with. */
export function tellVersions(now: Versions, good: Versions, failure: string): string {
	const changed = Object.entries(now).filter(([name, version]) => good[name] !== version);
	if (changed.length === 0)
		return `The stock journey is broken with the very versions that it worked with: look at our own change.\n${failure}`;
	const list = changed.map(
		([name, version]) => `${name} ${version} (worked: ${good[name] ?? 'none'})`,
	);
	return `The registry has versions that the stock journey was never seen to work with: ${list.join(', ')}.\n${failure}`;
}
