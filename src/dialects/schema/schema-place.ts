// A variable in a schema that is written as object literals of keys: found, or added in the manner of its siblings.
import { type Morph, morph } from '../../text/source.ts';
import { patternFor } from '../edit/groups.ts';
import { addEntry } from '../edit/new-entry.ts';
import { type Entry, entriesOf } from '../module/object-literal.ts';
import { follow } from '../module/origins.ts';
import { type Chosen, chooseValidator, readEntry } from './chosen.ts';
import { enter, type Input, isGivenAnyway, isWhole } from './input.ts';
import { pieceFor } from './pieces.ts';
import { type Schema, withSpreads } from './schema.ts';
import type { Place, Problem, Validation } from './validation.ts';
import type { Reading, Validators } from './validators.ts';

/** How a library writes schemas. */
interface SchemaManner {
	schemaOf(expression: Morph.Expression): Schema;
	validators: Validators;
}

/** What a call validates. */
export interface Asked {
	schema: Morph.Expression;
	input: Input;
	/** See `Validation`. */
	under: string | null;
	types?: Morph.TypeNode[];
}

/** What is particular to a library with schemas. */
export interface Library extends Pick<SchemaManner, 'schemaOf'> {
	/** Null where the module does not import the library. */
	validatorsOf(source: Morph.SourceFile): Validators | null;
	/** The usual validator of a text, for the user to paste. */
	plain: string;
}

/** The validation that a call is. */
export function schemaValidation(
	call: Morph.CallExpression,
	asked: Asked,
	library: Library,
): Validation {
	const schema = follow(asked.schema).value;
	return {
		// Two calls that check the whole environment by one schema give the same.
		node: isWhole(asked.input) ? schema : call,
		schema,
		under: asked.under,
		types: asked.types ?? [],
		place(variable) {
			// A schema that stands in another file is written as that file writes schemas.
			const [piece] = library.schemaOf(asked.schema).pieces;
			const validators = library.validatorsOf((piece ?? call).getSourceFile());
			if (validators) return placeInSchema(asked, { ...library, validators }, variable);
			const { problem } = library.schemaOf(asked.schema);
			const snippet = `${variable}: ${library.plain},`;
			return { problem: problem ?? 'its schema is of another library', snippet };
		},
	};
}

/** What a schema would validate: the environment, by whoever asks it. */
export function schemaItself(expression: Morph.Expression, library: Library) {
	const { value: schema } = follow(expression);
	const { pieces, problem } = library.schemaOf(schema);
	const keys = pieces.flatMap(withSpreads).flatMap(entriesOf);
	if (!morph().Node.isCallExpression(schema) || problem !== null || keys.length === 0) return null;
	const asked = { schema, input: { literal: null }, under: null };
	const validation = schemaValidation(schema, asked, library);
	return { validation, keys: keys.map(({ key }) => key) };
}

/** A place for the variable in the schema, and in the input where that lists its keys. */
function placeInSchema(
	{ schema, input }: Asked,
	manner: SchemaManner & Pick<Library, 'plain'>,
	variable: string,
): Place | Problem {
	const { plain, lacking } = manner.validators;
	const line = plain === null && lacking ? `${lacking.line}\n` : '';
	const snippet = `${line}${variable}: ${plain ?? lacking?.text ?? manner.plain},`;
	const { pieces, problem, overridden } = manner.schemaOf(schema);
	if (problem !== null) return { problem, snippet };
	const entered = enter(input, variable);
	if (!entered)
		return { problem: 'no key can be added safely to the object that it validates', snippet };
	if (overridden?.includes(entered.path[0] ?? '')) {
		return { problem: `its schema gives ${entered.path[0]} another value at last`, snippet };
	}
	const wanted = { manner, variable, given: isGivenAnyway(input, variable) };
	const declared = declare(pieces.flatMap(withSpreads), entered.path, wanted);
	if (typeof declared === 'string') return { problem: declared, snippet };
	const insertions = [...entered.insertions, ...declared.insertions];
	return { ...declared, path: entered.path, insertions };
}

interface Wanted {
	manner: SchemaManner;
	variable: string;
	/** Where a variable is missing, something stands in for the others before they are checked. */
	given?: boolean;
}

type Declared = Omit<Place, 'path'>;

/** What an empty text does not meet, in the words of all libraries. */
const DEMAND = /ur[li]\b|min|non_?empty|length|email|regex|pattern|format|>/i;

function refusesEmpty(
	{ optional, text, takesEmpty }: Chosen | Reading,
	{ emptyIsText }: Validators,
): boolean {
	return optional && !takesEmpty && (emptyIsText === false || DEMAND.test(text));
}

/** The last piece wins at run time, so it is asked first. */
function findIn(
	pieces: Morph.ObjectLiteralExpression[],
	key: string,
	{ keyOf }: Validators,
): Entry | undefined {
	const entries = pieces.flatMap((piece) => entriesOf(piece)).reverse();
	return entries.find((entry) => keyOf(entry.key) === key);
}

/** A path of keys among literals of keys: found, or added; else the reason why that cannot be. */
export function declare(
	pieces: Morph.ObjectLiteralExpression[],
	[key = '', ...rest]: string[],
	wanted: Wanted,
): Declared | string {
	const { validators, schemaOf } = wanted.manner;
	const there = findIn(pieces, key, validators);
	if (!there) return addTo(pieces, [key, ...rest], wanted);
	if (rest.length === 0) return present(there, key, wanted);
	const group = there.value ? schemaOf(there.value) : null;
	if (!group || group.problem !== null) return `its ${key} is not a plain group`;
	return declare(group.pieces, rest, wanted);
}

function present(entry: Entry, key: string, { manner, variable }: Wanted): Declared | string {
	const reading = readEntry(entry, variable, manner.validators);
	if (!reading?.unchanged) return `it has ${key} already, but not as a plain text`;
	return {
		optional: reading.optional,
		defaulted: reading.defaulted,
		refusesEmpty: refusesEmpty(
			{ ...reading, optional: reading.optional || reading.defaulted },
			manner.validators,
		),
		insertions: [],
	};
}

function addTo(
	pieces: Morph.ObjectLiteralExpression[],
	path: string[],
	{ manner, variable, given = false }: Wanted,
): Declared | string {
	const piece = pieceFor(pieces, variable);
	if (!piece) return 'its schema lists no keys here';
	const { validators } = manner;
	const groupIn = ({ value }: Entry) => (value && manner.schemaOf(value).pieces[0]) ?? null;
	const pattern = path.length > 1 ? patternFor(entriesOf(piece), variable, groupIn) : undefined;
	if (path.length > 1 && (!pattern || path.length > 2)) return 'its groups are not plain ones';
	const siblings = (pattern ? [pattern.object] : pieces).flatMap(entriesOf);
	const key = path.at(-1) ?? variable;
	const chosen = chooseValidator(siblings, { key, variable, given }, validators);
	if (!chosen) return 'it imports nothing that validates a text';
	const { text: otherwise, optional } = chosen;
	const isRefused = refusesEmpty(chosen, validators);
	const group = pattern && { key: path[0] ?? '', leaf: chosen.key, pattern };
	const added = addEntry(piece, {
		variable,
		otherwise,
		...(group ? { group } : { key: chosen.key }),
	});
	if (!added) return 'its schema leaves no place for the new key';
	const insertions = [...(chosen.insertions ?? []), ...added.insertions];
	return { optional, refusesEmpty: isRefused, insertions };
}
