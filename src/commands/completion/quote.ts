// Text as one word of a shell, in single quotes. Pure.

/** For bash and zsh. */
export function quote(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

/** For fish, where a backslash escapes inside of single quotes too. */
export function quoteForFish(text: string): string {
	return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
