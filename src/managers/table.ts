// What sets one package manager apart from another: one entry each, of data alone. Pure.
import type { PackageManager } from '../model/request.ts';

/** Where a version for all packages is written. */
export interface Override {
	file: 'manifest' | 'pnpm';
	/** The names of the objects, one in the other, that hold it. */
	keys: readonly string[];
	verb: 'install' | 'dedupe';
}

export interface ManagerEntry {
	/** Files that it writes and a repository holds; the first is what it writes today. */
	lockfiles: readonly string[];
	/** Managers whose lockfile it reads and writes as it is, in a project that has one. */
	keeps: readonly PackageManager[];
	/** Its settings, which say of a project without a lockfile whose it is. */
	settings: readonly string[];
	/** What it leaves behind where it has installed. */
	traces: readonly string[];
	/** The command that adds a package. */
	add: string;
	/** The command that tells who asks for a package. */
	why: string;
	/** Files that its install may write beside package.json, each at the root and in the project. */
	touches: readonly string[];
	/** Whether its install may write the package.json of any member of a workspace. */
	rewritesManifests: boolean;
	/** Where a version is forced on all packages, in words. */
	overrides: string;
	/** The same place, and the command that makes the manager look there again. */
	override: Override;
	/** The files at the root of a workspace that may hold catalogs, and below which key of each; '' for the top. */
	catalogs: readonly [file: string, below: '' | 'workspaces'][];
	/** Patterns of what it prints when its registry lacks a package, or the version; `NAME` stands for the package. */
	lacks: readonly string[];
	/** How a failed request of its for a package says "not there". */
	absent: RegExp;
	/** What it prints when it takes no release as young as this one, as it was told. */
	heldBack: RegExp;
	/** What it prints when it may not change its lockfile, and would have to. */
	frozen: RegExp;
	/** Lines that say why it failed. */
	cause: RegExp;
	/** The code with which it ends a whole install, because scripts of packages were not run; null: that ends none. */
	blocked: string | null;
}

const npm: ManagerEntry = {
	lockfiles: ['package-lock.json', 'npm-shrinkwrap.json'],
	keeps: [],
	settings: [],
	traces: ['node_modules/.package-lock.json'],
	add: 'npm install',
	why: 'npm ls',
	touches: ['package-lock.json', 'npm-shrinkwrap.json'],
	rewritesManifests: false,
	overrides: '`overrides` of package.json',
	// It keeps the copies that a lockfile holds, whatever a new override says, until `dedupe`.
	override: { file: 'manifest', keys: ['overrides'], verb: 'dedupe' },
	catalogs: [],
	lacks: [
		'404 Not Found - GET \\S*/NAME(\\s|$)',
		"404[^\\n]*'NAME@",
		'No matching version found for\\s+NAME@',
	],
	absent: /\bE404\b|\b404 Not Found\b/,
	heldBack: /with a date before|\bENOVERSIONS\b/,
	frozen: /`npm ci` can only install packages when/,
	cause: /^npm (?:error|ERR!) (?!A complete log|\s*$)/,
	blocked: null,
};

// As printed by 9 to 12; 11 and 12 end with 1 where scripts were held back.
const pnpm: ManagerEntry = {
	lockfiles: ['pnpm-lock.yaml'],
	keeps: [],
	settings: ['pnpm-workspace.yaml'],
	traces: ['node_modules/.modules.yaml'],
	add: 'pnpm add',
	why: 'pnpm why',
	touches: ['pnpm-lock.yaml', 'pnpm-workspace.yaml'],
	rewritesManifests: false,
	overrides:
		'`overrides` of pnpm-workspace.yaml (up to pnpm 10 also `pnpm.overrides` of package.json)',
	// 11 and later read no settings from package.json.
	override: { file: 'pnpm', keys: ['overrides'], verb: 'install' },
	catalogs: [['pnpm-workspace.yaml', '']],
	lacks: [
		'GET \\S*/NAME: Not Found - 404',
		'(?<!\\S)NAME is not in the npm registry',
		'No matching version found for\\s+NAME@',
	],
	absent: /\bERR_PNPM_FETCH_404\b|\bNot Found - 404\b/,
	heldBack: /NO_MATURE_MATCHING_VERSION|minimumReleaseAge/,
	frozen: /ERR_PNPM_(?:OUTDATED_LOCKFILE|NO_LOCKFILE|FROZEN_LOCKFILE)/,
	cause: /ERR_PNPM_|^\s*(?:×|[├╰]─▶)/,
	blocked: 'ERR_PNPM_IGNORED_BUILDS',
};

