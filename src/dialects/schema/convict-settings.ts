// The schema of convict: its settings (`{ format, default, env }`), and one more in the manner of the others.
import { type Morph, morph } from '../../text/source.ts';
import { indentAt } from '../edit/place.ts';
import { mostRelated, wordsOf } from '../module/names.ts';
import { findEntry, type GroupIn, keyOf, leavesOf } from '../module/object-literal.ts';

export interface Setting {
	path: string[];
	object: Morph.ObjectLiteralExpression;
	/** The variable that it reads; null when it reads none. */
	variable: string | null;
}

/** convict takes every object without a `default` for a group. */
export const groupIn: GroupIn = ({ group }) => (group && !isSetting(group) ? group : null);

function isSetting(object: Morph.ObjectLiteralExpression): boolean {
	return findEntry(object, 'default') !== undefined;
}

/** The settings of a schema and of its groups. */
export function settingsIn(schema: Morph.ObjectLiteralExpression): Setting[] {
	return leavesOf(schema, groupIn).flatMap(({ path, entry: { group } }) => {
		if (!group) return [];
		const env = findEntry(group, 'env')?.value ?? undefined;
		const variable = morph().Node.isStringLiteral(env) ? env.getLiteralText() : null;
		return [{ path, object: group, variable }];
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
function members(model: Setting | undefined, variable: string, isTyped: boolean): string[] {
	if (!model) return ['format: String', "default: ''", `env: '${variable}'`];
	const { object } = model;
	const quote = textOf(object, 'env').charAt(0);
	const format = textOf(object, 'format');
	const isAny = /^['"]\*['"]$/.test(format);
	const fallback = textOf(object, 'default');
	const mayBeNull = isAny || textOf(object, 'nullable') === 'true';
	// Else null stops the start where the variable is missing; what is read is a text then, which types have to say.
	const keepsNull = /^null\b/.test(fallback) && (mayBeNull || isTyped);
	const doc = /\.['"]$/.test(textOf(object, 'doc')) ? '.' : '';
	const given: Record<string, string | null> = {
		doc: `${quote}${title(variable)}${doc}${quote}`,
		// An empty text is no address, and an address of Redis none for a format such as `url`.
		format: isAny || /String/.test(format) ? format : 'String',
		default: keepsNull ? fallback : `${quote}${quote}`,
		env: `${quote}${variable}${quote}`,
		nullable: keepsNull && !isAny && mayBeNull ? 'true' : null,
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

/** The text of one more setting, laid out like the one it is modelled on; its lines are indented from the margin. */
export function settingText(
	schema: Morph.ObjectLiteralExpression,
	variable: string,
	isTyped: boolean,
): string {
	const settings = settingsIn(schema);
	const model = modelFor(settings, variable);
	const inner = members(model, variable, isTyped);
	const pattern = (model ?? settings[0])?.object;
	const unit = schema.getText().includes('\n') && pattern ? unitOf(pattern) : '';
	if (unit === '') return `{ ${inner.join(', ')} }`;
	const comma = /,\s*\}$/.test(pattern?.getText() ?? '') ? ',' : '';
	const lines = inner.map((one) => `${unit}${one}`).join(',\n');
	return `{\n${lines}${comma}\n}`;
}

/** One level of indentation; '' where a setting stands on one line. */
function unitOf(pattern: Morph.ObjectLiteralExpression): string {
	const source = pattern.getSourceFile().getFullText();
	const [first] = pattern.getProperties();
	const outer = indentAt(source, pattern.getStart());
	return first ? indentAt(source, first.getStart()).slice(outer.length) : '';
}
