// The schema of convict: its settings (`{ format, default, env }`), and one more in the manner of the others.
import { type Morph, morph } from '../../source.ts';
import { mostRelated, nameLike, relatedness, wordsOf } from '../edit/names.ts';
import { indentAt, lineEndAt } from '../edit/place.ts';
import { type Entry, entriesOf, findEntry, keyOf } from '../module/object-literal.ts';

export interface Setting {
	path: string[];
	object: Morph.ObjectLiteralExpression;
	/** The variable that it reads; null when it reads none. */
	variable: string | null;
}

/** convict takes every object without a `default` for a group. */
function isSetting(object: Morph.ObjectLiteralExpression): boolean {
	return findEntry(object, 'default') !== undefined;
}

/** The settings of a schema and of its groups. */
export function settingsIn(schema: Morph.ObjectLiteralExpression, path: string[] = []): Setting[] {
	const { Node } = morph();
	return entriesOf(schema).flatMap(({ key, group }) => {
		if (!group) return [];
		const own = [...path, key];
		if (!isSetting(group)) return settingsIn(group, own);
		const env = findEntry(group, 'env')?.value;
		const variable = env && Node.isStringLiteral(env) ? env.getLiteralText() : null;
		return [{ path: own, object: group, variable }];
	});
}

function textOf(object: Morph.ObjectLiteralExpression, key: string): string {
	return findEntry(object, key)?.value?.getText() ?? '';
}

