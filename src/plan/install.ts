// Plans what goes into package.json and the one command that installs it. Pure.
import { relative, sep } from 'node:path';
import { FlueError } from '../errors.ts';
import { FOREIGN } from '../managers/foreign.ts';
import { MANAGERS } from '../managers/table.ts';
import type { Choices } from '../model/choices.ts';
import type { Facts, ManagerTraits, PackageFact } from '../model/facts.ts';
import type { Warning } from '../model/found.ts';
import type { InstallStep } from '../model/plan.ts';
import type { AddOptions, PackageManager } from '../model/request.ts';
import { Refusals } from '../refusals.ts';
import { askedFor, isBetween, rangeOf } from '../text/versions.ts';
import { adapterVersion } from './adapter.ts';
import { type ClientChoices, checkClient } from './client.ts';
import type { Dependency } from './manifest.ts';
import type { RuntimePlan } from './runtime.ts';

export interface InstallPlan {
	/** What to put into `dependencies`; empty when all of it is there. */
	manifest: Dependency[];
	install: InstallStep | null;
	/** Files that the manager may change, relative to the project root. */
	touches: string[];
	warnings: Warning[];
	/** To be printed and pasted, e.g. `pnpm install`. */
	command: string;
}

export type InstallFacts = Pick<
	Facts,
	'root' | 'boundary' | 'line' | 'runtime' | 'packages' | 'managerTraits' | 'foreignManager'
>;

export interface InstallSettled {
	choices: ClientChoices & Pick<Choices, 'copy'>;
	options: Pick<AddOptions, 'install'>;
	/** The adapter as package.json is to hold it; undefined: at the version that fits, from the registry. */
	adapter: string | undefined;
	runtime: { dependencies: readonly Dependency[]; verb: RuntimePlan['verb'] };
	/** An earlier run was killed in the middle: what lies in node_modules may be half of a package, and the lockfile older. */
	wasKilled?: boolean;
}

/** @throws ADAPTER_UNFIT for a local tarball, where the project's manager does not unpack one */
function checkUnpacked({ foreignManager }: InstallFacts, spec: string | undefined): void {
	const name = foreignManager?.value;
	if (!name || !FOREIGN[name].linksTarballs || !/^file:.*\.(?:tgz|tar\.gz)$/.test(spec ?? ''))
		return;
	const message = `${name} makes a link of a local tarball, and nothing can be imported from it: ${spec} is of no use to this project.`;
	throw new FlueError('ADAPTER_UNFIT', message, {
		flag: '--package-manager npm|nub|pnpm|yarn|bun',
		hint: 'Name a manager that unpacks it with --package-manager, or a package of a registry with --adapter SPEC.',
	});
}

/**
 * The arguments of a plain install. `add` is never used: pnpm and Yarn 1 refuse it at a workspace root, and all rewrite
 * ranges. In CI, pnpm, nub and Yarn 3 and 4 refuse to change a lockfile unless told; Yarn 1 ignores the flag that tells Yarn 2.
 */
function installArguments(
	manager: PackageManager,
	traits: ManagerTraits,
	verb: RuntimePlan['verb'],
): string[] {
	if (manager === 'npm') return [verb, '--no-audit', '--no-fund'];
	if (manager === 'bun') return ['install'];
	if (manager === 'yarn') {
		return ['install', traits.yarnIsBerry === false ? '--non-interactive' : '--no-immutable'];
	}
	const alone = manager === 'pnpm' && traits.ignoresWorkspace ? ['--ignore-workspace'] : [];
	return ['install', '--no-frozen-lockfile', ...alone];
}

/**
 * Yarn 1 reads a `file:` tarball of a workspace member from the folder in which it is started, unless that is the
 * workspace root (seen with 1.22).
 */
function installFolder(
	manager: PackageManager,
	{ root, boundary, managerTraits }: InstallFacts,
): Pick<InstallStep, 'folder'> {
	if (manager !== 'yarn' || managerTraits.yarnIsBerry !== false || root === boundary) return {};
	return { folder: relative(root, boundary).split(sep).join('/') };
}

