// A new entry of an object literal in the manner of its siblings: key, nesting, value, order and white space.
import type { Insertion } from '../../model.ts';
import { type Morph, morph } from '../../source.ts';
import { type Entry, entriesOf, findEntry, keyOf } from '../module/object-literal.ts';
import { mostCommon, mostRelated, nameLike, relatedness, replaceWord, wordsOf } from './names.ts';
import { indentAt, lineEndAt, placeInEmpty, placeMember } from './place.ts';

export interface Manner {
	variable: string;
	/**
	 * For a sibling that may be copied: the name in it that stands for its variable, e.g. `DATABASE_URL`. Null for a sibling
	 * whose value would not be the variable's very value (a transform, an enum, a default).
	 */
	copyable(entry: Entry): string | null;
	/** The value to write when no sibling may be copied. */
	otherwise: string;
	/** The key, where the library fixes it (zod on process.env: the variable's name). Never nested then. */
	key?: string;
}

export interface Added {
	path: string[];
	/** The sibling that was copied. */
	model: Entry | null;
	callable: boolean;
	insertions: Insertion[];
}

/**
 * A new entry in the manner of its siblings: key, nesting, value, order and white space.
 * Null when the key exists already, or when the object is one of several environments (`production: {…}`).
 */
export function addEntry(object: Morph.ObjectLiteralExpression, manner: Manner): Added | null {
	const entries = entriesOf(object);
	if (entries.some(({ key, group }) => group && /^(production|development|test)$/.test(key))) {
		return null;
	}
	if (manner.key !== undefined) return addFlat(object, manner, manner.key);
	const group = groupFor(entries, manner.variable);
	if (group === null) return addFlat(object, manner, flatKey(entries, manner.variable));
	return addNested(object, manner, group);
}

function flatKey(entries: Entry[], variable: string): string {
	const flat = entries.filter(({ group }) => group === null).map(({ key }) => key);
	return nameLike(wordsOf(variable), flat);
}

interface Group {
	key: string;
	leaf: string;
	existing: Morph.ObjectLiteralExpression | null;
	/** A neighbouring group, whose layout a new group follows. */
	pattern: Entry;
}

/** The group that the key belongs to, or null when the siblings are flat. */
function groupFor(entries: Entry[], variable: string): Group | null {
	const groups = entries.filter(({ group }) => group !== null);
	const words = wordsOf(variable);
	const leafWord = words.at(-1);
	const groupWords = words.slice(0, -1);
	if (groupWords.length === 0 || leafWord === undefined) return null;
	const own = groups.find(({ key }) => wordsOf(key).join() === groupWords.join());
	const pattern =
		own ??
		groups[
			Math.max(
				0,
				mostRelated(
					groups.map(({ key }) => key),
					variable,
				),
			)
		];
	if (!pattern?.group || !(own || isNested(entries, variable))) return null;
	const leaves = groups.flatMap(({ group }) => (group ? entriesOf(group) : []));
	return {
		key:
			own?.key ??
			nameLike(
				groupWords,
				entries.map(({ key }) => key),
			),
		leaf: nameLike(
			[leafWord],
			leaves.map(({ key }) => key),
		),
		existing: own?.group ?? null,
		pattern,
	};
}

function isNested(entries: Entry[], variable: string): boolean {
	const related = mostRelated(
		entries.map(({ key }) => key),
		variable,
	);
	const nearest = entries[related];
	if (nearest && relatedness(nearest.key, variable) > 1) return nearest.group !== null;
	const groups = entries.filter(({ group }) => group !== null).length;
	return groups * 2 > entries.length;
}

function addNested(
	object: Morph.ObjectLiteralExpression,
	manner: Manner,
	{ key, leaf, existing, pattern }: Group,
): Added | null {
	if (existing) {
		const added = addFlat(existing, manner, leaf);
		return added && { ...added, path: [key, ...added.path] };
	}
	const from = pattern.group ? copyFrom(entriesOf(pattern.group), manner) : null;
	const inner = memberText(from, manner, leaf);
	const text = `${quoted(key, object)}: ${wrapLike(pattern, inner)}`;
	const insertions = put(object, { name: key, text, variable: manner.variable });
	return {
		path: [key, leaf],
		model: from?.entry ?? null,
		callable: from?.entry.callable ?? false,
		insertions,
	};
}

function wrapLike(pattern: Entry, inner: string): string {
	const group = pattern.group;
	const first = group?.getProperties()[0];
	const text = pattern.node.getSourceFile().getFullText();
	const body = group ? group.getText() : '';
	if (!first || !body.includes('\n')) return /^\{\S/.test(body) ? `{${inner}}` : `{ ${inner} }`;
	const lineEnd = lineEndAt(text, pattern.node.getStart());
	const comma = /,\s*\}$/.test(body) ? ',' : '';
	const outer = indentAt(text, pattern.node.getStart());
	return `{${lineEnd}${indentAt(text, first.getStart())}${inner}${comma}${lineEnd}${outer}}`;
}

function addFlat(object: Morph.ObjectLiteralExpression, manner: Manner, key: string): Added | null {
	if (findEntry(object, key)) return null;
	const from = copyFrom(entriesOf(object), manner);
	const text = memberText(from, manner, quoted(key, object));
	const insertions = put(object, { name: key, text, variable: manner.variable });
	return {
		path: [key],
		model: from?.entry ?? null,
		callable: from?.entry.callable ?? false,
		insertions,
	};
}

function put(
	object: Morph.ObjectLiteralExpression,
	added: { name: string; text: string; variable: string },
): Insertion[] {
	const nodes = object.getProperties();
	if (nodes.length === 0) {
		return placeInEmpty(object.getSourceFile(), object.getStart() + 1, `${added.text},`);
	}
	return placeMember({ nodes, names: nodes.map(keyOf), separator: ',' }, added);
}

function nameNodeOf(node: Morph.ObjectLiteralElementLike): Morph.PropertyName | undefined {
	return morph().Node.isSpreadAssignment(node) ? undefined : node.getNameNode();
}

/** A key as this object writes keys: quoted when the others are, or when it must be. */
function quoted(key: string, object: Morph.ObjectLiteralExpression): string {
	const names = object.getProperties().flatMap((node) => nameNodeOf(node)?.getText() ?? []);
	const quotes = names.filter((name) => /^['"]/.test(name));
	const must = !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key);
	if (!must && (quotes.length === 0 || quotes.length < names.length)) return key;
	const quote = quotes[0]?.charAt(0) ?? "'";
	return `${quote}${key}${quote}`;
}

interface Copy {
	entry: Entry;
	/** The word in it that stands for its variable. */
	word: string;
}

/** The text of a sibling with its key and its variable replaced. */
function memberText(copy: Copy | null, { variable, otherwise }: Manner, key: string): string {
	const name = copy && nameNodeOf(copy.entry.node);
	if (!name) return `${key}: ${otherwise}`;
	const { node } = copy.entry;
	const text = node.getText();
	const before = text.slice(0, name.getStart() - node.getStart());
	const after = text.slice(name.getEnd() - node.getStart());
	return `${before}${key}${replaceWord(after, copy.word, variable)}`;
}

function copyFrom(entries: Entry[], manner: Manner): Copy | null {
	const copies = entries.flatMap((entry) => {
		const word = entry.group ? null : manner.copyable(entry);
		if (word === null) return [];
		return [{ entry, word, name: entry.key, text: memberText({ entry, word }, manner, 'key') }];
	});
	return mostCommon(copies, manner.variable) ?? null;
}
