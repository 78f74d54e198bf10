// argv -> the same command line without a value of the user's. Pure.
import { BLUEPRINTS } from '../blueprints/index.ts';
import { COMMANDS, HELP_TOPICS, SHELLS } from './options.ts';
import type { OptionRow } from './rows.ts';

const OPTIONS: OptionRow[] = [
	...COMMANDS.flatMap(({ options }) => options),
	{ flags: '-h, --help', meaning: '' },
	{ flags: '-V, --version', meaning: '' },
];

/** The words that are this program's own. Whatever else was typed is the user's. */
const WORDS = new Set([
	...COMMANDS.map(({ name }) => name),
	'help',
	'completion',
	...Object.keys(HELP_TOPICS),
	...SHELLS,
	...BLUEPRINTS.flatMap(({ kind, name }) => [kind, name]),
]);

/** The row of a flag such as `-y` or `--cwd`. */
function rowOf(flag: string): OptionRow | undefined {
	return OPTIONS.find(({ flags }) => flags.split(/[ ,]+/).includes(flag));
}

function placeholderOf({ flags }: OptionRow): string | undefined {
	return /<.+>/.exec(flags)?.[0];
}

function maskedValue(row: OptionRow, value: string): string {
	return row.choices?.includes(value) ? value : (placeholderOf(row) ?? '<value>');
}

/** An option that is known, with what was said in the same word. */
function maskedOption(word: string): string {
	const [, flag = word, value] = /^(-[^=]*)=(.*)$/s.exec(word) ?? [];
	const row = rowOf(flag);
	if (!row) return '<option>';
	return value === undefined ? flag : `${flag}=${maskedValue(row, value)}`;
}

/** What was typed, with the placeholder of the help in the place of each value: `flue add database redis --cwd <dir>`. */
export function maskedCommand(args: readonly string[]): string {
	const words = args.map((word, index) => {
		const before = rowOf(args[index - 1] ?? '');
		if (before && placeholderOf(before)) return maskedValue(before, word);
		if (word.startsWith('-')) return maskedOption(word);
		return WORDS.has(word) ? word : '<word>';
	});
	return ['flue', ...words].join(' ');
}
