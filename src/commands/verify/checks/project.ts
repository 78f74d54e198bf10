// The project level: every family in the order in which things come about. Pure.
import type { Check, ProjectFacts } from '../../../model/verification.ts';
import { entryChecks } from './entry.ts';
import { packageChecks, targetCheck } from './packages.ts';
import { settingChecks } from './settings.ts';

/** Whether the db entry is one that this program can judge further. */
export function isJudged({ shape, blueprint }: ProjectFacts): boolean {
	return shape?.imports.includes(blueprint.adapter.name) ?? false;
}

/** All checks of level 1. */
export function projectChecks(project: ProjectFacts): Check[] {
	const target = targetCheck(project);
	// A project for Cloudflare has no db entry, and needs none.
	if (target.status === 'fail' && project.shape === null) return [target];
	const entry = entryChecks(project);
	const rest = [...packageChecks(project), ...settingChecks(project)];
	return [target, ...entry, ...(isJudged(project) ? rest : [])];
}
