// What is there -> the plan that brings a db.ts, and the copy of the adapter, to the text of today. Pure.
import { posix } from 'node:path';
import { FlueError } from '../../errors.ts';
import type { Blueprint } from '../../model/blueprint.ts';
import type { Facts, VendorPlace } from '../../model/facts.ts';
import type { Warning } from '../../model/found.ts';
import type { Plan, Step, WriteStep } from '../../model/plan.ts';
import type { PackageManager } from '../../model/request.ts';
import { partAtMarker } from '../../text/marker.ts';
import { sameMeaning } from '../entry-state.ts';
import { planCleanup } from '../install.ts';
import { addDependencies } from '../manifest.ts';
import { markerOf, type RenderOptions } from '../render.ts';
import { planVendored } from '../vendor.ts';
import { withTodaysListener } from './listener.ts';
import { type Decision, type MergedEntry, mergeEntry } from './merge.ts';
import { checkParses } from './sound.ts';
import { bodyAt, knownVersions, learnTold, type Told } from './versions.ts';

export interface EntrySources {
	/** The db entry that is there. */
	path: string;
	text: string;
	blueprint: Blueprint;
	template: string;
	/** The version that its marker says; null without one. */
	marked: number | null;
	/** What the project, and the settings in the entry, suggest that it was told. */
	suggested: Omit<RenderOptions, 'blueprint'>;
	decision: Decision | null;
}

/** What an update makes of the db entry. `foreign`: it is not the text of any version, and says of none. */
export type EntryUpdate =
	| { kind: 'current' | 'foreign' }
	| ({ kind: 'merged'; from: number; to: number } & MergedEntry);

/** The version that a db entry was made from; null when no version says the same. */
function originOf(body: string, sources: EntrySources): { version: number; told: Told } | null {
	const { blueprint, marked, suggested } = sources;
	const learn = (version: number): Told => learnTold(body, { ...sources, version }, suggested);
	if (marked !== null) return { version: marked, told: learn(marked) };
	const meant = knownVersions(blueprint)
		.map((version) => ({ version, told: learn(version) }))
		.find(({ version, told }) => sameMeaning(bodyAt(sources, version, told) ?? '', body));
	return meant ?? null;
}

function checkVersion({ marked, blueprint, path }: EntrySources): void {
	if (marked === null || knownVersions(blueprint).includes(marked)) return;
	const [newest = 0] = knownVersions(blueprint);
	throw new FlueError(
		'VERSION_UNKNOWN',
		`${path} is of version ${marked} of the ${blueprint.name} blueprint, whose text this command does not know: it knows ${knownVersions(blueprint).join(', ')}.`,
		{
			path,
			hint:
				marked > newest
					? 'Use the version of this command that wrote it, or a newer one.'
					: `Run \`flue add ${blueprint.kind} ${blueprint.name} --replace\`, which writes it anew.`,
		},
	);
}

/**
 * Merges the text of today into the db entry.
 * @throws VERSION_UNKNOWN for the marker of a version that is not known; UNREADABLE_PROJECT where the entry does not parse
 */
export function updateEntry(sources: EntrySources): EntryUpdate {
	const { text, path, blueprint, marked, decision } = sources;
	checkParses(path, text);
	checkVersion(sources);
	const to = blueprint.version;
	if (marked === to) return withTodaysListener(sources) ?? { kind: 'current' };
	const { head, marker, body } = partAtMarker(text);
	// Whether the last line is ended is no change that anything could collide with.
	const isOpen = body !== '' && !body.endsWith('\n');
	const theirs = isOpen ? `${body}\n` : body;
	const origin = originOf(theirs, sources);
	if (origin === null) return { kind: 'foreign' };
	const { version: from, told } = origin;
	const base = bodyAt(sources, from, told) ?? '';
	const ours = bodyAt(sources, to, told) ?? '';
	const before = (head + marker).split('\n').length - 1;
	const merged = mergeEntry({ theirs, base, ours, from, to, before }, decision);
	const start = head + markerOf(blueprint) + told.options.style.lineEnding;
	const ended = isOpen ? merged.text?.replace(/\r?\n$/, '') : merged.text;
	return { kind: 'merged', from, to, ...merged, text: ended ? start + ended : null };
}

