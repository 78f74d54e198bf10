// What makes each package manager use one copy of Flue's runtime: what a project needs of its manager's entry, and its words. Pure.
import type { ManagerTraits } from '../model/facts.ts';
import type { PackageManager } from '../model/request.ts';
import type { RuntimeFacts } from '../model/runtime.ts';
import { highest, isIn } from '../text/versions.ts';
import { MANAGERS, type Override, PNPM_9_OVERRIDE } from './table.ts';

export const RUNTIME = '@flue/runtime';

/** They build and run what a project holds: what they pin goes before what other packages pin. */
const FRAMEWORK = ['@flue/cli', '@flue/vite'];

/** What a project needs to have one copy, whatever its manager. */
export interface Need {
	/** The version that the framework's own packages pin. */
	version: string;
	/** Who pins it; empty when nobody does. */
	by: string[];
	/** The section of the project's package.json that is to hold the version. */
	field: 'dependencies' | 'devDependencies' | 'optionalDependencies';
	/** The project's own declaration does not settle it for all. */
	isForAll: boolean;
	/** Why it cannot be done; null when it can. */
	obstacle: string | null;
}

export function isSplit({ copies }: Pick<RuntimeFacts, 'copies'>): boolean {
	return copies.length > 1;
}

/** Whether a spec takes the package from somewhere else than the registry, under its own name. */
function isElsewhere(spec: string): boolean {
	return /[:/]/.test(spec.replace(/^(catalog:.*|npm:@flue\/runtime@)/, ''));
}

/** The project is a member of a workspace, and shares the folder of its packages with the others. */
function isShared({ copies }: RuntimeFacts): boolean {
	return /^(\.\.\/)+node_modules\/[^.]/.test(copies[0]?.path ?? '');
}

/** What the project needs. Only of use where its runtime is split. */
export function needOf(facts: RuntimeFacts): Need {
	const { pins, declared, others, copies } = facts;
	const leading = pins.filter(({ by }) => FRAMEWORK.includes(by));
	const deciding = leading.length > 0 ? leading : pins;
	const version = highest(deciding.map((pin) => pin.version)) ?? copies[0]?.version ?? '';
	const differing = isShared(facts) ? others.filter(({ range }) => range !== version) : [];
	const isForAll =
		// What is declared and installed already has not helped.
		(declared?.range === version && copies[0]?.version === version) ||
		differing.length > 0 ||
		pins.some((pin) => pin.version !== version);
	const refusing = differing.find(({ range }) => !isIn(version, range));
	const field = declared?.field ?? 'dependencies';
	const obstacles = [
		declared && isElsewhere(declared.range) ? `package.json takes it from ${declared.range}` : null,
		refusing ? `${refusing.by} in the same workspace asks for ${refusing.range}` : null,
	];
	return {
		version,
		by: [...new Set(pins.filter((pin) => pin.version === version).map(({ by }) => by))],
		field: field === 'peerDependencies' ? 'dependencies' : field,
		isForAll,
		obstacle: obstacles.find((one) => one !== null) ?? null,
	};
}

/** What a manager is told for all packages; null where the project's own declaration is enough. */
export function overrideFor(
	need: Need,
	manager: PackageManager,
	{ pnpmMajor }: Pick<ManagerTraits, 'pnpmMajor'>,
): Override | null {
	if (!need.isForAll) return null;
	const isOld = manager === 'pnpm' && pnpmMajor !== null && pnpmMajor <= 9;
	return isOld ? PNPM_9_OVERRIDE : MANAGERS[manager].override;
}

/** The command that makes a manager obey: what a lockfile has put at the top of a workspace, npm moves by `dedupe` alone. */
export function verbFor(
	facts: RuntimeFacts,
	manager: PackageManager,
	override: Override | null,
): Override['verb'] {
	return (override ?? (isShared(facts) ? MANAGERS[manager].override : null))?.verb ?? 'install';
}

/** What helps a package that does not find the runtime from where its manager put it. */
export const FLAT =
	'Let the manager put all packages into one folder (`node-linker=hoisted` in .npmrc for nub and pnpm), or take the adapter from a registry.';

/** The copies as a list for a sentence: versions with their places. */
export function copiesText({ copies }: Pick<RuntimeFacts, 'copies'>): string {
	return copies.map(({ path, version }) => `${version} (${path})`).join(', ');
}

/** An entry in the objects that hold it, as it is to be typed. */
function nested({ file, keys }: Override, entry: string): string {
	const named = file === 'pnpm' ? keys : keys.map((key) => `"${key}"`);
	return named.reduceRight((inside, key) => `${key}: { ${inside} }`, entry);
}

/** The cure as it is to be typed: what to write where, and what to run. */
export function cureText(
	facts: RuntimeFacts,
	manager: PackageManager,
	traits: Pick<ManagerTraits, 'ignoresWorkspace' | 'pnpmMajor'>,
): string {
	const need = needOf(facts);
	if (need.obstacle) return `It cannot be made one here: ${need.obstacle}.`;
	const override = overrideFor(need, manager, traits);
	const entry = `"${RUNTIME}": "${need.version}"`;
	const path = override && (facts.settings?.[override.file].path ?? 'package.json');
	const forAll = override ? `, and ${nested(override, entry)} into ${path}` : '';
	const alone = manager === 'pnpm' && traits.ignoresWorkspace ? ' --ignore-workspace' : '';
	const command = `${manager} ${verbFor(facts, manager, override)}${alone}`;
	return `Write ${entry} into ${need.field} of package.json${forAll}, then run \`${command}\`.`;
}
