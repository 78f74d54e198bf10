// What the name of a project's package manager does not tell, and an install must know.
import { join } from 'node:path';
import type { ManagerTraits } from '../../model/facts.ts';
import { isFile, readText } from '../files.ts';
import { fromRoot } from '../paths.ts';
import { pnpmMajorOf } from './manager-evidence.ts';
import type { ManagedProject } from './package-manager.ts';

/** Whether a project's Yarn is 2 or later; null when neither a field, nor the settings, nor the lockfile says. */
export function isYarnBerry({ root, workspace, manifest }: ManagedProject): boolean | null {
	for (const { packageManager } of [manifest, workspace.manifest ?? {}]) {
		const major = /^yarn@\D?(\d+)\b/.exec(String(packageManager))?.[1];
		if (major !== undefined) return Number(major) >= 2;
	}
	const folders = [workspace.root, root];
	if (folders.some((folder) => isFile(join(folder, '.yarnrc.yml')))) return true;
	const lockfile = folders.map((folder) => readText(join(folder, 'yarn.lock'))).find(Boolean);
	return lockfile ? /^__metadata:/m.test(lockfile) : null;
}

export function readManagerTraits(
	project: ManagedProject,
	members: readonly string[],
): ManagerTraits {
	const { root, workspace, manifest } = project;
	const manifests = [workspace.root, ...members].map((folder) =>
		fromRoot(root, join(folder, 'package.json')),
	);
	return {
		yarnIsBerry: isYarnBerry(project),
		ignoresWorkspace: workspace.ignoredPnpmRoot !== null,
		pnpmMajor: pnpmMajorOf([root, workspace.root], [manifest, workspace.manifest ?? {}]),
		manifests: manifests.filter((path) => path !== 'package.json'),
	};
}
