// How an env file is written: what a new key, its comment and its heading look like there. Pure.
import type { EnvLine } from '../dialects/env-lines.ts';

export interface EnvKeyText {
	variable: string;
	/** A short description without `#`. */
	comment: string;
	/** Write the key behind `#`, as the file does with all of its keys. */
	commentedOut: boolean;
}

const isComment = ({ kind }: EnvLine): boolean => kind === 'comment';
const isKey = ({ kind }: EnvLine): boolean => kind === 'key' || kind === 'commented-key';

function isMost(part: unknown[], whole: unknown[]): boolean {
	return part.length * 2 > whole.length;
}

/** The keys that show the manner: the active ones, or for want of them the commented ones without their `#`. */
function models(lines: EnvLine[]): EnvLine[] {
	const active = lines.filter(({ kind }) => kind === 'key');
	if (active.length > 0) return active;
	return lines
		.filter(({ kind }) => kind === 'commented-key')
		.map((line) => ({ ...line, text: line.text.replace(/^[ \t]*#+[ \t]*/, '') }));
}

function quotesOf(value: string): string {
	const quote = /^(["'])/.exec(value)?.[1] ?? '';
	return quote + quote;
}

/** A plain word, in quotes or not: bare numbers and flags say nothing of a file's quotes, and what holds a space or a line end needs them. */
const WORD =
	/^(?!(\d+(\.\d+)?|true|false)([ \t]|$))("[^\s"#$]+"|'[^\s'#]+'|[^\s"'#]+)([ \t]+#.*)?$/;

/** The empty value as other empty values are written, else in the quotes of most words. */
function emptyValue(keys: EnvLine[]): string {
	const values = keys.map(({ value }) => value);
	const empties = values.filter((value) => /^(""|''|)([ \t]*#.*)?$/.test(value));
	const words = values.filter((value) => WORD.test(value));
	const shown = (empties.length > 0 ? empties : words).map(quotesOf);
	const quoted = [`""`, `''`].find((form) =>
		isMost(
			shown.filter((one) => one === form),
			shown,
		),
	);
	return quoted ?? '';
}

/** `KEY=`, `export KEY=""` or `KEY = ''`, as most keys of the file are written. */
function assignment(lines: EnvLine[], variable: string): string {
	const keys = models(lines);
	const isExported = keys.length > 0 && keys.every(({ text }) => /^[ \t]*export\s/.test(text));
	const isSpaced = isMost(
		keys.filter(({ text }) => /^[^=]*[ \t]=/.test(text)),
		keys,
	);
	// Node 22.23 does not recognise `export` before an empty unquoted value, and after `= ` it takes the next line for it.
	const value = emptyValue(keys) || (isExported ? `""` : '');
	const equals = isSpaced ? ` =${value && ' '}` : '=';
	return `${isExported ? 'export ' : ''}${variable}${equals}${value}`;
}

function commentMark(lines: EnvLine[]): string {
	const comments = lines.filter(({ kind, text }) => kind === 'comment' && text.trim() !== '#');
	return isMost(
		comments.filter(({ text }) => /^\s*#[^\s#]/.test(text)),
		comments,
	)
		? '#'
		: '# ';
}

function commentedKeyMark(lines: EnvLine[]): string {
	const keys = lines.filter(({ kind }) => kind === 'commented-key');
	return isMost(
		keys.filter(({ text }) => /^\s*#\S/.test(text)),
		keys,
	)
		? '#'
		: '# ';
}

/** The comment lines directly above a line, nearest first. */
function commentsAbove(lines: EnvLine[], index: number): EnvLine[] {
	const above = lines[index - 1];
	return above?.kind === 'comment' ? [above, ...commentsAbove(lines, index - 1)] : [];
}

const DECORATOR = /^\s*#\s*@[a-z]/i;

/** Whether most keys have a comment of their own above, and the line of varlock's `# @decorators` that one more needs; none where most have none. */
function commentHabit(lines: EnvLine[]): { isUsual: boolean; decorators: string[] } {
	const keys = lines.flatMap((line, index) => (isKey(line) ? [commentsAbove(lines, index)] : []));
	const decorated = keys.filter((above) => above.some(({ text }) => DECORATOR.test(text)));
	// Above a group of several keys that have none it is the heading of the group.
	const headed = groupsOf(lines).filter(
		(group) =>
			group.filter(isKey).length > 1 && group.findLastIndex(isComment) < group.findIndex(isKey),
	);
	const described = keys
		.filter((above) => above.some(({ text }) => !DECORATOR.test(text)))
		.filter(([nearest]) => !headed.some((group) => nearest && group.includes(nearest)));
	const typed = decorated.filter((above) => above.some(({ text }) => /@type=/.test(text)));
	const isSaid = (setting: string): boolean =>
		lines.some(({ kind, text }) => kind !== 'key' && text.includes(`@${setting}=true`));
	const words = [
		...(isMost(typed, decorated) ? ['@type=url'] : []),
		...(isSaid('defaultRequired') ? [] : ['@required']),
		...(isSaid('defaultSensitive') ? [] : ['@sensitive']),
	];
	const isDecorated = isMost(decorated, keys) && words.length > 0;
	return {
		isUsual: isMost(described, keys),
		decorators: isDecorated ? [`# ${words.join(' ')}`] : [],
	};
}

/** Runs of lines between blank lines that hold at least one key. */
export function groupsOf(lines: EnvLine[]): EnvLine[][] {
	const groups: EnvLine[][] = [[]];
	for (const line of lines) {
		if (line.kind === 'blank') groups.push([]);
		else groups.at(-1)?.push(line);
	}
	return groups.filter((group) => group.some(isKey));
}

const TITLED = /^(\s*#+[ \t]*[-=~*_#─━═▬]{2,}[ \t]*)([^-=~*_#─━═▬\s].*?)([ \t]*[-=~*_#─━═▬]*)$/;

/** `# ---- Database ----` with another title, as long as it was when it drew a line to the right. */
function retitled(line: string, title: string): string {
	return line.replace(TITLED, (_, left: string, old: string, right: string) => {
		const fill = right.trim();
		if (fill.length < 4) return left + title + right;
		const length = Math.max(3, fill.length + old.length - title.length);
		return `${left}${title} ${(fill[0] ?? '').repeat(length)}`;
	});
}

/** The heading of the last group that has one, with our title; none when most groups have none. */
function heading(lines: EnvLine[], title: string): string[] {
	const groups = groupsOf(lines);
	const ruled = groups.filter(([first]) => first?.kind === 'ruler');
	const model = ruled.at(-1);
	if (!model || ruled.length < 2 || !isMost(ruled, groups)) return [];
	const [first, second, third] = model.map(({ text }) => text);
	if (first !== undefined && TITLED.test(first)) return [retitled(first, title)];
	if (first === undefined || third === undefined || first !== third) return [];
	return second?.startsWith('#') ? [first, `# ${title}`, third] : [];
}

/** `REDIS_URL` -> `Redis`. */
function titleOf(variable: string): string {
	const word =
		variable.split('_').find((part) => /redis|valkey/i.test(part)) ?? variable.split('_')[0] ?? '';
	return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

/** The lines to add for a key, last the key itself. `opensGroup`: it stands alone, after a blank line. */
export function keyLines(lines: EnvLine[], key: EnvKeyText, opensGroup: boolean): string[] {
	const { isUsual, decorators } = commentHabit(lines);
	const groups = groupsOf(lines);
	const titles = opensGroup ? heading(lines, titleOf(key.variable)) : [];
	const introduced = groups.filter(([first]) => first && !isKey(first));
	const isIntroduced =
		opensGroup && titles.length + decorators.length === 0 && isMost(introduced, groups);
	const comments = isUsual || isIntroduced ? [commentMark(lines) + key.comment] : [];
	const behind = key.commentedOut ? commentedKeyMark(lines) : '';
	return [...titles, ...comments, ...decorators, behind + assignment(lines, key.variable)];
}
