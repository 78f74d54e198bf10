// What one source of evidence says about the project's style. Pure.

/** Absent means that the source does not say. */
export interface StyleClaim {
	/** File name or files, for the report. */
	from: string;
	tabs?: boolean | undefined;
	/** Spaces of one level when `tabs` is false. */
	width?: number | undefined;
	quote?: "'" | '"' | undefined;
	semicolons?: boolean | undefined;
	lineEnding?: '\n' | '\r\n' | undefined;
	/** Columns of a line. */
	lineWidth?: number | undefined;
	trailingCommas?: 'all' | 'es5' | 'none' | undefined;
	/** Blanks inside braces on one line. */
	spaced?: boolean | undefined;
	/** Parentheses around one plain parameter. */
	parentheses?: boolean | undefined;
	/** Braces around every body of `if` and `for`; never false, since no tool takes them away. */
	blocks?: true | undefined;
	/** The members of an object in order of their names. */
	sorted?: true | undefined;
	/** A blank line between the imports of packages and those of own files. */
	separated?: true | undefined;
	/** The comment that lets `process.env` pass a linter that forbids it. */
	silence?: string | undefined;
}

export interface FormatterStyle {
	explicit: StyleClaim;
	/** What the formatter does where its config is silent. */
	defaults: StyleClaim;
	/** False when a part of the config is elsewhere and unknown: then the project's files know better than defaults. */
	isComplete: boolean;
	readsEditorconfig: boolean;
}

/** The meaning of a word in a config; undefined for a word that has none. */
export function meaning<T>(word: unknown, meanings: Record<string, T>): T | undefined {
	return typeof word === 'string' && Object.hasOwn(meanings, word) ? meanings[word] : undefined;
}

/** Line ends by the names that all these tools use; another name, such as `auto`, says nothing. */
export const LINE_ENDINGS = { lf: '\n', crlf: '\r\n' } as const;

export const QUOTES = { single: "'", double: '"' } as const;

/** A number of columns or spaces; undefined for anything else. */
export function count(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

/** A yes or no; undefined for anything else. */
export function flag(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}

export const COMMAS = { all: 'all', es5: 'es5', none: 'none' } as const;

/** By the words of Prettier and oxfmt (`avoid`, `always`) and of Biome (`asNeeded`, `always`). */
export const PARENTHESES = { always: true, avoid: false, asNeeded: false } as const;
