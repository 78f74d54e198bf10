// Facts and flags -> the questions that are open, and answers -> choices. Pure.
import { FlueError } from '../errors.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Answers, Choices, Question } from '../model/choices.ts';
import type { EntryUse, Facts, Target } from '../model/facts.ts';
import type { Found, Undecided } from '../model/found.ts';
import type { AddOptions, PackageManager } from '../model/request.ts';
import type { EntryDraft } from './entry.ts';
import { hostQuestion } from './host.ts';
import { runtimeQuestion } from './runtime.ts';

function isUndecided<T>(fact: Found<T> | Undecided<T>): fact is Undecided<T> {
	return 'options' in fact;
}

function targetQuestion(facts: Facts, options: AddOptions): Question[] {
	if (!isUndecided(facts.target) || options.target) return [];
	return [
		{
			id: 'target',
			message: `Which target is this for? (${facts.target.from})`,
			flag: '--target node',
			options: facts.target.options.map(({ value, from }) => ({ value, label: value, hint: from })),
			initial: 'node',
			unattended: null,
		},
	];
}

/** Which package manager it is, where the files leave that open. */
export function managerQuestion(
	facts: Pick<Facts, 'packageManager'>,
	options: Pick<AddOptions, 'packageManager'> & Partial<Pick<AddOptions, 'print'>>,
): Question[] {
	if (!isUndecided(facts.packageManager) || options.packageManager) return [];
	const candidates = facts.packageManager.options;
	return [
		{
			id: 'package-manager',
			message: `Which package manager does the project use? (${facts.packageManager.from})`,
			flag: `--package-manager ${candidates.map(({ value }) => value).join('|')}`,
			options: candidates.map(({ value, from }) => ({ value, label: value, hint: from })),
			initial: candidates[0]?.value ?? 'npm',
			// A text that is only printed installs nothing.
			unattended: options.print ? (candidates[0]?.value ?? null) : null,
		},
	];
}

/** What replacing an entry would take away, as the end of a question. */
function describeLoss(use: EntryUse | null): string {
	const parts: string[] = [];
	if (use && use.exports.length > 0) parts.push(`it also exports ${use.exports.join(', ')}`);
	if (use && use.importedBy.length > 0)
		parts.push(`it is imported by ${use.importedBy.join(', ')}`);
	parts.push(use?.inGit ? 'git holds the old text' : 'the old text is kept beside it as .bak');
	return parts.join('; ');
}

/** What the entry is, if not what this run would write. */
function describeEntry({ writtenBy, blueprint, isToldOtherwise }: EntryDraft): string {
	if (isToldOtherwise) return 'This command wrote it, with other options';
	if (writtenBy === null) return 'It is not what this command writes';
	if (writtenBy === blueprint.name) return 'It was edited after this command wrote it';
	return `It is the one of the ${writtenBy} blueprint, and what is stored there is not moved`;
}

function replaceQuestion(facts: Facts, options: AddOptions, draft: EntryDraft): Question[] {
	if (draft.state !== 'other' || options.replace) return [];
	return [
		{
			id: 'replace',
			message: `Replace ${facts.dbEntry.value.path}? ${describeEntry(draft)}: ${describeLoss(facts.entryUse)}.`,
			noEnds: true,
			flag: '--replace',
			options: [],
			initial: false,
			// A text that is only printed replaces nothing.
			unattended: options.print ? false : null,
		},
	];
}

function reconnectQuestion(options: AddOptions, draft: EntryDraft): Question[] {
	if (options.reconnect !== undefined || draft.state === 'same') return [];
	return [
		{
			id: 'reconnect',
			message:
				'Reconnect when the connection drops? Without it the process exits, as in the documentation.',
			flag: '--reconnect',
			options: [],
			initial: true,
			unattended: false,
		},
	];
}

/** What neither the flags nor the files settle, in the order in which to ask. */
export function openQuestions(facts: Facts, options: AddOptions, draft: EntryDraft): Question[] {
	return [
		...hostQuestion(facts, options, draft),
		...targetQuestion(facts, options),
		...managerQuestion(facts, options),
		...replaceQuestion(facts, options, draft),
		...runtimeQuestion(facts, options),
		...reconnectQuestion(options, draft),
	];
}

/** What a fact is after the question about it. */
export function settle<T>(
	fact: Found<T> | Undecided<T>,
	flag: Found<T> | undefined,
	answer: unknown,
): Found<T> {
	if (flag) return flag;
	if (!isUndecided(fact)) return fact;
	const chosen = fact.options.find(({ value }) => value === answer);
	if (!chosen) throw new FlueError('INTERNAL', 'An open question was not answered.');
	return { value: chosen.value, from: `answered; ${chosen.from}` };
}

/** What a flag says. */
export function flagged<T>(value: T | undefined, flag: string): Found<T> | undefined {
	return value === undefined ? undefined : { value, from: flag };
}

/**
 * Refuses a Cloudflare target, whatever the flags say.
 * @throws UNSUPPORTED_TARGET naming the file and line that decides.
 */
export function refuseCloudflare(target: Found<Target> | Undecided<Target>): void {
	if (isUndecided(target) || target.value !== 'cloudflare') return;
	throw new FlueError(
		'UNSUPPORTED_TARGET',
		`The project builds for Cloudflare (${target.from}), which refuses db.ts.`,
		{
			hint: 'Cloudflare agents already keep their state in Durable Object SQLite: nothing needs to be added.',
		},
	);
}

function alignAnswer({ 'align-runtime': answer }: Answers): boolean | null {
	return typeof answer === 'boolean' ? answer : null;
}

/** Flags, facts and answers together. Nothing is open afterwards. */
export function makeChoices(
	known: {
		blueprint: Blueprint;
		facts: Facts;
		options: AddOptions;
		draft: EntryDraft;
		copy: Choices['copy'];
		/** What becomes of the adapter where no flag says it. */
		adapter?: Choices['adapter'];
	},
	answers: Answers,
): Choices {
	const { facts, options, draft } = known;
	const target = settle<Target>(
		facts.target,
		isUndecided(facts.target) ? flagged(options.target, '--target') : undefined,
		answers.target,
	);
	refuseCloudflare(target);
	return {
		blueprint: known.blueprint,
		target,
		packageManager: settle<PackageManager>(
			facts.packageManager,
			flagged(options.packageManager, '--package-manager'),
			answers['package-manager'],
		),
		entry: options.entry ?? (answers.entry === true ? facts.dbEntry.value.path : undefined),
		replaceDb: options.replace || answers.replace === true,
		reconnect:
			options.reconnect ?? (draft.state === 'same' ? draft.reconnects : answers.reconnect === true),
		alignRuntime: options.alignRuntime ?? alignAnswer(answers),
		adapter: options.adapter ?? known.adapter,
		copy: known.copy,
	};
}
