// Facts and choices -> the plan: every step, in the order in which it is applied. Pure.
import { isAbsolute, posix, relative } from 'node:path';
import type { Choices } from '../model/choices.ts';
import type { Facts, VendorPlace } from '../model/facts.ts';
import type { Warning } from '../model/found.ts';
import type { Plan, SecretPlan, WriteStep } from '../model/plan.ts';
import type { AddOptions } from '../model/request.ts';
import { Refusals } from '../refusals.ts';
import { catalogWarnings } from './client.ts';
import type { EntryDraft } from './entry.ts';
import { SCAFFOLD_DATA_FILE } from './entry-state.ts';
import { planInstall } from './install.ts';
import { addDependencies } from './manifest.ts';
import { nextSteps } from './next-steps.ts';
import { alignmentWarnings, lineWarnings, planRuntime, runtimeAfter } from './runtime.ts';
import { commitSteps, isVendored, planVendored } from './vendor.ts';

export interface PlanSources {
	facts: Facts;
	choices: Choices;
	options: AddOptions;
	secrets: SecretPlan;
	draft: EntryDraft;
	/** The text to write: one of the draft's, perhaps after the project's formatter. */
	text: string;
	/** Where the bundled adapter goes; null unless it was chosen. */
	vendor: VendorPlace | null;
	/** The copy of the adapter in the project, where git does not hold it. */
	uncommitted?: string | null;
	/** An earlier run on this project was killed in the middle. */
	wasKilled?: boolean;
}

function write(path: string, before: string | null, after: string): WriteStep {
	return { kind: 'write', path, before, after, shown: 'changes' };
}

/** Writes db.ts, after a copy of what only the disk has. Somebody's own text may hold a secret and is not repeated. */
function entrySteps({ facts, draft, text }: PlanSources): WriteStep[] {
	const { path, text: existing } = facts.dbEntry.value;
	if (draft.state === 'same') return [];
	if (draft.state !== 'other' || existing === null) return [write(path, existing, text)];
	const copy: WriteStep = {
		...write(freeName(facts, `${path}.bak`), null, existing),
		shown: 'nothing',
	};
	return [
		...(facts.entryUse?.inGit || facts.entryUse?.hasCopy ? [] : [copy]),
		{ ...write(path, existing, text), shown: 'additions' },
	];
}

/** `db.ts.bak`, or `db.ts.bak2` … when that is taken: a copy never replaces an older copy. */
function freeName(facts: Facts, wanted: string): string {
	const taken = new Set(facts.entryUse?.beside ?? []);
	let name = wanted;
	for (let number = 2; taken.has(posix.basename(name)); number++) name = `${wanted}${number}`;
	return name;
}

/** Another blueprint of this command wrote the entry that is there. */
function isSwitch({ state, writtenBy, blueprint }: EntryDraft): boolean {
	return state === 'other' && writtenBy !== null && writtenBy !== blueprint.name;
}

function switchWarning({ writtenBy, blueprint }: EntryDraft): Warning {
	const message = `What is stored in ${writtenBy} stays there: it is not moved. ${blueprint.title} begins with what its own server holds under the same key prefix.`;
	return { code: 'DATA_LEFT_BEHIND', message };
}

function prefixWarning({ keyPrefix }: AddOptions): Warning {
	const message = `What is stored under the key prefix of before stays there, and nothing reads it under ${keyPrefix ?? 'flue'}: the conversations are gone from sight until db.ts has that prefix again.`;
	return { code: 'DATA_LEFT_BEHIND', message };
}

/** The variable that nothing of this plan reads any more, and where it stands. */
function oldVariableSteps({ facts, draft, secrets }: PlanSources): string[] {
	const { readBefore: old } = draft;
	if (!isSwitch(draft) || old === undefined || secrets.expression.includes(old)) return [];
	const files = Object.hasOwn(facts.secrets.env.present, old)
		? (facts.secrets.env.present[old] ?? [])
		: [];
	const place = files.length > 0 ? ` Its key stays in ${files.join(', ')}.` : '';
	return [`db.ts no longer reads ${old}: take it away when nobody else reads it.${place}`];
}

function leftBehindWarnings({ facts, draft, options }: PlanSources): Warning[] {
	if (isSwitch(draft)) return [switchWarning(draft)];
	if (draft.state === 'other' && draft.isMoved) return [prefixWarning(options)];
	if (draft.state !== 'scaffold' || !facts.scaffoldData) return [];
	const message = `The conversations in ${SCAFFOLD_DATA_FILE} stay there: they are not moved to the new database.`;
	return [{ code: 'DATA_LEFT_BEHIND', message }];
}

