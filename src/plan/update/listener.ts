// The listener that --reconnect wrote alone, before it looked at the connection too -> that of today. Pure.
import type { Blueprint } from '../../model/blueprint.ts';
import { hasListenerAlone } from '../../text/listener.ts';
import { partAtMarker } from '../../text/marker.ts';
import { type Decision, type MergedEntry, mergeEntry } from './merge.ts';
import { bodyAt, learnTold, type Told } from './versions.ts';

interface ListenerSources {
	text: string;
	blueprint: Blueprint;
	template: string;
	/** What the project, and the settings in the entry, suggest that it was told. */
	suggested: Told['options'];
	decision: Decision | null;
}

/** What becomes of the entry, with the listener of today; null where it has not that alone which was written once. */
export function withTodaysListener(
	sources: ListenerSources,
): ({ kind: 'merged'; from: number; to: number } & MergedEntry) | null {
	const { text, blueprint, decision } = sources;
	const { head, marker, body } = partAtMarker(text);
	if (!hasListenerAlone(body)) return null;
	const { version } = blueprint;
	const alone = { ...sources.suggested, reconnect: true, isListenerAlone: true } as const;
	const told = learnTold(body, { ...sources, version }, alone);
	const { isListenerAlone: _, ...options } = told.options;
	const base = bodyAt(sources, version, told) ?? '';
	const ours = bodyAt(sources, version, { ...told, options }) ?? '';
	const before = (head + marker).split('\n').length - 1;
	const versions = { from: version, to: version };
	const merged = mergeEntry({ theirs: body, base, ours, ...versions, before }, decision);
	const made = merged.text === null ? null : head + marker + merged.text;
	return { kind: 'merged', ...versions, ...merged, text: made };
}
