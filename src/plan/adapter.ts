// Chooses the version of the adapter: that of the project's runtime, unless the user or package.json says. Pure.
import type { FlueLine } from '../model/facts.ts';
import type { Found, Warning } from '../model/found.ts';
import { exactVersion, rangeOf } from '../text/versions.ts';

const LATEST_OF: Record<FlueLine, string> = { '2.x': '^2.0.0', '1.0-beta': '^1.0.0-beta.0' };

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
