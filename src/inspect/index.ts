// The project as it is: runs every detector and gathers the facts. Reads only; decides nothing.
import { join } from 'node:path';
import { recogniseDialect } from '../dialects/index.ts';
import type {
	Blueprint,
	ConfigModule,
	EntryUse,
	EnvFacts,
	Facts,
	Found,
	SecretConvention,
	Warning,
} from '../model.ts';
import { type AskGit, readEntryUse } from './build/entry-use.ts';
import { type FlueConfig, readFlueConfig } from './build/flue-config.ts';
import { detectDbEntry, detectSourceRoot } from './build/layout.ts';
import { detectRuntime } from './build/runtime-version.ts';
import { detectTarget } from './build/target.ts';
import { readViteConfig, type ViteConfig } from './build/vite-config.ts';
import { exists } from './files.ts';
import { detectPackageManager, readManagerTraits } from './packages/package-manager.ts';
import { readPackageFact } from './packages/packages.ts';
import { findWorkspace, type Workspace } from './packages/workspace.ts';
import type { Project } from './project.ts';
import { findConfigModule } from './secrets/config-module.ts';
import { readEnvFacts } from './secrets/env-files.ts';
import { detectImportExtension, detectStyle } from './style/style.ts';

/** What the build is made from: enough to refuse a target before anything else is read. */
export interface BuildFacts extends Pick<Facts, 'line' | 'runtime' | 'target' | 'warnings'> {
	workspace: Workspace;
	flueConfig: FlueConfig | null;
	viteConfig: ViteConfig | null;
}

/** Reads the Flue line and the target. */
export async function inspectBuild({ root, manifest }: Project): Promise<BuildFacts> {
	const workspace = await findWorkspace(root);
	const { line, runtime } = detectRuntime({ root, boundary: workspace.root, manifest });
	const flueConfig = readFlueConfig(root);
	const viteConfig = readViteConfig(root);
	const target = detectTarget({ root, line: line.value, manifest, flueConfig, viteConfig });
	return {
		line,
		runtime,
		workspace,
		flueConfig,
		viteConfig,
		target: target.fact,
		warnings: target.warnings,
	};
}

/** The convention that the files show, most central first. */
function conventionOf(module: ConfigModule | null, env: EnvFacts): Found<SecretConvention> {
	if (module) return { value: 'config-module', from: `${module.path} (${module.dialect})` };
	const env0 = env.files.find(({ role }) => role === 'example' || role === 'private');
	if (env0) return { value: 'env', from: env0.path };
	const devVars = env.files.find(({ role }) => role === 'dev-vars' || role === 'dev-vars-example');
	if (devVars) return { value: 'dev-vars', from: devVars.path };
	return { value: 'none', from: 'no env file and no config module' };
}

export interface InspectSeams {
	/** `npm_config_user_agent`: the package manager that started the program. */
	userAgent: string | undefined;
}

/** Reads everything else. `build` is what `inspectBuild` found. */
export async function inspectProject(
	project: Project,
	build: BuildFacts,
	blueprint: Blueprint,
	seams: InspectSeams,
): Promise<Facts> {
	const { root, manifest, file } = project;
	const { workspace, flueConfig, viteConfig } = build;
	const { root: boundary, gitRoot } = workspace;
	const line = build.line.value;
	const sourceRoot = detectSourceRoot({ root, line, flueConfig });
	const dbEntry = detectDbEntry({ root, sourceRoot, line, flueConfig, viteConfig });
	const { path: entryPath } = dbEntry.fact.value;
	const place = { root, boundary, sourceRoot: sourceRoot.value, manifest };
	const env = readEnvFacts({ root, boundary, gitRoot });
	const module = findConfigModule({ ...place, recognise: recogniseDialect });
	const [packageManager, style] = await Promise.all([
		detectPackageManager({ root, workspace, manifest, userAgent: seams.userAgent }),
		detectStyle({ ...place, entryPath }),
	]);
	const warnings: Warning[] = [build, dbEntry, env, module, packageManager].flatMap(
		(found) => found.warnings,
	);
	return {
		root,
		boundary,
		manifest: file,
		line: build.line,
		runtime: build.runtime,
		target: build.target,
		packageManager: packageManager.fact,
		managerTraits: readManagerTraits({ root, workspace, manifest }),
		sourceRoot,
		dbEntry: dbEntry.fact,
		entryUse: null,
		scaffoldData: exists(join(root, 'data/flue.db')),
		packages: {
			adapter: readPackageFact({ root, manifest }, blueprint.adapter.name),
			client: readPackageFact({ root, manifest }, blueprint.client.name),
		},
		secrets: {
			convention: conventionOf(module.fact, env.fact),
			env: env.fact,
			configModule: module.fact,
		},
		style,
		importExtension: detectImportExtension(place),
		warnings,
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
