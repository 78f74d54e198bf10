// What `verify` looks at beside the facts of `inspectProject`: the shape of the db entry, what sets the address, copies.
import { join } from 'node:path';
import type { Blueprint } from '../model/blueprint.ts';
import type { Facts } from '../model/facts.ts';
import type { ProjectFacts } from '../model/verification.ts';
import { parseJson, valueAt } from '../text/jsonc.ts';
import { readIfPossible } from './files.ts';
import { readEmptyImports } from './flue/entry-imports.ts';
import { readEntryShape } from './flue/entry-shape.ts';
import { readBrokenImports } from './flue/entry-use.ts';
import type { AskGit } from './git-ignore.ts';
import { installedCopy } from './packages/packages.ts';
import { readVendored } from './packages/vendor-lock.ts';
import type { Project } from './project.ts';
import { readPrivateFiles, readRunner, readSettings } from './secrets/settings.ts';

/** This project's own adapter takes the runtime as a peer; the published ones pin one version of it. */
function readAdapterMake(root: string, { adapter }: Blueprint): ProjectFacts['adapterMake'] {
	const copy = installedCopy(root, adapter.name);
	if (!copy) return null;
	const manifest = parseJson(readIfPossible(join(copy.folder, 'package.json')) ?? '');
	if (valueAt(manifest, 'peerDependencies', '@flue/runtime') !== undefined) return 'peer';
	return valueAt(manifest, 'dependencies', '@flue/runtime') === undefined ? null : 'pinned';
}

/** The shape of the db entry that the framework would load; null when there is none. */
export function inspectShape({ dbEntry }: Facts): ProjectFacts['shape'] {
	const { path, text } = dbEntry.value;
	return text === null ? null : readEntryShape(path, text);
}

interface Verification {
	project: Project;
	facts: Facts;
	blueprint: Blueprint;
	variable: string;
	gitRoot: string | null;
	/** The folder that Flue takes for the project, relative to the root. */
	folder: string;
	environment: Record<string, string | undefined>;
	askGit: AskGit;
}

/** Reads what sets the address, and which copies are installed. */
export async function inspectVerification(
	known: Verification,
): Promise<
	Pick<
		ProjectFacts,
		| 'settings'
		| 'runner'
		| 'brokenImports'
		| 'emptyImports'
		| 'privateFiles'
		| 'adapterMake'
		| 'vendored'
	>
> {
	const { project, facts, variable } = known;
	const { root, manifest } = project;
	const client = facts.packages.client.installed;
	const place = { root, folder: known.folder, line: facts.line.value, manifest, client };
	const settings = readSettings(place, variable, known.environment);
	const { path, text } = facts.dbEntry.value;
	const own = { root, sourceRoot: facts.sourceRoot.value };
	return {
		settings,
		brokenImports: text === null ? [] : await readBrokenImports(own, { path, text }),
		emptyImports:
			text === null
				? []
				: readEmptyImports({ ...own, boundary: facts.boundary, manifest }, { path, text }),
		runner: readRunner(place),
		privateFiles: await readPrivateFiles({ root, gitRoot: known.gitRoot }, settings, known.askGit),
		adapterMake: readAdapterMake(root, known.blueprint),
		vendored: readVendored(facts, facts.packages.adapter.declared?.range),
	};
}
