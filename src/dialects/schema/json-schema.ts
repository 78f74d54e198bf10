// A JSON schema that is written out: its properties, which of them it requires, and a property that is a text.
import { type Morph, morph } from '../../text/source.ts';
import { indentAt } from '../edit/place.ts';
import { findEntry, objectIn } from '../module/object-literal.ts';
import { literalOf } from '../module/origins.ts';
import type { Names, Reading, Validators } from './validators.ts';

export interface JsonSchema {
	literal: Morph.ObjectLiteralExpression;
	properties: Morph.ObjectLiteralExpression;
	/** The names of what must be there; null where the schema says nothing of it. */
	required: Morph.ArrayLiteralExpression | null;
}

/** The parts of a schema of an object; null for any other value, also where they stand elsewhere. */
export function jsonSchemaIn(schema: Morph.Expression): JsonSchema | null {
	const { Node } = morph();
	const literal = literalOf(schema);
	const properties = literal && literalOf(findEntry(literal, 'properties')?.value);
	if (!literal || !properties) return null;
	const entry = findEntry(literal, 'required');
	const listed = entry?.value ?? undefined;
	const list = Node.isAsExpression(listed) ? listed.getExpression() : listed;
	if (entry && !Node.isArrayLiteralExpression(list)) return null;
	return { literal, properties, required: Node.isArrayLiteralExpression(list) ? list : null };
}

/** The names in the list of what is required. */
export function requiredNames(required: JsonSchema['required']): string[] {
	const { Node } = morph();
	const elements = required?.getElements() ?? [];
	return elements.map((one) => (Node.isStringLiteral(one) ? one.getLiteralText() : ''));
}

/** `{ type: 'string' }`, laid out as the property that it is like. */
function textLike(object: Morph.ObjectLiteralExpression): string {
	const kept = object.getProperties().map((one) => one.getText());
	const said = kept.filter((one) => /^['"]?(?:type\b|minLength['"]?:\s*1$)/.test(one));
	const whole = object.getText();
	const [first] = object.getProperties();
	if (!first || !whole.includes('\n'))
		return /^\{\S/.test(whole) ? `{${said.join(', ')}}` : `{ ${said.join(', ')} }`;
	const source = object.getSourceFile().getFullText();
	const unit = indentAt(source, first.getStart()).slice(indentAt(source, object.getStart()).length);
	return `{\n${unit}${said.join(`,\n${unit}`)}${/,\s*\}$/.test(whole) ? ',' : ''}\n}`;
}

/** What changes a text, or makes a choice of it. */
const STRANGE = /^(?:enum|const|separator|anyOf|oneOf|allOf|\$ref|nullable)$/;

function readProperty(value: Morph.Expression, key: string, required: string[]): Reading | null {
	const object = objectIn(value);
	const type = object && findEntry(object, 'type')?.value?.getText();
	if (!object || !/^['"]string['"]/.test(type ?? '')) return null;
	const keys = object.getProperties().map((one) => one.getText().split(/\s*[:,]/)[0] ?? '');
	if (keys.some((one) => STRANGE.test(one))) return null;
	return {
		text: textLike(object),
		optional: !required.includes(key),
		defaulted: keys.includes('default'),
		unchanged: true,
	};
}

/** How a schema says that a property is a text. */
export function jsonValidators(schema: JsonSchema): Validators {
	const required = requiredNames(schema.required);
	return {
		read: (value: Morph.Expression, { key }: Names) => readProperty(value, key, required),
		plain: "{ type: 'string' }",
		keyOf: (key) => key,
		write: (key, text) => ({ key, text }),
	};
}
