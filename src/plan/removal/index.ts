// What is there and what was there before -> the plan that takes a blueprint back: `add`, re-made in reverse. Pure.
import { posix } from 'node:path';
import { envNames } from '../../dialects/env-lines.ts';
import type { Blueprint } from '../../model/blueprint.ts';
import type { Facts } from '../../model/facts.ts';
import type { TextFile, Warning } from '../../model/found.ts';
import type { Plan, RemoveStep, Step, WriteStep } from '../../model/plan.ts';
import type { PackageManager, RemoveOptions } from '../../model/request.ts';
import { partAtMarker } from '../../text/marker.ts';
import { planCleanup } from '../install.ts';
import { withoutEnvKey, withoutEnvValue } from './env.ts';
import { type ChangedText, type Committed, namesOf, withoutKey } from './module.ts';
import { planPackageRemoval } from './packages.ts';

export interface RemovalSources {
	facts: Facts;
	blueprint: Blueprint;
	variable: string;
	options: Pick<RemoveOptions, 'install' | 'keepPackages' | 'removeValue'>;
	packageManager: PackageManager;
	/** The db entry is as this command writes it, comments aside. */
	isOurs: boolean;
	/** What `add` would write there. */
	canonical: string;
	/** db.ts reads the address from the config module. */
	usesModule: boolean;
	committed: Committed;
	/** The last commit was made before `add`. */
	isCommitOlder: boolean;
	/** The newest copy that `add --replace` made of another entry; null when there is none. */
	backup: TextFile | null;
	mentions: TextFile[] | null;
	/** The copy of the adapter in vendor/, as this program wrote it. */
	copy: { path: string; bytes: Uint8Array } | null;
}

function kept(message: string): Warning {
	return { code: 'KEPT', message };
}

function gone(path: string, text: string): RemoveStep {
	return { kind: 'remove', path, bytes: Buffer.from(text) };
}

/** `db.ts.bak`, or the next name that is free. */
function freeName({ facts, backup }: RemovalSources, path: string): string {
	const taken = new Set(facts.entryUse?.beside ?? []);
	if (backup) taken.add(posix.basename(backup.path));
	let name = `${path}.bak`;
	for (let number = 2; taken.has(posix.basename(name)); number++) name = `${path}.bak${number}`;
	return name;
}

const COMMENT = /(?<!:)\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;

/** True where somebody wrote a comment into the entry, above its marker or below. */
function hasOwnComments(text: string, canonical: string): boolean {
	const { head, body } = partAtMarker(text);
	const comments = `${head}${body}`.match(COMMENT) ?? [];
	return comments.some((comment) => !canonical.includes(comment.trim()));
}

/** The db entry becomes what it was: the copy beside it, the committed text, or nothing. */
function entrySteps(sources: RemovalSources): Step[] {
	const { facts, backup, committed, isOurs, canonical } = sources;
	const { path, text } = facts.dbEntry.value;
	if (text === null) return [];
	const isTheirs = !isOurs || hasOwnComments(text, canonical);
	const isLost = isTheirs && !facts.entryUse?.inGit;
	const copy: WriteStep[] = isLost
		? [
				{
					kind: 'write',
					path: freeName(sources, path),
					before: null,
					after: text,
					shown: 'nothing',
				},
			]
		: [];
	const before = backup?.text ?? (sources.isCommitOlder ? committed[path] : null) ?? null;
	// Somebody's own text may hold a secret and is not repeated.
	const entry: Step =
		before === null || before === text
			? gone(path, text)
			: { kind: 'write', path, before: text, after: before, shown: 'nothing' };
	return [...copy, entry, ...(backup ? [gone(backup.path, backup.text)] : [])];
}

/** Who else reads the variable, beside the files that this plan is about. */
function readerOf(sources: RemovalSources, own: readonly string[]): string | null {
	const { mentions, facts, variable } = sources;
	const ours = [facts.dbEntry.value.path, ...own];
	const word = sources.usesModule ? namesOf(variable) : new RegExp(`\\b${variable}\\b`);
	return mentions?.find(({ path, text }) => !ours.includes(path) && word.test(text))?.path ?? null;
}

