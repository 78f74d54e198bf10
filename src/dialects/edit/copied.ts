// The text of a sibling that reads one variable, made the text for another one.
import type { Morph } from '../../text/source.ts';
import { replaceWord, wordsOf } from '../module/names.ts';
import { labelsOf } from '../module/reads.ts';

interface Copy {
	/** What reads the sibling's variable, within the text. */
	value: Morph.Node;
	/** The word in it that stands for that variable, and what takes its place. */
	word: string;
	by: string;
	variable: string;
}

/** `required('DATABASE_URL', 'Ask the team.')` -> `required('REDIS_URL', 'The address of the Redis server.')` */
export function copied(text: string, { value, word, by, variable }: Copy): string {
	const own = labelsOf(value).filter((label) => replaceWord(label, word, by) === label);
	return own.reduce(
		(result, label) => {
			const quote = label.charAt(0);
			return result.replace(label, () => `${quote}${describe(variable)}${quote}`);
		},
		replaceWord(text, word, by),
	);
}

/** What is said of an address where the others are described. */
export function describe(variable: string): string {
	const name = wordsOf(variable).find((word) => /redis|valkey|keydb/.test(word)) ?? 'database';
	return `The address of the ${name.charAt(0).toUpperCase()}${name.slice(1)} server.`;
}