function lostExportWarnings({ facts, draft }: PlanSources): Warning[] {
	const { exports: names = [], importedBy = [] } = facts.entryUse ?? {};
	if (draft.state !== 'other' || names.length === 0 || importedBy.length === 0) return [];
	const { path } = facts.dbEntry.value;
	const message = `${path} exports ${names.join(', ')}, and ${importedBy.join(', ')} import${importedBy.length === 1 ? 's' : ''} from it: move what they need to another module, since the new ${path} exports the adapter alone.`;
	return [{ code: 'DB_EXPORTS_LOST', message }];
}

function compilerWarnings({ facts, text }: PlanSources): Warning[] {
	const { refusesAwait, from } = facts.typeChecks;
	if (refusesAwait === null) return [];
	const line = text.split('\n').findIndex((one) => one.startsWith('await ')) + 1;
	const message = `tsc refuses the await in line ${line} of ${facts.dbEntry.value.path} (${from.join(', ')}: ${refusesAwait}), so that @ts-expect-error stands above it. An ES module needs none: "module": "esnext", "preserve" or "nodenext" with "type": "module". Flue's own build takes it either way.`;
	return [{ code: 'DB_AWAIT_REFUSED', message }];
}

/** The adapter that this program brings along takes them as they are. */
function prefixWarnings({ facts, choices, options: { keyPrefix } }: PlanSources): Warning[] {
	if (isVendored(facts.packages, choices.adapter)) return [];
	if (!keyPrefix || !/[*?[\]\\]/.test(keyPrefix)) return [];
	const message =
		'The key prefix has characters that a server reads as a pattern (* ? [ ] \\): an adapter that searches by it may find other keys, or refuse to start. The one of --adapter vendored takes them as they are.';
	return [{ code: 'KEY_PREFIX_PATTERN', message }];
}

/** A path on disk as package.json holds it: `file:` and relative to the project; any other spec as it is. */
export function packageSpec(root: string, spec: string | undefined): string | undefined {
	if (spec === undefined || !isAbsolute(spec)) return spec;
	return `file:${relative(root, spec).replaceAll('\\', '/')}`;
}

/** The install, and what goes into package.json and beside it for that. */
function planPackages(sources: PlanSources, adapter: string | undefined) {
	const { facts, choices, options, wasKilled = false } = sources;
	const { path, text } = facts.manifest;
	const refusals = new Refusals();
	const aligned = refusals.attempt(() => planRuntime(facts, choices));
	const runtime = aligned ?? planRuntime(facts, { ...choices, alignRuntime: null });
	const after = runtimeAfter(facts, aligned !== undefined && choices.alignRuntime === true);
	const known = { ...facts, runtime: after };
	const settled = { choices, options, adapter, runtime, wasKilled };
	const install = refusals.endWith(refusals.attempt(() => planInstall(known, settled)));
	const manifest = runtime.finish(addDependencies(text, install.manifest));
	const own = manifest === text ? [] : [write(path, text, manifest)];
	const files = [...own, ...runtime.steps];
	return {
		steps: [...files, ...(install.install ? [install.install] : [])],
		touches: install.touches,
		warnings: [...runtime.warnings, ...install.warnings, ...catalogWarnings(facts, choices)],
		/** What is left to run. */
		command: options.install || files.length === 0 ? null : install.command,
	};
}

/** Makes the plan. No steps: everything is as it should be. */
export function makePlan(sources: PlanSources): Plan {
	const { facts, choices, options, secrets } = sources;
	const vendored = sources.vendor && planVendored(sources.vendor);
	const adapter = vendored ? vendored.spec : packageSpec(facts.root, choices.adapter);
	const packages = planPackages(sources, adapter);
	const remaining = { facts, choices, options, secrets, installCommand: packages.command };
	return {
		root: facts.root,
		boundary: facts.boundary,
		steps: [
			...(vendored?.steps ?? []),
			...packages.steps,
			...(vendored?.removals ?? []),
			...secrets.steps,
			...entrySteps(sources),
		],
		installTouches: packages.touches,
		warnings: [
			...facts.warnings,
			...(vendored?.warnings ?? []),
			...packages.warnings,
			...lineWarnings(facts),
			...alignmentWarnings(facts, choices, options),
			...secrets.warnings,
			...leftBehindWarnings(sources),
			...lostExportWarnings(sources),
			...compilerWarnings(sources),
			...prefixWarnings(sources),
		],
		installCommand: remaining.installCommand,
		nextSteps: [
			...commitSteps(sources.uncommitted ?? null),
			...(vendored?.nextSteps ?? []),
			...nextSteps(remaining),
			...oldVariableSteps(sources),
		],
	};
}
