// The words of a variable in a name or a text, however they are spelled, and the same said of another variable.
import { nameLike, relatedness, replaceWord, wordsOf } from './names.ts';

/** A variable, and the names that a module has for it beside its own words: `dbUrl` for DATABASE_URL. */
export interface Spoken {
	variable: string;
	aliases: string[];
}

/** `DATABASE_URL`, `databaseUrl`, `databaseURL`, `database_url`, `database-url` and `Database URL`, also within a longer name. */
function patternOf(variable: string): RegExp {
	if (last?.variable !== variable) {
		last = { variable, pattern: new RegExp(wordsOf(variable).join('[ _-]?'), 'gi') };
	}
	return last.pattern;
}

/** The one that was asked for last: every word of a module is asked about one variable. */
let last: { variable: string; pattern: RegExp } | undefined;

function isWhole(text: string, at: number, found: string): boolean {
	const [before, after] = [text.charAt(at - 1), text.charAt(at + found.length)];
	const isHump = /^[A-Z]/.test(found) && /[a-z0-9]/.test(before);
	const starts = !/[A-Za-z0-9]/.test(before) || isHump;
	return starts && !/[a-z0-9]/.test(after) && !(/[A-Z]$/.test(found) && /[A-Z]/.test(after));
}

/** The words of another variable, spelled like those that were found. */
function spelled(found: string, variable: string): string {
	const words = wordsOf(variable);
	const [mark] = /[ _-]/.exec(found) ?? [''];
	if (found === found.toUpperCase()) return words.join(mark).toUpperCase();
	const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
	const isAcronym = /[a-z0-9][ _-]?[A-Z]{2,}$/.test(found);
	const last = words.length - 1;
	return words
		.map((word, at) => {
			if (at === last && isAcronym) return word.toUpperCase();
			const isCapital = at === 0 ? /^[A-Z]/.test(found) : mark === '' || /[ _-][A-Z]/.test(found);
			return isCapital ? capital(word) : word;
		})
		.join(mark);
}

/** `mongo` -> `redis`, `dbUrl` -> `redisUrl`, `db.url` -> `redis.url` */
function aliasFor(alias: string, variable: string): string {
	const words = wordsOf(variable);
	if (alias.includes('.')) return words.join('.');
	return nameLike(wordsOf(alias).length === 1 ? words.slice(0, -1) : words, [alias]);
}

/** A text with every word for one variable made the word for another. */
export function saidOf(text: string, { variable, aliases }: Spoken, other: string): string {
	const replaced = text.replace(patternOf(variable), (found, at: number) =>
		isWhole(text, at, found) ? spelled(found, other) : found,
	);
	return aliases.reduce(
		(result, alias) => replaceWord(result, alias, aliasFor(alias, other)),
		replaced,
	);
}

/** True for a name in which the variable is spoken of. */
export function speaksOf(name: string, spoken: Spoken): boolean {
	if (spoken.aliases.includes(name)) return true;
	const pattern = patternOf(spoken.variable);
	if (name.search(pattern) < 0) return false;
	return [...name.matchAll(pattern)].some((match) => isWhole(name, match.index, match[0]));
}

/** Whether a name that a variable's value is given says which one it is: `dbUrl` and `mongo` do, `url` and `secret` do not. */
export function mayBeAlias(name: string, variable: string): boolean {
	const words = wordsOf(name);
	if (relatedness(name, 'DATABASE_URL') > 1) return true;
	const own = wordsOf(variable);
	return words.length > 1 && own.filter((word) => words.includes(word)).length > 1;
}
