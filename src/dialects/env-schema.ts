// Dialect `env-schema`: `envSchema({ schema: { type: 'object', required: […], properties: { … } } })`, a JSON schema written out.
import type { Insertion } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { addEntry } from './edit/new-entry.ts';
import { indentAt, lineEndAt } from './edit/place.ts';
import { fileOf } from './module/elsewhere.ts';
import { argumentsOf, libraryPath } from './module/library-calls.ts';
import { mostRelated } from './module/names.ts';
import { entriesOf, findEntry } from './module/object-literal.ts';
import { follow, literalOf } from './module/origins.ts';
import { inputOf } from './schema/input.ts';
import {
	type JsonSchema,
	jsonSchemaIn,
	jsonValidators,
	requiredNames,
} from './schema/json-schema.ts';
import { unknownSchema } from './schema/schema.ts';
import { declare } from './schema/schema-place.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Place, Problem, Validation } from './schema/validation.ts';

const ENV_SCHEMA = /^env-schema$/;

/** The new name among those of what is required, in a list of its own where there is none. */
function demand({ literal, required }: JsonSchema, variable: string): Insertion[] {
	if (!required) {
		const own = literal.getText().includes("'") ? "'" : '"';
		const list = { variable, key: 'required', otherwise: `[${own}${variable}${own}]` };
		return addEntry(literal, list)?.insertions ?? [];
	}
	const nodes = required.getElements();
	const names = requiredNames(required);
	const near = nodes[mostRelated(names, variable)] ?? nodes.at(-1);
	const quote = nodes[0]?.getText().charAt(0) === '"' ? '"' : "'";
	const text = `${quote}${variable}${quote}`;
	if (!near) return [{ at: required.getStart() + 1, text, ...fileOf(required) }];
	const source = required.getSourceFile().getFullText();
	const isApart = required.getText().includes('\n');
	const gap = isApart
		? `${lineEndAt(source, near.getEnd())}${indentAt(source, near.getStart())}`
		: ' ';
	return [{ at: near.getEnd(), text: `,${gap}${text}`, ...fileOf(required) }];
}

function placeIn(schema: JsonSchema, variable: string): Place | Problem {
	const validators = jsonValidators(schema);
	const snippet = `${variable}: ${validators.plain},`;
	const manner = { schemaOf: () => unknownSchema('its properties are no groups'), validators };
	const declared = declare([schema.properties], [variable], { manner, variable });
	if (typeof declared === 'string') return { problem: declared, snippet };
	const path = [variable];
	if (declared.insertions.length === 0) return { path, ...declared };
	if (declared.optional) return { path, ...declared };
	const insertions = [...declared.insertions, ...demand(schema, variable)];
	return { path, ...declared, insertions };
}

/** `JSONSchemaType<Settings>` lists its keys in `Settings`. */
function listing(type: Morph.TypeNode): Morph.TypeNode[] {
	if (!morph().Node.isTypeReference(type)) return [];
	return /JSONSchemaType$/.test(type.getTypeName().getText()) ? type.getTypeArguments() : [];
}

function validationOf(call: Morph.CallExpression): Validation | null {
	const name = libraryPath(call.getExpression(), ENV_SCHEMA);
	if (name !== '' && name !== 'envSchema') return null;
	const options = literalOf(argumentsOf(call)[0]);
	const given = options ? findEntry(options, 'schema')?.value : null;
	const schema = given ? jsonSchemaIn(given) : null;
	if (!options || !given || !schema) return null;
	const data = findEntry(options, 'data');
	if (data && inputOf(data.value ?? undefined)?.literal !== null) return null;
	const types = [...call.getTypeArguments(), ...follow(given).types.flatMap(listing)];
	return { node: call, under: null, types, place: (variable) => placeIn(schema, variable) };
}

/** A schema that another module, or `@fastify/env`, checks the environment by. */
function ofSchema(expression: Morph.Expression) {
	const schema = jsonSchemaIn(expression);
	if (!schema?.required) return null;
	const place = (variable: string) => placeIn(schema, variable);
	const validation: Validation = { node: schema.literal, under: null, types: [], place };
	return { validation, keys: entriesOf(schema.properties).map(({ key }) => key) };
}

export const envSchemaDialect = validatedDialect({
	name: 'env-schema',
	mention: /env-schema|fastify.env|\bproperties:/,
	validationOf,
	ofSchema,
});
