// A variable in a schema that is written as object literals of keys.
import type { Insertion } from '../../model.ts';
import { type Morph, morph } from '../../source.ts';
import { mostRelated } from '../edit/names.ts';
import { addEntry } from '../edit/new-entry.ts';
import { indentAt, lineEndAt } from '../edit/place.ts';
import { type Entry, entriesOf, unwrap } from '../module/object-literal.ts';
import { isImported, literalOf } from './chains.ts';
import { enter, type Input } from './validated-input.ts';
import type { Slot } from './validation.ts';
import { chooseValidator, readEntry, type Validators } from './validators.ts';

/** The object literals that declare a schema's keys, later ones over earlier ones. */
export interface Schema {
	pieces: Morph.ObjectLiteralExpression[];
	/** Why no key may be added or read; null when all is plain. */
	problem: string | null;
	/** Keys that the schema itself gives another value at last. */
	overridden?: string[];
}

/** A schema that is not to be touched. `reason` ends a sentence. */
export function unknownSchema(problem: string): Schema {
	return { pieces: [], problem };
}

/** An expression that the library does not begin. */
export function strangeSchema(expression: Morph.Expression, plain: string): Schema {
	const elsewhere = isImported(unwrap(expression));
	return unknownSchema(
		elsewhere ? 'its schema is declared in another module' : `its schema is not ${plain}`,
	);
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
): Slot {
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
	[key = '', ...rest]: string[],
	{ manner, variable }: Wanted,
): Declared | string {
	const piece = pieceFor(pieces, variable);
	if (!piece) return 'its schema lists no keys here';
	const { validators } = manner;
	const [leaf] = rest;
	const pattern = leaf === undefined ? null : groupPattern(piece, manner);
	if (leaf !== undefined && (!pattern || rest.length > 1)) return 'its groups are not plain ones';
	const siblings = pattern ? pattern.entries : pieces.flatMap((one) => entriesOf(one));
	const chosen = chooseValidator(siblings, { key: leaf ?? key, variable }, validators);
	if (!chosen) return 'it imports nothing that validates a text';
	const text = pattern ? pattern.wrap(`${chosen.key}: ${chosen.text}`) : chosen.text;
	const added = addEntry(piece, {
		variable,
		key: leaf === undefined ? chosen.key : key,
		otherwise: text,
		copyable: () => null,
	});
	if (!added) return 'its schema leaves no place for the new key';
	return { optional: chosen.optional, insertions: added.insertions };
}

interface GroupPattern {
	entries: Entry[];
	/** A new group with one member, laid out as the neighbour. */
	wrap(member: string): string;
}

/** A group of the schema, such as `database: z.object({ … })`. */
function groupPattern(
	piece: Morph.ObjectLiteralExpression,
	{ schemaOf }: SchemaManner,
): GroupPattern | null {
	const entries = entriesOf(piece);
	const groups = entries.flatMap(({ value }) => {
		const literal = value ? schemaOf(value).pieces[0] : undefined;
		return value && literal ? [{ value, literal }] : [];
	});
	const [group] = groups;
	const first = group?.literal.getProperties()[0];
	if (!group || !first) return null;
	const whole = group.value.getText();
	const start = group.literal.getStart() - group.value.getStart();
	const head = whole.slice(0, start);
	const tail = whole.slice(start + group.literal.getWidth());
	if (!/^(?:\)(?:\.(?:required|strict|loose|passthrough|unknown)\(\))*)?$/.test(tail)) return null;
	const text = piece.getSourceFile().getFullText();
	const lineEnd = lineEndAt(text, first.getStart());
	const isLong = group.literal.getText().includes('\n');
	const inner = isLong ? `${lineEnd}${indentAt(text, first.getStart())}` : ' ';
	const outer = isLong ? `${lineEnd}${indentAt(text, group.value.getStart())}` : ' ';
	const comma = /,\s*\}$/.test(group.literal.getText()) ? ',' : '';
	return {
		entries: entriesOf(group.literal),
		wrap: (member) => `${head}{${inner}${member}${comma}${outer}}${tail}`,
	};
}
