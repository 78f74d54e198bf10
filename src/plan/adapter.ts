// Chooses the version of the adapter: that of the project's runtime, unless the user or package.json says. Pure.
import { FlueError } from '../errors.ts';
import type { Choices } from '../model/choices.ts';
import type { Facts, FlueLine } from '../model/facts.ts';
import type { Warning } from '../model/found.ts';
import { exactVersion, rangeOf } from '../text/versions.ts';

const LATEST_OF: Record<FlueLine, string> = { '2.x': '^2.0.0', '1.0-beta': '^1.0.0-beta.0' };

/** Releases of @flue/redis for the betas (the numbers of the framework's own repository); of the other betas there is none. */
const RELEASED: Record<string, string> = {
	'1.0.0-beta.5': '1.0.0-beta.3',
	'1.0.0-beta.7': '1.0.0-beta.3',
	'1.0.0-beta.9': '1.0.0-beta.9',
};

type AdapterFacts = Pick<Facts, 'line' | 'runtime'>;

/** The release of the adapter for the project's runtime; null when none was made. Undefined when the version is not known. */
function releaseFor({ line, runtime }: AdapterFacts): string | null | undefined {
	const version = runtime && exactVersion(runtime.value);
	if (!version) return undefined;
	return line.value === '2.x' ? version : (RELEASED[version] ?? null);
}

/** Whether a registry could have an adapter for the project's runtime at all. */
export function hasRelease(facts: AdapterFacts): boolean {
	return releaseFor(facts) !== null;
}

/**
 * Adapters pin the runtime exactly, so the release for its version is the one that does not bring a second runtime.
 * @throws ADAPTER_UNFIT when no release was made for it
 */
export function adapterVersion(
	facts: AdapterFacts,
	copy: Choices['copy'],
): { spec: string; warnings: Warning[] } {
	const { line, runtime } = facts;
	const release = releaseFor(facts);
	if (release === null) {
		throw new FlueError(
			'ADAPTER_UNFIT',
			`No release of @flue/redis was made for @flue/runtime ${runtime?.value} (${runtime?.from}).`,
			{
				...(copy ? { flag: '--adapter vendored' } : {}),
				hint: `${copy ? "Take flue-blueprints' own implementation, with --adapter vendored, or move" : 'Move'} the project to 1.0.0-beta.9 or 2.x.`,
			},
		);
	}
	if (release) return { spec: release, warnings: [] };
	const range = (runtime && rangeOf(runtime.value)) ?? LATEST_OF[line.value];
	const message = `@flue/runtime is not installed here, so its exact version is not known and the adapter is asked for as ${range}. Make both the same version if the install brings two runtimes.`;
	return { spec: range, warnings: [{ code: 'ADAPTER_VERSION_UNKNOWN', message }] };
}
