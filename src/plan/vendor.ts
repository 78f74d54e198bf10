// Decides about the copy of the adapter that this program brings along: when to offer it, and what taking it means. Pure.
import { NEVER } from '../adapter-words.ts';
import { FlueError } from '../errors.ts';
import type { Choices, Question } from '../model/choices.ts';
import type { AdapterCopy, Facts, VendorPlace } from '../model/facts.ts';
import type { Warning } from '../model/found.ts';
import type { CopyStep, RemoveStep } from '../model/plan.ts';
import { askedFor, exactVersion, isBetween, isIn, overlap, rangeOf } from '../text/versions.ts';
import { hasRelease } from './adapter.ts';

/** What `--adapter` says to take the copy that this program brings along. */
export const VENDORED = 'vendored';

/**
 * Of the adapters that this program brings along, the one for the project's runtime; null when there is none, or when
 * it is a beta of which no file tells the version. Of a range it is the newest line that the range lets in, as an install would.
 */
export function fittingCopy(
	copies: readonly AdapterCopy[],
	{ runtime, line }: Pick<Facts, 'runtime' | 'line'>,
): AdapterCopy | null {
	const version = runtime && exactVersion(runtime.value);
	if (version) return copies.find((copy) => isIn(version, copy.runtime)) ?? null;
	const range = (runtime && rangeOf(runtime.value)) ?? (line.value === '2.x' ? '2.x' : null);
	return copies.find((copy) => range !== null && overlap(range, copy.runtime)) ?? null;
}

/** Whether the adapter of a project is, or becomes, one that this program brought along. `spec` as in `Choices`. */
export function isVendored({ adapter }: Facts['packages'], spec: string | undefined): boolean {
	if (spec !== undefined) return spec === VENDORED;
	return /^file:(.*\/)?vendor\/flue-redis-[^/]+\.tgz$/.test(adapter.declared?.range ?? '');
}

/** The copy of this program that a project depends on, by the version in its file's name; undefined where that is none of these. */
function ownCopy(
	copies: readonly AdapterCopy[],
	{ adapter }: Facts['packages'],
): AdapterCopy | undefined {
	const name = /^file:(?:\.\/)?vendor\/flue-redis-(.+)-[0-9a-f]{8,64}\.tgz$/;
	const version = name.exec(adapter.declared?.range ?? '')?.[1];
	return copies.find((copy) => copy.version === version);
}

/** The copy in vendor/, where it is of another line than the project's runtime; null where it fits, or nothing shows. */
export function unfitCopy(
	copies: readonly AdapterCopy[],
	{ packages, runtime }: Pick<Facts, 'packages' | 'runtime'>,
): AdapterCopy | null {
	const version = runtime && exactVersion(runtime.value);
	const copy = ownCopy(copies, packages);
	return version && copy && !isBetween(version, copy.runtime) ? copy : null;
}

/** True when an install would fetch the adapter from a registry, in a project that a copy fits. */
export function isFetched(
	{ packages: { adapter } }: Pick<Facts, 'packages'>,
	{ adapter: spec, copy }: Pick<Choices, 'adapter' | 'copy'>,
): boolean {
	if (spec !== undefined || adapter.installed !== null || copy === null) return false;
	return adapter.declared === null || rangeOf(askedFor(adapter.declared)) !== null;
}

/**
 * The copy that `--adapter vendored` takes.
 * @throws ADAPTER_UNFIT when none is for the project's runtime
 */
export function requireCopy(
	copies: readonly AdapterCopy[],
	{ copy }: Pick<Choices, 'copy'>,
	{ runtime, line }: Pick<Facts, 'runtime' | 'line'>,
): AdapterCopy {
	if (copy) return copy;
	const served = copies.map((one) => one.runtime).join(' || ');
	throw new FlueError(
		'ADAPTER_UNFIT',
		`The adapters that this command brings along are for @flue/runtime ${served}, and the project's is ${runtime ? `${runtime.value} (${runtime.from})` : `not known (${line.from})`}.`,
		{
			hint: runtime
				? 'Move the project to one of those versions, or name another source with --adapter SPEC.'
				: "Install the project's packages first, so that the version of @flue/runtime can be read.",
		},
	);
}

