// Write steps -> diffs. Lines that may hold a secret never leave this file. Pure.
import type { diffChars } from 'diff';
import type { WriteStep } from '../model/plan.ts';

/**
 * An address up to the `@` before its host. A password may hold `@`, and a quote when the text goes on behind it. Every
 * repetition begins at one place only, so that a long text without an address takes no time.
 */
const ADDRESS =
	/(?<![a-z0-9+.-])([a-z0-9+.-]+:\/\/)([^\s:/'"`]*):(?:[^\s:'"`]|:(?!\/\/)|['"`](?![\s,;)\]}]|$))*@/gi;

/** On the web and for git the user may be a token, with or without a password: `https://token:x-oauth-basic@host`. */
const WEB = /(?:https?|git):\/\/$/i;
const WEB_USER = /(?<![a-z0-9+.-])([a-z0-9+.-]*(?:https?|git):\/\/)[^\s:/?#@'"`]+@/gi;
/** A token in the place of the user; the `git` of `git+ssh://git@host` is none. */
const TOKEN = /(?<![a-z0-9+.-])([a-z0-9+.-]+:\/\/)[^\s:/@'"`]{8,}@/gi;
/** `?token=…`, `&api_key=…` */
const PARAMETER = /([?&][\w-]*(?:token|key|secret|password|auth|signature)[\w-]*=)[^&\s'"`]+/gi;
/** `//registry.example/:_authToken=…`, as npm writes its settings */
const SETTING = /(:_(?:authToken|auth|password)\s*=\s*)[^\s'"`]+/gi;

/** Takes passwords and tokens out of every address in a text: `redis://user:***@host`, `https://***@host`. */
export function redact(text: string): string {
	// Each of the patterns has one of these; most lines have none.
	if (!/:\/\/|:_|[?&]/.test(text)) return text;
	return text
		.replace(ADDRESS, (_, scheme: string, user: string) =>
			WEB.test(scheme) ? `${scheme}***@` : `${scheme}${user}:***@`,
		)
		.replace(WEB_USER, '$1***@')
		.replace(TOKEN, '$1***@')
		.replace(PARAMETER, '$1***')
		.replace(SETTING, '$1***');
}

function linesOf(text: string): string[] {
	return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** Whether one can come from the other by putting something in. */
function isWithin(line: string, longer: string): boolean {
	let at = 0;
	for (let place = 0; place < longer.length && at < line.length; place++)
		if (line[at] === longer[place]) at++;
	return at === line.length;
}

/** The line that was there before something was put into it; a line without a word holds nothing to hide. */
function originOf(line: string, removed: string[]): string {
	const origins = removed.filter((old) => /\w{3}/.test(old) && isWithin(old, line));
	return origins.sort((one, other) => other.length - one.length)[0] ?? '';
}

/** What is new in a line, between what was there before. */
function newParts(origin: string, line: string, diff: typeof diffChars): string {
	let start = 0;
	while (start < origin.length && origin[start] === line[start]) start++;
	// One piece at one place is what is usual, and a comparison of characters may shift its borders.
	if (line.endsWith(origin.slice(start))) {
		const end = line.length - (origin.length - start);
		const tail = end < line.length ? ' …' : '';
		return `${start > 0 ? '… ' : ''}${line.slice(start, end)}${tail}`;
	}
	const parts = diff(origin, line).map(({ added, value }) => (added ? value : ' … '));
	return parts.join('').trim();
}

/** What `after` has and `before` has not, each as `+line`; of a line that was there and changed, only what is new in it. */
async function additions(before: string, after: string): Promise<string> {
	const { diffArrays, diffChars } = await import('diff');
	const parts = diffArrays(linesOf(before), linesOf(after));
	const removed = parts.flatMap((part) => (part.removed ? part.value : []));
	return parts
		.filter(({ added }) => added)
		.flatMap(({ value }) => value)
		.map((line) => `+${newParts(originOf(line, removed), line, diffChars)}\n`)
		.join('');
}

/** A file in one line, such as a package.json without line ends: whatever changes in it, a diff would repeat all of it. */
function isOneLine({ before }: WriteStep): boolean {
	return before !== null && before.length > 100 && linesOf(before).length === 1;
}

/** The diff of a step, as far as it may be shown: unified, added lines only, or empty. */
export async function diffOf(step: WriteStep): Promise<string> {
	if (step.shown === 'nothing') return '';
	if (step.shown === 'additions' || isOneLine(step))
		return redact(await additions(step.before ?? '', step.after));
	const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
	const from = step.before === null ? '/dev/null' : `a/${step.path}`;
	const patch = createTwoFilesPatch(from, `b/${step.path}`, step.before ?? '', step.after, '', '', {
		// Lines around a change are no part of it, and in a package.json may hold a token.
		context: 0,
		headerOptions: FILE_HEADERS_ONLY,
	});
	return redact(patch);
}
