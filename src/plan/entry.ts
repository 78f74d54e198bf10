// The db entry: the text that is wanted, and how it relates to the text that is there. Pure.
import { NEVER } from '../adapter-words.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Facts } from '../model/facts.ts';
import type { SecretPlan } from '../model/plan.ts';
import type { AddOptions } from '../model/request.ts';
import { hasListenerAlone } from '../text/listener.ts';
import { type EntryState, entryState, sameProgram } from './entry-state.ts';
import type { Generated } from './generated.ts';
import { type RenderOptions, renderDb } from './render.ts';

export interface EntryDraft {
	/** What this run is about. */
	blueprint: Blueprint;
	/** The name of the blueprint whose marker the present text bears. */
	writtenBy: string | null;
	/** The variable that the present text reads straight from `process.env`; absent: none is known. */
	readBefore?: string | undefined;
	/** What is stored lies under another key prefix than the one that this run is told. */
	isMoved?: boolean;
	/** The present text is what this command writes, told otherwise than now. */
	isToldOtherwise: boolean;
	state: EntryState;
	/** The text to write, with the error listener or without. */
	render(reconnect: boolean): string;
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
	generated: Generated | null;
}

/** What the text depends on, as the project and the options have it. */
export function renderOptions(
	sources: Pick<EntrySources, 'facts' | 'blueprint' | 'options' | 'secrets' | 'generated'>,
	reconnect: boolean,
): RenderOptions {
	const { facts, blueprint, options, secrets, generated } = sources;
	return {
		blueprint,
		variable: options.envVar ?? blueprint.variable,
		module: secrets.module,
		keyPrefix: options.keyPrefix,
		inspectServer: options.inspectServer,
		retain: options.retain === NEVER ? undefined : options.retain,
		replicas: generated?.name === blueprint.name ? generated.replicas : undefined,
		reconnect,
		style: facts.style.value,
		checks: facts.typeChecks,
	};
}

/** Whether the text is what this command writes with the settings that stand in it, whatever it is told now. */
function isWritten(existing: string, sources: EntrySources): boolean {
	const { generated, options, blueprint, template } = sources;
	if (generated?.name !== blueprint.name) return false;
	const { variable, keyPrefix, inspectServer, retain } = generated;
	const told = { ...options, envVar: variable, keyPrefix, inspectServer, retain };
	return [false, true].some((reconnect) =>
		sameProgram(
			existing,
			renderDb(template, renderOptions({ ...sources, options: told }, reconnect)),
		),
	);
}

/** Whether the text is what `--reconnect` wrote before it looked at the connection; a replacement is to replace it. */
function isOlderListener(existing: string, sources: EntrySources): boolean {
	const { reconnect, replace } = sources.options;
	if (replace || reconnect === false || !hasListenerAlone(existing)) return false;
	const told = { ...renderOptions(sources, true), isListenerAlone: true } as const;
	return sameProgram(existing, renderDb(sources.template, told));
}

/** Whether the present text of this command names another key prefix; the adapter drops trailing colons. */
function isMoved({ generated, options }: EntrySources): boolean {
	const plain = (prefix = 'flue') => prefix.replace(/:+$/, '');
	return generated !== null && plain(generated.keyPrefix) !== plain(options.keyPrefix);
}

/** Compares what is there with the forms that the options allow. Renders no more than is asked for: parsing takes time. */
export function draftEntry(sources: EntrySources): EntryDraft {
	const { facts, options, template } = sources;
	const existing = facts.dbEntry.value.text;
	const render = (reconnect: boolean) => renderDb(template, renderOptions(sources, reconnect));
	const state = entryState(existing);
	const known = {
		blueprint: sources.blueprint,
		writtenBy: sources.generated?.name ?? null,
		readBefore: sources.generated?.variable,
		isMoved: isMoved(sources),
		isToldOtherwise: false,
		render,
	};
	if (state !== 'other' || existing === null) return { ...known, state, reconnects: false };
	const forms = options.reconnect === undefined ? [false, true] : [options.reconnect];
	const same = forms.find((reconnect) => sameProgram(existing, render(reconnect)));
	if (same !== undefined) return { ...known, state: 'same', reconnects: same };
	if (isOlderListener(existing, sources)) return { ...known, state: 'same', reconnects: true };
	return { ...known, state, isToldOtherwise: isWritten(existing, sources), reconnects: false };
}
