// Programs: which fields of a record change, and how each is written. Pure.

/**
 * How a field that changed is written: `u` an id with a ULID, `T` a moment and `P` a number that are told with
 * the id before them, `t` a moment, `+` a number, `e` the end of a text, `s` a text, `j` anything, as JSON.
 */
export type Operation = 'u' | 'T' | 'P' | 't' | '+' | 'e' | 's' | 'j';

/** Which field changes, and how. */
export interface Step {
	readonly operation: Operation;
	readonly field: number;
}

/** A list of steps in the order of the fields, and its text. */
export interface Program {
	readonly text: string;
	readonly steps: readonly Step[];
}

/** Code of the character that stands for the first field. */
export const FIRST_FIELD = 48;

/** A program of some steps: two characters each. */
export function programOf(steps: readonly Step[]): Program {
	const text = steps.map(
		({ operation, field }) => operation + String.fromCharCode(FIRST_FIELD + field),
	);
	return { text: text.join(''), steps };
}

/** Reads a program; nothing when a field is named that there is not. */
export function readProgram(text: string, fields: number): Program | undefined {
	const steps: Step[] = [];
	for (let index = 0; index < text.length; index += 2) {
		const operation = text[index] as Operation;
		const field = text.charCodeAt(index + 1) - FIRST_FIELD;
		if (!'uTPt+esj'.includes(operation) || !(field >= 0 && field < fields)) return undefined;
		steps.push({ operation, field });
	}
	return { text, steps };
}
