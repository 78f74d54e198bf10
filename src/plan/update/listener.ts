// The listener that --reconnect wrote alone, before it looked at the connection too -> that of today. Pure.
import type { Blueprint } from '../../model/blueprint.ts';
import { partAtMarker } from '../../text/marker.ts';
import type { MergedEntry } from './merge.ts';
import { bodyAt, learnTold, type Told } from './versions.ts';

interface ListenerSources {
	text: string;
	blueprint: Blueprint;
	template: string;
	/** What the project, and the settings in the entry, suggest that it was told. */
	suggested: Told['options'];
}

/** What becomes of the entry, with the listener of today; null where it is not the very text with the listener alone. */
export function withTodaysListener(
	sources: ListenerSources,
): ({ kind: 'merged'; from: number; to: number } & MergedEntry) | null {
	const { text, blueprint } = sources;
	const { head, marker, body } = partAtMarker(text);
	if (!/\.on\(\s*['"]error['"]/.test(body) || body.includes('renew')) return null;
	const { version } = blueprint;
	const alone = { ...sources.suggested, reconnect: true, isListenerAlone: true } as const;
	const told = learnTold(body, { ...sources, version }, alone);
	if (bodyAt(sources, version, told) !== body) return null;
	const { isListenerAlone: _, ...options } = told.options;
	const today = bodyAt(sources, version, { ...told, options });
	const made = { text: head + marker + today, conflicts: [], fault: null, isPristine: true };
	return { kind: 'merged', from: version, to: version, ...made };
}
