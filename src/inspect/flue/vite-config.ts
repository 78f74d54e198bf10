// Reads Vite configs from their text: the flue() plugin, its options, and the Cloudflare plugin beside it.
import { join } from 'node:path';
import { FlueError } from '../../errors.ts';
import { type Morph, morph } from '../../text/source.ts';
import { openConfig, placeOf, textsWithinReach } from '../code/config-file.ts';
import { defaultExport, propertyOf, valuesOf } from '../code/literals.ts';
import { isFile, listNames } from '../files.ts';
import { type ConfigValue, configValue } from './flue-config.ts';
import { type Plugin, type World, worldsOf, writtenPlugins } from './vite-plugins.ts';

export interface ViteConfig {
	/** Relative to the project root. */
	path: string;
	/** The options of the flue() plugin; null when no build has it. */
	flue: { target: ConfigValue | null; db: ConfigValue | null } | null;
	/** Vite's `root` where it is another folder than the config's own; undecided when only running tells. */
	root: ConfigValue | null;
	/** The Cloudflare plugin in the builds that flue() is part of; the default config is not searched without flue(). */
	cloudflare: { from: string; certain: boolean } | null;
}

// Vite's own order (vite 8, DEFAULT_CONFIG_FILES): JavaScript first, unlike flue.config.
const NAMES = ['js', 'mjs', 'ts', 'cjs', 'mts', 'cts'].map((ending) => `vite.config.${ending}`);

const FLUE = '@flue/vite';
const CLOUDFLARE = '@cloudflare/vite-plugin';

/**
 * Reads the config that Vite loads by default; null when there is none.
 * @throws UNREADABLE_PROJECT when it takes part in the Flue build and is not valid TypeScript or JavaScript.
 */
export function readViteConfig(root: string): ViteConfig | null {
	const path = NAMES.find((name) => isFile(join(root, name)));
	return path === undefined ? null : readViteFile(root, path, [FLUE]);
}

/** Second configs by their usual names, to be found in a folder of any size. */
const COMMON_NAMES = [
	'vite.config.cloudflare.ts',
	'vite.cloudflare.config.ts',
	'vite.node.config.ts',
];

/** Other Vite configs in the root folder, and those that `named` names, which only `vite --config` loads. */
export function readOtherViteConfigs(root: string, named: string[] = []): ViteConfig[] {
	const beside = listNames(root, COMMON_NAMES).filter(
		(name) => /^vite\b.*config.*\.[cm]?[jt]s$/.test(name) && !NAMES.includes(name),
	);
	const scripted = named.filter((path) => !NAMES.includes(path) && isFile(join(root, path)));
	return [...new Set([...beside, ...scripted])].flatMap((path) => readIfValid(root, path) ?? []);
}

/** A config that no default build loads must not stop a run when it is broken. */
function readIfValid(root: string, path: string): ViteConfig | null {
	try {
		return readViteFile(root, path, [FLUE, CLOUDFLARE]);
	} catch (error) {
		if (error instanceof FlueError) return null;
		throw error;
	}
}

/** Reads one config; it is parsed only when it, or a local file that it imports, mentions one of the modules. */
function readViteFile(root: string, path: string, modules: string[]): ViteConfig {
	const reach = textsWithinReach(root, path);
	const texts = [...reach.values()];
	const mentions = (module: string): boolean => texts.some((text) => text?.includes(module));
	if (!modules.some(mentions) && !texts.includes(null))
		return { path, root: null, flue: null, cloudflare: null };
	const file = openConfig({ root, path, text: reach.get(path) ?? '' });
	const hidden = { written: writtenPlugins(file), isMissing: texts.includes(null) };
	const possible = worldsOf(file).flatMap((world) => [world, ...guesses(world, hidden)]);
	const built = possible.filter((world) => has(world, 'flue'));
	return {
		path,
		root: rootOf(file),
		flue: flueOf(built),
		cloudflare: cloudflareOf(built.length > 0 ? built : possible),
	};
}

const OWN_FOLDER =
	/^(?:__dirname|import\.meta\.dirname|process\.cwd\(\)|(?:\w+\.)?dirname\((?:\w+\.)?fileURLToPath\(import\.meta\.url\)\)|(?:\w+\.)?fileURLToPath\(newURL\(['"]\.?\/?['"],import\.meta\.url\)\))$/;

/** An expression for the folder of the config, which is the project's. */
function isOwnFolder(expression: string): boolean {
	const text = expression.replace(/\s/g, '');
	return OWN_FOLDER.test(text.replace(/^(?:\w+\.)?resolve\((.*)\)$/, '$1'));
}

function rootOf(file: Morph.SourceFile): ConfigValue | null {
	const written = propertyOf(defaultExport(file), 'root');
	// An object that nobody can look into, such as a spread preset, is taken to leave the root alone.
	if (!written || !morph().Node.hasName(written.at)) return null;
	const field = configValue(written);
	const isOwn = written.values.every((value) => value === null || isOwnFolder(value.getText()));
	return isOwn || isOwnFolder(field?.text ?? '') ? null : field;
}

const has = (world: World, kind: Plugin['kind']): boolean =>
	world.some((plugin) => plugin.kind === kind);

/** What an undecided expression may add: plugins that are written in these files, or any when a file is missing. */
function guesses(world: World, hidden: { written: Plugin[]; isMissing: boolean }): World[] {
	const unknown = world.find(({ kind }) => kind === 'unknown');
	if (!unknown) return [];
	const { written, isMissing } = hidden;
	const invented = (['flue', 'cloudflare'] as const)
		.filter((kind) => isMissing && !has(written, kind))
		.map((kind) => ({ kind, node: unknown.node }));
	const all = [...world, ...written, ...invented];
	return [all, all.filter((plugin) => plugin.kind !== 'cloudflare' || world.includes(plugin))];
}

function cloudflareOf(worlds: World[]): ViteConfig['cloudflare'] {
	const plugin = worlds.flat().find(({ kind }) => kind === 'cloudflare');
	const certain = worlds.every((world) => has(world, 'cloudflare'));
	return plugin ? { from: placeOf(plugin.node), certain } : null;
}

function flueOf(built: World[]): ViteConfig['flue'] {
	const plugins = callsOf(built);
	if (plugins.length === 0) return null;
	const forNode = built.filter(
		(world) =>
			!has(world, 'cloudflare') && agreed(callsOf([world]), 'target')?.value !== 'cloudflare',
	);
	return {
		target: agreed(plugins, 'target'),
		// A Cloudflare build refuses a db, so where both builds are in one file only the Node one can have it.
		db: agreed(forNode.length > 0 ? callsOf(forNode) : plugins, 'db'),
	};
}

function callsOf(worlds: World[]): Morph.CallExpression[] {
	const { Node } = morph();
	const nodes = worlds.flat().flatMap(({ kind, node }) => (kind === 'flue' ? [node] : []));
	return [...new Set(nodes)].filter((node) => Node.isCallExpression(node));
}

/** An option of flue() over all the calls that may be made; undecided when they differ. */
function agreed(calls: Morph.CallExpression[], name: 'target' | 'db'): ConfigValue | null {
	const options = calls.map((call) => {
		const [argument] = call.getArguments();
		return propertyOf(argument ? valuesOf(argument) : [null], name);
	});
	const first = options.find((written) => written !== null);
	const values = options.flatMap((written) => written?.values ?? [null]);
	return configValue(first ? { at: first.at, values } : null);
}
