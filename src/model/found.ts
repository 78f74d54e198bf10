// What a fact rests on, and what is said beside it. Types only, as all of `model/`.
import type { WarningCode } from './warning-code.ts';

/** A fact and what it rests on, so that a report can say "pnpm, because of pnpm-lock.yaml". */
export interface Found<T> {
	value: T;
	from: string;
}

/** A fact that the files leave open. `options` are the candidates, each with its own evidence. */
export interface Undecided<T> {
	options: Found<T>[];
	from: string;
}

export interface Warning {
	code: WarningCode;
	message: string;
}

/** What a detector returns: the fact, and what the user should know beside it. */
export interface Detection<T> {
	fact: T;
	warnings: Warning[];
}

/** A text file as read: `path` relative to the project root, with `/`; `text` with BOM and line ends untouched. */
export interface TextFile {
	path: string;
	text: string;
}