function touchedFiles(manager: PackageManager, facts: InstallFacts): string[] {
	const { root, boundary, managerTraits } = facts;
	const { touches, rewritesManifests } = MANAGERS[manager];
	const above = relative(root, boundary).split(sep).join('/');
	const prefixes = above === '' ? [''] : ['', `${above}/`];
	// package.json too: corepack may pin itself there.
	const names = ['package.json', ...touches];
	const own = prefixes.flatMap((prefix) => names.map((name) => prefix + name));
	const others = rewritesManifests ? (managerTraits.manifests ?? []) : [];
	return [...new Set([...own, ...others])];
}

/** A peer is for others to install. */
function isDeclared({ declared }: PackageFact): boolean {
	return declared !== null && declared.field !== 'peerDependencies';
}

/** What must be written for one package: nothing when `dependencies` already has it so. */
function missing(fact: PackageFact, wanted: string | undefined, fallback: string): Dependency[] {
	const { declared, name } = fact;
	const kept = declared && isDeclared(fact) ? declared.range : fallback;
	const spec = wanted ?? kept;
	if (declared?.field === 'dependencies' && declared.range === spec) return [];
	return [{ name, spec }];
}

function isInstalled({ declared, installed }: PackageFact): boolean {
	if (installed === null) return false;
	const range = declared ? rangeOf(askedFor(declared)) : null;
	return range === null || isBetween(installed, range);
}

/** The install after packages were taken out of package.json. */
export function planCleanup(
	facts: InstallFacts,
	manager: PackageManager,
): Pick<InstallPlan, 'touches' | 'command'> & { install: InstallStep } {
	const args = installArguments(manager, facts.managerTraits, 'install');
	const shown = args.filter((argument) => ['install', '--ignore-workspace'].includes(argument));
	return {
		install: { kind: 'install', command: manager, args, ...installFolder(manager, facts) },
		touches: touchedFiles(manager, facts),
		command: facts.foreignManager
			? FOREIGN[facts.foreignManager.value].install
			: [manager, ...shown].join(' '),
	};
}

/**
 * Plans the install of the adapter and the client.
 * @throws CLIENT_TOO_OLD or ADAPTER_UNFIT, or all of them as one
 */
export function planInstall(
	facts: InstallFacts,
	{ choices, options, adapter: spec, runtime, wasKilled = false }: InstallSettled,
): InstallPlan {
	const manager = choices.packageManager.value;
	const { adapter, client } = facts.packages;
	const foreign = facts.foreignManager;
	const isNamed = spec !== undefined || isDeclared(adapter);
	const refusals = new Refusals();
	refusals.attempt(() => checkUnpacked(facts, spec));
	refusals.attempt(() => checkClient(facts, choices));
	const guessed = refusals.attempt(() => (isNamed ? null : adapterVersion(facts, choices.copy)));
	const guess = refusals.endWith(guessed);
	const adapterEntry = missing(adapter, spec, guess?.spec ?? '');
	const clientEntry = missing(client, undefined, choices.blueprint.client.range);
	const manifest = [...runtime.dependencies, ...adapterEntry, ...clientEntry];
	const isThere = isInstalled(adapter) && isInstalled(client);
	const isComplete = manifest.length === 0 && isThere && !wasKilled;
	const args = installArguments(manager, facts.managerTraits, runtime.verb);
	const shown = args.filter((argument) => [runtime.verb, '--ignore-workspace'].includes(argument));
	return {
		manifest,
		install:
			isComplete || !options.install
				? null
				: { kind: 'install', command: manager, args, ...installFolder(manager, facts) },
		touches: touchedFiles(manager, facts),
		warnings: guess?.warnings ?? [],
		command: foreign ? FOREIGN[foreign.value].install : [manager, ...shown].join(' '),
	};
}
