// The validator of a new key, in the manner of its siblings: as strict as most, never with their own demands.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { importName } from '../edit/import-name.ts';
import { isDeclared } from '../module/exports.ts';
import { importsOf } from '../module/imports.ts';
import { importsLibrary, written } from '../module/library-calls.ts';
import { replaceWord } from '../module/names.ts';
import { unwrap } from '../module/object-literal.ts';

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
	/** What is done to every text before it is validated: `z.preprocess(blankToUndefined, …)`. */
	around?(text: string): string;
}

/** One library's way to say what a text must be. */
export interface Validators {
	/** The validator of `key`; null when it is not one for texts. Messages are reworded for `variable`. */
	read(value: Morph.Expression, names: Names): Reading | null;
	/** A required text, e.g. `z.string()`; null when that needs another import. */
	plain: string | null;
	/** Where `plain` is null: the import that it needs, what it is then, and what brings the name into an import that is there. */
	lacking?: { line: string; text: string; insertions?: Insertion[] };
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
	write(text: string, optional: boolean, key: string): string;
}

/** Validators that are calls of a library; null when the module does not import it. */
export function callValidators(
	source: Morph.SourceFile,
	library: RegExp,
	{ read, text: name, write }: Calls,
): Validators | null {
	if (!importsLibrary(source, library)) return null;
	const plain = written(source, library, name);
	return {
		read,
		plain: plain && `${plain}()`,
		lacking: lackingIn(source, library, name, `${name}()`),
		keyOf: (key) => key,
		write: (key, text, optional) => ({ key, text: write(text, optional, key) }),
	};
}

/** What a text is where the module does not import the function for it yet. */
export function lackingIn(
	source: Morph.SourceFile,
	library: RegExp,
	name: string,
	text: string,
): NonNullable<Validators['lacking']> {
	const found = importsOf(source).filter((one) => library.test(one.from) && !one.isType);
	const line = `import { ${name} } from '${found[0]?.from}';`;
	const named = found.find(({ declaration }) => declaration.getNamedImports().length > 0);
	const isFree = named && !isDeclared(source, name);
	return { line, text, insertions: isFree ? importName(named.declaration, name) : [] };
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

/** A function that has a name, or no words of its own: it fits every text. */
export function isOfAll(before: Morph.Expression, callable: Morph.Node): boolean {
	const words = callable.getText().match(/'[^']+'|"[^"]+"|`[^`]+`/g) ?? [];
	return (
		morph().Node.isIdentifier(before) || words.every((one) => /^.(?:string|undefined).$/.test(one))
	);
}
