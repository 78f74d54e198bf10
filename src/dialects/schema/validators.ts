// The validator of a new key, in the manner of its siblings: as strict as most, never with their own demands.
import { type Morph, morph } from '../../text/source.ts';
import { importsOf } from '../module/imports.ts';
import { importsLibrary, written } from '../module/library-calls.ts';
import { mostCommon, mostTelling, relatedness, replaceWord, wordsOf } from '../module/names.ts';
import { type Entry, unwrap } from '../module/object-literal.ts';

/** A sibling that validates a text. */
export interface Reading {
	/** A required validator with nothing in it that is said about this one variable alone. */
	text: string;
	optional: boolean;
	/** Has a default: tells nothing of whether the project's variables are required. */
	defaulted: boolean;
	/** The value comes out as it went in. */
	unchanged: boolean;
	/** A name by which the module writes this very validator, optional as it is: `optionalString`. */
	named?: string;
	/** What is demanded depends on where the program runs: `isProduction ? z.string() : …`. */
	byChoice?: boolean;
	/** An empty text is made none before anything is demanded of it. */
	takesEmpty?: boolean;
}

/** One library's way to say what a text must be. */
export interface Validators {
	/** The validator of `key`; null when it is not one for texts. Messages are reworded for `variable`. */
	read(value: Morph.Expression, names: Names): Reading | null;
	/** A required text, e.g. `z.string()`; null when that needs another import. */
	plain: string | null;
	/** Where `plain` is null: the import that it needs, and what it is then. */
	lacking?: { line: string; text: string };
	/** The key and the value that are written; `text` is a required validator. */
	write(key: string, text: string, optional: boolean): { key: string; text: string };
	/** False where no validator of a text takes an empty one unless it is told to. */
	emptyIsText?: boolean;
	/** The variable behind a written key; libraries that mark optional keys take the mark off. */
	keyOf(written: string): string;
}

/** Whose key is read, and for which variable a copy is meant. */
export interface Names {
	key: string;
	variable: string;
}

/** What is particular to a library whose validators are calls. */
interface Calls {
	read: Validators['read'];
	/** The function for texts, e.g. `string`. */
	text: string;
	/** The text of a validator that is required or optional, made of one with nothing said about that. */
	write(text: string, optional: boolean): string;
}

/** Validators that are calls of a library; null when the module does not import it. */
export function callValidators(
	source: Morph.SourceFile,
	library: RegExp,
	{ read, text: name, write }: Calls,
): Validators | null {
	if (!importsLibrary(source, library)) return null;
	const plain = written(source, library, name);
	const from = importsOf(source).find((one) => library.test(one.from) && !one.isType)?.from;
	return {
		read,
		plain: plain && `${plain}()`,
		lacking: { line: `import { ${name} } from '${from}';`, text: `${name}()` },
		keyOf: (key) => key,
		write: (key, text, optional) => ({ key, text: write(text, optional) }),
	};
}

/** `v.optional(…)` around a validator, where the module can write it. */
export function wrapper(source: Morph.SourceFile, library: RegExp, name: string) {
	const callee = written(source, library, name);
	return (text: string) => (callee === null ? text : `${callee}(${text})`);
}

/** A name for a validator that demands nothing of its own is how the module writes it. */
export function underName(
	value: Morph.Expression,
	reading: Reading | null,
	whole: string,
): Reading | null {
	const inner = unwrap(value);
	const isName = morph().Node.isIdentifier(inner) && reading?.text === whole;
	return reading && isName ? { ...reading, text: inner.getText() } : reading;
}

export interface Chosen extends Pick<Reading, 'optional' | 'takesEmpty'> {
	key: string;
	text: string;
}

const ADDRESS = /^(?:url|uri|dsn)$/;

function isAddress(name: string): boolean {
	return wordsOf(name).some((word) => ADDRESS.test(word));
}

/** The reading of one entry; null when it does not validate a text. */
export function readEntry(
	{ key, value }: Entry,
	variable: string,
	validators: Validators,
): Reading | null {
	const name = validators.keyOf(key);
	const reading = value && validators.read(value, { key: name, variable });
	return reading && { ...reading, optional: reading.optional || name !== key };
}

/**
 * What to write for a key: optional when most texts are, and checked as most addresses are when it is one.
 * Null when the module has no validator for texts at hand.
 */
export function chooseValidator(
	entries: Entry[],
	names: Names,
	validators: Validators,
): Chosen | null {
	const readings = entries.flatMap((entry) => {
		const reading = readEntry(entry, names.variable, validators);
		return reading ? [{ name: validators.keyOf(entry.key), ...reading }] : [];
	});
	const addresses = readings.filter(({ name }) => isAddress(name));
	const alike = isAddress(names.variable) && addresses.length > 0 ? addresses : readings;
	// As the project's other addresses are, whatever most of its variables are.
	const voters = mostTelling(
		readings.filter(({ defaulted }) => !defaulted),
		names.variable,
	);
	const count = voters.filter((one) => one.optional).length;
	// Where the database has a default, so have we: a client without an address looks on its own machine.
	const isGiven =
		voters.length === 0 && readings.some(({ name }) => relatedness(name, names.variable) > 1);
	const optional = isGiven || count * 2 > voters.length;
	const choices = voters.filter(({ byChoice }) => byChoice);
	const kindred = alike.filter((one) => one.optional === optional);
	// What has a default demands little, and says nothing of what is demanded of the others.
	const demanding = kindred.filter(({ defaulted }) => !defaulted);
	const like = demanding.length > 0 ? demanding : kindred;
	const models = choices.length * 2 > voters.length ? choices : like;
	const model = mostCommon(models.length > 0 ? models : alike, names.variable);
	if (model?.named && model.unchanged && model.optional === optional) {
		const { named, takesEmpty = false } = model;
		return { key: names.key, text: named, optional, takesEmpty };
	}
	const text = model?.text ?? validators.plain;
	return text === null ? null : { ...validators.write(names.key, text, optional), optional };
}

/** A message that says what the other service is: `must be a valid PostgreSQL URL`. */
export const OTHER_SERVICE =
	/postgres|psql|mysql|maria|mongo|sqlite|prisma|database|supabase|rabbit|amqp|kafka|https?:/i;

/** `must have at least 32 characters`, which a text that only has to be there need not. */
const OWN_LENGTH = /(?<![\w.])(?!1\b)\d+\b/;

/** `(1, 'DATABASE_URL is required')` -> `'REDIS_URL is required'`; null for a message that does not name its variable. */
export function messageLike(
	argument: Morph.Expression | undefined,
	{ key, variable }: Names,
): string | null {
	const text = argument?.getText() ?? '';
	// Only a message: an object may hold demands beside it.
	const isMessage = /^(['"`])[^$]*\1$|^\{\s*(?:message|error):\s*(['"`])[^$]*\2,?\s*\}$/s.test(
		text,
	);
	const reworded = replaceWord(text, key, variable);
	const isFit = !OTHER_SERVICE.test(reworded) && !OWN_LENGTH.test(reworded);
	return isMessage && reworded !== text && isFit ? reworded : null;
}