const TEXT_FORMAT = /^(?:String|(['"])(?:\*|String|url|uri)\1)$/;

/** True when its value is the variable's text: formats such as `port` make something else of it. */
export function givesText({ object }: Setting): boolean {
	if (!findEntry(object, 'format')) return /^['"]/.test(textOf(object, 'default'));
	return TEXT_FORMAT.test(textOf(object, 'format'));
}

export interface Place {
	object: Morph.ObjectLiteralExpression;
	/** The path of `object` in the schema, and the new keys in it: one, or a new group and its key. */
	base: string[];
	keys: string[];
}

/** The group that the setting belongs to, a new group where the others are grouped, or the schema itself. */
export function placeFor(schema: Morph.ObjectLiteralExpression, variable: string): Place {
	const words = wordsOf(variable);
	const [leaf = ''] = words.slice(-1);
	const prefix = words.slice(0, -1);
	const entries = entriesOf(schema);
	const groups = entries.filter(({ group }) => group && !isSetting(group));
	const own = groups.find(({ key }) => wordsOf(key).join() === prefix.join());
	if (own?.group) {
		const leaves = entriesOf(own.group).map(({ key }) => key);
		return { object: own.group, base: [own.key], keys: [nameLike([leaf], leaves)] };
	}
	const names = entries.map(({ key }) => key);
	if (prefix.length === 0 || !isGrouped(entries, groups, variable)) {
		return { object: schema, base: [], keys: [nameLike(words, names)] };
	}
	const leaves = groups.flatMap(({ group }) => (group ? entriesOf(group) : []));
	const inner = nameLike(
		[leaf],
		leaves.map(({ key }) => key),
	);
	return { object: schema, base: [], keys: [nameLike(prefix, names), inner] };
}

function isGrouped(entries: Entry[], groups: Entry[], variable: string): boolean {
	const nearest =
		entries[
			mostRelated(
				entries.map(({ key }) => key),
				variable,
			)
		];
	if (nearest && relatedness(nearest.key, variable) > 1) return groups.includes(nearest);
	return groups.length * 2 > entries.length;
}

const COPIED = /^(?:doc|format|default|env|nullable|sensitive)$/;

/** The setting to write like: one that gives a text and has nothing of its own, such as a command-line argument. */
function modelFor(settings: Setting[], variable: string): Setting | undefined {
	const alike = settings.filter(
		(one) =>
			givesText(one) &&
			one.variable !== null &&
			one.object.getProperties().every((property) => COPIED.test(keyOf(property) ?? '')),
	);
	const names = alike.map(({ path }) => path.join('_'));
	return alike[Math.max(mostRelated(names, variable), 0)];
}

/** What stands in the new setting, in the order of the model. */
function members(model: Setting | undefined, variable: string): string[] {
	if (!model) return ['format: String', "default: ''", `env: '${variable}'`];
	const { object } = model;
	const quote = textOf(object, 'env').charAt(0);
	const format = textOf(object, 'format');
	const isAny = /^['"]\*['"]$/.test(format);
	const fallback = textOf(object, 'default');
	const keepsNull = /^null\b/.test(fallback) && (isAny || textOf(object, 'nullable') === 'true');
	const doc = /\.['"]$/.test(textOf(object, 'doc')) ? '.' : '';
	const given: Record<string, string | null> = {
		doc: `${quote}${title(variable)}${doc}${quote}`,
		// An empty text is no address: with another format the default would not pass.
		format: keepsNull || isAny || /String/.test(format) ? format : 'String',
		default: keepsNull ? fallback : `${quote}${quote}`,
		env: `${quote}${variable}${quote}`,
		nullable: keepsNull ? 'true' : null,
		sensitive: textOf(object, 'sensitive'),
	};
	return object.getProperties().flatMap((property) => {
		const name = morph().Node.isPropertyAssignment(property) ? property.getNameNode() : undefined;
		const value = given[keyOf(property) ?? ''] ?? null;
		return name && value !== null ? [`${name.getText()}: ${value}`] : [];
	});
}

/** `REDIS_URL` -> `Redis URL`. */
function title(variable: string): string {
	const words = wordsOf(variable).map((word) =>
		/^(?:url|uri|dsn)$/.test(word) ? word.toUpperCase() : word,
	);
	const text = words.join(' ');
	return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Layout {
	indent: string;
	/** One level of indentation; '' where the setting stands on one line. */
	unit: string;
	lineEnd: string;
	comma: string;
}

/** The white space around the members of a setting. */
function layoutOf(pattern: Morph.ObjectLiteralExpression | undefined, place: Place): Layout {
	const source = place.object.getSourceFile().getFullText();
	const start = (place.object.getProperties()[0] ?? place.object).getStart();
	const first = pattern?.getProperties()[0];
	const outer = pattern ? indentAt(source, pattern.getStart()) : '';
	const isWide = place.object.getText().includes('\n');
	return {
		indent: indentAt(source, start),
		unit: first && isWide ? indentAt(source, first.getStart()).slice(outer.length) : '',
		lineEnd: lineEndAt(source, start),
		comma: /,\s*\}$/.test(pattern?.getText() ?? '') ? ',' : '',
	};
}

function braces(inner: string[], { indent, unit, lineEnd, comma }: Layout): string {
	if (unit === '') return `{ ${inner.join(', ')} }`;
	const lines = inner.map((one) => `${indent}${unit}${one}`).join(`,${lineEnd}`);
	return `{${lineEnd}${lines}${comma}${lineEnd}${indent}}`;
}

/** The text of the new setting, in its new group if it gets one, laid out like the others. */
export function settingText(settings: Setting[], place: Place, variable: string): string {
	const model = modelFor(settings, variable);
	const inner = members(model, variable);
	const layout = layoutOf((model ?? settings[0])?.object, place);
	const [, key] = place.keys;
	if (key === undefined) return braces(inner, layout);
	const group = groupLayout(place, layout);
	const setting = braces(inner, { ...layout, indent: group.indent + group.unit });
	return braces([`${key}: ${setting}`], group);
}

/** A new group is laid out like the first one, even where settings stand on one line. */
function groupLayout(place: Place, layout: Layout): Layout {
	const group = entriesOf(place.object).find((one) => one.group && !isSetting(one.group))?.group;
	return group ? layoutOf(group, place) : layout;
}
