// What the lines of a config module say of one variable: that it is a text, that it is asked for. Pure.

/** The styles in which a library checks the value: what is not said to be optional is there. */
const CHECKED = new Set(
	'arktype class-validator convict effect env-var envalid envsafe arkenv require-env-variable t3 typebox valibot znv zod'.split(
		' ',
	),
);

/** Whether the lines about a variable leave undefined out of its type, as far as the text tells. */
export function isSurelyText(
	dialect: string,
	text: string,
	{ variable, expression }: { variable: string; expression: string },
): boolean {
	// `redisUrl?: string`
	const key = /[\w$]+$/.exec(expression)?.[0];
	if (key && new RegExp(`\\b${key}\\?:`).test(text)) return false;
	const lines = text.split('\n').filter((line) => line.includes(variable));
	const about = lines.join('\n');
	if (CHECKED.has(dialect)) return !/optional|nullish|nullable|undefined/i.test(about);
	return /\?\?|\|\||!\s*[,;)]|\bas string\b|\b(require|required|must|assert)\w*\(/i.test(about);
}

/** Whether the text asks for the variable: `required('REDIS_URL')`, `if (!redisUrl) throw …`, `const REQUIRED = ['REDIS_URL']`. */
export function isDemanded(text: string, variable: string): boolean {
	const lines = text.split('\n').filter((line) => line.includes(variable));
	const listed = String.raw`\b\w*(?:required|mandatory|needed)\w*\b[^=\n]*=[^=>\[]{0,20}\[[^\]]*['"]${variable}['"]`;
	return (
		/\b(?:require|required|must(?!\w*(?:hide|mask|redact))|mandatory)\w*(?:<[^>]*>)?\(|\bthrow\b|\bprocess\.exit\(/i.test(
			lines.join('\n'),
		) || new RegExp(listed, 'i').test(text)
	);
}
