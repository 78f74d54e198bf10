// The project as it is: runs every detector and gathers the facts. Reads only; decides nothing.
// build: what Flue builds, from which folder and files. packages: what is installed, by whom. secrets: where addresses are
// kept. style: how new code should look. code: how the files of a project are read without running them.
import { join } from 'node:path';
import { reasonAgainst, recogniseDialect } from '../dialects/index.ts';
import { FlueError } from '../errors.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { EntryUse, Facts } from '../model/facts.ts';
import type { Detection, Found, TextFile } from '../model/found.ts';
import type { SecretConvention } from '../model/request.ts';
import type { EnvFacts, SecretFacts } from '../model/secrets.ts';
import { together } from '../refusals.ts';
import { readSource, readSources } from './code/source-files.ts';
import { readTypeChecks } from './code/type-checks.ts';
import { exists, ifReadable } from './files.ts';
import { detectDbEntry } from './flue/db-entry.ts';
import { readEntryUse } from './flue/entry-use.ts';
import { type FlueConfig, readFlueConfig } from './flue/flue-config.ts';
import { detectRuntime } from './flue/runtime-version.ts';
import { viteConfigPaths } from './flue/scripts.ts';
import { detectSourceRoot, viteFolder } from './flue/source-root.ts';
import { detectTarget } from './flue/target.ts';
import { readOtherViteConfigs, readViteConfig, type ViteConfig } from './flue/vite-config.ts';
import type { AskGit } from './git-ignore.ts';
import { readCatalogs } from './packages/catalogs.ts';
import { readManagerTraits } from './packages/manager-traits.ts';
import { memberFolders } from './packages/members.ts';
import { detectPackageManager, type ManagerAsked } from './packages/package-manager.ts';
import { type Asking, readPackageFact } from './packages/packages.ts';
import { readRuntimes } from './packages/runtimes.ts';
import { findWorkspace, type Workspace } from './packages/workspace.ts';
import type { Project } from './project.ts';
import { type ConfigModuleSearch, findConfigModule } from './secrets/config-module.ts';
import { confirmOpen, type EnvPlace, readEnvFacts } from './secrets/env-files.ts';
import { detectImportExtension } from './style/neighbours.ts';
import { detectStyle } from './style/style.ts';

export { inspectVendor, uncommittedCopy } from './packages/vendor.ts';
export { inspectRemoval } from './removal.ts';

type LineSources = Parameters<typeof detectRuntime>[0] & { gitRoot: string | null };

/** What the build is made from: enough to refuse a target before anything else is read. */
interface BuildFacts
	extends Pick<Facts, 'line' | 'runtime' | 'target' | 'catalogs' | 'members' | 'warnings'> {
	workspace: Workspace;
	/** The folder that Flue takes for the project, relative to the root. */
	folder: string;
	flueConfig: FlueConfig | null;
	viteConfig: ViteConfig | null;
	/** Vite configs that only a script loads. */
	otherViteConfigs: ViteConfig[];
}

/** Whether the files name Cloudflare in plain words, by the rules of the oldest line that is known. */
function namesCloudflare(place: LineSources): boolean {
	const configs = {
		flueConfig: readFlueConfig(place.root),
		viteConfig: null,
		otherViteConfigs: [],
	};
	const { fact } = detectTarget({ ...place, ...configs, line: '1.0-beta' });
	return 'value' in fact && fact.value === 'cloudflare';
}

/** Of a Flue that is too old, a build for Cloudflare is the matter: an upgrade would change nothing about it. */
function detectLine(place: LineSources): ReturnType<typeof detectRuntime> {
	try {
		return detectRuntime(place);
	} catch (error) {
		const isTooOld = error instanceof FlueError && error.code === 'RUNTIME_TOO_OLD';
		if (!isTooOld || !ifReadable(() => namesCloudflare(place))) throw error;
		return { line: { value: '1.0-beta', from: error.message }, runtime: null };
	}
}

/** Reads the Flue line and the target. */
export async function inspectBuild({ root, manifest }: Project): Promise<BuildFacts> {
	const workspace = await findWorkspace(root);
	const place = { root, boundary: workspace.root, gitRoot: workspace.gitRoot, manifest };
	const catalogs = await readCatalogs(place);
	const members = await memberFolders(workspace.root);
	const { line, runtime } = detectLine({ ...place, catalogs, members });
	const isCurrent = line.value === '2.x';
	const viteConfig = readViteConfig(root);
	const folder = isCurrent ? viteFolder(place, viteConfig) : '';
	const configs = {
		flueConfig: readFlueConfig(root, folder),
		viteConfig,
		otherViteConfigs: isCurrent ? readOtherViteConfigs(root, viteConfigPaths(manifest)) : [],
	};
	const { fact: target, warnings } = detectTarget({ ...place, ...configs, line: line.value });
	return { line, runtime, catalogs, workspace, members, folder, ...configs, target, warnings };
}

