// A variable in a schema that is written as object literals of keys.
import type { Insertion } from '../../model.ts';
import { type Morph, morph } from '../../source.ts';
import { patternFor } from '../edit/groups.ts';
import { mostRelated } from '../edit/names.ts';
import { addEntry } from '../edit/new-entry.ts';
import { isImported } from '../module/imports.ts';
import { type Entry, entriesOf, unwrap } from '../module/object-literal.ts';
import { literalOf } from '../module/origins.ts';
import { enter, type Input } from './input.ts';
import type { Place, Problem } from './validation.ts';
import { chooseValidator, readEntry, type Validators } from './validators.ts';

/** The object literals that declare a schema's keys, later ones over earlier ones. */
export interface Schema {
	pieces: Morph.ObjectLiteralExpression[];
	/** Why no key may be added or read; null when all is plain. */
	problem: string | null;
	/** Keys that the schema itself gives another value at last. */
	overridden?: string[];
}

/** A schema whose keys are those of one object literal. */
export function schemaOfKeys(keys: Morph.Expression | undefined): Schema {
	const literal = literalOf(keys);
	if (!literal) return unknownSchema('its keys are listed in another module');
	return { pieces: [literal], problem: null };
}

/** A schema that is not to be touched. `problem` ends a sentence. */
export function unknownSchema(problem: string): Schema {
	return { pieces: [], problem };
}

/** An expression that the library does not begin. `plain` is what we would know. */
export function strangeSchema(expression: Morph.Expression, plain: string): Schema {
	const elsewhere = isImported(unwrap(expression));
	return unknownSchema(
		elsewhere ? 'its schema is declared in another module' : `its schema is not ${plain}`,
	);
}

/** Several schemas in one; the first problem is its problem. */
export function mergedSchema(parts: Schema[]): Schema {
	const problem = parts.find((one) => one.problem !== null)?.problem ?? null;
	return { pieces: parts.flatMap(({ pieces }) => pieces), problem };
}

/** A literal of keys with the literals that are spread into it, as far as they are in the same module. */
export function withSpreads(
	literal: Morph.ObjectLiteralExpression,
): Morph.ObjectLiteralExpression[] {
	const { Node } = morph();
	const spread = literal
		.getProperties()
		.filter((one) => Node.isSpreadAssignment(one))
		.flatMap((one) => literalOf(one.getExpression()) ?? []);
	return [...spread, literal];
}

/** How a library writes schemas. */
export interface SchemaManner {
	schemaOf(expression: Morph.Expression): Schema;
	validators: Validators;
}

/** A slot for the variable in the schema, and in the input where that lists its keys. */
export function placeInSchema(
	{ schema, input }: { schema: Morph.Expression; input: Input },
	manner: SchemaManner,
	variable: string,
): Place | Problem {
	const snippet = `${variable}: ${manner.validators.plain ?? 'string'},`;
	const { problem, overridden, ...listed } = manner.schemaOf(schema);
	if (problem !== null) return { problem, snippet };
	const pieces = listed.pieces.flatMap(withSpreads);
	const entered = enter(input, variable);
	if (!entered) return { problem: 'the object that it validates leaves no place', snippet };
	if (overridden?.includes(entered.path[0] ?? '')) {
		return { problem: `its schema gives ${entered.path[0]} another value at last`, snippet };
	}
	const declared = declare(pieces, entered.path, { manner, variable });
	if (typeof declared === 'string') return { problem: declared, snippet };
	const insertions = [...entered.insertions, ...declared.insertions];
	return { path: entered.path, optional: declared.optional, insertions };
}

interface Wanted {
	manner: SchemaManner;
	variable: string;
}

type Declared = { optional: boolean; insertions: Insertion[] };

/** The last piece wins at run time, so it is asked first. */
function findIn(
	pieces: Morph.ObjectLiteralExpression[],
	key: string,
	{ keyOf }: Validators,
): Entry | undefined {
	const entries = pieces.flatMap((piece) => entriesOf(piece)).reverse();
	return entries.find((entry) => keyOf(entry.key) === key);
}

function declare(
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
	return { optional: reading.optional, insertions: [] };
}

/** The piece with the most related key, else the last one that has keys of its own. */
function pieceFor(
	pieces: Morph.ObjectLiteralExpression[],
	variable: string,
): Morph.ObjectLiteralExpression | undefined {
	const keys = pieces.flatMap((piece) => entriesOf(piece).map(({ key }) => ({ piece, key })));
	const names = keys.map(({ key }) => key);
	return keys[mostRelated(names, variable)]?.piece ?? pieces.at(-1);
}

function addTo(
	pieces: Morph.ObjectLiteralExpression[],
	path: string[],
	{ manner, variable }: Wanted,
): Declared | string {
	const piece = pieceFor(pieces, variable);
	if (!piece) return 'its schema lists no keys here';
	const { validators } = manner;
	const groupIn = ({ value }: Entry) => (value && manner.schemaOf(value).pieces[0]) ?? null;
	const pattern = path.length > 1 ? patternFor(entriesOf(piece), variable, groupIn) : undefined;
	if (path.length > 1 && (!pattern || path.length > 2)) return 'its groups are not plain ones';
	const siblings = (pattern ? [pattern.object] : pieces).flatMap(entriesOf);
	const key = path.at(-1) ?? variable;
	const chosen = chooseValidator(siblings, { key, variable }, validators);
	if (!chosen) return 'it imports nothing that validates a text';
	const { text: otherwise, optional } = chosen;
	const group = pattern && { key: path[0] ?? '', leaf: chosen.key, pattern };
	const added = addEntry(piece, {
		variable,
		otherwise,
		...(group ? { group } : { key: chosen.key }),
	});
	if (!added) return 'its schema leaves no place for the new key';
	return { optional, insertions: added.insertions };
}
