// Chooses the version of the adapter: that of the project's runtime, unless the user or package.json says. Pure.
import { FlueError } from '../errors.ts';
import type { FlueLine, Found, Warning } from '../model.ts';
import { exactVersion, rangeOf } from '../versions.ts';

const LATEST_OF: Record<FlueLine, string> = { '2.x': '^2.0.0', '1.0-beta': '^1.0.0-beta.0' };

/**
 * A spec as the user gave it: an alias, a path, an address, `workspace:*`. What it means is for the manager.
 * @throws BAD_USAGE when it could not be one.
 */
export function checkedSpec(spec: string): string {
	const usable = spec.trim() === spec && spec !== '' && !spec.startsWith('-');
	if (usable && !/\p{Cc}/u.test(spec)) return spec;
	const message = `--adapter ${JSON.stringify(spec)} is not a version, path, address or alias.`;
	const hint = 'Give what package.json would hold, e.g. --adapter file:../redis.tgz.';
	throw new FlueError('BAD_USAGE', message, { hint });
}

/** Adapters pin the runtime exactly, so the same number is the one that does not bring a second runtime. */
export function adapterVersion(
	line: FlueLine,
	runtime: Found<string> | null,
): { spec: string; warnings: Warning[] } {
	if (runtime && exactVersion(runtime.value)) return { spec: runtime.value, warnings: [] };
	const range = (runtime && rangeOf(runtime.value)) ?? LATEST_OF[line];
	const message = `@flue/runtime is not installed here, so its exact version is not known and the adapter is asked for as ${range}. Make both the same version if the install brings two runtimes.`;
	return { spec: range, warnings: [{ code: 'ADAPTER_VERSION_UNKNOWN', message }] };
}