// It keeps the lockfile of another manager where there is one, but for Yarn's; breaks long lines as pnpm 12 does, names too.
const nub: ManagerEntry = {
	lockfiles: ['nub.lock'],
	keeps: ['npm', 'pnpm'],
	settings: [],
	traces: ['node_modules/.nub-engine'],
	add: 'nub add',
	why: 'nub why',
	touches: ['nub.lock', ...npm.touches, ...pnpm.touches],
	rewritesManifests: false,
	overrides: '`overrides` of package.json',
	override: { file: 'manifest', keys: ['overrides'], verb: 'install' },
	catalogs: [['package.json', 'workspaces']],
	lacks: ['package not found: .*\\bhelp: package: NAME(?!\\S)', 'no version of NAME matches range'],
	absent: /\bpackage not found: /,
	heldBack: /NO_MATURE_MATCHING_VERSION|minimumReleaseAge/,
	frozen: /ERR_NUB_OUTDATED_LOCKFILE/,
	cause: /ERR_NUB_|^\s*(?:×|[├╰]─▶)/,
	blocked: null,
};

// Yarn 1 has one sentence for every failed question; it and Yarn 2 to 4 are told apart by a trait.
const yarn: ManagerEntry = {
	lockfiles: ['yarn.lock'],
	keeps: [],
	settings: ['.yarnrc.yml', '.yarnrc'],
	traces: ['.pnp.cjs', 'node_modules/.yarn-state.yml', 'node_modules/.yarn-integrity'],
	add: 'yarn add',
	why: 'yarn why',
	touches: [
		'yarn.lock',
		'.yarnrc.yml',
		'.pnp.cjs',
		'.pnp.js',
		'.pnp.loader.mjs',
		'.pnp.data.json',
		'.yarn/install-state.gz',
		'.yarn/build-state.yml',
	],
	rewritesManifests: true,
	overrides: '`resolutions` of package.json',
	override: { file: 'manifest', keys: ['resolutions'], verb: 'install' },
	catalogs: [['.yarnrc.yml', '']],
	lacks: [
		'Couldn\'t find (package|any versions for) "NAME"',
		'(?<!\\S)NAME@\\S*: (Package not found|No candidates found|The remote server failed)',
	],
	absent: /\b404 \(Not Found\)|"Received invalid response from npm\."/,
	heldBack: /npmMinimalAgeGate|age gate/i,
	frozen: /with `--frozen-lockfile`|YN0028\b.*explicitly forbidden/,
	cause: /^error |^➤ YN0(?!000|013|007)\d{3}: /,
	blocked: null,
};

const bun: ManagerEntry = {
	lockfiles: ['bun.lock', 'bun.lockb'],
	keeps: [],
	settings: ['bunfig.toml'],
	traces: [],
	add: 'bun add',
	why: 'bun why',
	touches: ['bun.lock', 'bun.lockb'],
	rewritesManifests: false,
	overrides: '`overrides` of package.json',
	override: { file: 'manifest', keys: ['overrides'], verb: 'install' },
	catalogs: [
		['package.json', 'workspaces'],
		['package.json', ''],
	],
	lacks: ['GET \\S*/NAME - 404', 'No version matching \\S+ found for specifier "NAME"'],
	absent: /\b404 Not Found\b|\b404 \(Not Found\)|- 404\b/,
	heldBack: /minimum-release-age|minimumReleaseAge/,
	frozen: /lockfile is frozen/,
	cause: /^error: /,
	blocked: null,
};

/**
 * Where pnpm up to 9 looks for it: it reads no settings from pnpm-workspace.yaml, and takes one that names no packages for broken (seen with
 * 9.15.9).
 */
export const PNPM_9_OVERRIDE: Override = {
	file: 'manifest',
	keys: ['pnpm', 'overrides'],
	verb: 'install',
};

/** Tried with npm 10 to 12, nub 0.9, pnpm 9 to 12, Yarn 1 and 4, Bun 1.4. What nub leaves behind would pass for pnpm's too: it is asked first. */
export const MANAGERS: Record<PackageManager, ManagerEntry> = { npm, nub, pnpm, yarn, bun };

/** Whether a name is one of those that this program can run. */
export function isManager(name: string): name is PackageManager {
	return Object.hasOwn(MANAGERS, name);
}
