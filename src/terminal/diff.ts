// Write steps -> diffs. Lines that may hold a secret never leave this file. Pure.
import type { WriteStep } from '../model.ts';

/**
 * An address up to the `@` before its host. A password may hold `@`, and a quote when the text goes on behind it. Every
 * repetition begins at one place only, so that a long text without an address takes no time.
 */
const ADDRESS =
	/(?<![a-z0-9+.-])([a-z0-9+.-]+:\/\/[^\s:/'"`]*):(?:[^\s:'"`]|:(?!\/\/)|['"`](?![\s,;)\]}]|$))*@/gi;

/** Takes the password out of every address in a text: `redis://user:***@host`. */
export function redact(text: string): string {
	return text.replace(ADDRESS, '$1:***@');
}

function linesOf(text: string): string[] {
	return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** The lines that `after` has and `before` has not, each as `+line`. */
async function addedLines(before: string, after: string): Promise<string> {
	const { diffArrays } = await import('diff');
	return diffArrays(linesOf(before), linesOf(after))
		.filter(({ added }) => added)
		.flatMap(({ value }) => value)
		.map((line) => `+${line}\n`)
		.join('');
}

/** A unified diff of a step; for a file that may hold secrets, the added lines and nothing of the rest. */
export async function diffOf(step: WriteStep): Promise<string> {
	if (step.confidential) return redact(await addedLines(step.before ?? '', step.after));
	const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
	const from = step.before === null ? '/dev/null' : `a/${step.path}`;
	const patch = createTwoFilesPatch(from, `b/${step.path}`, step.before ?? '', step.after, '', '', {
		context: 2,
		headerOptions: FILE_HEADERS_ONLY,
	});
	return redact(patch);
}