/** The key goes out of the config module; `keeps`: the module, or somebody else, still reads the variable. */
function moduleChange(sources: RemovalSources): {
	changes: ChangedText[];
	warnings: Warning[];
	keeps: string | null;
} {
	const { facts, variable, usesModule, committed } = sources;
	const module = facts.secrets.configModule;
	const found = usesModule && module ? withoutKey(module, variable, committed) : null;
	const changes = found ?? [];
	const reader = readerOf(
		sources,
		changes.map(({ path }) => path),
	);
	if (!usesModule || !module) return { changes: [], warnings: [], keeps: reader };
	if (found && reader === null) return { changes, warnings: [], keeps: null };
	const reason =
		found === null ? 'it is not as this command writes it' : `${reader} reads ${variable} too`;
	const message = `The key for ${variable} stays in ${module.path}: ${reason}.`;
	return { changes: [], warnings: [kept(message)], keeps: reader ?? module.path };
}

/** An env file that named the variable before `add` did, as far as the last commit tells. */
function keyBefore({ facts, variable, committed, isCommitOlder }: RemovalSources): string | null {
	if (!isCommitOlder) return null;
	const named = facts.secrets.env.files.find(({ path }) =>
		envNames(committed[path] ?? '').includes(variable),
	);
	return named?.path ?? null;
}

function envChanges(sources: RemovalSources, reader: string | null) {
	const { facts, variable, options } = sources;
	const older = keyBefore(sources);
	const steps: WriteStep[] = [];
	const warnings: Warning[] = [];
	const named = facts.secrets.env.files.filter(({ path }) =>
		facts.secrets.env.present[variable]?.includes(path),
	);
	for (const { path, text: before } of named) {
		const empty = withoutEnvKey(before, variable);
		const after = options.removeValue ? (empty ?? withoutEnvValue(before, variable)) : empty;
		const isOlder = older !== null && !options.removeValue;
		const own = isOlder ? `${older} had it before` : null;
		const reason = reader
			? `${reader} reads it`
			: (own ?? 'it holds a value, or is not as this command writes it; --remove-value removes it');
		if (reader !== null || after === null || isOlder)
			warnings.push(kept(`${variable} stays in ${path}: ${reason}.`));
		else steps.push({ kind: 'write', path, before, after, shown: 'nothing' });
	}
	return { steps, warnings };
}

function packageChanges(sources: RemovalSources) {
	const { facts, options, copy } = sources;
	const { path, text } = facts.manifest;
	const older = sources.isCommitOlder ? (sources.committed[path] ?? null) : null;
	const planned = options.keepPackages
		? { text, kept: [] }
		: planPackageRemoval({ ...sources, committed: older });
	const warnings = planned.kept.map(kept);
	if (planned.text === text) return { steps: [], touches: [], warnings, command: null };
	const { install, touches, command } = planCleanup(facts, sources.packageManager);
	const write: WriteStep = {
		kind: 'write',
		path,
		before: text,
		after: planned.text,
		shown: 'changes',
	};
	const isUnused = copy !== null && !planned.text.includes(copy.path);
	const steps: Step[] = [
		write,
		...(options.install ? [install] : []),
		...(isUnused ? [{ kind: 'remove' as const, ...copy }] : []),
	];
	return { steps, touches, warnings, command: options.install ? null : command };
}

/** Makes the plan. */
export function makeRemoval(sources: RemovalSources): Plan {
	const { facts, blueprint, variable } = sources;
	const module = moduleChange(sources);
	const env = envChanges(sources, module.keeps);
	const packages = packageChanges(sources);
	const keys = module.changes.map(
		(change): WriteStep => ({ kind: 'write', ...change, shown: 'changes' }),
	);
	return {
		root: facts.root,
		boundary: facts.boundary,
		steps: [...entrySteps(sources), ...keys, ...env.steps, ...packages.steps],
		installTouches: packages.touches,
		warnings: [...module.warnings, ...env.warnings, ...packages.warnings],
		installCommand: packages.command,
		nextSteps: [
			...(packages.command ? [`Run \`${packages.command}\`.`] : []),
			`Unset ${variable} where the built server gets its environment from.`,
			`The conversations in ${blueprint.title} stay there: delete their keys on the server when nobody needs them.`,
		],
	};
}
