// Groups of keys, such as `redis: { url }`: which one a new key belongs to, and the text of a new one.
import type { Morph } from '../../text/source.ts';
import { mostRelated, nameLike, relatedness, wordsOf } from '../module/names.ts';
import { type Entry, entriesOf, type GroupIn } from '../module/object-literal.ts';
import { indentAt, lineEndAt } from './place.ts';

/** Where a new key goes: into a group that is there, or into a new one beside a neighbour. */
export type Group = { key: string; leaf: string } & (
	| { existing: Morph.ObjectLiteralExpression }
	| { pattern: Pattern }
);

/** A group whose text a new group may follow. */
export interface Pattern {
	entry: Entry;
	/** The object literal that lists its keys. */
	object: Morph.ObjectLiteralExpression;
	/** What stands around the object in the value: `z.object(` and `)`. */
	head: string;
	tail: string;
}

/** What may end a group and say nothing of its keys. */
const HARMLESS = /^\)(?:\.(?:required|strict|loose|passthrough|unknown)\(\))*$/;

/** The pattern that an entry is; null where its keys are listed elsewhere, or more is said than the keys. */
function patternOf(entry: Entry, groupIn: GroupIn): Pattern[] {
	const object = groupIn(entry);
	if (!object) return [];
	// Of `{ … } as const` the braces alone make a group.
	if (object === entry.group) return [{ entry, object, head: '', tail: '' }];
	const { value } = entry;
	if (!value || object.getStart() < value.getStart() || object.getEnd() > value.getEnd()) return [];
	const start = object.getStart() - value.getStart();
	const head = value.getText().slice(0, start);
	const tail = value.getText().slice(start + object.getWidth());
	return HARMLESS.test(tail) ? [{ entry, object, head, tail }] : [];
}

/** The group that a new group is written like: the most related one, else the first. */
export function patternFor(entries: Entry[], variable: string, groupIn: GroupIn) {
	const patterns = entries.flatMap((entry) => patternOf(entry, groupIn));
	const keys = keysOf(patterns.map(({ entry }) => entry));
	const related = mostRelated(keys, variable);
	const ofAddress = patterns.find(({ object }) => holdsAddress(object, variable));
	return patterns[related] ?? ofAddress ?? patterns[0];
}

/** `{ url: env.MONGODB_URL }`, the group of one database, whatever it is called. */
export function holdsAddress(
	object: Morph.ObjectLiteralExpression | null,
	variable: string,
): boolean {
	return (object ? entriesOf(object) : []).some(({ key, value }) => {
		const names = value?.getText().match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ?? [];
		return /^(?:ur[li]|dsn)$/i.test(key) && names.some((name) => relatedness(name, variable) > 2);
	});
}

/** The group that a new key belongs to, or null when its siblings are flat. */
export function groupFor(entries: Entry[], variable: string, groupIn: GroupIn): Group | null {
	const words = wordsOf(variable);
	const prefix = words.slice(0, -1);
	const groups = entries.filter((entry) => groupIn(entry) !== null);
	if (prefix.length === 0) return null;
	const leaves = groups.flatMap((entry) => groupIn(entry) ?? []).flatMap(entriesOf);
	const leaf = nameLike(words.slice(-1), keysOf(leaves));
	const own = ownGroup(groups, prefix);
	const existing = own ? groupIn(own) : null;
	if (own && existing) return { key: own.key, leaf, existing };
	const [only, ...rest] = groups;
	const all = only && rest.length === 0 && FOR_ALL.test(only.key) ? groupIn(only) : null;
	if (only && all && groups.length === entries.length) {
		return { key: only.key, leaf: nameLike(words, keysOf(entriesOf(all))), existing: all };
	}
	const pattern = patternFor(entries, variable, groupIn);
	if (!pattern || !isNested(entries, groups, variable)) return null;
	const inner = keysOf(entriesOf(pattern.object));
	const asThere = inner.length > 1 ? nameLike(words.slice(-1), inner) : leaf;
	return { key: nameLike(prefix, keysOf(entries)), leaf: asThere, pattern };
}

/** What may be said of a group beside whose it is. */
const ASIDE = /^(?:db|database|config|conf|settings|options|server|connection|client)$/;

/** The one group of an object that has no others. */
const FOR_ALL = /^(?:credentials|secrets?|envs?|environment|config|settings|variables|vars)$/i;

/** `redis`, else the one `redis_db` or `redisConfig`. */
function ownGroup(groups: Entry[], prefix: string[]): Entry | undefined {
	const exact = groups.find(({ key }) => wordsOf(key).join() === prefix.join());
	const [only, ...others] = groups.filter(({ key }) => {
		const words = wordsOf(key);
		const isPrefixed = prefix.every((word, index) => words[index] === word);
		return isPrefixed && words.slice(prefix.length).every((word) => ASIDE.test(word));
	});
	return exact ?? (others.length === 0 ? only : undefined);
}

function keysOf(entries: Entry[]): string[] {
	return entries.map(({ key }) => key);
}

/** By the most related neighbour, or as most entries are. */
function isNested(entries: Entry[], groups: Entry[], variable: string): boolean {
	if (groups.some(({ group }) => holdsAddress(group, variable))) return true;
	const neighbour = entries[mostRelated(keysOf(entries), variable)];
	if (neighbour && relatedness(neighbour.key, variable) > 1) return groups.includes(neighbour);
	return groups.length * 2 > entries.length;
}

/** A new group with one member, laid out as the pattern. */
export function wrapLike({ entry, object, head, tail }: Pattern, member: string): string {
	return `${head}${braces(object, entry.node, member)}${tail}`;
}

/** `{ url: … }` with the braces, lines and commas of another object. */
export function braces(
	object: Morph.ObjectLiteralExpression,
	outer: Morph.Node,
	member: string,
): string {
	const body = object.getText();
	const [first] = object.getProperties();
	if (!first || !body.includes('\n')) return /^\{\S/.test(body) ? `{${member}}` : `{ ${member} }`;
	const text = outer.getSourceFile().getFullText();
	const lineEnd = lineEndAt(text, outer.getStart());
	const comma = /,\s*\}$/.test(body) ? ',' : '';
	const indent = indentAt(text, outer.getStart());
	return `{${lineEnd}${indentAt(text, first.getStart())}${member}${comma}${lineEnd}${indent}}`;
}