export interface UpdateSources {
	facts: Facts;
	blueprint: Blueprint;
	entry: EntryUpdate;
	decision: Decision | null;
	/** Where the copy of the adapter of today goes; null where the project has none of this program. */
	vendor: VendorPlace | null;
	packageManager: PackageManager;
	install: boolean;
}

/** `db.ts.bak`, or the next name that is free. */
function freeName({ entryUse }: Facts, path: string): string {
	const taken = new Set(entryUse?.beside ?? []);
	let name = `${path}.bak`;
	for (let number = 2; taken.has(posix.basename(name)); number++) name = `${path}.bak${number}`;
	return name;
}

/** Where lines of the user's give way, and git has no copy, their text is kept beside it. */
function entrySteps({ facts, entry, decision }: UpdateSources): WriteStep[] {
	const { path, text } = facts.dbEntry.value;
	if (entry.kind !== 'merged' || entry.text === null || text === null || entry.text === text)
		return [];
	const isKept = entry.conflicts.length > 0 && decision !== 'theirs';
	const hasCopy = facts.entryUse?.inGit || facts.entryUse?.hasCopy;
	const copy: WriteStep = {
		kind: 'write',
		path: freeName(facts, path),
		before: null,
		after: text,
		shown: 'nothing',
	};
	return [
		...(isKept && !hasCopy ? [copy] : []),
		{ kind: 'write', path, before: text, after: entry.text, shown: 'additions' },
	];
}

function packageSteps({ facts, blueprint, vendor, packageManager, install }: UpdateSources) {
	const nothing = { steps: [] as Step[], touches: [] as string[], warnings: [], nextSteps: [] };
	if (vendor === null) return { ...nothing, command: null };
	const { spec, steps, removals, warnings, nextSteps } = planVendored(vendor);
	const { path, text } = facts.manifest;
	const field = facts.packages.adapter.declared?.field;
	const after = addDependencies(text, [
		{ name: blueprint.adapter.name, spec, ...(field === undefined ? {} : { field }) },
	]);
	if (after === text && steps.length === 0) return { ...nothing, command: null };
	const planned = planCleanup(facts, packageManager);
	return {
		steps: [
			...steps,
			{ kind: 'write' as const, path, before: text, after, shown: 'changes' as const },
			...(install ? [planned.install] : []),
			...removals,
		],
		touches: planned.touches,
		warnings,
		nextSteps,
		command: install ? null : planned.command,
	};
}

function entryWarnings({ facts, entry, decision }: UpdateSources): Warning[] {
	const { path } = facts.dbEntry.value;
	if (entry.kind === 'foreign') {
		const message = `${path} has no marker and says something else than any version of the blueprint: it stays as it is. \`flue add\` with --replace writes it anew.`;
		return [{ code: 'ENTRY_FOREIGN', message }];
	}
	if (entry.kind !== 'merged' || entry.conflicts.length === 0 || decision !== 'conflicts')
		return [];
	const message = `${path} holds both texts between marks in ${entry.conflicts.length} ${entry.conflicts.length === 1 ? 'place' : 'places'}, and cannot be loaded before you have settled them.`;
	return [{ code: 'MERGE_MARKED', message }];
}

/** Makes the plan. No steps: everything is of today. */
export function makeUpdate(sources: UpdateSources): Plan {
	const { facts, blueprint } = sources;
	const packages = packageSteps(sources);
	const changes = entrySteps(sources);
	const isMarked = entryWarnings(sources).some(({ code }) => code === 'MERGE_MARKED');
	const { path } = facts.dbEntry.value;
	return {
		root: facts.root,
		boundary: facts.boundary,
		steps: [...packages.steps, ...changes],
		installTouches: packages.touches,
		warnings: [...packages.warnings, ...entryWarnings(sources)],
		installCommand: packages.command,
		nextSteps: [
			...(packages.command ? [`Run \`${packages.command}\`.`] : []),
			...packages.nextSteps,
			...(isMarked ? [`Settle what stands between the marks in ${path}.`] : []),
			...(changes.length > 0 && !isMarked
				? [`Read the difference of ${path}, and run your own type check.`]
				: []),
			...(changes.length + packages.steps.length > 0
				? [`Run \`flue verify ${blueprint.kind}\`: it checks what is there.`]
				: []),
		],
	};
}
