// The rows of options -> the fields of a document: one for each option, named as the program names its value. Pure.
import { RULES } from './option-values.ts';
import { INPUT, type OptionRow } from './rows.ts';

/** What an option is in a document. */
export interface Field {
	/** E.g. `dryRun`. */
	name: string;
	meaning: string;
	/** A yes or no, and what stands for each on the command line; null: it is the default, or cannot be said. */
	switched: { on: string | null; off: string | null } | null;
	/** Of a text: the option that takes it. */
	flag: string;
	choices?: readonly string[];
	pattern?: string;
	/** What is said of a value that the pattern refuses; ends a sentence about it. */
	rule?: string;
	initial?: string | boolean;
}

/** The name that the program gives the value of a flag: `--dry-run` -> `dryRun`. */
export function nameOf(flag: string): string {
	return flag
		.replace(/^--(no-)?/, '')
		.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function textField(row: OptionRow, flag: string, name: string): Field {
	const rule = RULES.find(([option]) => option === name);
	return {
		...{ name, meaning: row.meaning, switched: null, flag },
		...(row.choices ? { choices: row.choices } : {}),
		...(rule ? { pattern: rule[2].source, rule: rule[3] } : {}),
		...(row.initial === undefined ? {} : { initial: row.initial }),
	};
}

/** `--no-x` alone is on unless said; beside `--x` neither is. */
function switchField(row: OptionRow, flag: string, before: Field | undefined): Field {
	const isOff = flag.startsWith('--no-');
	if (before?.switched) {
		const switched = { ...before.switched, [isOff ? 'off' : 'on']: flag };
		return { ...before, switched, meaning: `${before.meaning}; false: ${row.meaning}` };
	}
	return {
		name: nameOf(flag),
		meaning: isOff ? `false: ${row.meaning}` : row.meaning,
		switched: { on: isOff ? null : flag, off: isOff ? flag : null },
		flag,
		...(isOff ? { initial: true } : {}),
		...(row.initial === undefined ? {} : { initial: row.initial }),
	};
}

/** The fields of a command, in the order of its help. */
export function fieldsOf(rows: readonly OptionRow[]): Field[] {
	const fields = new Map<string, Field>();
	for (const row of rows.filter((one) => one !== INPUT)) {
		const flag = /--[a-z-]+/.exec(row.flags)?.[0] ?? '';
		const name = nameOf(flag);
		const field = row.flags.includes('<')
			? textField(row, flag, name)
			: switchField(row, flag, fields.get(name));
		fields.set(name, field);
	}
	return [...fields.values()];
}

/** A value of a field as words of the command line. */
export function wordsOf({ switched, flag }: Field, value: string | boolean): string[] {
	if (typeof value === 'string') return [`${flag}=${value}`];
	const word = value ? switched?.on : switched?.off;
	return word ? [word] : [];
}
