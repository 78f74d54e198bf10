// A JSON schema -> one line for each field of the documents it describes.

/** The part of JSON Schema that `output.schema.json` is written in. */
export interface Schema {
	$ref?: string;
	$defs?: Record<string, Schema>;
	type?: string | string[];
	const?: unknown;
	enum?: unknown[];
	pattern?: string;
	oneOf?: Schema[];
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: boolean;
	if?: unknown;
	then?: unknown;
	else?: unknown;
}

interface Field {
	path: string;
	/** Behind a question mark in the path: the document may lack it. */
	says: string;
}

function resolved(schema: Schema, root: Schema): Schema {
	const name = schema.$ref?.replace('#/$defs/', '');
	if (name === undefined) return schema;
	const found = root.$defs?.[name];
	if (!found) throw new Error(`There is no ${schema.$ref} in the schema.`);
	return found;
}

function kindOf({ type, const: fixed, enum: words, pattern }: Schema): string {
	const values = fixed === undefined ? words : [fixed];
	const text = values
		? values.map((one) => JSON.stringify(one)).join(' | ')
		: [type].flat().join(' | ');
	return pattern ? `${text} like ${pattern}` : text;
}

/** The word by which one of several forms is known: the value of a property that is fixed in it. */
function labelOf(form: Schema, index: number): string {
	const fixed = Object.values(form.properties ?? {}).find((one) => one.const !== undefined);
	return fixed ? String(fixed.const) : String(index + 1);
}

function formsOf(path: string, schema: Schema, root: Schema): Field[] {
	const forms = (schema.oneOf ?? []).map((form) => resolved(form, root));
	const simple = forms.filter(({ properties }) => !properties);
	const objects = forms.filter(({ properties }) => properties);
	const says = [...simple.map(kindOf), ...(objects.length > 0 ? ['object'] : [])].join(' | ');
	const within = objects.flatMap((form, index) =>
		propertiesOf(objects.length > 1 ? `${path}<${labelOf(form, index)}>` : path, form, root),
	);
	return [{ path, says }, ...within];
}

function propertiesOf(path: string, schema: Schema, root: Schema): Field[] {
	const fields = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
		const mark = schema.required?.includes(name) ? '' : '?';
		return fieldsOf(`${path === '' ? '' : `${path}.`}${name}${mark}`, property, root);
	});
	const { if: condition, then, else: otherwise } = schema;
	const rule =
		condition === undefined
			? []
			: [{ path: `${path}(rule)`, says: JSON.stringify({ if: condition, then, else: otherwise }) }];
	const open =
		schema.additionalProperties === false ? [] : [{ path: `${path}(more)`, says: 'any' }];
	return [...fields, ...rule, ...open];
}

function fieldsOf(path: string, given: Schema, root: Schema): Field[] {
	const schema = resolved(given, root);
	if (schema.oneOf) return formsOf(path, schema, root);
	if (schema.items) return fieldsOf(`${path}[]`, schema.items, root);
	const own = path === '' ? [] : [{ path, says: kindOf(schema) }];
	return schema.properties ? [...own, ...propertiesOf(path, schema, root)] : own;
}

/** The documents by name, each with a line a field: `path: what stands there`; `?` behind what may be absent. */
export function documentLines(root: Schema): [name: string, lines: string[]][] {
	return (root.oneOf ?? []).map(({ $ref = '' }) => [
		$ref.replace('#/$defs/', ''),
		fieldsOf('', { $ref }, root).map(({ path, says }) => `${path}: ${says}`),
	]);
}
