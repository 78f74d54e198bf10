// A document -> the command line that says the same, or what of it does not fit, each with its place. Pure.
import { BLUEPRINTS } from '../blueprints/index.ts';
import { FlueError } from '../errors.ts';
import { Refusals } from '../refusals.ts';
import { faultIn, objectOf, parseJson } from '../text/jsonc.ts';
import { nearest } from '../text/nearest.ts';
import { type Field, fieldsOf, wordsOf } from './fields.ts';
import { COMMANDS } from './options.ts';
import type { CommandRow } from './rows.ts';

const HINT = '`flue schema` prints what a document may hold.';

/** A JSON Pointer (RFC 6901). */
function pointerTo(name: string): string {
	return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** No value is repeated: it may be a secret. */
function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function unfit(place: string, expected: string, value: unknown, hint = HINT): FlueError {
	const found = value === undefined ? '' : `, and found ${kindOf(value)}`;
	return new FlueError('BAD_INPUT', `The input at ${place}: expected ${expected}${found}.`, {
		hint,
	});
}

function oneOf(choices: readonly string[]): string {
	return choices.map((choice) => JSON.stringify(choice)).join(' or ');
}

/** The places behind a command, and the command itself, as fields. */
function placesOf({ name, isAboutAll, file }: CommandRow): Field[] {
	const place = (field: string, choices?: readonly string[]): Field => ({
		...{ name: field, meaning: '', switched: null, flag: '' },
		...(choices ? { choices } : {}),
	});
	if (file !== undefined) return [place('command', [name]), place('file')];
	const blueprint = isAboutAll
		? []
		: [
				place('kind', [...new Set(BLUEPRINTS.map(({ kind }) => kind))]),
				place(
					'name',
					BLUEPRINTS.map((one) => one.name),
				),
			];
	return [place('command', [name]), ...blueprint];
}

function checkField({ name, switched, choices, pattern, rule }: Field, value: unknown): void {
	const place = pointerTo(name);
	if (switched) {
		if (typeof value !== 'boolean') throw unfit(place, 'true or false', value);
		return;
	}
	if (typeof value !== 'string') {
		throw unfit(place, choices ? oneOf(choices) : 'a string', value);
	}
	if (choices && !choices.includes(value)) throw unfit(place, oneOf(choices), undefined);
	if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
		throw new FlueError('BAD_INPUT', `The input at ${place} ${rule}.`, { hint: HINT });
}

function unknownField(name: string, known: readonly Field[]): FlueError {
	const names = known.map((one) => one.name);
	const guess = nearest(name, names);
	const hint = guess === null ? HINT : `Did you mean ${JSON.stringify(guess)}? ${HINT}`;
	return unfit(pointerTo(name), 'no such field', undefined, hint);
}

/** What a document says, as words of the command line. */
interface Said {
	kind: string | undefined;
	name: string | undefined;
	file: string | undefined;
	options: string[];
}

/**
 * The values of a document, as the words of the command line that say the same.
 * @throws BAD_INPUT: the first that does not fit, telling all of them
 */
export function wordsOfFields(row: CommandRow, values: Record<string, unknown>): Said {
	const places = placesOf(row);
	const options = fieldsOf(row.options);
	const known = [...places, ...options];
	const refusals = new Refusals();
	for (const [name, value] of Object.entries(values)) {
		const field = known.find((one) => one.name === name);
		refusals.attempt(() => {
			if (!field) throw unknownField(name, known);
			checkField(field, value);
		});
	}
	const has = (name: string) => Object.hasOwn(values, name);
	if (!has('command')) refusals.keep(unfit('/command', JSON.stringify(row.name), undefined));
	if (has('name') && !has('kind'))
		refusals.keep(unfit('/kind', 'the kind of the blueprint, beside its name', undefined));
	refusals.end();
	const said = (name: string) => (has(name) ? String(values[name]) : undefined);
	const filled = options.filter(({ name }) => has(name));
	return {
		kind: said('kind'),
		name: said('name'),
		file: said('file'),
		options: filled.flatMap((field) => wordsOf(field, values[field.name] as string | boolean)),
	};
}

function wordsOfDocument(row: CommandRow, text: string): Said {
	const value = parseJson(text);
	if (value === undefined)
		throw new FlueError('BAD_INPUT', `The input is not JSON: see ${faultIn(text)}.`, {
			hint: HINT,
		});
	const values = objectOf(value);
	if (!values) throw unfit('its root', 'an object', value);
	return wordsOfFields(row, values);
}

/** Whether a word is a command that takes a document. */
export function takesDocument(word: string | undefined): boolean {
	const row = COMMANDS.find(({ name }) => name === word);
	return row?.options.some(({ flags }) => flags.startsWith('--input')) ?? false;
}

/** Whether a document asks for an answer in JSON, also where it does not fit otherwise. */
export function asksForJson(text: string): boolean {
	return objectOf(parseJson(text))?.json === true;
}

/** The words without `--input` and its value. */
function withoutInput(words: readonly string[]): string[] {
	return words.filter(
		(word, index) => !/^--input(=|$)/.test(word) && words[index - 1] !== '--input',
	);
}

/**
 * The command line that says what a document and the command line say together: what was typed goes before the document.
 * @param text of the document; it may hold secrets, and no error repeats a value
 * @throws BAD_INPUT
 */
export function withDocument(
	args: readonly string[],
	typed: { kind?: string | undefined; name?: string | undefined; file?: string; options?: object },
	text: string,
): string[] {
	const [command = '', ...rest] = withoutInput(args);
	const row = COMMANDS.find(({ name }) => name === command);
	if (!row) throw new FlueError('INTERNAL', 'A document was given to no command.');
	const said = wordsOfDocument(row, text);
	const kind = typed.kind === undefined ? said.kind : undefined;
	const name = typed.name === undefined ? said.name : undefined;
	const file = typed.file ? undefined : said.file;
	const places = [kind, name, file].filter((place) => place !== undefined);
	// A path may begin as an option does.
	const end = file?.startsWith('-') ? ['--'] : [];
	return [command, ...said.options, ...rest, ...end, ...places];
}
