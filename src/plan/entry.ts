// The db entry: the text that is wanted, and how it relates to the text that is there. Pure.
import type { AddOptions, Blueprint, Facts } from '../model.ts';
import { type EntryState, entryState } from './entry-state.ts';
import { type RenderOptions, renderDb } from './render.ts';
import type { SecretPlan } from './secrets.ts';

export interface EntryDraft {
	state: EntryState;
	/** The rendered text without and with the error listener. */
	texts: { canonical: string; reconnecting: string };
	/** True when the text that is there already has the listener. */
	reconnects: boolean;
}

/** Everything that db.ts depends on but the answers to questions. */
export interface EntrySources {
	facts: Facts;
	blueprint: Blueprint;
	template: string;
	options: AddOptions;
	secrets: SecretPlan;
}

function renderOptions(sources: EntrySources, reconnect: boolean): RenderOptions {
	const { facts, blueprint, options, secrets } = sources;
	return {
		blueprint,
		variable: options.envVar ?? blueprint.variable,
		module: secrets.module,
		keyPrefix: options.keyPrefix,
		inspectServer: options.inspectServer,
		reconnect,
		style: facts.style.value,
	};
}

/** Renders both forms and compares them with what is there: only those that the options still allow count as the same. */
export function draftEntry(sources: EntrySources): EntryDraft {
	const { facts, options, template } = sources;
	const canonical = renderDb(template, renderOptions(sources, false));
	const reconnecting = renderDb(template, renderOptions(sources, true));
	const existing = facts.dbEntry.value.text;
	const reconnects = entryState(existing, [reconnecting]) === 'same';
	const wanted = { true: [reconnecting], false: [canonical], undefined: [canonical, reconnecting] }[`${options.reconnect}`];
	return { state: entryState(existing, wanted ?? []), texts: { canonical, reconnecting }, reconnects };
}