/** What to ask once it is known that no registry, or not this manager's, has the adapter. */
export function vendorQuestion(
	{ blueprint, packageManager }: Choices,
	facts: Pick<Facts, 'line' | 'runtime'>,
): Question {
	const { name } = blueprint.adapter;
	const reason = hasRelease(facts)
		? `${packageManager.value} finds no ${name} in its registry.`
		: `No release of ${name} was made for @flue/runtime ${facts.runtime?.value}.`;
	return {
		id: 'adapter',
		message: `${reason} Take flue-blueprints' own implementation of its contract, into vendor/? Its layout of keys is its own: no other adapter reads it. A no ends here, and nothing is changed.`,
		flag: `--adapter ${VENDORED}`,
		options: [],
		noEnds: true,
		initial: true,
		unattended: false,
	};
}

/**
 * Holds `--retain` to the adapters that know it.
 * @throws ADAPTER_UNFIT where a registry's would be installed, or the project's Flue has no use for it
 */
export function checkRetention(
	{ packages: { adapter }, runtime }: Pick<Facts, 'packages' | 'runtime'>,
	spec: string | undefined,
	retain: string | undefined,
): void {
	if (retain === undefined || retain === NEVER) return;
	const version = runtime && exactVersion(runtime.value);
	if (version && /^1\.0\.0-beta\.[5-7]$/.test(version)) {
		throw new FlueError(
			'ADAPTER_UNFIT',
			`Nothing can expire with @flue/runtime ${version}: deleting a session needs its settled submissions.`,
			{ hint: 'Say --retain never, or move the project to 1.0.0-beta.9 or 2.x.' },
		);
	}
	const source = spec ?? (adapter.declared ? askedFor(adapter.declared) : '');
	// A path, an alias or a git address may be anybody's; a bare range is the registry's own.
	if (source === VENDORED || /[:/]/.test(source)) return;
	throw new FlueError(
		'ADAPTER_UNFIT',
		`--retain ${retain} is for flue-blueprints' own implementation of @flue/redis: the one of a registry does not know it.`,
		{ hint: `Add --adapter ${VENDORED}, or say --retain ${NEVER}.` },
	);
}

export interface VendorPlan {
	/** For package.json. */
	spec: string;
	steps: CopyStep[];
	/** For after the install, which may still look at the old copy. */
	removals: RemoveStep[];
	warnings: Warning[];
	nextSteps: string[];
}

function warningsOf({ path, ignored, others }: VendorPlace): Warning[] {
	const hidden = `git ignores ${path}, so nobody else could install. Commit it with \`git add --force ${path}\`.`;
	const warnings = others.map((other): Warning => {
		const message = `${other} is not known to be a copy as this command writes it, and stays as it is. ${path} is what gets installed; delete the other when nobody needs it.`;
		return { code: 'VENDORED_KEPT', message };
	});
	if (ignored) warnings.push({ code: 'VENDORED_IGNORED', message: hidden });
	return warnings;
}

/** What is left to do with the copy until git holds it. */
export function commitSteps(path: string | null): string[] {
	if (path === null) return [];
	return [
		`Commit ${path}: package.json depends on it. A Dockerfile that copies package.json before the install copies vendor/ with it.`,
	];
}

/** What taking the copy means for a project. */
export function planVendored(place: VendorPlace): VendorPlan {
	const { path, state, adapter, previous } = place;
	return {
		spec: `file:${path}`,
		steps: state === 'absent' ? [{ kind: 'copy', path, bytes: adapter.bytes }] : [],
		removals: previous ? [{ kind: 'remove', ...previous }] : [],
		warnings: warningsOf(place),
		nextSteps: [
			`The adapter in vendor/ is flue-blueprints' own implementation of the contract of @flue/redis: its layout of keys is its own, and no other adapter reads it.`,
		],
	};
}
