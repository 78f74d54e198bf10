// A new entry of an object literal in the manner of its siblings: key, nesting, value, order and white space.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { nameLike, replaceWord, sortedAfter, usualFor, wordsOf } from '../module/names.ts';
import { type Entry, entriesOf, findEntry, type GroupIn, keyOf } from '../module/object-literal.ts';
import { inColumn } from './columns.ts';
import { copied } from './copied.ts';
import { type Group, groupFor, holdsAddress, wrapLike } from './groups.ts';
import { indentAt, lineEndAt, placeInEmpty, placeMember } from './place.ts';

export interface Manner {
	variable: string;
	/** The value to write when no sibling may be copied. Further lines are indented as if the first had no indentation. */
	otherwise: string;
	/**
	 * For a sibling's value that may be copied: the name in it that stands for its variable, e.g. `DATABASE_URL`. Null for
	 * one that would not be the variable's very value (a transform, an enum, a default).
	 */
	copyable?(value: Entry['value']): string | null;
	/** What replaces that name in a copy; the variable unless told. */
	by?: string;
	/** The key, where the siblings do not decide on it. Never nested then. */
	key?: string;
	/** The same for a key in a new group. */
	group?: Group;
	/** Which entries are groups, where that is not just what has an object literal. */
	groupIn?: GroupIn;
}

export interface Added {
	path: string[];
	/** The key of the sibling that was copied. */
	model: string | null;
	callable: boolean;
	insertions: Insertion[];
}

/**
 * A new entry in the manner of its siblings: key, nesting, value, order and white space.
 * Null when the key exists already, or when the object is one of several environments (`production: {…}`).
 */
export function addEntry(object: Morph.ObjectLiteralExpression, manner: Manner): Added | null {
	const { variable, key, groupIn = ({ group }) => group } = manner;
	const entries = entriesOf(object);
	const isEnvironments = (entry: Entry) =>
		groupIn(entry) !== null && /^(?:production|development|test)$/.test(entry.key);
	if (entries.some(isEnvironments)) return null;
	if (key !== undefined) return addFlat(object, manner, key);
	const group = manner.group ?? groupFor(entries, variable, groupIn);
	if (group) return addNested(object, manner, group);
	const flat = entries.filter((entry) => groupIn(entry) === null).map((entry) => entry.key);
	return addFlat(object, manner, nameLike(wordsOf(variable), flat));
}

function addNested(
	object: Morph.ObjectLiteralExpression,
	manner: Manner,
	group: Group,
): Added | null {
	const { key, leaf } = group;
	if ('existing' in group) {
		const added = addFlat(group.existing, manner, leaf);
		return added && { ...added, path: [key, ...added.path] };
	}
	if (findEntry(object, key)) return null;
	const { pattern } = group;
	const copy = copyFrom(pattern.object, manner);
	const inner = memberText(copy, manner, { key: leaf, beside: pattern.object });
	const text = `${quoted(key, object)}: ${wrapLike(pattern, inner)}`;
	const added = { name: key, text, variable: manner.variable };
	// Beside the database's own group, whatever that is called.
	const like = holdsAddress(pattern.object, manner.variable) ? pattern.entry.node : undefined;
	return result([key, leaf], copy, put(object, added, like));
}

function addFlat(object: Morph.ObjectLiteralExpression, manner: Manner, key: string): Added | null {
	if (findEntry(object, key)) return null;
	const copy = copyFrom(object, manner);
	const own = memberText(copy, manner, { key: quoted(key, object), beside: object });
	const text = inColumn(object, own);
	return result([key], copy, put(object, { name: key, text, variable: manner.variable }));
}

function result(path: string[], copy: Copy | null, insertions: Insertion[]): Added {
	const { key: model = null, callable = false } = copy?.entry ?? {};
	return { path, model, callable, insertions };
}

function put(
	object: Morph.ObjectLiteralExpression,
	added: { name: string; text: string; variable: string },
	like?: Morph.Node,
): Insertion[] {
	const nodes = object.getProperties();
	if (nodes.length === 0) {
		return placeInEmpty(object.getSourceFile(), object.getStart() + 1, `${added.text},`);
	}
	// What is no group stands beside none.
	const groups = entriesOf(object).filter(({ group }) => group && !/^\S+:\s*\{/.test(added.text));
	const isOwn = (key: string) => wordsOf(key)[0] === wordsOf(added.variable)[0];
	const apart = groups.flatMap(({ key, node }) => (isOwn(key) ? node : []));
	const keys = nodes.map((node) => (apart.some((one) => one === node) ? null : keyOf(node)));
	const isFree = like !== undefined && sortedAfter(keys, added.name) === undefined;
	const names = isFree ? keys.map((one, at) => (nodes[at] === like ? 'DATABASE_URL' : one)) : keys;
	return placeMember({ nodes, names, separator: ',' }, added);
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
function memberText(
	copy: Copy | null,
	{ variable, otherwise, by = variable }: Manner,
	{ key, beside }: { key: string; beside: Morph.ObjectLiteralExpression },
): string {
	const name = copy && nameNodeOf(copy.entry.node);
	if (!name) return `${key}: ${indented(otherwise, beside)}`;
	const { node } = copy.entry;
	const text = node.getText();
	if (morph().Node.isShorthandPropertyAssignment(node)) return shorthand(key, copy, otherwise);
	const before = text.slice(0, name.getStart() - node.getStart());
	const after = text.slice(name.getEnd() - node.getStart());
	const { value = null } = copy.entry;
	if (value === null) return `${before}${key}${replaceWord(after, copy.word, by)}`;
	return `${before}${key}${copied(after, { value, word: copy.word, by, variable })}`;
}

/** `{ databaseUrl }` -> `{ redisUrl }`, where the new constant has the name of the key. */
function shorthand(key: string, { word }: Copy, value: string): string {
	return word === value || key === value ? key : `${key}: ${value}`;
}

function indented(text: string, beside: Morph.ObjectLiteralExpression): string {
	const whole = beside.getSourceFile().getFullText();
	const start = (beside.getProperties()[0] ?? beside).getStart();
	return text.replaceAll('\n', `${lineEndAt(whole, start)}${indentAt(whole, start)}`);
}

function copyFrom(object: Morph.ObjectLiteralExpression, manner: Manner): Copy | null {
	const copies = entriesOf(object).flatMap((entry) => {
		const word = entry.group ? null : (manner.copyable?.(entry.value) ?? null);
		if (word === null) return [];
		const text = memberText({ entry, word }, manner, { key: 'key', beside: object });
		return [{ entry, word, name: entry.key, text }];
	});
	return usualFor(copies, manner.variable) ?? null;
}
