// Write steps -> diffs. Lines that may hold a secret never leave this file. Pure.
import type { WriteStep } from '../model.ts';

/**
 * An address up to the `@` before its host. A password may hold `@`, and a quote when the text goes on behind it. Every
 * repetition begins at one place only, so that a long text without an address takes no time.
 */
const ADDRESS =
	/(?<![a-z0-9+.-])([a-z0-9+.-]+:\/\/[^\s:/'"`]*):(?:[^\s:'"`]|:(?!\/\/)|['"`](?![\s,;)\]}]|$))*@/gi;

/** A token in the place of the user: `https://token@host`. */
const TOKEN = /(?<![a-z0-9+.-])([a-z0-9+.-]+:\/\/)[^\s:/@'"`]{8,}@/gi;
/** `?token=…`, `&api_key=…` */
const PARAMETER = /([?&][\w-]*(?:token|key|secret|password|auth|signature)[\w-]*=)[^&\s'"`]+/gi;

/** Takes passwords and tokens out of every address in a text: `redis://user:***@host`. */
export function redact(text: string): string {
	return text.replace(ADDRESS, '$1:***@').replace(TOKEN, '$1***@').replace(PARAMETER, '$1***');
}

function linesOf(text: string): string[] {
	return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** The part of a line that a change put in, between what was there before. */
function insertedPart(before: string, after: string): string {
	let start = 0;
	while (start < before.length && before[start] === after[start]) start++;
	let end = 0;
	while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
	return `${start > 0 ? '… ' : ''}${after.slice(start, after.length - end)}${end > 0 ? ' …' : ''}`;
}

/** What `after` has and `before` has not, each as `+line`; of a line that was there and changed, only what is new in it. */
async function additions(before: string, after: string): Promise<string> {
	const { diffArrays } = await import('diff');
	const parts = diffArrays(linesOf(before), linesOf(after));
	const lines = parts.flatMap(({ added, value }, index) => {
		if (!added) return [];
		const previous = parts[index - 1];
		const replaced =
			previous?.removed && previous.value.length === value.length ? previous.value : [];
		return value.map((line, place) => {
			const old = replaced[place];
			return old === undefined ? line : insertedPart(old, line);
		});
	});
	return lines.map((line) => `+${line}\n`).join('');
}

/** The diff of a step, as far as it may be shown: unified, added lines only, or empty. */
export async function diffOf(step: WriteStep): Promise<string> {
	if (step.shown === 'nothing') return '';
	if (step.shown === 'additions') return redact(await additions(step.before ?? '', step.after));
	const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
	const from = step.before === null ? '/dev/null' : `a/${step.path}`;
	const patch = createTwoFilesPatch(from, `b/${step.path}`, step.before ?? '', step.after, '', '', {
		// Lines around a change are no part of it, and in a package.json may hold a token.
		context: 0,
		headerOptions: FILE_HEADERS_ONLY,
	});
	return redact(patch);
}