/** The convention that the files show, most central first. */
function conventionOf(
	{ known: module, unknown }: ReturnType<typeof findConfigModule>['fact'],
	env: EnvFacts,
): Found<SecretConvention> {
	if (module) return { value: 'config-module', from: `${module.path} (${module.dialect})` };
	const dotenv = env.files.find(({ role }) => role === 'example' || role === 'private');
	if (dotenv) return { value: 'env', from: dotenv.path };
	const devVars = env.files.find(({ role }) => role === 'dev-vars' || role === 'dev-vars-example');
	if (devVars) return { value: 'dev-vars', from: devVars.path };
	const none = unknown === null ? 'no config module' : `the style of ${unknown} is not known`;
	const left = [...new Set(Object.values(env.present).flat())];
	const files = left.length > 0 ? `${left.join(', ')} is not edited` : 'no env file';
	return { value: 'none', from: `${files}, and ${none}` };
}

/** Where the project keeps addresses and passwords. */
async function inspectSecrets(
	place: EnvPlace & ConfigModuleSearch,
	askGit: AskGit,
): Promise<Detection<SecretFacts>> {
	const env = await confirmOpen(readEnvFacts(place), place, askGit);
	const module = findConfigModule(place);
	const { known, unknown: unknownModule } = module.fact;
	const convention = conventionOf(module.fact, env.fact);
	return {
		fact: { convention, env: env.fact, configModule: known, unknownModule },
		warnings: [...env.warnings, ...module.warnings],
	};
}

function readPackages(
	project: Pick<Project, 'root'> & Asking,
	{ adapter, client }: Blueprint,
): Facts['packages'] {
	return {
		adapter: readPackageFact(project, adapter.name),
		client: readPackageFact(project, client.name),
	};
}

/** The program that starts Flue shows how its neighbours are written, wherever it stands. */
function hostFile(root: string, host: Facts['host']): TextFile[] {
	const text = host?.isAlone ? readSource(join(root, host.path)) : null;
	return host && text !== null ? [{ path: host.path, text }] : [];
}

/** Reads everything else. `build` is what `inspectBuild` found. */
export async function inspectProject(
	project: Project,
	build: BuildFacts,
	blueprint: Blueprint,
	asked: ManagerAsked & { askGit: AskGit; entry?: string | undefined },
): Promise<Facts> {
	const { root, manifest, file } = project;
	const { line, runtime, target, catalogs, workspace, members, folder } = build;
	const { root: boundary, gitRoot } = workspace;
	const known = { root, boundary, members, manifest: file, line, runtime, target };
	const flue = { ...build, root, boundary, manifest, line: line.value };
	const sourceRoot = detectSourceRoot(flue);
	const dbEntry = detectDbEntry({ ...flue, sourceRoot, asked: asked.entry });
	const place = { root, boundary, gitRoot, folder, sourceRoot: sourceRoot.value, manifest };
	const sources = readSources(place);
	const files = [...hostFile(root, dbEntry.host), ...sources.files];
	const neighbours = { members: workspace.isMember ? members : [], sources };
	const search = { ...place, ...neighbours, recognise: recogniseDialect, reasonAgainst };
	const [secrets, packageManager, style] = await together([
		inspectSecrets(search, asked.askGit),
		detectPackageManager({ root, workspace, manifest, ...asked }),
		detectStyle({ root, boundary, entryPath: dbEntry.fact.value.path, files }),
	]);
	return {
		...known,
		sourceRoot,
		style,
		typeChecks: readTypeChecks(known, dbEntry.fact.value.path),
		packageManager: packageManager.fact,
		foreignManager: packageManager.foreign,
		runtimes: readRuntimes({ ...project, catalogs }, { boundary, members }),
		catalogs,
		managerTraits: readManagerTraits({ root, workspace, manifest }, members),
		dbEntry: dbEntry.fact,
		host: dbEntry.host,
		entryUse: null,
		scaffoldData: exists(join(root, 'data/flue.db')),
		packages: readPackages({ ...project, catalogs }, blueprint),
		secrets: secrets.fact,
		importExtension: detectImportExtension(place, files),
		warnings: [build, dbEntry, secrets, packageManager].flatMap((found) => found.warnings),
	};
}

/** Reads what replacing the db entry would take away; null when there is none. */
export async function inspectEntryUse(facts: Facts, askGit: AskGit): Promise<EntryUse | null> {
	const { path, text } = facts.dbEntry.value;
	if (text === null) return null;
	return readEntryUse(
		{ root: facts.root, sourceRoot: facts.sourceRoot.value },
		{ path, text },
		askGit,
	);
}
