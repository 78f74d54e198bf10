// What one source of evidence says about the project's style. Types only.

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
}

export interface FormatterStyle {
	explicit: StyleClaim;
	/** What the formatter does where its config is silent. */
	defaults: StyleClaim;
	/** False when a part of the config is elsewhere and unknown: then the project's files know better than defaults. */
	isComplete: boolean;
	readsEditorconfig: boolean;
}
