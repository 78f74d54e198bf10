// Judges what an install left behind, from facts that were read again after it. Pure.
import { FlueError } from '../errors.ts';
import { forcedVersion } from '../managers/forced.ts';
import { copiesText, cureText, FLAT, isSplit, RUNTIME } from '../managers/one-runtime.ts';
import { MANAGERS } from '../managers/table.ts';
import type { ManagerTraits, PackageFact } from '../model/facts.ts';
import type { Warning } from '../model/found.ts';
import type { PackageManager } from '../model/request.ts';
import type { RuntimeFacts } from '../model/runtime.ts';

export interface Installed {
	manager: PackageManager;
	traits: Pick<ManagerTraits, 'ignoresWorkspace' | 'pnpmMajor'>;
	/** The adapter and the client. */
	packages: PackageFact[];
	runtimes: RuntimeFacts;
}

/** What was known of the runtime before the install. */
export interface Promised {
	/** The user asked for one copy. */
	oneRuntime: boolean;
	/** The copies that there were. */
	before: Pick<RuntimeFacts, 'copies'>;
	/** The version of a package where its declaration, a file, does not tell it. */
	versions?: Record<string, string>;
}

function stillSplit({ manager, runtimes }: Installed, { before }: Promised): FlueError {
	// Where nothing was installed, nobody knew which version the framework pins.
	const hint =
		before.copies.length === 0
			? `Run \`${manager} install\` first, so that it is known which version Flue's own packages take, and then this again.`
			: `\`${MANAGERS[manager].why} ${RUNTIME}\` tells who asks for which. Leave them as they are with --no-align-runtime.`;
	const message = `${manager} finished, and there are ${runtimes.copies.length} copies of ${RUNTIME}: ${copiesText(runtimes)}.`;
	return new FlueError('RUNTIME_SPLIT', message, { hint, flag: '--no-align-runtime' });
}

/**
 * Checks that the packages resolve, at the versions that were asked for, and that there is one runtime.
 * @throws INSTALL_FAILED when the manager ended well and a package is not there, is another version or does not find the runtime; RUNTIME_SPLIT when there was to be one
 * copy and there are several
 */
export function checkInstalled(installed: Installed, promised: Promised): Warning[] {
	const { manager, runtimes } = installed;
	const absent = installed.packages.find((fact) => fact.installed === null);
	if (absent) {
		const message = `${manager} finished, but ${absent.name} cannot be loaded from the project.`;
		const hint = `Run \`${manager} install\` yourself and look at what it says about ${absent.name}.`;
		throw new FlueError('INSTALL_FAILED', message, { hint });
	}
	const forced = forcedVersion(manager, installed.packages, promised.versions ?? {});
	if (forced) throw new FlueError('INSTALL_FAILED', forced.message, { hint: forced.hint });
	const alone = installed.packages.find(({ name }) => runtimes.cutOff.includes(name));
	if (alone) {
		const message = `${manager} finished, and put ${alone.name} where it does not find ${RUNTIME}.`;
		throw new FlueError('INSTALL_FAILED', message, { hint: FLAT });
	}
	if (!isSplit(runtimes)) return [];
	if (promised.oneRuntime) throw stillSplit(installed, promised);
	// The plan has told it.
	if (isSplit(promised.before)) return [];
	const message = `The install brought more than one copy of ${RUNTIME}: ${copiesText(runtimes)}. Errors of the store then lose their type, or the server does not start. ${cureText(runtimes, manager, installed.traits)}`;
	return [{ code: 'RUNTIME_DUPLICATED', message }];
}
