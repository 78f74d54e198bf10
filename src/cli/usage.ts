// Everything that is wrong with the words behind a command, at once: each option, value and word that it does not take. Pure.
import { BLUEPRINTS, checkKind, findBlueprint } from '../blueprints/index.ts';
import { FlueError } from '../errors.ts';
import { Refusals } from '../refusals.ts';
import { nearest } from '../text/nearest.ts';
import { nameOf } from './fields.ts';
import { refuseValues, type Values } from './option-values.ts';
import type { CommandRow, OptionRow } from './rows.ts';

/** What was said behind a command, as far as it is understood. */
interface Said {
	/** By the name of the program's value. */
	values: Record<string, string | boolean>;
	/** Options that were said, in their order. */
	rows: OptionRow[];
	places: string[];
}

function flagsOf({ flags }: OptionRow): string[] {
	return flags.match(/(?<![\w-])--?[a-z][a-z-]*/gi) ?? [];
}

function longFlag(row: OptionRow): string {
	return flagsOf(row).at(-1) ?? '';
}

function takesValue({ flags }: OptionRow): boolean {
	return flags.includes('<');
}

function meant(guess: string | null | undefined): string {
	return guess ? ` (Did you mean ${guess}?)` : '';
}

function isBlueprintWord(word: string): boolean {
	return BLUEPRINTS.some(({ kind, name }) => word === kind || word === name);
}

/** Reads the words behind one command, and keeps what it cannot take. */
class Reading {
	readonly said: Said = { values: {}, rows: [], places: [] };
	readonly #command: CommandRow;
	readonly #refusals: Refusals;
	/** Of the places, those right behind an option that nobody knows: each may be its value. */
	readonly #doubtful: number[] = [];

	constructor(command: CommandRow, refusals: Refusals) {
		this.#command = command;
		this.#refusals = refusals;
	}

	refuse(message: string, flag?: string): void {
		const hint = `\`flue ${this.#command.name} --help\` shows every option.`;
		const more = flag === undefined ? {} : { flag };
		this.#refusals.keep(new FlueError('BAD_USAGE', message, { hint, ...more }));
	}

	/** Refuses an option that nobody knows, and says whether the next word is likely to be its value. */
	#refuseUnknown(word: string, next: string | undefined): boolean {
		const [flag = word, value] = word.split('=', 2);
		const known = this.#command.options.map(longFlag);
		const guess = flag.startsWith('--') ? nearest(flag, known) : null;
		this.refuse(`There is no option ${flag} of \`flue ${this.#command.name}\`${meant(guess)}.`);
		if (value !== undefined || next === undefined || next.startsWith('-')) return false;
		const row = this.#command.options.find((one) => longFlag(one) === guess);
		const isValue = row
			? takesValue(row)
			: placesOf(this.#command).length > 1 && !isBlueprintWord(next);
		if (!isValue) this.#doubtful.push(this.said.places.length);
		return isValue;
	}

	#take(row: OptionRow, value: string | undefined): void {
		const flag = longFlag(row);
		const { values, rows } = this.said;
		rows.push(row);
		if (!takesValue(row)) {
			if (value !== undefined) this.refuse(`${flag} takes no value.`, flag);
			values[nameOf(flag)] = !flag.startsWith('--no-');
		} else if (value === undefined) {
			this.refuse(`${flag} needs a value: ${row.flags}.`, flag);
		} else if (row.choices && !row.choices.includes(value)) {
			const guess = meant(nearest(value, row.choices));
			const said = `${flag} ${JSON.stringify(value)}`;
			const [only, ...more] = row.choices;
			const choices = more.length === 0 ? `is not ${only}` : `is none of ${row.choices.join(', ')}`;
			this.refuse(`${said} ${choices}${guess}.`, flag);
		} else values[nameOf(flag)] = value;
	}

	/** Takes the words in their order, as the parser does; of too many, none is kept that may be the value of an option. */
	read(words: readonly string[]): void {
		this.#readAll(words);
		const { places } = this.said;
		const most = placesOf(this.#command).length;
		for (const index of this.#doubtful.reverse()) if (places.length > most) places.splice(index, 1);
	}

	#readAll(words: readonly string[]): void {
		const rest = [...words];
		for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
			if (word === '--') {
				this.said.places.push(...rest.splice(0));
				return;
			}
			const [, flag = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
			const row = this.#command.options.find((one) => flagsOf(one).includes(flag));
			if (row) this.#take(row, value ?? (takesValue(row) ? rest.shift() : undefined));
			else if (!/^-./.test(word)) this.said.places.push(word);
			else if (this.#refuseUnknown(word, rest[0])) rest.shift();
		}
	}
}

/** How many words may stand behind a command. */
function placesOf({ file, isAboutAll }: CommandRow): string[] {
	if (file !== undefined) return ['a file'];
	return isAboutAll ? [] : ['a kind', 'a name'];
}

function checkPlaces(
	command: CommandRow,
	{ said, refuse }: { said: Said; refuse(text: string): void },
): void {
	const places = placesOf(command);
	for (const word of said.places.slice(places.length)) {
		const takes = places.length === 0 ? 'takes none' : `takes ${places.join(' and ')}`;
		const guess = meant(command.options.map(longFlag).find((flag) => flag === `--${word}`));
		refuse(
			`The word ${JSON.stringify(word)} is one too many: \`flue ${command.name}\` ${takes}${guess}.`,
		);
	}
	const isGiven = said.places.length > 0 || typeof said.values.input === 'string';
	if (command.file !== undefined && !isGiven)
		refuse(`\`flue ${command.name}\` needs a word behind it: ${command.file}.`);
}

/** Options that may not be said together: each pair once. */
function checkConflicts({ rows }: Said, refuse: (text: string) => void): void {
	const names = rows.map((row) => nameOf(longFlag(row)));
	const told = new Set<string>();
	for (const row of new Set(rows)) {
		const own = nameOf(longFlag(row));
		for (const other of [row.conflicts ?? []].flat()) {
			const pair = [own, other].sort().join();
			if (!names.includes(other) || told.has(pair)) continue;
			told.add(pair);
			const flag = rows.map(longFlag).find((one) => nameOf(one) === other);
			refuse(`${longFlag(row)} and ${flag} cannot be said together.`);
		}
	}
}

/**
 * Looks through the words behind a command.
 * @param parsed the values that the program will use, where the parser had nothing against the words: these are checked then
 * @throws BAD_USAGE: the first that it does not take, telling all of them
 */
export function checkUsage(
	command: CommandRow,
	words: readonly string[],
	parsed: Values | null,
): void {
	const refusals = new Refusals();
	const reading = new Reading(command, refusals);
	const refuse = (text: string): void => reading.refuse(text);
	reading.read(words);
	const { said } = reading;
	checkPlaces(command, { said, refuse });
	checkConflicts(said, refuse);
	refuseValues(parsed ?? (said.values as Values), command.name, refusals);
	const [kind, name] = placesOf(command).length === 2 ? said.places : [];
	// Alone it is told when it is looked for.
	if (kind !== undefined && !refusals.isEmpty)
		refusals.attempt(() => {
			const verb = (['verify', 'remove', 'update'] as const).find((one) => one === command.name);
			if (name === undefined) checkKind(kind, verb);
			else findBlueprint(kind, name, verb);
		});
	refusals.end();
}
