// A section of AGENTS.md between two marks: put in, written anew and taken out, and not a byte of the rest changes. Pure.
import { FlueError } from '../errors.ts';
import type { TextFile } from '../model/found.ts';
import type { Plan } from '../model/plan.ts';

const BEGIN =
	'<!-- flue-blueprints:begin (written by this command; what stands up to the end mark is written anew) -->';
const END = '<!-- flue-blueprints:end -->';
/** A mark stands alone in its line; what stands behind its word may change. */
const MARK = /(?<=^\uFEFF?)<!-- flue-blueprints:(begin|end)\b[^\r\n]*?-->(?=[ \t]*\r?$)/gm;

/** A line that may begin or end a block of code. */
const FENCE = /(?<=^\uFEFF?) {0,3}(`{3,}|~{3,})([^\r\n]*)/gm;

/** Whether a place lies in one of the blocks of code; one that is never closed is none. */
function codeOf(text: string): (place: number) => boolean {
	const blocks: { start: number; end: number }[] = [];
	let open: { fence: string; start: number } | null = null;
	for (const { index, 1: fence = '', 2: rest = '' } of text.matchAll(FENCE)) {
		if (open === null) {
			// A backtick behind backticks makes them a word of code.
			if (!(fence.startsWith('`') && rest.includes('`'))) open = { fence, start: index };
		} else if (fence.startsWith(open.fence) && rest.trim() === '') {
			blocks.push({ start: open.start, end: index });
			open = null;
		}
	}
	return (place) => blocks.some(({ start, end }) => start < place && place < end);
}

/** Where the section stands: offsets of the first and behind the last character of its marks. */
type Section =
	| { kind: 'none' }
	| { kind: 'whole'; start: number; end: number }
	| { kind: 'damaged'; reason: string };

/** Looks for the section of a text. */
function findSection(text: string): Section {
	const isCode = codeOf(text);
	const marks = [...text.matchAll(MARK)].filter(({ index }) => !isCode(index));
	if (marks.length === 0) return { kind: 'none' };
	const [first, last] = marks;
	const count = (word: string): number => marks.filter(([, one]) => one === word).length;
	if (count('begin') !== 1 || count('end') !== 1) {
		const reason = `it has ${count('begin')} begin marks and ${count('end')} end marks of flue-blueprints`;
		return { kind: 'damaged', reason };
	}
	if (!first || !last || first[1] === 'end')
		return {
			kind: 'damaged',
			reason: 'its end mark of flue-blueprints stands before the begin mark',
		};
	return { kind: 'whole', start: first.index, end: last.index + last[0].length };
}

/** The line end that a text uses. */
function lineEndOf(text: string, otherwise: string): string {
	return /\r?\n/.exec(text)?.[0] ?? otherwise;
}

/**
 * The text with the section, behind a blank line at its end, or in the place of an older one. A text that does not end
 * its last line still does not: so the removal knows. `text` null: there is no file.
 */
export function withSection(text: string | null, body: string, lineEnd: string): string {
	const found = findSection(text ?? '');
	const old = text !== null && found.kind === 'whole' ? text.slice(found.start, found.end) : '';
	const end = lineEndOf(old, lineEndOf(text ?? '', lineEnd));
	const section = `${BEGIN}\n\n${body.trim()}\n\n${END}`.replace(/\r?\n/g, end);
	if (text === null) return section + end;
	if (found.kind === 'whole') return text.slice(0, found.start) + section + text.slice(found.end);
	return text === '' || text.endsWith('\n')
		? text + end + section + end
		: text + end + end + section;
}

/** The text without the section, as it was before; null where nothing but the section was ever in the file. */
export function withoutSection(text: string): string | null {
	const found = findSection(text);
	if (found.kind !== 'whole') return text;
	const [before, after] = [text.slice(0, found.start), text.slice(found.end)];
	const end = lineEndOf(text.slice(found.start, found.end), '\n');
	if (before === '' && (after === '' || after === end)) return null;
	const cut = (one: string): string => (one.endsWith(end) ? one.slice(0, -end.length) : one);
	// Of what stands before it, the blank line alone is not the user's.
	const isBlank = before === end || cut(before).endsWith('\n');
	const kept = isBlank ? cut(before) : before;
	if (after === '') return isBlank ? cut(kept) : kept;
	return kept + (after.startsWith(end) ? after.slice(end.length) : after);
}

/** The first file that has the section, damaged or not; null when none has it. */
export function markedFile(files: readonly TextFile[]): string | null {
	return files.find(({ text }) => findSection(text).kind !== 'none')?.path ?? null;
}

/** The file that has the section, or is to have it: `AGENTS.md`, unless the project has a `CLAUDE.md` alone. */
function sectionFile(files: readonly TextFile[]): { path: string; text: string | null } {
	const marked = markedFile(files);
	const file = files.find(({ path }) => path === marked) ?? files[0];
	return file ?? { path: 'AGENTS.md', text: null };
}

function damaged(path: string, reason: string): string {
	return `${path} keeps its section for agents as it is: ${reason}.`;
}

/** Why the section cannot be put in; null where it can, and is found again. */
function obstacleIn(before: string, after: string): string | null {
	const found = findSection(before);
	if (found.kind === 'damaged') return found.reason;
	return findSection(after).kind === 'whole' ? null : 'a block of code in it is never closed';
}

/** What of a section is to be done, and what is to be said. */
export type SectionPlan = Pick<Plan, 'steps' | 'warnings'>;

/** A plan with what is done about the section; undefined: nothing. */
export function joinSection(plan: Plan, section: SectionPlan | undefined): Plan {
	if (!section) return plan;
	const steps = [...plan.steps, ...section.steps];
	return { ...plan, steps, warnings: [...plan.warnings, ...section.warnings] };
}

/**
 * Puts the section into the file, or writes it anew.
 * @param isAsked somebody has said `--agents-md`: what cannot be done is refused
 * @throws UNREADABLE_PROJECT for marks that are damaged
 */
export function planSection(
	files: readonly TextFile[],
	{ body, lineEnd, isAsked }: { body: string; lineEnd: string; isAsked: boolean },
): SectionPlan {
	const { path, text } = sectionFile(files);
	const after = withSection(text, body, lineEnd);
	const reason = obstacleIn(text ?? '', after);
	if (reason !== null) {
		if (!isAsked)
			return { steps: [], warnings: [{ code: 'KEPT', message: damaged(path, reason) }] };
		throw new FlueError(
			'UNREADABLE_PROJECT',
			`${path} cannot take the section for agents: ${reason}.`,
			{
				path,
				flag: '--agents-md',
				hint: `Leave one begin mark before one end mark in ${path}, or none of them, outside of blocks of code, and run this again.`,
			},
		);
	}
	const shown = text === null ? 'changes' : 'additions';
	return {
		steps: after === text ? [] : [{ kind: 'write', path, before: text, after, shown }],
		warnings: [],
	};
}

/** Takes the section out of every file that has it. */
export function planSectionRemoval(files: readonly TextFile[]): SectionPlan {
	const plan: SectionPlan = { steps: [], warnings: [] };
	for (const { path, text } of files) {
		const found = findSection(text);
		if (found.kind === 'damaged')
			plan.warnings.push({ code: 'KEPT', message: damaged(path, found.reason) });
		if (found.kind !== 'whole') continue;
		const after = withoutSection(text);
		plan.steps.push(
			after === null
				? { kind: 'remove', path, bytes: Buffer.from(text) }
				: { kind: 'write', path, before: text, after, shown: 'changes' },
		);
	}
	return plan;
}
