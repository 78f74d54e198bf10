// Decides about the copy of the adapter that this program brings along: when to offer it, and what taking it means. Pure.
import { FlueError } from '../errors.ts';
import type { Choices, Question } from '../model/choices.ts';
import type { Facts, VendorPlace } from '../model/facts.ts';
import type { Warning } from '../model/found.ts';
import type { CopyStep } from '../model/plan.ts';
import { rangeOf } from '../text/versions.ts';

/** What `--adapter` says to take the copy that this program brings along. */
export const VENDORED = 'vendored';

type AdapterFacts = Pick<Facts, 'line' | 'packages'>;

/**
 * True when an install would fetch the adapter from a registry, in a project that the copy fits.
 * @param spec the adapter that was asked for; undefined when none was
 */
export function isFetched({ line, packages: { adapter } }: AdapterFacts, spec?: string): boolean {
	if (spec !== undefined || adapter.installed !== null || line.value !== '2.x') return false;
	return adapter.declared === null || rangeOf(adapter.declared.range) !== null;
}

/** What to ask once the registry is known to lack the adapter. */
export function vendorQuestion({ blueprint, packageManager }: Choices): Question {
	const { name } = blueprint.adapter;
	return {
		id: 'adapter',
		message: `${packageManager.value} finds no ${name} in its registry. Take the copy that this command brings along, into vendor/?`,
		flag: `--adapter ${VENDORED}`,
		options: [],
		initial: true,
		unattended: false,
	};
}

export interface VendorPlan {
	/** For package.json. */
	spec: string;
	steps: CopyStep[];
	warnings: Warning[];
	nextSteps: string[];
}

function warningsOf({ path, state, ignored }: VendorPlace): Warning[] {
	const other = `${path} is there and is not the copy that this command brings along. It stays, and is what gets installed; delete it and run the command again to take ours.`;
	const hidden = `git ignores ${path}, so nobody else could install. Commit it with \`git add --force ${path}\`.`;
	const warnings: Warning[] = [];
	if (state === 'other') warnings.push({ code: 'VENDORED_KEPT', message: other });
	if (ignored) warnings.push({ code: 'VENDORED_IGNORED', message: hidden });
	return warnings;
}

/**
 * What taking the copy means for a project.
 * @throws ADAPTER_UNFIT when the project is on a Flue that the copy is not made for
 */
export function planVendored({ line }: Pick<Facts, 'line'>, place: VendorPlace): VendorPlan {
	if (line.value !== '2.x') {
		throw new FlueError(
			'ADAPTER_UNFIT',
			`The adapter that this command brings along is for Flue 2, and the project uses ${line.value} (${line.from}).`,
			{
				hint: 'Leave --adapter out to take @flue/redis from the registry, or move the project to Flue 2 first.',
			},
		);
	}
	const { path, state, adapter } = place;
	return {
		spec: `file:${path}`,
		steps: state === 'absent' ? [{ kind: 'copy', path, bytes: adapter.bytes }] : [],
		warnings: warningsOf(place),
		nextSteps: [
			`Commit ${path}: package.json depends on it. A Dockerfile that copies package.json before the install copies vendor/ with it.`,
		],
	};
}
