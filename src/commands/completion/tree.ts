// What can be typed after the program's name, as a tree: made from the commands as the parser knows them, and from the blueprints. Pure.
import { BLUEPRINTS } from '../../blueprints/index.ts';
import type { Described, DescribedProgram } from '../../model/request.ts';

/** A word that may be typed, and what may follow it. */
export interface Word {
	word: string;
	meaning: string;
	next: Word[];
}

export interface Value {
	/** As in the help, e.g. `dir`. */
	name: string;
	words: readonly string[];
	paths: 'folders' | 'files' | null;
}

export interface Flag {
	/** E.g. `-y` and `--yes`. */
	names: string[];
	meaning: string;
	value: Value | null;
}

export interface Tree {
	/** The command that is completed. */
	program: string;
	flags: Flag[];
	/** `takesFile`: a file stands behind it. */
	commands: (Word & { flags: Flag[]; takesFile: boolean })[];
}

/** Values that the parser takes as they are, by their name in the help. A name that is not here stands for free text. */
const VALUES: Record<string, Pick<Value, 'words' | 'paths'>> = {
	dir: { words: [], paths: 'folders' },
	file: { words: [], paths: 'files' },
	duration: { words: ['30d', 'never'], paths: null },
	spec: { words: ['vendored'], paths: 'files' },
};

function flagOf({ flags, description, argChoices }: Described['options'][number]): Flag {
	const [, name] = /<([\w-]+)>/.exec(flags) ?? [];
	const known = name === undefined ? undefined : VALUES[name];
	const value =
		name === undefined ? null : { name, words: argChoices ?? [], paths: null, ...known };
	return { names: flags.match(/--?[\w-]+(?![\w-]*>)/g) ?? [], meaning: description, value };
}

function kinds(hasName: boolean): Word[] {
	return [...new Set(BLUEPRINTS.map(({ kind }) => kind))].map((kind) => {
		const listed = BLUEPRINTS.filter((blueprint) => blueprint.kind === kind);
		const names = listed.map(({ name, description }) => ({
			word: name,
			meaning: description,
			next: [],
		}));
		const meaning = listed.map(({ title }) => title).join(' or ');
		return { word: kind, meaning, next: hasName ? names : [] };
	});
}

function topicWords({ commands, topics }: DescribedProgram): Word[] {
	const about = commands.map(({ name, summary }) => [name, summary] as const);
	return [...about, ...Object.entries(topics)].map(([word, meaning]) => ({
		word,
		meaning,
		next: [],
	}));
}

function wordsOf({ places }: Described, program: DescribedProgram): Word[] {
	const [first, second] = places;
	if (first?.name() === 'kind') return kinds(second?.name() === 'name');
	if (first?.name() === 'topic') return topicWords(program);
	return (first?.argChoices ?? []).map((word) => ({ word, meaning: '', next: [] }));
}

/** The tree for the program itself, whose `commands` are the first words. */
export function treeOf(program: DescribedProgram): Tree {
	return {
		program: program.name,
		flags: program.options.map(flagOf),
		commands: program.commands.map((command) => ({
			word: command.name,
			meaning: command.summary,
			next: wordsOf(command, program),
			flags: command.options.map(flagOf),
			takesFile: command.places[0]?.name() === 'file',
		})),
	};
}

/** Every place where words are known, with the words before it joined by spaces: `add database` -> redis, valkey. */
export function placesOf(
	words: Word[],
	before: string[] = [],
): { before: string; words: Word[] }[] {
	if (words.length === 0) return [];
	const deeper = words.flatMap(({ word, next }) => placesOf(next, [...before, word]));
	return [{ before: before.join(' '), words }, ...deeper];
}
