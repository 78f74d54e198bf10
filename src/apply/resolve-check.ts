// Judges what an install left behind, from facts that were read again after it. Pure.
import { FlueError } from '../errors.ts';
import type { PackageFact } from '../model/facts.ts';
import type { Warning } from '../model/found.ts';
import type { PackageManager } from '../model/request.ts';

export interface Installed {
	manager: PackageManager;
	/** Overrides stand at the workspace root, whose package.json need not declare the runtime. */
	isMember: boolean;
	/** The adapter and the client. */
	packages: PackageFact[];
	/** The copies of @flue/runtime that would be loaded, the project's own first. */
	runtimes: { path: string; version: string }[];
}

const RUNTIME = '@flue/runtime';

/** What makes the manager use one runtime for all, as it is written in its own file. */
function overrideSnippet({ manager, isMember }: Installed, version: string): string {
	// npm refuses an override that differs from what the same package.json declares; `$` repeats that.
	const wanted = manager === 'npm' && !isMember ? `$${RUNTIME}` : version;
	const entry = `{ "${RUNTIME}": "${wanted}" }`;
	const file = isMember ? "the workspace root's package.json" : 'package.json';
	if (manager === 'yarn') return `"resolutions": ${entry} in ${file}`;
	if (manager !== 'pnpm') return `"overrides": ${entry} in ${file}`;
	// pnpm 11 and later read no settings from package.json, pnpm 9 and earlier none from the other file.
	const older = `for pnpm 9 and earlier "pnpm": { "overrides": ${entry} } in ${file}`;
	return `overrides: { "${RUNTIME}": "${wanted}" } in pnpm-workspace.yaml (${older})`;
}

/**
 * Checks that the packages resolve and that there is one runtime.
 * @throws INSTALL_FAILED when the manager ended well and a package is not there.
 */
export function checkInstalled(installed: Installed): Warning[] {
	const absent = installed.packages.find((fact) => fact.installed === null);
	if (absent) {
		const message = `${installed.manager} finished, but ${absent.name} cannot be loaded from the project.`;
		const hint = `Run \`${installed.manager} install\` yourself and look at what it says about ${absent.name}.`;
		throw new FlueError('INSTALL_FAILED', message, { hint });
	}
	const [own, ...others] = installed.runtimes;
	if (!own || others.length === 0) return [];
	const list = installed.runtimes.map(({ path, version }) => `${path} (${version})`).join(', ');
	const message = `There is more than one copy of ${RUNTIME}: ${list}. Errors of the store then lose their type, or the server does not start. Put ${overrideSnippet(installed, own.version)}, and install again.`;
	return [{ code: 'RUNTIME_DUPLICATED', message }];
}
