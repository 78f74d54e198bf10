// Dialect `typebox`: `Value.Parse(Type.Object({ … }), process.env)` and its like, and env-schema with such a schema.
import { type Morph, morph } from '../text/source.ts';
import { argumentsOf, callsIn, chainOf, libraryPath } from './module/library-calls.ts';
import { findEntry } from './module/object-literal.ts';
import { follow, literalOf } from './module/origins.ts';
import { type Input, inputOf } from './schema/input.ts';
import {
	mergedSchema,
	type Schema,
	schemaOfKeys,
	strangeSchema,
	unknownSchema,
} from './schema/schema.ts';
import { type Asked, schemaItself, schemaValidation } from './schema/schema-place.ts';
import { TYPEBOX, typeboxValidators } from './schema/typebox-validators.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Validation } from './schema/validation.ts';

const VALUE = /^(?:@sinclair\/typebox|typebox)\/value$/;
const ENV_SCHEMA = /^env-schema$/;

function schemaOf(expression: Morph.Expression): Schema {
	const chain = chainOf(expression, TYPEBOX);
	if (!chain || chain.steps.length > 0) return strangeSchema(expression, 'a plain Type.Object');
	const [first] = chain.root.arguments;
	if (chain.root.name === 'Object') return schemaOfKeys(first);
	const merges = /^(?:Intersect|Composite)$/.test(chain.root.name);
	if (!merges || !morph().Node.isArrayLiteralExpression(first)) {
		return unknownSchema(`its schema is made with Type.${chain.root.name}`);
	}
	return mergedSchema(first.getElements().map(schemaOf));
}

/** What a check gives has no values in it at all. */
const NOWHERE = '';

/** `Value.Parse(schema, process.env)`; some functions take a list of operations before. */
function askedByValue(call: Morph.CallExpression): Asked | null {
	const name = libraryPath(call.getExpression(), VALUE) ?? '';
	const checks = /^(?:Check|Assert)$/.test(name);
	if (!checks && !/^(?:Parse|Decode|Cast|Convert|Default|Clean)$/.test(name)) return null;
	const [schema, values] = argumentsOf(call).slice(-2);
	const input = inputThrough(values);
	return schema && input ? { schema, input, under: checks ? NOWHERE : null } : null;
}

/** The input of `Value.Convert(schema, Value.Clone(process.env))` is the environment. */
function inputThrough(node: Morph.Expression | undefined): Input | null {
	const { Node } = morph();
	const own = inputOf(node);
	if (own || !node) return own;
	const { value } = follow(node);
	if (!Node.isCallExpression(value) || libraryPath(value.getExpression(), VALUE) === null)
		return null;
	return inputThrough(argumentsOf(value).at(-1));
}

/** `envSchema({ schema, data: process.env, dotenv: true })` */
function askedByEnvSchema(call: Morph.CallExpression): Asked | null {
	const name = libraryPath(call.getExpression(), ENV_SCHEMA);
	if (name !== '' && name !== 'envSchema') return null;
	const options = literalOf(argumentsOf(call)[0]);
	const schema = options ? findEntry(options, 'schema')?.value : null;
	if (!options || !schema) return null;
	const data = findEntry(options, 'data');
	const input = data ? inputOf(data.value ?? undefined) : { literal: null };
	return input && { schema, input, under: null };
}

const LIBRARY = { schemaOf, validatorsOf: typeboxValidators, plain: 'Type.String()' };

function validationOf(call: Morph.CallExpression): Validation | null {
	const asked = askedByValue(call) ?? askedByEnvSchema(call);
	if (!asked) return null;
	const types = call.getTypeArguments();
	return schemaValidation(call, { ...asked, types }, LIBRARY);
}

/** `if (!Value.Check(schema, process.env)) …` */
function ofEnvironment(source: Morph.SourceFile): Validation | null {
	const checking = callsIn(source).find((call) => {
		const asked = askedByValue(call);
		return asked?.under === NOWHERE && asked.input.literal === null;
	});
	return checking ? validationOf(checking) : null;
}

export const typeboxDialect = validatedDialect({
	name: 'typebox',
	mention: /typebox|env-schema/,
	validationOf,
	ofEnvironment,
	ofSchema: (expression) => schemaItself(expression, LIBRARY),
});
