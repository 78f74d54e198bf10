// The values of one record as they are put together: with a sign between two only where it is needed. Pure.
import { NEXT } from './template.ts';
import { momentOf, OTHER, shortFrom, textFrom } from './values.ts';

/** The values of a record as far as they are written, and the id that numbers may still be told with. */
export interface Line {
	out: string;
	/** Whether the last value does not show by itself where it ends. */
	isOpen: boolean;
	id: { readonly text: string; readonly before: string; readonly value: string } | undefined;
	numbers: string;
	points: string;
}

/** Adds a value. */
export function add(line: Line, text: string, isOpen: boolean): void {
	line.out += line.isOpen ? NEXT + text : text;
	line.isOpen = isOpen;
}

/** Adds a number that is told with the id. */
export function attach(line: Line, number: string): void {
	line.points += '.';
	if (number === '') return;
	line.numbers += line.points + number;
	line.points = '';
}

/** Writes the id that is held back, with its numbers. */
export function put(line: Line): void {
	const { id, numbers } = line;
	if (id === undefined) return;
	const later = momentOf(id.value) - momentOf(id.before);
	const short = numbers === '' ? shortFrom(later) : undefined;
	add(line, id.text + (short ?? OTHER + textFrom(later) + numbers), short === undefined);
	line.id = undefined;
	line.numbers = '';
	line.points = '';
}
