// How to ask a registry for a package through each package manager, and how to read the answer. Pure.
import { MANAGERS } from '../managers/table.ts';
import type { ManagerTraits } from '../model/facts.ts';
import type { PackageManager } from '../model/request.ts';

/** The arguments of a command that prints a version of the package, and changes nothing. */
export function viewArguments(
	manager: PackageManager,
	traits: Pick<ManagerTraits, 'yarnIsBerry'>,
	name: string,
): string[] {
	if (manager === 'bun') return ['info', name, 'version'];
	if (manager !== 'yarn') return ['view', name, 'version'];
	return traits.yarnIsBerry === false
		? ['info', name, 'version', '--json', '--non-interactive']
		: ['npm', 'info', name, '--fields', 'version', '--json'];
}

/** True when the registry answered that it has no such package; false also when nobody answered. */
export function saysAbsent(output: string): boolean {
	return Object.values(MANAGERS).some(({ absent }) => absent.test(output));
}
